"""Which Flow triggers an event may concern, found without looking at all of them."""

import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from runtime.engine.trigger_book import Known, TriggerBook
from runtime.flows.model import Trigger
from runtime.store import trigger_state
from runtime.store.consumers import Entered
from runtime.store.pool import Pool
from runtime.store.trigger_state import FlowName, Following
from runtime.store.triggers import TriggerKey
from runtime.triggers.conditions import MultipleCondition
from runtime.triggers.execution_conditions import ExecutionFlow, HasRetryAttempt
from runtime.triggers.flow import FlowTrigger, Required

_TASK_OUTPUTS = re.compile(r"(?<![.\w])outputs\b")
Written = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Listener:
    """A Flow trigger, taken apart."""

    known: Known
    kind: FlowTrigger
    states: frozenset[str]
    preconditions: Required | None
    plain: tuple[Written, ...]
    """Its conditions on a single execution."""
    multiple: tuple[Written, ...]
    """Its conditions on several executions."""
    needs_attempts: bool
    needs_task_outputs: bool

    @property
    def trigger(self) -> Trigger:
        return self.known.trigger

    @property
    def flow(self) -> FlowName:
        return self.known.key[:2]


@dataclass(slots=True)
class Listeners:
    """All of them, as of the last change of any flow that was taken over."""

    of_flow: dict[FlowName, list[Listener]] = field(default_factory=dict)
    """Those that can only be concerned by executions of that flow."""
    of_any: list[Listener] = field(default_factory=list)
    stops: dict[TriggerKey, frozenset[str]] = field(default_factory=dict)
    """The `stopAfter` states of triggers of any type."""
    stopping_flows: frozenset[FlowName] = frozenset()
    states: frozenset[str] = frozenset()
    """The states that anybody listens to."""
    _change: int = 0
    _listening: dict[FlowName, list[Listener]] = field(default_factory=dict)
    """By the flow that they would start."""

    async def update(self, book: TriggerBook, pool: Pool) -> None:
        """Take over what flows said up to now. Raises Unavailable."""
        changes = await book.refresh()
        if changes.last == self._change:
            return
        found = await trigger_state.following(pool, self._change, FlowTrigger.type_name)
        read: dict[FlowName, list[Listener]] = {}
        for name, triggers in found.items():
            read[name] = []
            for each in triggers:
                if each.type != FlowTrigger.type_name:
                    continue
                known = await book.find(each.key, each.flow_revision)
                if known is not None and isinstance(known.kind, FlowTrigger):
                    read[name].append(_listener(known, known.kind))
        self._take_over(found, read)
        self._change = changes.last

    def _take_over(
        self,
        found: Mapping[FlowName, Sequence[Following]],
        read: Mapping[FlowName, list[Listener]],
    ) -> None:
        self._listening |= read
        self.stops = {key: states for key, states in self.stops.items() if key[:2] not in found}
        self.stops |= {
            each.key: each.stop_after
            for triggers in found.values()
            for each in triggers
            if each.stop_after
        }
        self.stopping_flows = frozenset(key[:2] for key in self.stops)
        self.of_flow, self.of_any = {}, []
        listeners = [each for here in self._listening.values() for each in here]
        for listener in listeners:
            self._add(listener)
        self.states = frozenset().union(
            *(listener.states for listener in listeners), *self.stops.values()
        )

    def concerned(self, event: Entered) -> list[Listener]:
        """Whom an event may concern; a flow is never concerned by itself."""
        name = (event.namespace, event.flow_id)
        return [
            listener
            for listener in (*self.of_flow.get(name, ()), *self.of_any)
            if event.state in listener.states and listener.flow != name
        ]

    def _add(self, listener: Listener) -> None:
        sources = _sources(listener)
        if sources is None:
            self.of_any.append(listener)
            return
        for source in sources:
            self.of_flow.setdefault(source, []).append(listener)


def _listener(known: Known, kind: FlowTrigger) -> Listener:
    trigger = known.trigger
    multiple = tuple(c for c in trigger.conditions if c["type"] == MultipleCondition.type_name)
    said = json.dumps(
        [trigger.conditions, trigger.when, trigger.inputs, trigger.properties, trigger.labels],
        default=str,
    )
    return Listener(
        known=known,
        kind=kind,
        states=kind.listened_states(),
        preconditions=kind.required(),
        plain=tuple(c for c in trigger.conditions if c not in multiple),
        multiple=multiple,
        needs_attempts=HasRetryAttempt.type_name in said or "hasRetryAttempt" in said,
        needs_task_outputs=_TASK_OUTPUTS.search(said) is not None,
    )


def _sources(listener: Listener) -> set[FlowName] | None:
    """The only flows whose executions can start it; None when it may be any."""
    named = {name for written in listener.plain if (name := _named(written)) is not None}
    if named:
        return named
    needed = listener.preconditions
    if needed is not None and needed.flows and not needed.where:
        return _all_named((each.namespace, each.flow_id) for each in needed.flows)
    return None


def _named(written: Written) -> FlowName | None:
    """The flow that a condition demands literally."""
    namespace, flow_id = str(written.get("namespace")), str(written.get("flowId"))
    is_literal = "{" not in namespace + flow_id
    return (
        (namespace, flow_id) if is_literal and written["type"] == ExecutionFlow.type_name else None
    )


def _all_named(flows: Iterable[tuple[str | None, str | None]]) -> set[FlowName] | None:
    found: set[FlowName] = set()
    for namespace, flow_id in flows:
        if namespace is None or flow_id is None:
            return None
        found.add((namespace, flow_id))
    return found
