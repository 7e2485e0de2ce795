"""The values given for declared inputs: defaults filled in, cast, checked, all problems at once.

An input whose `dependsOn` says no is left out of the run: it is present as null, whatever was
given. Ids with dots nest: `a.b` is `inputs.a.b`, and may be given flat or nested. A value for an
input that is not declared is ignored, as Kestra does, and named in `Resolved.ignored`; where it is
most likely a slip of the pen, `slips` says so.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from runtime.errors import FlowdeckError
from runtime.flows.casts import SecretText, cast
from runtime.flows.misfits import said
from runtime.flows.model import Flow, Input, InputType, Output, Position
from runtime.flows.reader import is_expression, nearest
from runtime.flows.truth import is_true

Render = Callable[[object, Mapping[str, object]], object]
"""Renders a value deeply, with what expressions may see. A FlowdeckError that it raises becomes a
problem of the input; anything else passes through untouched."""

_ALIKE = 0.8
"""How alike two names must be for one to be a slip of the pen for the other."""
_HIDDEN = "******"
_FORM_CONDITION = "formCondition"
"""Among the rules of an input: the condition of the form it stands in."""


@dataclass(frozen=True, slots=True)
class InputProblem:
    """Why a start is refused, for one input."""

    input_id: str
    message: str


@dataclass(frozen=True, slots=True)
class Resolved:
    """Nested values of every declared input, and all that is wrong with the given ones."""

    values: Mapping[str, object]
    problems: tuple[InputProblem, ...] = ()
    ignored: tuple[str, ...] = ()
    """Given names that are not declared."""

    @property
    def is_valid(self) -> bool:
        return not self.problems


def resolve_inputs(flow: Flow, given: Mapping[str, object], render: Render) -> Resolved:
    """The inputs of a new execution. FILE values are addresses of files already stored."""
    return resolve(flow.inputs, given, render)


def resolve(
    declared: Iterable[Input],
    given: Mapping[str, object],
    render: Render,
    context: Mapping[str, object] | None = None,
) -> Resolved:
    """The same for any declarations (`onResume`); `context` is what expressions see besides."""
    inputs = [*expanded(declared)]
    work = _Resolution({each.id: each for each in inputs}, given, render, dict(context or {}))
    for each in inputs:
        work.settle(each)
    values = _nested({each.id: work.values.get(each.id) for each in inputs})
    known = {part for each in inputs for part in _prefixes(each.id)}
    ignored = tuple(name for name in given if name not in known)
    return Resolved(values, tuple(work.problems), ignored)


def slips(declared: Iterable[Input], given: Mapping[str, object]) -> tuple[InputProblem, ...]:
    """Names that are not declared but close to an input that got no value."""
    names = [each.id for each in expanded(declared)]
    known = {part for name in names for part in _prefixes(name)}
    free = [name for name in names if _given(given, name) is None]
    found: list[InputProblem] = []
    for name in given:
        meant = nearest(name, free, _ALIKE) if name not in known else None
        if meant is not None:
            message = f"There is no input `{said(name)}`, perhaps `{meant}` was meant"
            found.append(InputProblem(name, message))
    return tuple(found)


def expanded(declared: Iterable[Input]) -> Iterator[Input]:
    """The inputs with a FORM replaced by its children, whose ids begin with the form's."""
    for each in declared:
        children = each.rules.get("inputs")
        if each.type is not InputType.FORM or not isinstance(children, tuple):
            yield each
            continue
        for child in children:
            yield replace(
                child,
                id=f"{each.id}.{child.id}",
                depends_on=(*each.depends_on, *child.depends_on),
                rules={**child.rules, _FORM_CONDITION: each.condition},
            )


def cast_output(output: Output, value: object) -> object:
    """The rendered value of a flow's output as its type. Raises ValueError with the reason.

    A map or a list where text is wanted becomes its JSON, as an expression prints it.
    """
    if value is None:
        if output.required:
            raise ValueError(f"Invalid output for `{output.id}`, it is required but has no value")
        return None
    if output.type is InputType.STRING and isinstance(value, Mapping | list):
        return json.dumps(value, separators=(",", ":"), ensure_ascii=False, default=str)
    try:
        return cast(Input(output.id, output.type, Position(1, 1)), value)
    except ValueError as error:
        secret = output.type is InputType.SECRET
        raise ValueError(
            f"Invalid output for `{output.id}`, {error}, but received `{_received(value, secret)}`"
        ) from None


@dataclass(slots=True)
class _Resolution:
    inputs: Mapping[str, Input]
    given: Mapping[str, object]
    render: Render
    context: dict[str, object]
    values: dict[str, object] = field(default_factory=dict)
    problems: list[InputProblem] = field(default_factory=list)
    settled: dict[str, bool] = field(default_factory=dict)
    """Whether the input takes part and is right; False too while it is being looked at."""

    def settle(self, declared: Input) -> bool:
        if declared.id in self.settled:
            return self.settled[declared.id]
        self.settled[declared.id] = False
        try:
            self.settled[declared.id] = self._settle(declared)
        except FlowdeckError as error:
            self._refuse(declared, f"an expression failed: {error}", None)
        return self.settled[declared.id]

    def _settle(self, declared: Input) -> bool:
        if not self._takes_part(declared):
            return False
        value = _given(self.given, declared.id)
        if value is None or (value == "" and declared.type not in _MAY_BE_EMPTY):
            value = self._default(declared)
        if value is None:
            if declared.required:
                self._refuse(declared, "it is required and has no default", None)
            return not declared.required
        try:
            self.values[declared.id] = cast(self._with_choices(declared), value)
        except ValueError as error:
            self._refuse(declared, str(error), value)
            return False
        return True

    def _takes_part(self, declared: Input) -> bool:
        others = [self.inputs[name] for name in declared.depends_on if name in self.inputs]
        if not all(self.settle(other) for other in others):
            return False
        conditions = (declared.rules.get(_FORM_CONDITION), declared.condition)
        return all(each is None or is_true(self._rendered(each)) for each in conditions)

    def _default(self, declared: Input) -> object:
        if declared.has_defaults:
            return self._rendered(declared.defaults)
        if declared.rules.get("autoSelectFirst") is True:
            first = self._with_choices(declared).rules.get("values")
            return first[0] if isinstance(first, tuple) and first else None
        return None

    def _with_choices(self, declared: Input) -> Input:
        """The input with what its `expression`, `after` and `before` render to."""
        fresh = {
            name: self._rendered(value)
            for name, value in declared.rules.items()
            if name in ("after", "before", "min", "max") and is_expression(value)
        }
        expression = declared.rules.get("expression")
        if expression is not None:
            found = self._rendered(expression)
            texts = found if isinstance(found, list | tuple) else [found]
            fresh["values"] = tuple(str(text) for text in texts)
        return replace(declared, rules={**declared.rules, **fresh}) if fresh else declared

    def _rendered(self, value: object) -> object:
        if not _holds_expression(value):
            return value
        return self.render(value, {**self.context, "inputs": _nested(_revealed(self.values))})

    def _refuse(self, declared: Input, why: str, value: object) -> None:
        received = _received(value, declared.type is InputType.SECRET)
        message = f"Invalid input for `{declared.id}`, {why}, but received `{received}`"
        self.problems.append(InputProblem(declared.id, message))


_MAY_BE_EMPTY = (InputType.STRING, InputType.SECRET)


def _holds_expression(value: object) -> bool:
    if isinstance(value, Mapping):
        return any(_holds_expression(item) for item in value.values())
    if isinstance(value, list | tuple):
        return any(_holds_expression(item) for item in value)
    return is_expression(value)


def _revealed(values: Mapping[str, object]) -> dict[str, object]:
    return {
        name: value.value if isinstance(value, SecretText) else value
        for name, value in values.items()
    }


def _received(value: object, secret: bool) -> str:
    if value is None:
        return "null"
    return _HIDDEN if secret else said(value)


def _given(given: Mapping[str, object], name: str) -> object:
    """A value by its whole name, or by walking down the parts of a dotted one."""
    if name in given:
        return given[name]
    current: object = given
    for part in name.split("."):
        current = current.get(part) if isinstance(current, Mapping) else None
    return current


def _nested(flat: Mapping[str, object]) -> dict[str, object]:
    root: dict[str, object] = {}
    for name, value in flat.items():
        *parents, last = name.split(".")
        place = root
        for part in parents:
            inner = place.setdefault(part, {})
            if not isinstance(inner, dict):
                inner = place[part] = {}
            place = inner
        place[last] = value
    return root


def _prefixes(name: str) -> Iterator[str]:
    parts = name.split(".")
    return (".".join(parts[:length]) for length in range(1, len(parts) + 1))
