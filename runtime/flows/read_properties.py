"""The properties particular to a type, checked by its Pydantic model, with places in the YAML."""

from collections.abc import Iterable

from pydantic import AliasChoices, BaseModel, ValidationError
from pydantic_core import ErrorDetails

from runtime.flows.misfits import misfit, shown
from runtime.flows.model import Path
from runtime.flows.nodes import Entry, ListNode, MapNode, Node, ScalarNode, plain
from runtime.flows.problem import ProblemCode
from runtime.flows.reader import Reader, is_expression, is_null, suggestion
from runtime.flows.types import AS_WRITTEN

_UNKNOWN = "extra_forbidden"
_MISSING = "missing"
_TEXT_EXPECTED = "string_type"


def property_names(model: type[BaseModel]) -> list[str]:
    """How the properties of a type are written in YAML."""
    names: list[str] = []
    for name, field in model.model_fields.items():
        choices = field.validation_alias
        if isinstance(choices, AliasChoices):
            names += [choice for choice in choices.choices if isinstance(choice, str)]
        else:
            names.append(field.alias or name)
    return names


def own_entries(
    node: MapNode, model: type[BaseModel], shared: Iterable[str], branches: Iterable[str] = ()
) -> list[Entry]:
    """What belongs to the type; a shared property that the type declares too belongs to both."""
    taken = ({*shared} - {*property_names(model)}) | {*branches}
    return [entry for key, entry in node.entries.items() if key not in taken]


def read_properties(
    reader: Reader,
    owner: MapNode,
    path: Path,
    entries: Iterable[Entry],
    model: type[BaseModel],
    also_known: Iterable[str],
) -> dict[str, object]:
    """The properties as written, text where text is meant; a null one counts as not written.

    What stands where an expression will be rendered is checked after rendering, not here.
    """
    nodes = {entry.key: entry for entry in entries if not is_null(entry.node)}
    places = MapNode(owner.position, entries=nodes)
    values = {key: plain(entry.node) for key, entry in nodes.items()}
    errors = _errors(model, values)
    if sum(_write_text(values, places, error) for error in errors):
        errors = _errors(model, values)
    known = [*property_names(model), *also_known]
    for (place, kind), details in _by_place(places, errors).items():
        _report(reader, (path, place), kind, details, known, places)
    return values


def _errors(model: type[BaseModel], values: dict[str, object]) -> list[ErrorDetails]:
    try:
        model.model_validate(values, context=AS_WRITTEN)
    except ValidationError as error:
        return error.errors(include_url=False, include_context=False)
    return []


def _write_text(values: dict[str, object], places: MapNode, error: ErrorDetails) -> bool:
    """Put text where the type wants text and YAML read a number or a truth value."""
    if error["type"] != _TEXT_EXPECTED or not isinstance(error["input"], bool | int | float):
        return False
    node: Node = places
    holder: object = values
    for step in error["loc"]:
        inner = _child(node, step)
        if isinstance(inner, ScalarNode):
            return _set(holder, step, inner.text)
        if inner is not None:
            holder = _get(holder, step)
            node = inner
    return False


def _get(holder: object, step: str | int) -> object:
    if isinstance(holder, dict):
        return holder[step]
    return holder[step] if isinstance(holder, list) and isinstance(step, int) else None


def _set(holder: object, step: str | int, text: str) -> bool:
    if isinstance(holder, dict):
        holder[step] = text
        return True
    if isinstance(holder, list) and isinstance(step, int):
        holder[step] = text
        return True
    return False


def _child(node: Node, step: str | int) -> Node | None:
    if isinstance(node, MapNode) and isinstance(step, str) and step in node.entries:
        return node.entries[step].node
    if isinstance(node, ListNode) and isinstance(step, int) and step < len(node.items):
        return node.items[step]
    return None


def _by_place(
    places: MapNode, errors: list[ErrorDetails]
) -> dict[tuple[Path, str], list[ErrorDetails]]:
    """The errors by place and kind: the branches of a union say one thing together."""
    groups: dict[tuple[Path, str], list[ErrorDetails]] = {}
    rendered_later: set[Path] = set()
    for error in errors:
        kind = error["type"] if error["type"] in (_UNKNOWN, _MISSING) else ""
        place = _place(places, error["loc"])
        if kind == _MISSING:
            place = (*place, error["loc"][-1])
        elif not kind and is_expression(error["input"]):
            rendered_later.add(place)
        groups.setdefault((place, kind), []).append(error)
    return {key: found for key, found in groups.items() if key[0] not in rendered_later}


def _place(places: MapNode, loc: tuple[int | str, ...]) -> Path:
    """The path to an element; steps of `loc` that name a branch of a union are passed over."""
    node: Node = places
    path: Path = ()
    for step in loc:
        inner = _child(node, step)
        if inner is not None:
            node, path = inner, (*path, step)
    return path


def _report(
    reader: Reader,
    where: tuple[Path, Path],
    kind: str,
    details: list[ErrorDetails],
    known: list[str],
    places: MapNode,
) -> None:
    owner, place = where
    path = (*owner, *place)
    name = shown(str(place[-1])) if place else "properties"
    node, key = _found(places, place)
    if kind == _UNKNOWN:
        hint = suggestion(name, known) if len(place) == 1 else "Take it out."
        position = key.position if key else node.position
        message = f"There is no property `{name}` here."
        reader.error(message, hint, path, position, ProblemCode.UNKNOWN_PROPERTY)
    elif kind == _MISSING:
        message = f"`{name}` is missing."
        reader.error(message, f"Add `{name}: …` here.", path, node.position, ProblemCode.MISSING)
    else:
        told = misfit([_why(error) for error in details], details[0]["input"])
        reader.error(f"`{name}`: {told.why}.", told.hint, path, node.position)


def _found(places: MapNode, place: Path) -> tuple[Node, Entry | None]:
    """The element at a place, or the nearest one above it, and the key it stands under."""
    node: Node = places
    key: Entry | None = None
    for step in place:
        inner = _child(node, step)
        if inner is None:
            break
        key = node.entries[str(step)] if isinstance(node, MapNode) else None
        node = inner
    return node, key


def _why(error: ErrorDetails) -> str:
    text = error["msg"].removeprefix("Value error, ").removeprefix("Assertion failed, ")
    return text.rstrip(".")
