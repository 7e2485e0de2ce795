"""Calls of webhooks: from a request to an execution."""

import hashlib
import hmac
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial

from runtime.clock import Clock
from runtime.engine.ends import Ends
from runtime.engine.launch import Launch, Launcher
from runtime.engine.library import Library
from runtime.engine.occasions import Occasions
from runtime.engine.trigger_log import TriggerLog
from runtime.errors import Conflict, FlowdeckError, InvalidInput, NotFound, Unavailable
from runtime.executions.model import LogLevel
from runtime.executions.states import ExecutionState
from runtime.expressions.printing import to_text
from runtime.flows.model import Flow, Trigger
from runtime.loop import Tasks
from runtime.store import holding, trigger_state
from runtime.store.patience import patiently
from runtime.store.pool import Pool
from runtime.store.triggers import TriggerKey
from runtime.triggers.webhook import Webhook, variables

_NO_CONTENT = 204
_FAILED = 500
_FITTING = "-"
"""Stands for a key that was compared already, so that it goes no further."""


@dataclass(frozen=True, slots=True)
class WebhookCall:
    """A request as it came. Names of headers count in any case."""

    method: str = "POST"
    headers: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parameters: Mapping[str, Sequence[str]] = field(default_factory=dict)
    body: bytes = b""

    def header(self, name: str) -> str | None:
        for each, values in self.headers.items():
            if each.lower() == name and values:
                return values[0]
        return None


@dataclass(frozen=True, slots=True)
class CalledExecution:
    """What a caller learns of the execution that the call started."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    state: str
    outputs: Mapping[str, object] | None = None
    """The flow's outputs where the call waited for the end; null where it did not."""


@dataclass(frozen=True, slots=True)
class WebhookAnswer:
    """What to answer: `outputs` where the trigger returns them, else the execution.

    Both are None with status 204: the conditions do not hold, nothing was started.
    """

    status: int
    content_type: str | None = None
    """As the trigger says; None for JSON."""
    execution: CalledExecution | None = None
    outputs: Mapping[str, object] | None = None


class Webhooks:
    """Finds the trigger that a key belongs to, and starts its flow."""

    def __init__(
        self,
        pool: Pool,
        library: Library,
        occasions: Occasions,
        launcher: Launcher,
        ends: Ends,
        log: TriggerLog,
        clock: Clock,
        tasks: Tasks,
    ) -> None:
        self._log = log
        self._pool = pool
        self._library = library
        self._occasions = occasions
        self._launcher = launcher
        self._ends = ends
        self._clock = clock
        self._tasks = tasks
        self._fired: dict[TriggerKey, tuple[datetime, str | None]] = {}
        self._is_writing = False

    async def call(
        self, namespace: str, flow_id: str, key: str, call: WebhookCall
    ) -> WebhookAnswer:
        """Raises NotFound without saying whether flow or key is wrong; Conflict for a check."""
        flow, trigger, kind = await self._find(namespace, flow_id, key)
        given = variables(call.body, call.headers, call.parameters)
        once = call.header("idempotency-key")
        launch = Launch(
            flow=flow,
            trigger=trigger,
            variables=given,
            key=f"webhook:{trigger.id}:{_digest(once)}" if once else None,
            told_at=LogLevel.DEBUG,
        )
        now = self._clock.now()
        try:
            if not await self._occasions.hold(flow, trigger, now, {"trigger": given}):
                self._log.say(flow, trigger, LogLevel.DEBUG, "The conditions do not hold.")
                return WebhookAnswer(_NO_CONTENT)
        except Unavailable:
            raise
        except FlowdeckError as error:
            execution_id = await self._fail(launch, error)
        else:
            execution_id = await self._start(launch)
        self._note((namespace, flow_id, trigger.id), now, execution_id)
        return await self._answer(kind, flow, execution_id)

    async def _start(self, launch: Launch) -> str:
        execution_id = await self._launcher.launch(launch)
        if execution_id is None:
            raise Conflict("A check of the flow forbids to start it like this.")
        return execution_id

    async def _fail(self, launch: Launch, error: FlowdeckError) -> str:
        """The execution that FAILED, where the trigger asks for that; else the caller is told."""
        if launch.trigger.fail_on_trigger_error:
            return await self._launcher.fail(launch, error)
        message = f"A call could not be judged: {error}"
        self._log.say(launch.flow, launch.trigger, LogLevel.ERROR, message)
        raise error

    def _note(self, key: TriggerKey, at: datetime, execution_id: str) -> None:
        """Write down what the trigger did last, after the answer: many calls make one write."""
        self._fired[key] = (at, execution_id)
        if not self._is_writing:
            self._is_writing = True
            self._tasks.start(self._write_down(), "webhooks")

    async def _write_down(self) -> None:
        try:
            while self._fired:
                fired, self._fired = self._fired, {}
                await patiently(partial(trigger_state.fired, self._pool, fired), self._clock)
        finally:
            self._is_writing = False

    async def _find(self, namespace: str, flow_id: str, key: str) -> tuple[Flow, Trigger, Webhook]:
        found = await trigger_state.callable_flow(self._pool, namespace, flow_id)
        if found is not None:
            try:
                flow = await self._library.find(namespace, flow_id, found.revision)
            except FlowdeckError:
                raise _not_found() from None
            for trigger in flow.triggers:
                is_off = trigger.disabled or trigger.id in found.switched_off
                if trigger.type != Webhook.type_name or is_off or flow.disabled:
                    continue
                if await self._is_key(flow, trigger, key):
                    return flow, trigger, await self._read(flow, trigger)
        raise _not_found()

    async def _read(self, flow: Flow, trigger: Trigger) -> Webhook:
        """Its properties; only some of them are expressions, in most triggers none."""
        written = {name: value for name, value in trigger.properties.items() if name != "key"}
        try:
            return Webhook.of({**written, "key": _FITTING})
        except InvalidInput:
            rendered = await self._occasions.rendered(flow, written, {})
            return Webhook.of({**rendered, "key": _FITTING})

    async def _is_key(self, flow: Flow, trigger: Trigger, key: str) -> bool:
        """Compared in a time that tells nothing; a key that cannot be rendered fits nothing."""
        written = trigger.properties.get("key")
        try:
            rendered = await self._occasions.rendered(flow, {"key": written}, {})
        except FlowdeckError:
            return False
        wanted = to_text(rendered["key"])
        return bool(wanted) and hmac.compare_digest(wanted.encode(), key.encode())

    async def _answer(self, kind: Webhook, flow: Flow, execution_id: str) -> WebhookAnswer:
        """An execution that FAILED under the eyes of its caller is a 500, as in Kestra."""
        state, outputs = "CREATED", None
        if kind.wait:
            await self._ends.ended(execution_id)
            execution = await holding.load(self._pool, execution_id)
            if execution is not None:
                state = execution.state.value
                outputs = execution.outputs or {}
        known = (flow.namespace, flow.id, flow.revision)
        called = CalledExecution(execution_id, *known, state, outputs)
        return WebhookAnswer(
            status=_FAILED if state == ExecutionState.FAILED.value else kind.response_code,
            content_type=kind.response_content_type,
            execution=called,
            outputs=outputs if kind.return_outputs else None,
        )


def _digest(text: str) -> str:
    """Of any length as short as a key may be."""
    return hashlib.blake2b(text.encode(), digest_size=16).hexdigest()


def _not_found() -> NotFound:
    return NotFound(
        "There is no webhook at this address.",
        hint="Check namespace, flow and key; the flow and its trigger have to be enabled.",
    )
