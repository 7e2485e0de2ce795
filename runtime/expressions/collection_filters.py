"""Filters on lists and maps; several work on strings as well, as in Pebble."""

from collections.abc import Mapping, Sequence
from functools import cmp_to_key
from typing import Any

from runtime.expressions.access import describe
from runtime.expressions.limits import check_items, check_text
from runtime.expressions.names import Table
from runtime.expressions.operators import is_number
from runtime.expressions.patterns import Pattern
from runtime.expressions.printing import check_size, to_text
from runtime.expressions.problems import ExpressionError
from runtime.expressions.text_filters import whole


def _items(value: Any, name: str) -> Sequence[Any]:
    if isinstance(value, list | tuple | range):
        check_items(len(value))
        return value
    raise ExpressionError(
        f"the filter `{name}` works on a list, not on {describe(value)}",
        hint="`values` makes a list of a map, `split` of a string.",
    )


def keys(value: Any) -> list[Any] | None:
    """The keys of a map, the positions of a list."""
    if value is None:
        return None
    items = value if isinstance(value, Mapping) else range(len(_items(value, "keys")))
    check_items(len(items))
    return list(items)


def values(value: Any) -> list[Any] | None:
    """The values of a map; a list as it is."""
    if value is None:
        return None
    return list(value.values()) if isinstance(value, Mapping) else list(_items(value, "values"))


def flatten(value: Any) -> list[Any] | None:
    """Lists inside the list replaced by their items, one level."""
    if value is None:
        return None
    flat: list[Any] = []
    for element in _items(value, "flatten"):
        parts = element if isinstance(element, list | tuple | range) else (element,)
        check_items(len(flat) + len(parts))
        flat.extend(parts)
    return flat


def chunk(value: Any, size: Any) -> list[list[Any]] | None:
    """Pieces of `size` items, the last one perhaps shorter."""
    if value is None:
        return None
    items, length = _items(value, "chunk"), whole(size, "size")
    if length < 1:
        raise ExpressionError("`size` must be 1 or more")
    return [list(items[start : start + length]) for start in range(0, len(items), length)]


def distinct(value: Any) -> list[Any] | str:
    """Each item once, in order of first appearance; of null the text `null`, as in Kestra."""
    if value is None:
        return "null"
    seen: dict[Any, Any] = {}
    for element in _items(value, "distinct"):
        seen.setdefault(_identity(element), element)
    return list(seen.values())


def _identity(value: Any) -> Any:
    """Something hashable that is equal exactly for equal values."""
    if isinstance(value, Mapping | list | tuple | range):
        check_size(value)
        return _frozen(value)
    return (type(value) is bool, value)


def _frozen(value: Any) -> Any:
    if isinstance(value, Mapping):
        return ("map", frozenset((k, _frozen(v)) for k, v in value.items()))
    if isinstance(value, list | tuple | range):
        return ("list", tuple(_frozen(v) for v in value))
    return (type(value) is bool, value)


def slice_(value: Any, from_index: Any = 0, to_index: Any = None) -> Any:
    """Items or characters from one position up to, not including, another."""
    if value is None:
        return None
    whole_value = value if isinstance(value, str) else _items(value, "slice")
    start = whole(from_index, "fromIndex")
    end = len(whole_value) if to_index is None else whole(to_index, "toIndex")
    if not 0 <= start <= end <= len(whole_value):
        raise ExpressionError(
            f"`slice({start}, {end})` is outside of the {len(whole_value)} there are",
            hint="Positions count from 0; the end is not included.",
        )
    part = whole_value[start:end]
    return part if isinstance(part, str) else list(part)


def _order(left: Any, right: Any) -> int:
    if is_number(left) and is_number(right):
        return int(left > right) - int(left < right)
    if isinstance(left, str) and isinstance(right, str):
        return int(left > right) - int(left < right)
    if type(left) is bool and type(right) is bool:
        return int(left) - int(right)
    raise ExpressionError(f"{describe(left)} and {describe(right)} have no order")


def sort(value: Any) -> list[Any] | None:
    """In rising order; all numbers or all strings."""
    return None if value is None else sorted(_items(value, "sort"), key=cmp_to_key(_order))


def rsort(value: Any) -> list[Any] | None:
    """In falling order."""
    if value is None:
        return None
    return sorted(_items(value, "rsort"), key=cmp_to_key(_order), reverse=True)


def reverse(value: Any) -> Any:
    if value is None:
        return None
    return value[::-1] if isinstance(value, str) else list(_items(value, "reverse"))[::-1]


def first(value: Any) -> Any:
    """The first item or character; null of nothing."""
    return _end(value, "first", 0)


def last(value: Any) -> Any:
    """The last item or character; null of nothing."""
    return _end(value, "last", -1)


def _end(value: Any, name: str, index: int) -> Any:
    if value is None:
        return None
    if isinstance(value, Mapping):
        value = list(value.values())
    items = value if isinstance(value, str) else _items(value, name)
    return items[index] if len(items) else None


def length(value: Any) -> int:
    """Items of a list or map, characters of a string; 0 of null."""
    if value is None:
        return 0
    if isinstance(value, str | Mapping):
        return len(value)
    return len(_items(value, "length"))


def join(value: Any, separator: Any = "") -> str | None:
    """The items as one text."""
    if value is None:
        return None
    texts = [to_text(element) for element in _items(value, "join")]
    between = to_text(separator)
    check_text(sum(map(len, texts)) + len(between) * len(texts))
    return between.join(texts)


def merge(value: Any, items: Any) -> Any:
    """Two maps (the second wins), or two lists one after the other.

    Into a map, each item of a list goes under its own name; into a list, a map goes by entries.
    """
    if isinstance(value, Mapping) and isinstance(items, Mapping):
        check_items(len(value) + len(items))
        return {**value, **items}
    if value is None or items is None:
        return items if value is None else value
    if isinstance(value, Mapping):
        added = _items(items, "merge")
        check_items(len(value) + len(added))
        return {**value, **{to_text(item): item for item in added}}
    left, right = _items(value, "merge"), _mergeable(items)
    check_items(len(left) + len(right))
    return [*left, *right]


def _mergeable(value: Any) -> Sequence[Any]:
    if isinstance(value, Mapping):
        return [{k: v} for k, v in value.items()]
    return _items(value, "merge")


def split(value: Any, delimiter: Any, limit: Any = 0) -> list[str] | None:
    """The parts between delimiters; the delimiter is a regular expression, as in Java."""
    if value is None:
        return None
    return Pattern(to_text(delimiter)).split(to_text(value), whole(limit, "limit"))


FILTERS: Table = {
    "chunk": chunk,
    "distinct": distinct,
    "first": first,
    "flatten": flatten,
    "join": join,
    "keys": keys,
    "last": last,
    "length": length,
    "merge": merge,
    "reverse": reverse,
    "rsort": rsort,
    "slice": slice_,
    "sort": sort,
    "split": split,
    "values": values,
}
