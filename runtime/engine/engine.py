"""What the API may ask of the runtime: flows, executions, and everything people do to them.

Every method returns when its effect is durable, and raises a FlowdeckError when it is refused.
"""

from collections.abc import AsyncIterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import PurePosixPath

import asyncpg

from runtime.clock import Clock
from runtime.engine.actor import TakenOver
from runtime.engine.backfill import BackfillRequest
from runtime.engine.bulk_door import BulkDoor
from runtime.engine.deletion import Deletion
from runtime.engine.ends import Ends
from runtime.engine.evaluation import Evaluator
from runtime.engine.flow_map import FlowMap
from runtime.engine.forwarding import Forwarding
from runtime.engine.holder import Holder
from runtime.engine.library import Library, SavedFlow
from runtime.engine.saved_views import SavedViews
from runtime.engine.start import FAILED_CHECK, Given, Started, Starter
from runtime.engine.steps import Steps
from runtime.engine.trigger_door import TriggerDoor
from runtime.engine.webhooks import WebhookAnswer, WebhookCall
from runtime.errors import InvalidInput, LimitExceeded, NotFound, Unavailable
from runtime.executions.actions import undeletable
from runtime.executions.decision import Decision
from runtime.executions.messages import Action, NoteReplay, Resume
from runtime.executions.model import Execution, ExecutionTrigger
from runtime.executions.operations import check_version
from runtime.executions.replay import replay, restart_as_new
from runtime.executions.states import ExecutionState
from runtime.executions.wishes import REPLAYED, check_breakpoints, check_labels
from runtime.files.scope import execution_prefix
from runtime.files.store import FileStore
from runtime.flows.casts import StoredFile
from runtime.flows.inputs import expanded
from runtime.flows.model import Flow
from runtime.flows.parse import Parsed
from runtime.flows.types import KnownTypes
from runtime.ids import EXECUTION, MESSAGE, new_id
from runtime.store import holding
from runtime.store.pool import Pool
from runtime.tasks.services import Purge
from runtime.triggers.trigger import TimedTrigger

_STARTED_BY = "system.username"


@dataclass(frozen=True, slots=True)
class UploadedFile:
    """A file given for a FILE input. `content` is read once, in chunks."""

    name: str
    content: AsyncIterator[bytes]


@dataclass(frozen=True, slots=True)
class NewExecution:
    """What somebody wants to be run. With an `idempotency_key` asking twice starts once."""

    namespace: str
    flow_id: str
    revision: int | None = None
    inputs: Mapping[str, object] = field(default_factory=dict)
    files: Mapping[str, UploadedFile] = field(default_factory=dict)
    """By the id of the input."""
    labels: Mapping[str, str] = field(default_factory=dict)
    scheduled_at: datetime | None = None
    breakpoints: tuple[str, ...] = ()
    idempotency_key: str | None = None
    actor: str | None = None
    trigger: ExecutionTrigger | None = None


@dataclass(slots=True)
class Engine:
    """The door to the runtime."""

    pool: Pool
    clock: Clock
    types: KnownTypes
    library: Library
    starter: Starter
    steps: Steps
    holder: Holder
    forwarding: Forwarding
    files: FileStore
    deletion: Deletion
    max_upload: int
    triggers: TriggerDoor
    ends: Ends
    bulk: BulkDoor
    views: SavedViews
    evaluator: Evaluator
    flow_map: FlowMap

    @property
    def trouble(self) -> Unavailable | None:
        """Why nothing can be written just now; None when it can."""
        return self.steps.journal.trouble

    async def validate_flow(self, source: str) -> Parsed:
        """Every problem of a source; nothing is saved."""
        return await self.library.validate(source)

    async def save_flow(self, source: str, *, actor: str | None = None) -> SavedFlow:
        """Its triggers are there, too. Raises FlowProblems with everything that is wrong."""
        saved = await self.library.save(source, actor=actor)
        await self.triggers.declare()
        return saved

    async def delete_flow(self, namespace: str, flow_id: str, *, actor: str | None = None) -> None:
        await self.library.delete(namespace, flow_id, actor=actor)
        await self.triggers.declare()

    async def set_flow_disabled(
        self, namespace: str, flow_id: str, disabled: bool, *, actor: str | None = None
    ) -> None:
        await self.library.set_disabled(namespace, flow_id, disabled, actor=actor)
        await self.triggers.declare()

    async def create_execution(self, request: NewExecution) -> str:
        """Create and begin an execution; its id.

        Raises NotFound for an unknown or disabled flow, InputsRefused with everything that is wrong
        with the inputs, Conflict when a check forbids the start.
        """
        key = request.idempotency_key
        if key is not None and (known := await self._known(request, key)) is not None:
            return known
        flow = await self.library.runnable(request.namespace, request.flow_id, request.revision)
        check_labels(request.labels)
        check_breakpoints(flow, request.breakpoints)
        execution_id = new_id(EXECUTION)
        uploaded = await self._upload(flow, execution_id, request.files)
        given = Given(
            id=execution_id,
            inputs={**request.inputs, **uploaded},
            labels=_with_actor(request.labels, request.actor),
            scheduled_at=request.scheduled_at,
            breakpoints=request.breakpoints,
            by_hand=request.trigger is None,
        )
        try:
            started = await self.starter.start(flow, given, request.trigger)
            _note(started.decision, "CREATE", request.actor)
            await self.steps.write_new(started, key)
        except asyncpg.UniqueViolationError:
            return await self._known(request, key or "") or execution_id
        except Exception:
            if uploaded:
                prefix = execution_prefix(flow.namespace, flow.id, execution_id)
                await self.files.delete_below(prefix)
            raise
        return execution_id

    async def run_to_end(
        self,
        namespace: str,
        flow_id: str,
        inputs: Mapping[str, object],
        labels: Mapping[str, str],
    ) -> tuple[ExecutionState, Mapping[str, object]]:
        """Start a flow and wait for its end: its state and outputs. Raises as a creation does."""
        request = NewExecution(namespace, flow_id, inputs=inputs, labels=labels)
        execution_id = await self.create_execution(request)
        await self.ends.ended(execution_id)
        execution = await self._load(execution_id)
        return execution.state, self.starter.opened(execution.outputs or {})

    async def act(self, execution_id: str, action: Action) -> None:
        """Do something to an execution. Raises NotFound, or Conflict when its state forbids it."""
        actor = await self.holder.hold(execution_id)
        if actor is None:
            copy = await self.holder.copy(await self._load(execution_id))
            await self.forwarding.ask(copy, action)
            return
        try:
            await actor.ask(action)
        except TakenOver:
            await self.act(execution_id, action)  # by whoever holds it now

    async def resume(
        self, execution_id: str, action: Resume, files: Mapping[str, UploadedFile]
    ) -> None:
        """Let a paused execution go on, with files for what the pause asks for. As `act` does."""
        if not files:
            return await self.act(execution_id, action)
        execution = await self._load(execution_id)
        home = execution_prefix(execution.namespace, execution.flow_id, execution_id)
        folder = f"{home}/resume/{new_id(MESSAGE)}"
        try:
            uploaded = await self._store(folder, files)
            await self.act(execution_id, replace(action, inputs={**action.inputs, **uploaded}))
        except Exception:
            await self.files.delete_below(folder)
            raise

    async def replay(
        self,
        execution_id: str,
        *,
        task_run_id: str | None = None,
        revision: int | None = None,
        inputs: Mapping[str, object] | None = None,
        breakpoints: tuple[str, ...] = (),
        actor: str | None = None,
        idempotency_key: str | None = None,
    ) -> str:
        """Run an execution again as a new one, from the start or from a task run; its id.

        A revision that is named takes the newest templates; without one those of the original stay.
        """
        original = await self._load(execution_id)
        flow = await self.library.again(original, revision)
        check_breakpoints(flow, breakpoints)
        new = new_id(EXECUTION)
        checked = None
        if inputs is not None:
            given = Given(id=new, inputs={**original.inputs, **inputs})
            checked = (await self.starter.start(flow, given, None)).execution
        execution, decision = replay(
            flow,
            original,
            id=new,
            at=self.clock.now(),
            from_task_run_id=task_run_id,
            inputs=None if checked is None else checked.inputs,
            revision=flow.revision,
        )
        if checked is not None and FAILED_CHECK in checked.memory:
            verdict = {FAILED_CHECK: checked.memory[FAILED_CHECK]}
            execution.memory = {**execution.memory, **verdict}
        execution.labels = _with_actor(execution.labels, actor)
        _note(decision, "REPLAY", actor, execution_id)
        if breakpoints:
            execution.breakpoints = breakpoints
        written = await self._written(Started(execution, decision, flow), idempotency_key)
        if REPLAYED not in original.labels:
            with suppress(NotFound, Unavailable):
                await self.act(execution_id, NoteReplay(actor=actor))
        return written

    async def restart(
        self,
        execution_id: str,
        revision: int,
        *,
        expected_version: int | None = None,
        actor: str | None = None,
        idempotency_key: str | None = None,
    ) -> str:
        """Restart on another revision: a new execution that goes on where the old one failed."""
        original = await self._load(execution_id)
        check_version(original, expected_version)
        flow = await self.library.again(original, revision)
        new = new_id(EXECUTION)
        execution, decision = restart_as_new(
            flow, original, id=new, at=self.clock.now(), revision=flow.revision
        )
        execution.labels = _with_actor(execution.labels, actor)
        _note(decision, "RESTART", actor, execution_id)
        return await self._written(Started(execution, decision, flow), idempotency_key)

    async def delete_execution(
        self,
        execution_id: str,
        *,
        logs: bool = True,
        metrics: bool = True,
        files: bool = True,
        force: bool = True,
        expected_version: int | None = None,
        actor: str | None = None,
    ) -> None:
        """Remove an execution; one that has not ended is stopped with it, or without `force` left
        alone. Raises NotFound, Conflict."""
        what = Purge(logs=logs, metrics=metrics, files=files)
        held = await self.holder.hold(execution_id)
        found = await self._load(execution_id) if held is None else held.execution
        check_version(found, expected_version)
        if (refused := undeletable(found.state, force=force)) is not None:
            raise refused
        if held is None:
            await self.forwarding.ask_deletion(execution_id, what, actor)
        else:
            await self.deletion.delete(held, what, actor=actor)

    async def webhook(
        self, namespace: str, flow_id: str, key: str, call: WebhookCall
    ) -> WebhookAnswer:
        """Start a flow by its webhook. Raises NotFound without saying what is wrong, Conflict."""
        return await self.triggers.webhooks.call(namespace, flow_id, key, call)

    async def set_trigger_disabled(
        self,
        namespace: str,
        flow_id: str,
        trigger_id: str,
        disabled: bool,
        *,
        actor: str | None = None,
    ) -> None:
        """Switch a trigger off, or on again. Raises NotFound, Conflict."""
        key = (namespace, flow_id, trigger_id)
        await self.triggers.set_disabled(key, disabled, actor=actor)

    async def timed_trigger(
        self, namespace: str, flow_id: str, trigger_id: str, revision: int
    ) -> TimedTrigger | None:
        """A trigger that fires at known moments; None for any other. Raises Unavailable."""
        return await self.triggers.timed((namespace, flow_id, trigger_id), revision)

    async def backfill_trigger(
        self,
        namespace: str,
        flow_id: str,
        trigger_id: str,
        request: BackfillRequest,
        *,
        actor: str | None = None,
    ) -> None:
        """Begin, pause, resume or cancel a backfill. Raises NotFound, Conflict, InvalidInput."""
        await self.triggers.backfill((namespace, flow_id, trigger_id), request, actor=actor)

    async def _written(self, started: Started, key: str | None) -> str:
        """Write a new execution, unless its key was used before: the id of the one there is."""
        new, flow = started.execution.id, started.flow
        try:
            await self.steps.write_new(started, key)
        except asyncpg.UniqueViolationError:
            found = key and await holding.by_idempotency_key(
                self.pool, flow.namespace, flow.id, key
            )
            if not found:
                raise
            return found
        return new

    async def _load(self, execution_id: str) -> Execution:
        found = await holding.load(self.pool, execution_id)
        if found is None:
            raise _no_execution(execution_id)
        return found

    async def _known(self, request: NewExecution, key: str) -> str | None:
        return await holding.by_idempotency_key(self.pool, request.namespace, request.flow_id, key)

    async def _upload(
        self, flow: Flow, execution_id: str, given: Mapping[str, UploadedFile]
    ) -> dict[str, StoredFile]:
        """Store the files and answer their addresses by input."""
        declared = {each.id for each in expanded(flow.inputs)}
        for name, file in given.items():
            if name not in declared:
                raise InvalidInput(
                    f"The flow has no input `{name}` for the file {file.name}.",
                    hint=f"Its inputs are {', '.join(sorted(declared)) or 'none'}.",
                    path=("files", name),
                )
        home = execution_prefix(flow.namespace, flow.id, execution_id)
        return await self._store(f"{home}/inputs", given)

    async def _store(self, folder: str, given: Mapping[str, UploadedFile]) -> dict[str, StoredFile]:
        addresses = {}
        for name, file in given.items():
            key = f"{folder}/{name}/{PurePosixPath(file.name).name}"
            try:
                stored = await self.files.put(key, file.content, limit=self.max_upload)
            except LimitExceeded as error:
                error.path = ("files", name)
                raise
            addresses[name] = StoredFile(stored.uri)
        return addresses


def _with_actor(labels: Mapping[str, str], actor: str | None) -> dict[str, str]:
    """The labels, with who started this execution and not who started the one it comes from."""
    own = {key: value for key, value in labels.items() if key not in (_STARTED_BY, REPLAYED)}
    return {**own, **({_STARTED_BY: actor} if actor else {})}


def _note(decision: Decision, action: str, actor: str | None, original: str | None = None) -> None:
    """Who asked for a new execution, and of which it comes, in the first event of its history."""
    detail = {"action": action, "actor": actor, **({"of": original} if original else {})}
    decision.events[0] = replace(decision.events[0], detail=detail)


def _no_execution(execution_id: str) -> NotFound:
    return NotFound(
        f"There is no execution {execution_id}.", hint="It may have been deleted; check the id."
    )
