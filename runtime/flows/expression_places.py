"""Every place of a flow where an expression may stand, and what is wrong with those there."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Protocol

from runtime.flows.model import Flow, Path, Position, Task
from runtime.flows.problem import Problem, ProblemCode
from runtime.flows.reader import is_expression


class SyntaxProblem(Protocol):
    """An error in a template; line and column count from 1 within it."""

    @property
    def message(self) -> str: ...
    @property
    def hint(self) -> str: ...
    @property
    def line(self) -> int: ...
    @property
    def column(self) -> int: ...


CheckExpression = Callable[[str], Iterable[SyntaxProblem]]
Place = tuple[Path, str]

_INNER = re.compile(r"{[{%](.*?)[}%]}", re.DOTALL)
_QUOTED = re.compile(r"'[^']*'|\"[^\"]*\"")
_DASHED = re.compile(r"(?<![\w.])(inputs|outputs)\.(\w+(?:-\w+)+)")
_HINT = "Something is missing or too much at this place of the expression."
_INPUT_RULES = ("expression", "after", "before", "min", "max")


def expression_problems(flow: Flow, check: CheckExpression) -> list[Problem]:
    """The syntax errors of all expressions, each at its own line and column."""
    lines = flow.source.splitlines()
    checked: dict[str, list[SyntaxProblem]] = {}
    found: list[Problem] = []
    for path, text in places(flow):
        if text not in checked:
            checked[text] = list(check(text))
        start = _position(flow, path)
        found += [
            Problem(
                problem.message,
                problem.hint or _HINT,
                path,
                _moved(start, problem, lines),
                ProblemCode.EXPRESSION,
            )
            for problem in checked[text]
        ]
    return found


def dashed_names(flow: Flow) -> Iterator[Problem]:
    """Names with a dash behind a dot, which an expression reads as a difference of two values."""
    known = {
        "inputs": {each.id for each in flow.inputs if "-" in each.id},
        "outputs": {task.id for task in flow.walk() if "-" in task.id},
    }
    if not any(known.values()):
        return
    for path, text in places(flow):
        found = {(match[1], match[2]) for part in _INNER.findall(text) for match in _dashed(part)}
        for root, name in sorted(found):
            if name in known[root]:
                yield Problem(
                    f"`{root}.{name}` is a difference: a name after a dot has no dash.",
                    f"Write `{root}['{name}']`.",
                    path,
                    _position(flow, path),
                    ProblemCode.EXPRESSION,
                )


def _dashed(expression: str) -> Iterable[re.Match[str]]:
    """The dashed names in an expression, its quoted texts left out."""
    return _DASHED.finditer(_QUOTED.sub("''", expression))


def places(flow: Flow) -> Iterator[Place]:
    """All texts that will be rendered, before their task starts or by it, with their paths."""
    for task in flow.walk():
        yield from _of_task(task)
    for trigger in flow.triggers:
        yield from _of_properties(trigger.path, trigger.properties)
        yield from _texts((*trigger.path, "inputs"), trigger.inputs)
        yield from _texts((*trigger.path, "conditions"), list(trigger.conditions))
        yield from _texts((*trigger.path, "when"), trigger.when)
    for index, declared in enumerate(flow.inputs):
        path: Path = ("inputs", index)
        yield from _texts((*path, "defaults"), declared.defaults)
        yield from _texts((*path, "dependsOn", "condition"), declared.condition)
        for rule in _INPUT_RULES:
            yield from _texts((*path, rule), declared.rules.get(rule))
    for index, output in enumerate(flow.outputs):
        yield from _texts(("outputs", index, "value"), output.value)
    for index, check in enumerate(flow.checks):
        yield from _texts(("checks", index, "condition"), check.condition)
        yield from _texts(("checks", index, "message"), check.message)
    for index, sla in enumerate(flow.sla):
        yield from _texts(("sla", index, "assert"), sla.assertion)
    yield from _texts(("variables",), flow.variables)
    yield from _texts(("labels",), flow.labels)


def _of_task(task: Task) -> Iterator[Place]:
    yield from _of_properties(task.path, task.properties)
    yield from _texts((*task.path, "runIf"), task.run_if)
    yield from _texts((*task.path, "timeout"), task.timeout)


def _of_properties(path: Path, properties: Mapping[str, object]) -> Iterator[Place]:
    for name, value in properties.items():
        yield from _texts((*path, name), value)


def _texts(path: Path, value: object) -> Iterator[Place]:
    if isinstance(value, str):
        if is_expression(value):
            yield path, value
    elif isinstance(value, Mapping):
        for key, item in value.items():
            yield from _texts((*path, str(key)), item)
    elif isinstance(value, Sequence):
        for index, item in enumerate(value):
            yield from _texts((*path, index), item)


def _position(flow: Flow, path: Path) -> Position:
    while path and path not in flow.positions:
        path = path[:-1]
    return flow.positions.get(path, Position(1, 1))


def _moved(start: Position, problem: SyntaxProblem, lines: list[str]) -> Position:
    """From a place in the text to the place in the source, whatever quotes or block it is in."""
    first = lines[start.line - 1][start.column - 1 :] if start.line <= len(lines) else ""
    if first[:1] in ("|", ">"):
        line = min(start.line + problem.line, len(lines))
        body = lines[line - 1]
        return Position(line, min(len(body) - len(body.lstrip()) + problem.column, len(body) + 1))
    if problem.line > 1:
        line = min(start.line + problem.line - 1, len(lines))
        return Position(line, 1)
    quote = 1 if first[:1] in ('"', "'") else 0
    column = start.column + quote + problem.column - 1
    return Position(start.line, min(column, start.column + len(first)))
