"""The `jq` filter: real jq, always a list.

A jq program can loop forever, grow without end or read the environment. Programs made only of
operations that are short by nature run here; all others run in a child process with an empty
environment, a memory limit and two seconds, which is killed when it does not answer.
"""

import re
from functools import lru_cache
from typing import Any

import jq
import orjson

from runtime.expressions.jq_child import JqChild
from runtime.expressions.limits import LIMITS, TakesLong, check_items, check_text, current
from runtime.expressions.names import Table
from runtime.expressions.printing import to_json, to_text
from runtime.expressions.problems import ExpressionError, LimitError

_PROGRAM_LENGTH = 20_000
_INPUT_LENGTH = 16_000_000
_SMALL_PROGRAM = 300
_WORK = 20_000_000

_SAFE_WORDS = frozenset(
    (  # noqa: SIM905 - forty quoted words would hide what is missing
        "add all and any ascii_downcase ascii_upcase arrays booleans ceil contains elif "
        "else empty end endswith explode false first flatten floor fromjson from_entries "
        "group_by has if implode index inside iterables join keys keys_unsorted last "
        "length ltrimstr map map_values max max_by min min_by not null nulls numbers "
        "objects or rindex round rtrimstr scalars select sort sort_by sqrt split "
        "startswith strings then to_entries toarray tojson tonumber tostring trim true "
        "type unique unique_by values with_entries "
    ).split()
)
_token_re = re.compile(
    r'"(?:[^"\\]|\\[^(])*"|\.[A-Za-z_]\w*|[A-Za-z_@$][\w:]*|\d+(?:\.\d+)?|.', re.S
)
_SAFE_SYMBOLS = frozenset("[]{}().,:|<>+-/ \t\n?")

_child = JqChild()


def jq_filter(value: Any, expression: Any) -> list[Any] | None:
    """`jq('.rows[] | .name')`; take `first` of the list when there is one result."""
    if value is None:
        return None
    program = to_text(expression)
    if len(program) > _PROGRAM_LENGTH:
        raise LimitError(f"the jq program is longer than {_PROGRAM_LENGTH} characters")
    text = value if isinstance(value, str) and _is_json(value) else to_json(value)
    check_text(len(text))
    if len(text) > _INPUT_LENGTH:
        raise LimitError(
            f"the input of jq is larger than {_INPUT_LENGTH:,} characters",
            hint="Work on files in a script task.",
        )
    if _is_short(program) and _is_cheap(program, len(text)):
        return _here(program, text)
    if current.is_hurried:
        raise TakesLong
    results = _child.run(program, text)
    check_items(len(results))
    return results


def _is_json(text: str) -> bool:
    """A string that holds an object or list is read as such, as Kestra does."""
    if text.lstrip()[:1] not in ("{", "["):
        return False
    try:
        orjson.loads(text)
    except ValueError:
        return False
    return True


@lru_cache(maxsize=1_000)
def _is_short(program: str) -> bool:
    """Whether the program is made only of what cannot loop, grow or look around."""
    if len(program) > _SMALL_PROGRAM:
        return False
    for token in _token_re.findall(program):
        if token[0] in '".' and len(token) > 1:
            continue
        if token[0].isdigit():
            if len(token) > 4:
                return False
            continue
        if token not in _SAFE_WORDS and token not in _SAFE_SYMBOLS and token not in ("==", "!="):
            return _is_comparison(program, token)
    return True


def _is_comparison(program: str, token: str) -> bool:
    """`=` is safe in a comparison only: alone it assigns and can build huge arrays."""
    if token not in ("=", "!"):
        return False
    rest = re.sub(r"[=!<>]=", "", program)
    return "=" not in rest and "!" not in rest and _is_short(rest)


def _is_cheap(program: str, size: int) -> bool:
    """Whether nested iteration over an input of this size stays small."""
    branches = program.count("[]") + program.count("map") + program.count("by")
    return size ** min(max(branches, 1), 4) <= _WORK and program.count(",") + branches <= 8


@lru_cache(maxsize=256)
def _compiled(program: str) -> Any:
    try:
        return jq.compile(program)
    except ValueError as error:
        raise _problem(program, str(error)) from None


def _here(program: str, text: str) -> list[Any]:
    compiled = _compiled(program)
    results: list[Any] = []
    try:
        for result in compiled.input_text(text):
            results.append(result)
            check_items(len(results) * max(len(text) // LIMITS.items, 1))
    except ValueError as error:
        raise _problem(program, str(error)) from None
    return results


def _problem(program: str, message: str) -> ExpressionError:
    reason = " ".join(message.removeprefix("jq: ").split())[:300]
    return ExpressionError(f"the jq program `{program[:100]}` fails: {reason}")


FILTERS: Table = {"jq": jq_filter}
