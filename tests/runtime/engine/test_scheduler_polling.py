"""Polling a web server, on a real socket."""

import threading
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from runtime.clock import ManualClock
from runtime.executions.messages import Kill
from tests.support.schedules import Timed, flow, timed
from tests.support.waiting import until


@dataclass
class Site:
    """A web server whose answers a test chooses."""

    url: str = ""
    answers: list[tuple[int, str]] = field(default_factory=list)
    asked: list[tuple[str, str, str]] = field(default_factory=list)
    """Method, path and body of each request."""


@pytest.fixture
def site() -> Iterator[Site]:
    served = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            length = int(self.headers.get("content-length") or 0)
            body = self.rfile.read(length).decode()
            served.asked.append((self.command, self.path, body))
            status, text = served.answers[min(len(served.asked), len(served.answers)) - 1]
            self.send_response(status)
            self.send_header("Content-Length", str(len(text)))
            self.end_headers()
            self.wfile.write(text.encode())

        do_POST = do_GET  # noqa: N815 - the name that http.server calls

        def log_message(self, format: str, *args: object) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    served.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield served
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


def polling(site: Site, *lines: str) -> str:
    more = "\n".join(f"    {line}" for line in lines)
    return flow(
        "  - id: look\n    type: io.kestra.plugin.core.http.Trigger\n"
        f"    interval: PT30S\n    uri: {site.url}/state\n{more}"
    )


async def asked(driver: Timed, site: Site, times: int) -> None:
    """Wait until the server was asked that often and the trigger is at rest again."""

    async def enough() -> bool:
        row = await driver.row("look")
        return len(site.asked) == times and row is not None and row["claimed_by"] is None

    await until(enough, what=f"{times} requests")


async def test_the_flow_starts_when_the_answer_fits(driver: Timed, site: Site) -> None:
    site.answers = [(200, '{"ready": false}'), (200, '{"ready": true}')]
    await driver.save(
        polling(site, "responseCondition: \"{{ (response.body | jq('.ready'))[0] }}\"")
    )
    await asked(driver, site, 1)
    assert await driver.dates() == []
    await driver.pass_time(timedelta(seconds=30))
    await driver.fired(1)
    trigger = await driver.runtime.pool.fetchval("SELECT trigger FROM executions")
    assert trigger["variables"]["code"] == 200
    assert trigger["variables"]["body"] == '{"ready": true}'
    assert site.asked == [("GET", "/state", "")] * 2


async def test_an_answer_of_400_or_more_starts_nothing_by_default(
    driver: Timed, site: Site
) -> None:
    site.answers = [(503, "away"), (200, "here")]
    await driver.save(polling(site))
    await asked(driver, site, 1)
    assert await driver.dates() == []
    await driver.pass_time(timedelta(seconds=30))
    await driver.fired(1)


async def test_method_body_and_expressions_are_sent(driver: Timed, site: Site) -> None:
    site.answers = [(200, "in clear")]
    await driver.save(polling(site, "method: POST", 'body: "{{ flow.id }}"', "encryptBody: true"))
    await driver.fired(1)
    assert site.asked == [("POST", "/state", "timed")]
    trigger = await driver.runtime.pool.fetchval("SELECT trigger FROM executions")
    assert "body" not in trigger["variables"]
    assert "in clear" not in str(trigger["variables"]["encryptedBody"])


async def test_a_server_that_is_away_is_asked_again(
    driver: Timed, site: Site, clock: ManualClock
) -> None:
    await driver.save(polling(site).replace(site.url, "http://127.0.0.1:1"))
    await driver.due_at(clock.now() + timedelta(seconds=30), "look")
    await driver.pass_time(timedelta(seconds=30))
    await driver.due_at(clock.now() + timedelta(seconds=30), "look")
    assert await driver.dates() == []


async def test_a_secret_in_the_address_is_shown_nowhere(
    database_url: str, tmp_path: Path, clock: ManualClock, site: Site
) -> None:
    site.answers = [(200, "ok")]
    away = "http://127.0.0.1:1/{{ secret('TOKEN') }}"
    async with timed(database_url, tmp_path, clock, secrets={"TOKEN": "hunter2-hunter2"}) as driver:
        await driver.save(polling(site).replace("/state", "/{{ secret('TOKEN') }}"))
        await driver.fired(1)
        assert site.asked[0][1] == "/hunter2-hunter2"
        await driver.save(polling(site).replace(f"{site.url}/state", f'"{away}"'))

        async def is_told() -> bool:
            found: int = await driver.runtime.pool.fetchval(
                "SELECT count(*) FROM trigger_logs WHERE level = 40"
            )
            return found > 0

        await until(is_told, what="the failure")
        for table in ("executions", "trigger_logs", "triggers"):
            rows = await driver.runtime.pool.fetch(f"SELECT {table}::text AS row FROM {table}")  # noqa: S608 - names of tables of ours
            assert not [row["row"] for row in rows if "hunter2" in row["row"]]


async def test_conditions_see_the_answer(driver: Timed, site: Site) -> None:
    site.answers = [(200, "no"), (200, "yes")]
    await driver.save(
        polling(site, "when: \"{{ trigger.body == 'yes' and trigger.code == 200 }}\"")
    )
    await asked(driver, site, 1)
    assert await driver.dates() == []
    await driver.pass_time(timedelta(seconds=30))
    await driver.fired(1)


async def test_one_look_is_one_start_even_after_a_crash(driver: Timed, site: Site) -> None:
    site.answers = [(200, "yes")]
    await driver.save(polling(site))
    await driver.fired(1)
    # As if the server had died between the start and the note of it.
    pool = driver.runtime.pool
    await pool.execute("UPDATE triggers SET claimed_by = 'wk_gone', execution_id = NULL")
    await driver.pass_time(timedelta(seconds=29))
    assert len(await driver.dates()) == 1
    await driver.pass_time(timedelta(seconds=1))
    await driver.fired(2)


async def test_nobody_is_asked_while_the_execution_started_last_runs(
    driver: Timed, site: Site
) -> None:
    site.answers = [(200, "ready")]
    pause = "  - id: wait\n    type: io.kestra.plugin.core.flow.Pause\n"
    await driver.save(polling(site).replace("triggers:", f"{pause}triggers:"))
    await driver.fired(1)
    first = await driver.runtime.pool.fetchval("SELECT id FROM executions")
    await driver.reached(first, "PAUSED")
    await driver.pass_time(timedelta(minutes=5))

    async def told() -> bool:
        found: int = await driver.runtime.pool.fetchval(
            "SELECT count(*) FROM trigger_logs WHERE message LIKE '%waits until ' || $1 || '%'",
            first,
        )
        return found == 1

    await until(told, what="the line that says what it waits for")
    assert len(site.asked) == 1
    await driver.runtime.engine.act(first, Kill())
    await asked(driver, site, 2)
