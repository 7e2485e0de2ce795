"""What `http()` in an expression asks for: one request, and its answer as a value."""

import json
from collections.abc import Mapping

import httpx
from pydantic import ValidationError

from runtime.expressions.printing import to_text
from runtime.expressions.structured import parse_yaml, to_yaml
from runtime.tasks.core.http_options import HttpOptions
from runtime.tasks.task import TaskFailed


class NotAnswered(Exception):
    """There is no answer, or one that says that the request failed; with the reason."""


async def answer_of(shared: httpx.AsyncClient, asked: Mapping[str, object]) -> object:
    """The answer as JSON or YAML where it is, else its text.

    `options` are those of the HTTP tasks. A body that is no text is written as JSON, or as YAML
    where `contentType` says so. Raises NotAnswered.
    """
    options = _options(asked.get("options"))
    uri = str(asked["uri"])
    try:
        async with options.client(shared) as client:
            response = await client.request(
                str(asked["method"]),
                uri,
                params=_pairs(asked.get("query")) or None,
                headers=_headers(asked),
                content=_body(asked),
                auth=options.authentication() or httpx.USE_CLIENT_DEFAULT,
                timeout=options.timeouts(),
                follow_redirects=options.follow_redirects,
            )
    except (httpx.HTTPError, httpx.InvalidURL, TaskFailed) as error:
        raise NotAnswered(f"{uri} cannot be asked: {error}.") from error
    code = response.status_code
    allowed = options.allow_failed or code in options.allowed_response_codes
    if response.is_error and not allowed:
        raise NotAnswered(f"{uri} answered with status {code} {response.reason_phrase}.")
    return _read(response)


def _options(given: object) -> HttpOptions:
    try:
        return HttpOptions.model_validate(given or {})
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise NotAnswered(f"`options.{where}` of http() is wrong: {first['msg']}.") from error


def _headers(asked: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    more = {"Content-Type": asked.get("contentType"), "Accept": asked.get("accept")}
    return _pairs(asked.get("headers")) + _pairs({k: v for k, v in more.items() if v})


def _pairs(given: object) -> tuple[tuple[str, str], ...]:
    """By name, once for each of several values."""
    if not isinstance(given, Mapping):
        return ()
    return tuple(
        (str(name), to_text(each))
        for name, value in given.items()
        for each in (value if isinstance(value, list | tuple) else [value])
    )


def _body(asked: Mapping[str, object]) -> str | bytes | None:
    body = asked.get("body")
    if isinstance(body, str | bytes | None):
        return body
    return to_yaml(body) if _is_yaml(asked.get("contentType")) else json.dumps(body)


def _read(response: httpx.Response) -> object:
    try:
        if _is_yaml(response.headers.get("content-type")):
            return parse_yaml(response.text)
        return response.json()
    except ValueError:
        return response.text


def _is_yaml(content_type: object) -> bool:
    return "yaml" in str(content_type or "").lower()
