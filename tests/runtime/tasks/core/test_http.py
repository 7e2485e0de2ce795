import asyncio
import base64
import json
from collections.abc import AsyncIterator
from typing import Any

import pytest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import (
    JSONResponse,
    PlainTextResponse,
    RedirectResponse,
    Response,
    StreamingResponse,
)
from starlette.routing import Route

from runtime.tasks.task import TaskFailed
from tests.support.http_server import serving
from tests.support.memory import MemoryWatch
from tests.support.running import FakeRun
from tests.support.socks import socks_proxy

REQUEST = "io.kestra.plugin.core.http.Request"
DOWNLOAD = "io.kestra.plugin.core.http.Download"


async def echo(request: Request) -> Response:
    form: dict[str, Any] = {}
    kind = request.headers.get("content-type", "")
    if "form" in kind:
        async with request.form() as fields:
            for name, value in fields.items():
                if isinstance(value, str):
                    form[name] = value
                else:
                    form[name] = {"name": value.filename, "text": (await value.read()).decode()}
    body = "" if form else (await request.body()).decode()
    headers = dict(request.headers)
    query = dict(request.query_params)
    told = {"method": request.method, "body": body, "form": form, "headers": headers}
    pairs = request.query_params.multi_items()
    response = JSONResponse({**told, "query": query, "pairs": pairs})
    response.set_cookie("session", "abc")
    return response


async def status(request: Request) -> Response:
    return PlainTextResponse("the reason", status_code=int(request.path_params["code"]))


async def large(request: Request) -> Response:
    async def body() -> AsyncIterator[bytes]:
        for _ in range(int(request.path_params["megabytes"])):
            yield b"x" * (1 << 20)

    headers = {"content-disposition": 'attachment; filename="../../report 1.csv"'}
    return StreamingResponse(body(), headers=headers)


async def silent(request: Request) -> Response:
    async def body() -> AsyncIterator[bytes]:
        yield b"x"
        await asyncio.Event().wait()

    return StreamingResponse(body())


PLAIN = {"content-type": "text/plain"}
APP = Starlette(
    routes=[
        Route("/echo", echo, methods=["GET", "POST", "PUT", "DELETE", "PATCH"]),
        Route("/status/{code}", status),
        Route("/large/{megabytes}", large),
        Route("/silent", silent),
        Route("/empty", lambda request: Response()),
        Route("/moved", lambda request: RedirectResponse("/echo")),
        Route("/round", lambda request: RedirectResponse("/round")),
        Route("/latin", lambda request: Response("é".encode("latin-1"), headers=PLAIN)),
        Route("/binary", lambda request: Response(b"\0\xff\xfe")),
    ]
)


@pytest.fixture
async def server() -> AsyncIterator[str]:
    async with serving(APP) as address:
        yield address


async def echoed(run: FakeRun, server: str, **given: object) -> dict[str, Any]:
    outputs = await run.do(REQUEST, uri=f"{server}/echo", **given)
    found: dict[str, Any] = json.loads(outputs["body"])
    return found


async def test_the_answer_is_yielded(run: FakeRun, server: str) -> None:
    outputs = await run.do(REQUEST, uri=f"{server}/status/200")
    assert (outputs["code"], outputs["body"]) == (200, "the reason")
    assert outputs["uri"] == f"{server}/status/200"
    assert outputs["headers"]["content-length"] == ["10"]
    assert run.counters["response.length"] == 10


async def test_method_body_headers_and_parameters_are_sent(run: FakeRun, server: str) -> None:
    told = await echoed(
        run,
        server,
        method="post",
        body='{"a": 1}',
        contentType="application/json",
        headers={"X-Mine": 7},
        params={"q": "a b"},
    )
    assert (told["method"], told["body"]) == ("POST", '{"a": 1}')
    assert told["headers"]["content-type"] == "application/json"
    assert told["headers"]["x-mine"] == "7"
    assert told["query"] == {"q": "a b"}


async def test_parameters_are_added_to_those_of_the_address(run: FakeRun, server: str) -> None:
    params = {"foo": "bar", "n": [1, 2]}
    outputs = await run.do(REQUEST, uri=f"{server}/echo?foo=baz", params=params)
    told = json.loads(outputs["body"])
    assert told["pairs"] == [["foo", "baz"], ["foo", "bar"], ["n", "1"], ["n", "2"]]


async def test_a_form_is_sent(run: FakeRun, server: str) -> None:
    told = await echoed(run, server, method="POST", formData={"a": "1", "b": "two words"})
    assert told["form"] == {"a": "1", "b": "two words"}


async def test_a_form_with_files_is_sent_in_parts(run: FakeRun, server: str) -> None:
    uri = await run.store("in.txt", b"stored")
    told = await echoed(
        run,
        server,
        method="POST",
        contentType="multipart/form-data",
        formData={"a": "1", "plain": uri, "named": {"name": "mine.txt", "content": uri}},
    )
    assert told["form"]["a"] == "1"
    assert told["form"]["plain"] == {"name": "in.txt", "text": "stored"}
    assert told["form"]["named"] == {"name": "mine.txt", "text": "stored"}
    assert list(run.directory.iterdir()) == []


@pytest.mark.parametrize(
    ("options", "expected"),
    [
        (
            {"auth": {"type": "BASIC", "username": "ada", "password": "p"}},
            f"Basic {base64.b64encode(b'ada:p').decode()}",
        ),
        ({"auth": {"type": "BEARER", "token": "t"}}, "Bearer t"),
        (
            {"basicAuthUser": "ada", "basicAuthPassword": "p"},
            f"Basic {base64.b64encode(b'ada:p').decode()}",
        ),
    ],
)
async def test_credentials_are_sent(
    run: FakeRun, server: str, options: dict[str, object], expected: str
) -> None:
    assert (await echoed(run, server, options=options))["headers"]["authorization"] == expected


async def test_cookies_do_not_leak_into_the_next_request(run: FakeRun, server: str) -> None:
    await echoed(run, server)
    assert "cookie" not in (await echoed(run, server))["headers"]


async def test_a_status_of_400_or_more_fails_with_what_was_answered(
    run: FakeRun, server: str
) -> None:
    with pytest.raises(TaskFailed, match="answered 404 Not Found: the reason"):
        await run.do(REQUEST, uri=f"{server}/status/404")


@pytest.mark.parametrize(
    "given",
    [
        {"allowFailed": True},
        {"options": {"allowFailed": True}},
        {"options": {"allowedResponseCodes": [404]}},
    ],
)
async def test_a_status_can_be_allowed(run: FakeRun, server: str, given: dict[str, object]) -> None:
    outputs = await run.do(REQUEST, uri=f"{server}/status/404", **given)
    assert outputs["code"] == 404


async def test_redirects_are_followed_unless_told_otherwise(run: FakeRun, server: str) -> None:
    assert (await run.do(REQUEST, uri=f"{server}/moved"))["uri"] == f"{server}/echo"
    outputs = await run.do(REQUEST, uri=f"{server}/moved", options={"followRedirects": False})
    assert outputs["code"] == 307


async def test_redirects_without_end_fail(run: FakeRun, server: str) -> None:
    with pytest.raises(TaskFailed, match="redirects"):
        await run.do(REQUEST, uri=f"{server}/round")


async def test_a_huge_body_is_refused_early_with_what_to_do(run: FakeRun, server: str) -> None:
    with pytest.raises(TaskFailed, match=r"larger than 2,097,152 bytes; use .*http\.Download"):
        await run.do(REQUEST, uri=f"{server}/large/500")


async def test_a_server_that_falls_silent_is_left(run: FakeRun, server: str) -> None:
    with pytest.raises(TaskFailed, match="no answer within the time allowed"):
        await run.do(
            REQUEST, uri=f"{server}/silent", options={"timeout": {"readIdleTimeout": "PT0.1S"}}
        )


@pytest.mark.parametrize(
    ("uri", "why"),
    [
        ("http://127.0.0.1:1/", "failed"),
        ("ftp://example.com/", "must begin with http"),
        ("no address", "must begin with http"),
        ("http://[::1", "failed"),
    ],
)
async def test_an_address_that_cannot_be_reached_fails_clearly(
    run: FakeRun, uri: str, why: str
) -> None:
    with pytest.raises(TaskFailed, match=why):
        await run.do(REQUEST, uri=uri)


async def test_bodies_in_other_encodings_become_text(run: FakeRun, server: str) -> None:
    outputs = await run.do(REQUEST, uri=f"{server}/latin", options={"defaultCharset": "ISO-8859-1"})
    assert outputs["body"] == "é"
    assert "\0" not in (await run.do(REQUEST, uri=f"{server}/binary"))["body"]


async def test_an_encrypted_body_is_not_yielded_in_clear(run: FakeRun, server: str) -> None:
    outputs = await run.do(REQUEST, uri=f"{server}/status/200", encryptBody=True)
    assert outputs["body"] is None
    assert run.services.vault.opened(outputs["encryptedBody"]) == "the reason"


async def test_a_large_file_is_downloaded_in_bounded_memory(run: FakeRun, server: str) -> None:
    with MemoryWatch() as memory:
        outputs = await run.do(DOWNLOAD, uri=f"{server}/large/200")
    assert outputs["length"] == 200 << 20
    assert (await run.files.find(outputs["uri"])).size == 200 << 20
    assert memory.grown < 120
    assert outputs["uri"].endswith("/tasks/work/tr_1/report%201.csv")


async def test_an_empty_file_is_a_failure_unless_it_is_right(run: FakeRun, server: str) -> None:
    with pytest.raises(TaskFailed, match="failOnEmptyResponse"):
        await run.do(DOWNLOAD, uri=f"{server}/empty")
    assert [file async for file in run.services.files.list("company")] == []
    outputs = await run.do(DOWNLOAD, uri=f"{server}/empty", failOnEmptyResponse=False)
    assert outputs["length"] == 0


async def test_a_download_that_is_cancelled_leaves_nothing(run: FakeRun, server: str) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await run.do(DOWNLOAD, uri=f"{server}/silent")
    assert [file async for file in run.services.files.list("company")] == []


@pytest.mark.parametrize("spelling", ["now", "before"])
async def test_a_socks_proxy_is_gone_through(run: FakeRun, server: str, spelling: str) -> None:
    async with socks_proxy() as socks:
        known = {"address": "127.0.0.1", "port": socks.port, "username": "ada", "password": "pw"}
        options: dict[str, object] = {"proxy": {"type": "SOCKS", **known}}
        if spelling == "before":
            options = {f"proxy{name.title()}": each for name, each in known.items()}
            options["proxyType"] = "SOCKS"
        outputs = await run.do(REQUEST, uri=f"{server}/echo", options=options)
    assert outputs["code"] == 200
    assert socks.targets == [("127.0.0.1", int(server.rpartition(":")[2]))]
    assert socks.users == [("ada", "pw")]


async def test_a_proxy_without_an_address_is_refused(run: FakeRun, server: str) -> None:
    with pytest.raises(TaskFailed, match=r"needs `options\.proxy\.address`"):
        await run.do(REQUEST, uri=f"{server}/echo", options={"proxy": {"type": "HTTP"}})


async def test_what_the_options_name_is_logged_without_proofs(run: FakeRun, server: str) -> None:
    await run.do(
        REQUEST,
        uri=f"{server}/echo",
        method="POST",
        body="the question",
        options={
            "auth": {"type": "BEARER", "token": "hidden"},
            "logs": ["REQUEST_HEADERS", "REQUEST_BODY", "RESPONSE_HEADERS"],
        },
    )
    logged = "\n".join(run.messages)
    assert "Request body: the question" in logged
    assert "authorization: ******" in logged
    assert "set-cookie: ******" in logged
    assert "hidden" not in logged


async def test_the_former_log_level_chooses_what_is_logged(run: FakeRun, server: str) -> None:
    await run.do(REQUEST, uri=f"{server}/status/200", options={"logLevel": "TRACE"})
    assert "Response body: the reason" in run.messages
