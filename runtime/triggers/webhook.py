"""`core.trigger.Webhook`: by a call over HTTP."""

import json
from base64 import b64encode
from collections.abc import Mapping, Sequence
from typing import ClassVar

from pydantic import BaseModel, Field

from runtime.flows.nesting import is_deep
from runtime.triggers.trigger import TriggerType, Yields

_MOST_KEY = 256
_CREDENTIALS = frozenset({"authorization", "proxy-authorization", "cookie"})


class Headers(dict[str, list[str]]):
    """Values of headers by name in small letters; found by a name in any letters."""

    def __missing__(self, name: object) -> list[str]:
        small = name.lower() if isinstance(name, str) else ""
        if small == name or small not in self:
            raise KeyError(name)
        return self[small]


class WebhookOutputs(Yields):
    body: object
    """The body as JSON where it is, else its text; null when there was none."""
    headers: dict[str, list[str]]
    """By name in small letters, found in any. Those that carry credentials are left out: they would
    be stored."""
    parameters: dict[str, list[str]]


class Webhook(TriggerType):
    """Start the flow when its address is called by GET, POST or PUT.

    The address is `/api/v1/executions/webhook/{namespace}/{flowId}/{key}`; whoever has the `key`
    may call it, so choose one that nobody guesses, best from a secret.

    `trigger.body` is a map or a list where the body is JSON of one, whatever the call says of its
    type; any other body is its text, a form (`a=1&b=2`) or one of several parts as it was sent,
    and one that is not text is in base64.
    `trigger.headers` are found whatever the case of letters; `trigger.parameters` are those of the
    address.

    The answer comes at once, or with `wait` when the execution has ended: with the flow's outputs
    among what it says, with nothing else where `returnOutputs` is set, and with the status 500 when
    the execution FAILED. When the conditions do not hold, nothing is started and the answer
    is 204. A caller that sends an `Idempotency-Key` may call again without starting twice.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.trigger.Webhook"
    outputs: ClassVar[type[BaseModel] | None] = WebhookOutputs

    key: str = Field(min_length=1, max_length=_MOST_KEY)
    wait: bool = False
    return_outputs: bool = False
    response_content_type: str | None = None
    response_code: int = Field(default=200, ge=200, le=599)


def variables(
    body: bytes, headers: Mapping[str, Sequence[str]], parameters: Mapping[str, Sequence[str]]
) -> dict[str, object]:
    """What expressions see as `trigger`."""
    kept = {
        name.lower(): list(values)
        for name, values in headers.items()
        if name.lower() not in _CREDENTIALS
    }
    given = {name: list(values) for name, values in parameters.items()}
    return {"body": parsed(body), "headers": Headers(kept), "parameters": given}


def as_seen(stored: Mapping[str, object]) -> Mapping[str, object]:
    """The same as `variables` made them, out of what was stored."""
    headers = stored.get("headers")
    return {**stored, "headers": Headers(headers)} if isinstance(headers, dict) else stored


def parsed(body: bytes) -> object:
    """A map or a list where the body is JSON of one, else its text; null when it is empty.

    What is no text in UTF-8 is in base64, so that nothing of it is lost, as in Kestra. JSON that is
    nested too deeply to be kept stays text, too.
    """
    if not body:
        return None
    try:
        text = body.decode()
    except UnicodeDecodeError:
        return b64encode(body).decode()
    if text.lstrip()[:1] in ("{", "["):
        try:
            value = json.loads(text)
        except (ValueError, RecursionError):
            return text
        return text if is_deep(value) else value
    return text
