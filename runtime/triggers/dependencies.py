"""Which flows a flow comes after by its Flow triggers, as far as the source tells."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from runtime.errors import InvalidInput
from runtime.flows.dependencies import Dependency, DependencyKind, Naming, of_tasks
from runtime.flows.model import Flow, Trigger
from runtime.triggers.conditions import MultipleCondition, Or, Written
from runtime.triggers.execution_conditions import ExecutionFlow, ExecutionNamespace
from runtime.triggers.flow import Filter, FlowTrigger, Where

_ALL = "%"


@dataclass(frozen=True, slots=True)
class Selector:
    """Flows by the patterns of SQL's LIKE that their names match."""

    namespace: str = _ALL
    flow_id: str = _ALL

    @property
    def naming(self) -> Naming:
        if (self.namespace, self.flow_id) == (_ALL, _ALL):
            return Naming.ANY
        texts = _plain(self.namespace), _plain(self.flow_id)
        return Naming.PATTERN if None in texts else Naming.EXACT


_ANY = (Selector(),)


def of_flow(flow: Flow) -> tuple[Dependency, ...]:
    """Every tie of a flow to others, by its tasks and its Flow triggers, each told once."""
    found = dict.fromkeys(of_tasks(flow))
    for trigger in flow.triggers:
        if trigger.type == FlowTrigger.type_name:
            found |= dict.fromkeys(_of_trigger(trigger))
    return tuple(found)


def _of_trigger(trigger: Trigger) -> Iterator[Dependency]:
    for each in _sources(trigger):
        naming = each.naming
        namespace, flow_id = each.namespace, each.flow_id
        if naming is Naming.EXACT:
            namespace, flow_id = _plain(namespace) or "", _plain(flow_id) or ""
            naming = Naming.DYNAMIC if "{{" in namespace + flow_id else naming
        yield Dependency(
            DependencyKind.FLOW_TRIGGER, trigger.id, namespace, flow_id, naming, trigger.disabled
        )


def _sources(trigger: Trigger) -> Sequence[Selector]:
    """The flows whose executions can start it: the conditions on single executions narrow it
    first, then what has to have happened in several."""
    said = _all_of(trigger.conditions)
    return said if said != _ANY else _required(trigger)


def _required(trigger: Trigger) -> Sequence[Selector]:
    try:
        needed = FlowTrigger.of(trigger.properties).required()
    except InvalidInput:
        return _ANY  # something in it is an expression that is not rendered here
    if needed is None:
        return _ANY
    flows = [Selector(_like(each.namespace), _like(each.flow_id)) for each in needed.flows]
    where = [each for written in needed.where for each in _where(written)]
    return tuple(dict.fromkeys((*flows, *where))) or _ANY


def _all_of(conditions: Iterable[Written]) -> Sequence[Selector]:
    """What is left when all conditions have to hold: the narrowest of them decides."""
    found = [_said(written) for written in conditions]
    return min(found, key=_width, default=_ANY)


def _said(written: Written) -> Sequence[Selector]:
    match written.get("type"):
        case ExecutionFlow.type_name:
            return (Selector(_like(written.get("namespace")), _like(written.get("flowId"))),)
        case ExecutionNamespace.type_name:
            return (Selector(_namespaces(written)),)
        case Or.type_name:
            return _either(_listed(written.get("conditions")))
        case MultipleCondition.type_name:
            inner = written.get("conditions")
            return _either(inner.values() if isinstance(inner, Mapping) else ())
        case _:
            return _ANY


def _either(conditions: Iterable[object]) -> Sequence[Selector]:
    parts = [each for one in conditions if isinstance(one, Mapping) for each in _said(one)]
    return _ANY if not parts or _ANY[0] in parts else tuple(dict.fromkeys(parts))


def _where(written: Where) -> Sequence[Selector]:
    parts = [_filtered(each) for each in written.filters]
    if written.operand == "OR":
        either = [each for part in parts for each in part]
        return _ANY if _ANY[0] in either else either
    namespaces = [each.namespace for part in parts for each in part if each.namespace != _ALL]
    flow_ids = [each.flow_id for part in parts for each in part if each.flow_id != _ALL]
    return [
        Selector(namespace, flow_id)
        for namespace in namespaces or [_ALL]
        for flow_id in flow_ids or [_ALL]
    ]


def _filtered(each: Filter) -> Sequence[Selector]:
    if each.field not in ("NAMESPACE", "FLOW_ID"):
        return _ANY
    value = _like(each.value)
    patterns = {
        "EQUAL_TO": [value],
        "IN": [_like(one) for one in each.values],
        "STARTS_WITH": [f"{value}%"],
        "ENDS_WITH": [f"%{value}"],
        "CONTAINS": [f"%{value}%"],
    }.get(each.type)
    if patterns is None:
        return _ANY
    if each.field == "NAMESPACE":
        return [Selector(namespace=one) for one in patterns]
    return [Selector(flow_id=one) for one in patterns]


def _namespaces(written: Written) -> str:
    text = _like(written.get("namespace"))
    comparison = str(written.get("comparison") or "").upper()
    if comparison == "SUFFIX":
        return f"%{text}"
    is_prefix = comparison == "PREFIX" or (not comparison and written.get("prefix") is True)
    return f"{text}%" if is_prefix else text


def _width(found: Sequence[Selector]) -> int:
    order = (Naming.EXACT, Naming.DYNAMIC, Naming.PATTERN, Naming.ANY)
    return max(order.index(each.naming) for each in found)


def _like(text: object) -> str:
    """The pattern that only this text matches; one that all match when there is no text."""
    if text is None:
        return _ALL
    return str(text).replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


def _plain(pattern: str) -> str | None:
    """The only text that a pattern matches; None when several do."""
    text, rest = [], iter(pattern)
    for letter in rest:
        if letter in "%_":
            return None
        text.append(next(rest, "") if letter == "\\" else letter)
    return "".join(text)


def _listed(value: object) -> list[object]:
    return value if isinstance(value, list) else [value]
