"""Which Flow triggers an event may concern, found without looking at all of them."""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from runtime.engine.trigger_book import Known, TriggerBook
from runtime.flows.model import Trigger
from runtime.store.consumers import Entered
from runtime.store.trigger_state import FlowName
from runtime.store.triggers import TriggerKey
from runtime.triggers.conditions import MultipleCondition
from runtime.triggers.execution_conditions import ExecutionFlow, HasRetryAttempt
from runtime.triggers.flow import FlowTrigger, Preconditions

_TASK_OUTPUTS = re.compile(r"(?<![.\w])outputs\b")
Written = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Listener:
    """A Flow trigger, taken apart."""

    known: Known
    kind: FlowTrigger
    states: frozenset[str]
    preconditions: Preconditions | None
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
    """All of them, as of one version of the book."""

    version: int = -1
    of_flow: dict[FlowName, list[Listener]] = field(default_factory=dict)
    """Those that can only be concerned by executions of that flow."""
    of_any: list[Listener] = field(default_factory=list)
    stops: dict[TriggerKey, frozenset[str]] = field(default_factory=dict)
    """The `stopAfter` states of triggers of any type."""
    stopping_flows: frozenset[FlowName] = frozenset()
    states: frozenset[str] = frozenset()
    """The states that anybody listens to."""

    def update(self, book: TriggerBook) -> None:
        """Take over what the book knows, unless that is done."""
        if self.version == book.version:
            return
        self.version = book.version
        self.of_flow, self.of_any = {}, []
        everything = list(book.all())
        for known in everything:
            if isinstance(known.kind, FlowTrigger):
                self._add(_listener(known, known.kind))
        self.stops = {
            known.key: frozenset(state.upper() for state in known.trigger.stop_after)
            for known in everything
            if known.trigger.stop_after
        }
        self.stopping_flows = frozenset(key[:2] for key in self.stops)
        listeners = [*self.of_any, *(each for found in self.of_flow.values() for each in found)]
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
        states=frozenset(kind.states),
        preconditions=kind.required(),
        plain=tuple(c for c in trigger.conditions if c not in multiple),
        multiple=multiple,
        needs_attempts=HasRetryAttempt.type_name in said,
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


def _all_named(flows: Iterable[tuple[str, str | None]]) -> set[FlowName] | None:
    found: set[FlowName] = set()
    for namespace, flow_id in flows:
        if flow_id is None:
            return None
        found.add((namespace, flow_id))
    return found
