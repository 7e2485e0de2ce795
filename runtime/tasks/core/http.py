"""`core.http`: ask a web server, or download a file from it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import PurePosixPath
from typing import IO, Annotated, ClassVar
from urllib.parse import parse_qsl, unquote, urlsplit

import httpx
from pydantic import BaseModel, Field

from runtime.executions.model import LogLevel
from runtime.expressions.printing import to_text
from runtime.expressions.secrets import MASK
from runtime.files.uris import is_stored
from runtime.flows.types import MetricSpec
from runtime.tasks.core.http_options import HttpOptions, Upper
from runtime.tasks.properties import AnyMap, Text, TextListMap, TextMap
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask

FilePart = tuple[str | None, IO[bytes] | str]

_SHOWN = 1000
_LOGGED = 10_000
_PROOFS = frozenset({"authorization", "proxy-authorization", "cookie", "set-cookie"})


class HttpTask(WorkTask):
    """What both tasks share: the request and how its answer is judged."""

    uri: Text
    method: Annotated[Text, Upper] = "GET"
    params: TextListMap = Field(default_factory=dict)
    """Query parameters, added to those of `uri`; several values of one are a list."""
    body: Text | None = None
    form_data: AnyMap | None = None
    content_type: Text | None = None
    headers: TextMap = Field(default_factory=dict)
    options: HttpOptions = HttpOptions()
    allow_failed: bool = False

    @asynccontextmanager
    async def answer(self, run: Run) -> AsyncIterator[httpx.Response]:
        """Send the request; the answer's body is still to be read. Raises TaskFailed."""
        async with AsyncExitStack() as stack:
            try:
                client = await stack.enter_async_context(self.options.client(run.services.http))
                response = await client.send(
                    await self._request(run, client, stack),
                    stream=True,
                    auth=self.options.authentication(),
                    follow_redirects=self.options.follow_redirects,
                )
                stack.push_async_callback(response.aclose)
                run.log(LogLevel.DEBUG, f"{self.method} {self.uri}: {response.status_code}")
                self._log(run, response)
                await self._judge(response)
                yield response
            except (httpx.HTTPError, httpx.InvalidURL) as error:
                raise TaskFailed(f"{self.method} {self.uri} failed: {_reason(error)}") from error

    def _log(self, run: Run, response: httpx.Response) -> None:
        """What `options.logs` asks for, without what proves who one is."""
        if self.options.logs_of("REQUEST_HEADERS"):
            run.log(LogLevel.DEBUG, f"Request headers: {_shown(response.request.headers)}")
        if self.options.logs_of("REQUEST_BODY") and self.form_data is None:
            run.log(LogLevel.DEBUG, f"Request body: {(self.body or '')[:_LOGGED]}")
        if self.options.logs_of("RESPONSE_HEADERS"):
            run.log(LogLevel.DEBUG, f"Response headers: {_shown(response.headers)}")

    async def _request(
        self, run: Run, client: httpx.AsyncClient, stack: AsyncExitStack
    ) -> httpx.Request:
        headers = dict(self.headers)
        if self.content_type and not (self.form_data and "multipart" in self.content_type):
            headers["content-type"] = self.content_type
        fields, files = await _parts(run, stack, self.form_data or {})
        if self.content_type and "multipart" in self.content_type:
            files = {**{name: (None, to_text(text)) for name, text in fields.items()}, **files}
            fields = {}
        return client.build_request(
            self.method,
            self.uri,
            params=self._query() if self.params else None,
            content=self.body if self.form_data is None else None,
            data=fields or None,
            files=files or None,
            headers=headers,
            timeout=self.options.timeouts(),
        )

    def _query(self) -> tuple[tuple[str, str], ...]:
        given = [(name, each) for name, values in self.params.items() for each in values]
        return (*parse_qsl(urlsplit(self.uri).query, keep_blank_values=True), *given)

    async def _judge(self, response: httpx.Response) -> None:
        code = response.status_code
        if code < 400 or self.allow_failed or self.options.allow_failed:
            return
        if code in self.options.allowed_response_codes:
            return
        start = await _read(response, _SHOWN, cut=True)
        shown = start.decode("utf-8", "replace").strip()
        raise TaskFailed(
            f"{self.method} {self.uri} answered {code} {response.reason_phrase}"
            + (f": {shown}" if shown else ".")
        )


class RequestOutputs(Outputs):
    uri: str
    code: int
    headers: dict[str, list[str]]
    """By name in small letters; a header may come several times."""
    body: str | None = None
    encrypted_body: dict[str, object] | None = None
    """The body sealed, when `encryptBody` is true."""


class Request(HttpTask):
    """Ask a web server and yield its answer.

    A status of 400 or more is a failure, unless `allowFailed` is true or the status is among
    `options.allowedResponseCodes`. A large body belongs into a file: use `http.Download`.
    """

    type_name = "io.kestra.plugin.core.http.Request"
    aliases = ("io.kestra.plugin.fs.http.Request",)
    outputs = RequestOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("response.length", "counter", "Bytes of the body."),
    )

    encrypt_body: bool = False

    async def run(self, run: Run) -> BaseModel:
        limit = min(self.options.max_content_length, run.services.settings.output_limit)
        async with self.answer(run) as response:
            data = await _read(response, limit)
            charset = response.charset_encoding or self.options.default_charset
        run.counter("response.length", len(data))
        text = _decoded(data, charset)
        if self.options.logs_of("RESPONSE_BODY") and not self.encrypt_body:
            run.log(LogLevel.DEBUG, f"Response body: {text[:_LOGGED]}")
        return RequestOutputs(
            uri=str(response.url),
            code=response.status_code,
            headers=_headers(response),
            body=None if self.encrypt_body else text,
            encrypted_body=run.services.vault.sealed_value(text) if self.encrypt_body else None,
        )


class DownloadOutputs(Outputs):
    uri: str
    """Where the file is stored."""
    code: int
    length: int
    headers: dict[str, list[str]]


class Download(HttpTask):
    """Download a file into the internal storage; it is streamed and may be large."""

    type_name = "io.kestra.plugin.core.http.Download"
    aliases = ("io.kestra.plugin.fs.http.Download",)
    outputs = DownloadOutputs
    metrics: ClassVar[tuple[MetricSpec, ...]] = (
        MetricSpec("response.length", "counter", "Bytes of the file."),
    )

    fail_on_empty_response: bool = True
    save_as: Text | None = None
    """The name of the stored file; otherwise as the server calls it."""

    async def run(self, run: Run) -> BaseModel:
        async with self.answer(run) as response:
            uri = await run.files.put(self.save_as or _file_name(response), response.aiter_bytes())
        length = (await run.files.find(uri)).size
        if length == 0 and self.fail_on_empty_response:
            await run.files.delete(uri)
            raise TaskFailed(
                f"{self.method} {self.uri} answered with nothing; "
                "write `failOnEmptyResponse: false` if that is right."
            )
        run.counter("response.length", length)
        return DownloadOutputs(
            uri=uri, code=response.status_code, length=length, headers=_headers(response)
        )


async def _parts(
    run: Run, stack: AsyncExitStack, form: Mapping[str, object]
) -> tuple[dict[str, object], dict[str, FilePart]]:
    """The fields of a form, and its files by name: stored files are copied to the disk first."""
    fields: dict[str, object] = {}
    files: dict[str, FilePart] = {}
    for number, (name, value) in enumerate(form.items()):
        match value:
            case {"content": str(uri), "name": str(file_name)}:
                pass
            case str(uri) if is_stored(uri):
                file_name = PurePosixPath(urlsplit(uri).path).name
            case _:
                fields[name] = value
                continue
        target = run.directory / f".form-{number}"
        await run.files.fetch(uri, target)
        stack.callback(target.unlink)
        files[name] = (file_name, stack.enter_context(target.open("rb")))
    return fields, files


async def _read(response: httpx.Response, limit: int, *, cut: bool = False) -> bytes:
    data = bytearray()
    async for chunk in response.aiter_bytes():
        data += chunk
        if len(data) <= limit:
            continue
        if cut:
            return bytes(data[:limit])
        raise TaskFailed(
            f"The answer of {response.url} is larger than {limit:,} bytes; "
            "use io.kestra.plugin.core.http.Download to store it as a file."
        )
    return bytes(data)


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data.decode(charset, "replace").replace("\0", "�")
    except LookupError:
        return data.decode("utf-8", "replace").replace("\0", "�")


def _headers(response: httpx.Response) -> dict[str, list[str]]:
    headers: dict[str, list[str]] = {}
    for name, value in response.headers.multi_items():
        headers.setdefault(name, []).append(value)
    return headers


def _shown(headers: httpx.Headers) -> str:
    """Headers in one line; what proves who one is stays hidden."""
    pairs = ((k, MASK if k.lower() in _PROOFS else v) for k, v in headers.multi_items())
    return ", ".join(f"{name}: {value}" for name, value in pairs)


def _file_name(response: httpx.Response) -> str:
    """The name that the server gives the file, without any path; `download` when it gives none."""
    disposition = response.headers.get("content-disposition", "")
    _, found, given = disposition.partition("filename=")
    name = given.split(";")[0].strip().strip('"') if found else unquote(response.url.path)
    kept = "".join(c if c.isalnum() or c in "._- " else "_" for c in name.rpartition("/")[2])
    return kept.strip(". ")[:100] or "download"


def _reason(error: Exception) -> str:
    match error:
        case httpx.ConnectTimeout():
            return "no connection within the time allowed (options.timeout.connectTimeout)."
        case httpx.TimeoutException():
            return "no answer within the time allowed (options.timeout.readIdleTimeout)."
        case httpx.UnsupportedProtocol():
            return "the address must begin with http:// or https://."
    return str(error) or type(error).__name__
