"""`core.http.Trigger`: by looking at an address again and again."""

from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from runtime.flows.types import NotRendered
from runtime.triggers.trigger import PolledTrigger, Yields


class HttpTriggerOutputs(Yields):
    uri: str
    code: int
    headers: dict[str, list[str]]
    body: str | None = None
    encrypted_body: dict[str, object] | None = None
    """The body sealed, when `encryptBody` is true."""


class HttpTrigger(PolledTrigger):
    """Ask a web server regularly, and start the flow when its answer fits.

    The address is asked once in every `interval`, and not while the execution that was started
    last still runs, unless `allowConcurrent` is true. The flow is started when `responseCondition`
    holds, which sees `response.statusCode`, `response.body` and `response.headers`. A server that
    cannot be asked starts nothing and is asked again after the interval; the log of the trigger
    says why, and with `failOnTriggerError` an execution FAILED says it, too. `options` are those of
    the task `http.Request`.
    """

    type_name: ClassVar[str] = "io.kestra.plugin.core.http.Trigger"
    aliases: ClassVar[tuple[str, ...]] = ("io.kestra.plugin.fs.http.Trigger",)
    outputs: ClassVar[type[BaseModel] | None] = HttpTriggerOutputs

    uri: str
    method: str = "GET"
    params: dict[str, object] = Field(default_factory=dict)
    body: str | dict[str, object] | None = None
    form_data: dict[str, object] | None = None
    content_type: str | None = None
    headers: dict[str, object] = Field(default_factory=dict)
    response_condition: Annotated[str, NotRendered()] = "{{ response.statusCode < 400 }}"
    encrypt_body: bool = False
