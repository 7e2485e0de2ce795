"""The flows: checked, saved in revisions, and kept parsed in memory."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import Protocol, TypeVar

from runtime.clock import Clock
from runtime.engine.templates import Templates
from runtime.errors import FlowInvalid, NotFound
from runtime.events.bus import Bus, Topic
from runtime.executions.create import TEMPLATES
from runtime.executions.model import Execution
from runtime.expressions.render import Renderer
from runtime.flows.model import Flow
from runtime.flows.parse import Parsed, concluded, parse
from runtime.flows.problem import Problem
from runtime.flows.source import same_source
from runtime.flows.templates import Pins, pins_from
from runtime.flows.types import KnownTypes
from runtime.flows.validate import check_flow
from runtime.store import revisions
from runtime.store.pool import Pool

_KEPT = 2_000
_SHORT = 10_000
"""Characters of a source that is read at once, in some milliseconds."""
R = TypeVar("R")


class FlowProblems(FlowInvalid):
    """The source was refused; `problems` are all of them, with their places."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        errors = [problem for problem in problems if problem.is_error]
        first = errors[0]
        place = f" (line {first.position.line}, column {first.position.column})"
        more = f" There are {len(errors) - 1} more problems." if len(errors) > 1 else ""
        super().__init__(f"{first.message}{place}{more}", hint=first.hint)
        self.problems = problems


@dataclass(frozen=True, slots=True)
class SavedFlow:
    """A flow as it is stored now; `created` tells whether this made a new revision."""

    flow: Flow
    created: bool
    problems: tuple[Problem, ...] = ()
    """Warnings; the flow runs all the same."""


class Running(Protocol):
    """An execution, as far as it says what it runs."""

    @property
    def id(self) -> str: ...

    @property
    def namespace(self) -> str: ...

    @property
    def flow_id(self) -> str: ...

    @property
    def flow_revision(self) -> int: ...


class Library:
    """All flows of the installation, by namespace, id and revision."""

    def __init__(
        self, pool: Pool, types: KnownTypes, renderer: Renderer, bus: Bus, clock: Clock
    ) -> None:
        self._pool = pool
        self._types = types
        self._renderer = renderer
        self._bus = bus
        self._clock = clock
        self._reader = ThreadPoolExecutor(1, "flows")
        self._parsed: OrderedDict[tuple[str, str, int], Flow] = OrderedDict()
        self._templates = Templates(pool, types, self.find, self.aside)

    async def validate(self, source: str, *, revision: int = 1) -> Parsed:
        """Read and check a source; nothing is saved."""

        def checked() -> Parsed:
            return check_flow(source, self._types, self._renderer.check, revision=revision)

        parsed = await self.aside(source, checked)
        if parsed.draft is None or not parsed.draft.templates:
            return parsed
        whole = await self._templates.newest(parsed.draft)
        return concluded(parsed.draft, [*parsed.problems, *whole.problems])

    async def aside(self, source: str, work: Callable[[], R]) -> R:
        """Work on a source; in a thread, one after the other, when it is so long that others
        would have to wait."""
        if len(source) <= _SHORT:
            return work()
        return await asyncio.get_running_loop().run_in_executor(self._reader, work)

    async def save(self, source: str, *, actor: str | None) -> SavedFlow:
        """Make the source the latest revision of its flow, unless it is that already.

        Raises FlowProblems with everything that is wrong.
        """
        parsed = await self.validate(source)
        if parsed.flow is None:
            raise FlowProblems(parsed.problems)
        flow = parsed.flow
        new = revisions.NewRevision(
            flow.namespace, flow.id, source, flow.disabled, flow.description, flow.labels
        )
        async with self._pool.acquire() as connection, connection.transaction():
            await revisions.lock(connection, flow.namespace, flow.id)
            before = await revisions.latest(connection, flow.namespace, flow.id)
            revision = before.revision if before else 0
            same = (
                before is not None and not before.is_deleted and same_source(before.source, source)
            )
            if not same:
                revision += 1
                await revisions.write(connection, new, revision, self._clock.now(), actor)
        if not same:
            self._bus.announce(Topic.FLOWS, f"{flow.namespace}/{flow.id}")
        saved = await self.find(flow.namespace, flow.id, revision)
        return SavedFlow(saved, not same, parsed.problems)

    async def find(self, namespace: str, flow_id: str, revision: int | None = None) -> Flow:
        """One revision, or the latest. Raises NotFound; FlowProblems when it is no longer valid."""
        if revision is None:
            revision = await self._latest(namespace, flow_id)
        key = (namespace, flow_id, revision)
        if (flow := self._parsed.get(key)) is not None:
            self._parsed.move_to_end(key)
            return flow
        source = await revisions.source(self._pool, namespace, flow_id, revision)
        if source is None:
            raise NotFound(
                f"Flow {namespace}.{flow_id} has no revision {revision}.",
                hint="Ask for the flow's revisions to see which there are.",
            )
        return await self._keep(key, source)

    async def runnable(self, namespace: str, flow_id: str, revision: int | None) -> Flow:
        """The flow to start an execution of, with the newest revisions of its templates.

        Raises NotFound, also when it is disabled.
        """
        head = await revisions.head(self._pool, namespace, flow_id)
        if revision is None and head is not None and not head.is_deleted:
            revision = head.revision
        flow = await self.find(namespace, flow_id, revision)
        if head is None or head.disabled or flow.disabled:
            raise NotFound(
                f"Flow {namespace}.{flow_id} is disabled.", hint="Enable it, then start it again."
            )
        return await self.with_templates(flow)

    async def with_templates(self, flow: Flow, pins: Pins | None = None) -> Flow:
        """The flow as an execution of it would run from now on: with the newest revisions of its
        templates, but for those that are pinned. Itself when it takes in none."""
        if not flow.templates or flow.taken_in:
            return flow
        return (await self._templates.newest(flow, pins)).flow

    async def of_execution(
        self, execution: Running, pins: Callable[[str], Awaitable[Pins | None]]
    ) -> Flow:
        """The flow as an execution runs it: in its revision, with the revisions of templates that
        were pinned at its beginning. `pins` reads those by the execution's id, if there are any.

        Raises NotFound; FlowProblems when the flow is no longer valid.
        """
        flow = await self.find(execution.namespace, execution.flow_id, execution.flow_revision)
        if not flow.templates:
            return flow
        return (await self._templates.pinned(flow, await pins(execution.id) or {})).flow

    async def again(self, execution: Execution, revision: int | None) -> Flow:
        """The flow to run an execution again with. A revision that is named takes the newest
        templates; without one they stay, and only what was missing is looked for again."""
        flow = await self.find(
            execution.namespace, execution.flow_id, revision or execution.flow_revision
        )
        kept = None if revision else pins_from(execution.memory.get(TEMPLATES))
        return await self.with_templates(flow, kept)

    async def of_held(self, execution: Execution) -> Flow:
        """The same for an execution that is in memory, and remembers its pins."""

        async def remembered(_: str) -> Pins:
            return pins_from(execution.memory.get(TEMPLATES))

        return await self.of_execution(execution, remembered)

    async def delete(self, namespace: str, flow_id: str, *, actor: str | None) -> None:
        """Take a flow away; its executions and revisions stay readable. Raises NotFound."""
        async with self._pool.acquire() as connection:
            now = self._clock.now()
            if not await revisions.delete(connection, namespace, flow_id, now, actor):
                raise _no_flow(namespace, flow_id)
        self._bus.announce(Topic.FLOWS, f"{namespace}/{flow_id}")

    async def set_disabled(
        self, namespace: str, flow_id: str, disabled: bool, *, actor: str | None
    ) -> None:
        """Stop a flow from starting, or allow it again. Raises NotFound."""
        now = self._clock.now()
        async with self._pool.acquire() as connection:
            if not await revisions.set_disabled(
                connection, namespace, flow_id, disabled, now, actor
            ):
                raise _no_flow(namespace, flow_id)
        self._bus.announce(Topic.FLOWS, f"{namespace}/{flow_id}")

    async def _latest(self, namespace: str, flow_id: str) -> int:
        head = await revisions.head(self._pool, namespace, flow_id)
        if head is None or head.is_deleted:
            raise _no_flow(namespace, flow_id)
        return head.revision

    async def _keep(self, key: tuple[str, str, int], source: str) -> Flow:
        parsed = await self.aside(source, lambda: parse(source, self._types, revision=key[2]))
        if parsed.flow is None:
            raise FlowProblems(parsed.problems)
        self._parsed[key] = parsed.flow
        while len(self._parsed) > _KEPT:
            self._parsed.popitem(last=False)
        return parsed.flow


def _no_flow(namespace: str, flow_id: str) -> NotFound:
    return NotFound(
        f"There is no flow {flow_id} in namespace {namespace}.",
        hint="Check both names, or save the flow first.",
    )
