"""JSON, YAML and Ion: written by filters, read by functions."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import orjson
import yaml

from runtime.expressions.access import describe
from runtime.expressions.limits import LIMITS, check_text
from runtime.expressions.names import Table
from runtime.expressions.printing import check_size, to_json, to_text
from runtime.expressions.problems import ExpressionError, LimitError
from runtime.expressions.state import State

_ALIASES = 100


def to_json_filter(value: Any) -> str:
    """Compact JSON; null is `null`."""
    return to_json(value)


def from_json(state: State, json: Any) -> Any:
    """The value that a JSON text stands for; null of null."""
    if json is None:
        return None
    if not isinstance(json, str | bytes):
        raise ExpressionError(
            f"`fromJson` reads a string, not {describe(json)}",
            hint="It may be a value already: leave `fromJson` out.",
        )
    check_text(len(json))
    try:
        return orjson.loads(json)
    except ValueError as error:
        raise ExpressionError(f"the text is not JSON: {error}") from None


class _Dumper(yaml.SafeDumper):
    """Plain YAML: no anchors, whatever is shared."""

    def ignore_aliases(self, data: Any) -> bool:
        return True

    def expect_block_sequence(self) -> None:
        """Items stand one blank to the right, as Kestra writes them."""
        super().expect_block_sequence()
        self.indent = (self.indent or 0) + 1


def _represent(dumper: _Dumper, data: Any) -> yaml.Node:
    """What plain YAML has no type for: lazy maps, ranges, exact decimals."""
    if isinstance(data, Mapping):
        return dumper.represent_dict(dict(data))
    if isinstance(data, tuple | range):
        return dumper.represent_list(list(data))
    return dumper.represent_str(to_text(data))


def _represent_moment(dumper: _Dumper, data: datetime) -> yaml.Node:
    return dumper.represent_scalar("tag:yaml.org,2002:timestamp", data.isoformat())


_Dumper.add_representer(datetime, _represent_moment)
_Dumper.add_representer(tuple, _represent)
_Dumper.add_multi_representer(object, _represent)


class _Loader(yaml.SafeLoader):
    """Plain data only, with few aliases: a small text cannot become a huge value."""

    aliases = 0

    def compose_node(self, parent: Any, index: Any) -> Any:
        if self.check_event(yaml.AliasEvent):
            self.aliases += 1
            if self.aliases > _ALIASES:
                raise LimitError(f"the YAML uses more than {_ALIASES} aliases")
        return super().compose_node(parent, index)


def to_yaml(value: Any) -> str | None:
    """Block YAML, keys in their order."""
    if value is None:
        return None
    check_size(value, LIMITS.yaml // 10)
    text = yaml.dump(value, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=10**6)
    return str(text).removesuffix("...\n")


def from_yaml(state: State, yaml: Any) -> Any:
    """The value that a YAML text stands for."""
    return None if yaml is None else parse_yaml(to_text(yaml))


def parse_yaml(text: str) -> Any:
    """Read one YAML document of plain data."""
    check_text(len(text))
    if len(text) > LIMITS.yaml:
        raise LimitError(f"the YAML is longer than {LIMITS.yaml:,} characters")
    try:
        value = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        raise ExpressionError(f"the text is not YAML: {error}") from None
    check_size(value)
    return value


FILTERS: Table = {
    "json": to_json_filter,
    "jsonEncode": to_json_filter,
    "toJson": to_json_filter,
    "yaml": to_yaml,
}

FUNCTIONS: Table = {
    "fromJson": from_json,
    "json": from_json,
    "jsonDecode": from_json,
    "yaml": from_yaml,
}
