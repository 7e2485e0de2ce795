"""How an expression reaches values: variables, keys of maps, items of lists, and nothing else.

A property is a key: no attribute of any Python object can be read. What is missing is an error
that says what there is instead, and that `??` and `???` can catch.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from decimal import Decimal
from itertools import islice
from math import isfinite
from typing import Any

from jinja2.runtime import LoopContext, Macro
from jinja2.utils import missing

from runtime.expressions.limits import LIMITS, Budget, check_items
from runtime.expressions.names import parameter_name
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError, LimitError, MissingValueError, nearest
from runtime.expressions.state import State

_MEND = "Use `??` to give a value for when it is missing."
_LOOP = {
    "index": "index0",
    "first": "first",
    "last": "last",
    "length": "length",
    "revindex": "revindex0",
}


def lookup(state: State, name: str) -> Any:
    """A variable: one the template has set, or one of the context."""
    if name in state.vars and type(state.vars[name]) is not Macro:
        return state.vars[name]
    try:
        return state.variables[name]
    except KeyError:
        raise MissingValueError(
            f"unable to find `{name}`",
            advise=lambda: f"{nearest(name, [*state.variables, *state.vars])} {_MEND}",
        ) from None


def path(state: State, name: str, *keys: Any) -> Any:
    """`name.key.key`, all written out; an error names the whole way."""
    value = lookup(state, name)
    for position, key in enumerate(keys):
        if type(value) is dict and key in value:
            value = value[key]
            continue
        try:
            value = item(value, key)
        except MissingValueError as error:
            way = ".".join(map(to_text, (name, *keys[: position + 1])))
            error.reason = error.reason.replace(f"`{to_text(key)}`", f"`{way}`", 1)
            raise
    return value


def local(state: State, name: str, value: Any) -> Any:
    """A loop variable or parameter, unless it is read outside of where it lives."""
    if value is missing:
        return lookup(state, name)
    return LoopView(value) if type(value) is LoopContext else value


class LoopView(Mapping[str, Any]):
    """`loop`: `index` from 0, `first`, `last`, `length`, `revindex` down to 0."""

    __slots__ = ("_loop",)

    def __init__(self, loop: LoopContext) -> None:
        self._loop = loop

    def __getitem__(self, key: str) -> Any:
        return getattr(self._loop, _LOOP[key])

    def __iter__(self) -> Iterator[str]:
        return iter(_LOOP)

    def __len__(self) -> int:
        return len(_LOOP)


def set_variable(state: State, name: str, value: Any) -> None:
    """`{% set %}`."""
    state.budget.spend()
    state.vars[name] = value


def charged(state: State, value: Any) -> Any:
    """The result of a filter or function, its call charged to the budget."""
    state.budget.spend()
    return value


def filtered(
    state: State, run: Callable[..., Any], source: Any, /, *arguments: Any, **named: Any
) -> Any:
    """The result of a filter; what it makes of a secret is secret, too."""
    state.budget.spend()
    result = run(source, *arguments, **named)
    return followed(state, source, result)


def filtered_with_state(
    state: State, run: Callable[..., Any], source: Any, /, *arguments: Any, **named: Any
) -> Any:
    """The same for a filter that needs the rendering."""
    state.budget.spend()
    result = run(state, source, *arguments, **named)
    return followed(state, source, result)


def called(state: State, run: Callable[..., Any], /, *arguments: Any, **named: Any) -> Any:
    """The result of a function that reads its first argument."""
    state.budget.spend()
    result = run(state, *arguments, **named)
    return followed(state, next(iter((*arguments, *named.values())), None), result)


def followed(state: State, source: Any, result: Any) -> Any:
    if type(source) is str and state.scope.secrets:
        state.scope.secrets.follow(source, result)
    return result


def item(value: Any, key: Any) -> Any:
    """`value.key` and `value[key]`."""
    if type(value) is dict:
        try:
            return value[key]
        except (KeyError, TypeError):
            return _other_key(value, key)
    if isinstance(value, Mapping):
        try:
            return value[key]
        except (KeyError, TypeError):
            return _other_key(value, key)
    if isinstance(value, list | tuple | range):
        return _element(value, key)
    shown = to_text(key)
    if value is None:
        raise MissingValueError(f"unable to find `{shown}`: it is asked of null", hint=_MEND)
    if type(value) is str and (type(key) is int or shown.isdecimal()):
        return _element(value, key)
    raise MissingValueError(
        f"unable to find `{shown}`: {describe(value)} has no properties",
        hint="Use a filter, such as `| length`, or `fromJson()` if it is JSON.",
    )


def _other_key(value: Mapping[Any, Any], key: Any) -> Any:
    """A number and its text name the same key: `outputs.task[1]` finds the key '1'."""
    shown = to_text(key)
    if type(key) is not str:
        if shown in value:
            return value[shown]
    elif shown.isdecimal() and len(shown) < 16 and int(shown) in value:
        return value[int(shown)]
    raise MissingValueError(
        f"unable to find `{shown}`", advise=lambda: f"{_similar(shown, value)} {_MEND}"
    )


def _similar(key: str, value: Mapping[Any, Any]) -> str:
    """The keys of a map that may have been meant, out of the first thousand."""
    if not value:
        return "The map is empty."
    return nearest(key, [to_text(k) for k in islice(value, 1_000)])


def _element(value: Sequence[Any], key: Any) -> Any:
    index = key if type(key) is int else -1
    if type(key) is str and key.isdecimal() and len(key) < 16:
        index = int(key)
    if 0 <= index < len(value):
        return value[index]
    size = f"it has {len(value)} items, counted from 0" if len(value) else "it is empty"
    raise MissingValueError(
        f"unable to find `{to_text(key)}` in {describe(value)}: {size}", hint=_MEND
    )


def describe(value: Any) -> str:
    """What kind of value it is, in the language of flows."""
    match value:
        case None:
            return "null"
        case bool():
            return "a boolean"
        case int() | float():
            return "a number"
        case str():
            return "a string"
        case Mapping():
            return "a map"
        case list() | tuple() | range():
            return "a list"
    return f"a value of type {type(value).__name__}"


def or_null(compute: Callable[[], Any]) -> Any:
    """The value, or null if it or a part of the way to it is missing."""
    try:
        return compute()
    except MissingValueError:
        return None


def or_missing(compute: Callable[[], Any]) -> Any:
    """The value, null included, or `missing`."""
    try:
        return compute()
    except MissingValueError:
        return missing


class Each:
    """The items of one `{% for %}`, each turn charged to the budget."""

    __slots__ = ("_budget", "_items")

    def __init__(self, items: Sequence[Any], budget: Budget) -> None:
        self._items = items
        self._budget = budget

    def __len__(self) -> int:
        return len(self._items)

    def __iter__(self) -> Iterator[Any]:
        for element in self._items:
            self._budget.spend()
            yield element


def each(state: State, value: Any) -> Each:
    """What a loop goes over: the items of a list, the entries (`key`, `value`) of a map."""
    if value is None:
        return Each((), state.budget)
    if isinstance(value, Mapping):
        entries = [{"key": k, "value": v} for k, v in value.items()]
        return Each(entries, state.budget)
    if isinstance(value, list | tuple | range):
        return Each(value, state.budget)
    raise ExpressionError(
        f"{describe(value)} cannot be looped over",
        hint="Loop over a list or a map; `fromJson()` and `split` make lists of strings.",
    )


def call_macro(state: State, name: str, /, *arguments: Any, **keywords: Any) -> str:
    """A macro of this template, with bounded recursion."""
    macro: Macro = state.vars[name]
    state.budget.spend()
    if state.budget.depth >= LIMITS.macro_depth:
        raise LimitError(
            f"the macro `{name}` calls itself more than {LIMITS.macro_depth} times deep"
        )
    parameters = {parameter_name(p): p for p in macro.arguments}
    try:
        named = {parameters[k]: v for k, v in keywords.items()}
    except KeyError as unknown:
        hint = nearest(unknown.args[0], macro.arguments)
        raise ExpressionError(f"the macro `{name}` has no parameter {unknown}", hint=hint) from None
    if len(arguments) > len(macro.arguments):
        raise ExpressionError(f"the macro `{name}` takes {len(macro.arguments)} arguments")
    state.budget.depth += 1
    try:
        return macro(*arguments, **named)
    finally:
        state.budget.depth -= 1


def map_key(value: Any) -> str:
    """A key of a map literal is text."""
    return to_text(value)


def range_of(start: Any, end: Any, step: Any = 1) -> list[Any]:
    """`start..end`, both included; numbers, without their fractions, or single letters."""
    letters = isinstance(start, str) and isinstance(end, str) and len(start) == len(end) == 1
    first, last = (ord(start), ord(end)) if letters else (_truncated(start), _truncated(end))
    step = _truncated(step)
    if type(first) is not int or type(last) is not int or type(step) is not int or step == 0:
        raise ExpressionError(
            f"a range goes from a whole number to a whole number, not from {describe(start)} "
            f"to {describe(end)}",
            hint="Use the filter `number('INT')` on strings.",
        )
    numbers = range(first, last + (1 if step > 0 else -1), step)
    if (last - first) // step + 1 > LIMITS.range_items:
        raise LimitError(
            f"the range holds {(last - first) // step + 1:,} items, "
            f"{LIMITS.range_items:,} are allowed"
        )
    check_items(len(numbers))
    return [chr(n) for n in numbers] if letters else list(numbers)


def _truncated(value: Any) -> Any:
    return int(value) if isinstance(value, float | Decimal) and isfinite(value) else value
