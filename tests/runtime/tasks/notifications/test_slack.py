from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from runtime.tasks.task import TaskFailed
from tests.support.http_server import serving
from tests.support.running import FakeRun

SLACK = "io.kestra.plugin.notifications.slack."


@pytest.fixture
def received() -> list[Any]:
    return []


@pytest.fixture
async def url(received: list[Any]) -> AsyncIterator[str]:
    async def hook(request: Request) -> Response:
        received.append(await request.json())
        return PlainTextResponse("ok")

    async def refuse(request: Request) -> Response:
        return PlainTextResponse("invalid_payload", status_code=400)

    routes = [Route("/hook", hook, methods=["POST"]), Route("/no", refuse, methods=["POST"])]
    async with serving(Starlette(routes=routes)) as address:
        yield address


async def test_a_payload_is_posted_as_it_is(run: FakeRun, url: str, received: list[Any]) -> None:
    await run.do(f"{SLACK}SlackIncomingWebhook", url=f"{url}/hook", payload='{"text": "Zoë"}')
    await run.do(f"{SLACK}SlackIncomingWebhook", url=f"{url}/hook", messageText="plain")
    await run.do(f"{SLACK}SlackIncomingWebhook", url=f"{url}/hook", payload={"text": "map"})
    assert received == [{"text": "Zoë"}, {"text": "plain"}, {"text": "map"}]


async def test_an_execution_is_told_of(run: FakeRun, url: str, received: list[Any]) -> None:
    run.variables = {
        "trigger": {"executionId": "ex_9", "namespace": "a", "flowId": "b", "state": "FAILED"}
    }
    await run.do(
        f"{SLACK}SlackExecution",
        url=f"{url}/hook",
        channel="#ops",
        executionId="ex_9",
        customFields={"Env": "prod"},
    )
    assert received[0]["text"] == "Execution ex_9 of a.b is FAILED."
    assert received[0]["channel"] == "#ops"
    assert received[0]["attachments"][0]["fields"][0]["value"] == "prod"


async def test_a_refusal_says_why_and_does_not_tell_the_address(run: FakeRun, url: str) -> None:
    for address, why in ((f"{url}/no", "invalid_payload"), ("http://127.0.0.1:1/s", "Connect")):
        with pytest.raises(TaskFailed, match=why) as failure:
            await run.do(f"{SLACK}SlackIncomingWebhook", url=address, payload="{}")
        assert address not in failure.value.message


async def test_nothing_to_say_is_refused(run: FakeRun, url: str) -> None:
    with pytest.raises(TaskFailed, match="Write `payload`"):
        await run.do(f"{SLACK}SlackIncomingWebhook", url=f"{url}/hook")
