"""Servers of one role each: those that answer, those that run executions, those that start them."""

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path

import asyncpg
import httpx
import pytest

from tests.support.server import Server, serving
from tests.support.socket import socket
from tests.support.waiting import until

PAUSED = """
id: paused
namespace: t
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
  - {id: after, type: io.kestra.plugin.core.debug.Return, format: done}
"""
FOLLOWING = """
id: following
namespace: t
tasks:
  - {id: wait, type: io.kestra.plugin.core.flow.Pause}
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    preconditions:
      id: finished
      flows: [{namespace: t, flowId: paused, states: [SUCCESS]}]
"""
HOLDERS = """
SELECT executions.state, workers.roles
FROM executions LEFT JOIN workers ON workers.id = executions.owner
WHERE executions.id = $1
"""
Start = Callable[[str], AbstractContextManager[Server]]


@pytest.fixture
def start(database_url: str, tmp_path: Path, redis_url: str) -> Start:
    """A server of the named role in a process of its own."""
    environment = {"FLOWDECK_REDIS_URL": redis_url}

    def started(role: str) -> AbstractContextManager[Server]:
        return serving(database_url, tmp_path, "--role", role, environment=environment)

    return started


@pytest.fixture
def web(start: Start) -> Iterator[Server]:
    with start("web") as server:
        yield server


def _act(server: Server, action: str, execution_id: str, fields: str = "") -> None:
    answer = server.ask(
        f'mutation {{ {action}(input: {{executionId: "{execution_id}"{fields}}}) '
        "{ userErrors { message } } }"
    )
    assert answer[action]["userErrors"] == []


async def _is_there(
    database: "asyncpg.Connection[asyncpg.Record]", execution_id: str, state: str
) -> list[str] | None:
    """The roles of the server that holds the execution, once it is in the state."""
    row = await database.fetchrow(HOLDERS, execution_id)
    return (row["roles"] or ["nobody"]) if row is not None and row["state"] == state else None


async def test_what_a_web_server_accepts_waits_for_an_engine_and_is_held_there(
    start: Start, web: Server, database_url: str
) -> None:
    web.save(PAUSED)
    execution_id = web.start("t", "paused")
    database = await asyncpg.connect(database_url)
    try:
        assert await _is_there(database, execution_id, "CREATED") == ["nobody"]
        async with httpx.AsyncClient(base_url=web.url) as client:
            assert (await client.get("/health/ready")).json()["roles"] == ["web"]
        assert any("The roles of this server are web." in line for line in web.log)
        with start("engine"):
            holders = partial(_is_there, database, execution_id)
            found = await until(lambda: holders("PAUSED"), what="the pause")
            assert found == ["engine"]
            again = web.start("t", "paused")
            await until(lambda: _is_there(database, again, "PAUSED"), what="the second pause")
    finally:
        await database.close()


async def test_a_web_server_forwards_every_action_and_streams_what_an_engine_does(
    start: Start, web: Server
) -> None:
    with start("engine"):
        web.save(PAUSED)
        execution_id = web.start("t", "paused")
        async with socket(web.socket_url) as peer:
            await peer.begin()
            await peer.subscribe(
                f'subscription {{ execution(id: "{execution_id}", after: "0") '
                "{ ... on ExecutionChanged { execution { state } } } }"
            )

            async def hears(state: str) -> None:
                while True:
                    item = (await peer.hear())["payload"]["data"]["execution"]
                    if item.get("execution", {}).get("state") == state:
                        return

            await hears("PAUSED")
            _act(web, "setExecutionLabels", execution_id, ', labels: [{key: "a", value: "b"}]')
            _act(web, "resumeExecution", execution_id)
            await hears("SUCCESS")
            _act(web, "changeExecutionState", execution_id, ", state: FAILED")
            await hears("FAILED")
            _act(web, "restartExecution", execution_id)
            await hears("SUCCESS")
            _act(web, "deleteExecution", execution_id)
        other = web.start("t", "paused")
        _act(web, "killExecution", other)
        _act(web, "replayExecution", other)
        found = web.ask("{ executions { nodes { id } } }")["executions"]["nodes"]
        assert len(found) == 2
        assert execution_id not in [node["id"] for node in found]


async def test_a_scheduler_starts_what_follows_and_runs_none_of_it(
    start: Start, web: Server, database_url: str
) -> None:
    web.save(PAUSED)
    web.save(FOLLOWING)
    database = await asyncpg.connect(database_url)
    try:
        with start("scheduler"):
            execution_id = web.start("t", "paused")
            with start("engine"):
                holders = partial(_is_there, database)
                await until(lambda: holders(execution_id, "PAUSED"), what="the pause")
                _act(web, "resumeExecution", execution_id)

                async def following() -> str | None:
                    found: str | None = await database.fetchval(
                        "SELECT id FROM executions WHERE flow_id = 'following'"
                    )
                    return found

                started = await until(following, what="what the trigger starts")
                assert await until(lambda: holders(started, "PAUSED")) == ["engine"]
    finally:
        await database.close()


@pytest.mark.parametrize("role", ["engine", "scheduler", "engine,scheduler"])
def test_a_server_without_the_role_web_says_how_it_is_and_nothing_else(
    start: Start, role: str
) -> None:
    with start(role) as server, httpx.Client(base_url=server.url) as client:
        assert client.get("/health/alive").json() == {"status": "alive"}
        assert client.get("/health/ready").json()["roles"] == role.split(",")
        asked = {"query": "{ viewer { version } }"}
        for answer in (
            client.post("/graphql", json=asked),
            client.get("/"),
            client.post("/api/v1/executions/webhook/a/b/c"),
            client.get("/api/v1/executions/ex_1/logs"),
        ):
            assert answer.status_code == 404
            (error,) = answer.json()["errors"]
            assert error["extensions"]["code"] == "NOT_FOUND"
            assert "FLOWDECK_ROLES" in error["extensions"]["hint"]
