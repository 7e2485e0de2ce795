from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from runtime.tasks.task import TaskFailed
from tests.support.http_server import serving
from tests.support.running import FakeRun

CHAT = "io.kestra.plugin.ai.completion.ChatCompletion"
OPENAI = "io.kestra.plugin.openai.ChatCompletion"
ANSWER = {
    "choices": [{"message": {"role": "assistant", "content": "Hello"}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 3, "completion_tokens": 2, "total_tokens": 5},
}


@pytest.fixture
def asked() -> list[Any]:
    return []


@pytest.fixture
async def url(asked: list[Any]) -> AsyncIterator[str]:
    async def complete(request: Request) -> Response:
        body = await request.json()
        asked.append((request.headers.get("authorization"), body))
        match body["model"]:
            case "broken":
                return Response("oops")
            case "empty":
                return JSONResponse({"choices": []})
            case "unknown":
                return JSONResponse({"error": {"message": "no such model"}}, status_code=404)
        return JSONResponse(ANSWER)

    routes = [Route("/v1/chat/completions", complete, methods=["POST"])]
    async with serving(Starlette(routes=routes)) as address:
        yield f"{address}/v1"


async def test_the_answer_and_its_tokens_are_yielded(
    run: FakeRun, url: str, asked: list[Any]
) -> None:
    outputs = await run.do(
        CHAT,
        provider={"type": "any", "apiKey": "key", "modelName": "small", "baseUrl": url},
        messages=[{"type": "SYSTEM", "content": "Be short"}, {"type": "USER", "content": "Hi"}],
        configuration={"temperature": 0.5, "maxToken": 10, "unknown": 1},
    )
    assert outputs["textOutput"] == outputs["aiResponse"] == "Hello"
    assert outputs["finishReason"] == "stop"
    assert outputs["tokenUsage"] == {
        "inputTokenCount": 3,
        "outputTokenCount": 2,
        "totalTokenCount": 5,
    }
    assert run.counters == {
        "input.token.count": 3,
        "output.token.count": 2,
        "total.token.count": 5,
    }
    assert asked == [
        (
            "Bearer key",
            {
                "model": "small",
                "messages": [
                    {"role": "system", "content": "Be short"},
                    {"role": "user", "content": "Hi"},
                ],
                "temperature": 0.5,
                "max_tokens": 10,
            },
        )
    ]


async def test_a_prompt_is_enough(run: FakeRun, url: str, asked: list[Any]) -> None:
    await run.do(OPENAI, model="small", prompt="Hi", baseUrl=url)
    assert asked[0] == (
        None,
        {"model": "small", "messages": [{"role": "user", "content": "Hi"}]},
    )
    with pytest.raises(TaskFailed, match="Write `prompt`"):
        await run.do(OPENAI, model="small", baseUrl=url)


@pytest.mark.parametrize(
    ("model", "why"),
    [
        ("unknown", "answered 404.*no such model"),
        ("broken", "no chat completion"),
        ("empty", "no chat completion"),
    ],
)
async def test_other_answers_are_clear_failures(
    run: FakeRun, url: str, model: str, why: str
) -> None:
    with pytest.raises(TaskFailed, match=why):
        await run.do(OPENAI, model=model, prompt="Hi", baseUrl=url)


async def test_an_endpoint_that_is_away_is_named(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match=r"127\.0\.0\.1:1/chat/completions cannot be reached"):
        await run.do(OPENAI, model="m", prompt="Hi", baseUrl="http://127.0.0.1:1")
