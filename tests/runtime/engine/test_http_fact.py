"""Requests that `http()` makes in an expression."""

import base64
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from runtime.engine.http_fact import NotAnswered, answer_of
from tests.support.http_server import serving


async def told(request: Request) -> Response:
    return JSONResponse(
        {
            "query": request.query_params.multi_items(),
            "x": request.headers.getlist("x"),
            "as": request.headers.get("authorization"),
            "body": (await request.body()).decode(),
        }
    )


async def same(request: Request) -> Response:
    return Response(await request.body(), media_type=request.headers["content-type"])


async def teapot(_: Request) -> Response:
    return Response("short and stout", 418)


@pytest.fixture
async def at() -> AsyncIterator[str]:
    routes = [
        Route("/told", told, methods=["GET", "POST"]),
        Route("/same", same, methods=["POST"]),
        Route("/teapot", teapot),
    ]
    async with serving(Starlette(routes=routes)) as address:
        yield address


async def asked(uri: str, **more: object) -> object:
    async with httpx.AsyncClient() as client:
        return await answer_of(client, {"uri": uri, "method": "GET", **more})


async def test_queries_and_headers_have_several_values(at: str) -> None:
    answer = await asked(
        f"{at}/told", query={"limit": 2, "tag": ["a", "b"], "on": True}, headers={"x": ["1", "2"]}
    )
    assert isinstance(answer, dict)
    assert answer["query"] == [["limit", "2"], ["tag", "a"], ["tag", "b"], ["on", "true"]]
    assert answer["x"] == ["1", "2"]


@pytest.mark.parametrize(
    ("auth", "header"),
    [
        (
            {"type": "BASIC", "username": "ada", "password": "pass"},
            "Basic " + base64.b64encode(b"ada:pass").decode(),
        ),
        ({"type": "BEARER", "token": "abc"}, "Bearer abc"),
    ],
)
async def test_options_say_who_asks(at: str, auth: dict[str, str], header: str) -> None:
    answer = await asked(f"{at}/told", options={"auth": auth})
    assert isinstance(answer, dict)
    assert answer["as"] == header


async def test_a_body_is_written_and_read_in_its_type(at: str) -> None:
    body = {"with": ["yaml", "content"]}
    for kind in ("application/json", "application/x-yaml"):
        more = {"method": "POST", "body": body, "contentType": kind}
        assert await asked(f"{at}/same", **more) == body
    written = await asked(f"{at}/told", method="POST", body=body, contentType="application/yaml")
    assert isinstance(written, dict)
    assert written["body"] == "with:\n - yaml\n - content\n"


async def test_a_failure_is_said_unless_it_is_allowed(at: str) -> None:
    with pytest.raises(NotAnswered, match="/teapot answered with status 418"):
        await asked(f"{at}/teapot")
    for options in ({"allowFailed": True}, {"allowedResponseCodes": [418]}):
        assert await asked(f"{at}/teapot", options=options) == "short and stout"
    with pytest.raises(NotAnswered, match=r"`options\.colour` of http\(\) is wrong"):
        await asked(f"{at}/teapot", options={"colour": "red"})
