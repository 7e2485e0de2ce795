"""SQL text: cut into statements, and `:name` parameters found, without being fooled by quotes."""

import re
from collections.abc import Callable, Iterator

from runtime.tasks.task import TaskFailed

_TOKEN = re.compile(
    r"""
    (?P<comment>--[^\n]*|/\*.*?(?:\*/|\Z))
    |(?P<text>'(?:[^']|'')*'|"(?:[^"]|"")*"|(?P<tag>\$(?:[A-Za-z_]\w*)?\$).*?(?:(?P=tag)|\Z))
    |(?P<cast>::)
    |:(?P<name>[A-Za-z_]\w*)
    |(?P<end>;)
    """,
    re.DOTALL | re.VERBOSE,
)


def statements(sql: str) -> list[str]:
    """The statements of a text, without their semicolons; empty ones are left out."""
    parts: list[str] = []
    start = 0
    for token in _TOKEN.finditer(sql):
        if token["end"]:
            parts.append(sql[start : token.start()])
            start = token.end()
    parts.append(sql[start:])
    return [part.strip() for part in parts if _has_content(part)]


def with_parameters(sql: str, place: Callable[[str], str]) -> str:
    """The statement with every `:name` replaced by what the driver writes for it."""

    def replaced(token: re.Match[str]) -> str:
        return place(token["name"]) if token["name"] else token[0]

    return _TOKEN.sub(replaced, sql)


def parameter_names(sql: str) -> Iterator[str]:
    """The names of a statement's parameters, in the order of their first use."""
    found = (token["name"] for token in _TOKEN.finditer(sql) if token["name"])
    return iter(dict.fromkeys(found))


def checked_parameters(sql: str, given: dict[str, object]) -> dict[str, object]:
    """The parameters that a statement uses. Raises TaskFailed for one that is not given."""
    names = list(parameter_names(sql))
    missing = [name for name in names if name not in given]
    if missing:
        raise TaskFailed(
            f"The statement uses {', '.join(':' + name for name in missing)}; "
            f"add it to `parameters`."
        )
    return {name: given[name] for name in names}


def _has_content(part: str) -> bool:
    return bool(_TOKEN.sub(lambda token: "" if token["comment"] else token[0], part).strip())
