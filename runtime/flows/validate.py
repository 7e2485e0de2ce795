"""Whole-flow rules: ids, references, cycles, and what only the flow as a whole can tell."""

import re
from collections.abc import Iterable, Iterator, Mapping

from runtime.flows.casts import cast
from runtime.flows.cycles import find_cycle
from runtime.flows.expression_places import CheckExpression, dashed_names, expression_problems
from runtime.flows.inputs import expanded
from runtime.flows.misfits import misfit, shown
from runtime.flows.model import Flow, Input, InputType, Path, Position, Task
from runtime.flows.parse import Parsed, concluded, parse
from runtime.flows.problem import Problem, ProblemCode, Severity
from runtime.flows.reader import is_expression, suggestion
from runtime.flows.templates import TEMPLATE, name_of
from runtime.flows.types import KnownTypes, TypeKind

_NAMESPACE = re.compile(r"[a-z0-9][a-z0-9._-]*")
_FLOW_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9._-]*")
_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*")
_INPUT_ID = re.compile(r"[a-zA-Z0-9][a-zA-Z0-9_-]*(\.[a-zA-Z0-9][a-zA-Z0-9_-]*)*")
_MAX_NAMESPACE, _MAX_FLOW_ID, _MAX_ID = 150, 100, 256

RESERVED_FLOW_IDS = frozenset(
    {
        "pause",
        "resume",
        "force-run",
        "change-status",
        "kill",
        "executions",
        "search",
        "source",
        "disable",
        "enable",
    }
)
"""Kestra 1.0 refuses these, since its REST paths would be ambiguous. Nothing here is addressed by
such a path, and older flows bear these names, so they are a warning."""

_SUBFLOW = "io.kestra.plugin.core.flow.Subflow"
_SLEEP = "io.kestra.plugin.core.flow.Sleep"
_SWITCH = "io.kestra.plugin.core.flow.Switch"
_NO_CHOICE = ("errors", "finally")
_SCHEDULES = (
    "io.kestra.plugin.core.trigger.Schedule",
    "io.kestra.plugin.core.trigger.ScheduleOnDates",
)


def check_flow(
    source: str,
    types: KnownTypes,
    check_expression: CheckExpression | None = None,
    *,
    revision: int = 1,
) -> Parsed:
    """Read a flow and apply every rule to it: all problems in the order of the source."""
    parsed = parse(source, types, revision=revision)
    if parsed.draft is None:
        return parsed
    found = validate(parsed.draft, types, check_expression)
    return concluded(parsed.draft, [*parsed.problems, *found])


def validate(
    flow: Flow, types: KnownTypes, check_expression: CheckExpression | None = None
) -> list[Problem]:
    """What is wrong with the flow as a whole; `check_expression` finds errors in a template."""
    rules = _Rules(flow, types)
    problems = [
        *rules.names(),
        *rules.duplicates(),
        *rules.tasks(),
        *rules.inputs(),
        *rules.schedules(),
        *rules.advice(),
    ]
    if check_expression is not None:
        problems += expression_problems(flow, check_expression)
        problems += dashed_names(flow)
    return problems


class _Rules:
    def __init__(self, flow: Flow, types: KnownTypes) -> None:
        self.flow = flow
        self.types = types

    def names(self) -> Iterator[Problem]:
        flow = self.flow
        yield from self._name(("namespace",), flow.namespace, _NAMESPACE, _MAX_NAMESPACE)
        yield from self._name(("id",), flow.id, _FLOW_ID, _MAX_FLOW_ID)
        if flow.id in RESERVED_FLOW_IDS:
            yield self._problem(
                f"`{flow.id}` is a reserved flow id in Kestra.",
                "Choose another id if the flow shall run there too.",
                ("id",),
                ProblemCode.RESERVED,
                Severity.WARNING,
            )
        for task in flow.walk():
            yield from self._name((*task.path, "id"), task.id, _ID, _MAX_ID)
        for trigger in flow.triggers:
            yield from self._name((*trigger.path, "id"), trigger.id, _ID, _MAX_ID)
        for index, declared in enumerate(flow.inputs):
            path = self._input_id_path(index)
            yield from self._name(path, declared.id, _INPUT_ID, _MAX_ID)
        for index, output in enumerate(flow.outputs):
            yield from self._name(("outputs", index, "id"), output.id, _INPUT_ID, _MAX_ID)

    def _name(
        self, path: Path, name: str, pattern: re.Pattern[str], longest: int
    ) -> Iterator[Problem]:
        if path not in self.flow.positions:
            return
        if len(name) > longest:
            yield self._problem(
                f"`{shown(name)}` has {len(name)} characters; {longest} are allowed.",
                "Shorten it.",
                path,
                ProblemCode.INVALID_ID,
            )
        if not pattern.fullmatch(name):
            yield self._problem(
                f"`{shown(name)}` is not allowed as {_called(path)}.",
                f"{_allowed(pattern)} It must start with a letter or digit.",
                path,
                ProblemCode.INVALID_ID,
            )

    def duplicates(self) -> Iterator[Problem]:
        """Every kind of id once; all the repeated ones of a kind are listed together."""
        flow = self.flow
        places: dict[str, list[tuple[Path, str]]] = {
            "task": [((*task.path, "id"), task.id) for task in flow.walk()],
            "trigger": [((*each.path, "id"), each.id) for each in flow.triggers],
            "input": [(self._input_id_path(i), each.id) for i, each in enumerate(flow.inputs)],
            "output": [(("outputs", i, "id"), each.id) for i, each in enumerate(flow.outputs)],
            "SLA": [(("sla", i, "id"), each.id) for i, each in enumerate(flow.sla)],
            "preconditions": [*_preconditions(flow)],
        }
        for kind, named in places.items():
            yield from self._repeated(kind, [(path, name) for path, name in named if name])

    def _repeated(self, kind: str, named: list[tuple[Path, str]]) -> Iterator[Problem]:
        seen: set[str] = set()
        again = [(path, name) for path, name in named if name in seen or seen.add(name)]  # type: ignore[func-returns-value]  # add gives None, so the first one is passed over
        if not again:
            return
        names = ", ".join(f"`{name}`" for name in dict.fromkeys(name for _, name in again))
        message = f"The {kind} id is not unique: {names}."
        if len({name for _, name in again}) > 1:
            message = f"These {kind} ids are not unique: {names}."
        for path, name in again:
            hint = f"Rename this `{name}`; every {kind} needs an id of its own."
            yield self._problem(message, hint, path, ProblemCode.DUPLICATE_ID)

    def tasks(self) -> Iterator[Problem]:
        for task in self.flow.walk():
            spec = self.types.find(task.type)
            if task.type == _SWITCH and not _has_choice(task):
                hint = "Add `cases` or `defaults` with tasks."
                yield self._problem("This Switch has no task.", hint, task.path, _MISSING)
            if spec is not None and spec.runnable_children_only:
                yield from self._runnable(task)
            if task.type == TEMPLATE:
                yield from self._template(task)
            shapes = {branch.name: branch.shape for branch in spec.branches} if spec else {}
            for branch in task.branches:
                if shapes.get(branch.name) == "dag":
                    yield from self._dag(task, branch.tasks)
            yield from self._recursion(task)

    def _runnable(self, parent: Task) -> Iterator[Problem]:
        for child in parent.branch("tasks"):
            spec = self.types.find(child.type)
            decides = spec is not None and spec.kind is TypeKind.FLOWABLE
            if decides and child.type != _SLEEP:
                yield self._problem(
                    f"`{child.id}` decides which tasks run; inside `{parent.id}` only tasks that "
                    "do work are allowed.",
                    "Put it around the other task, or use tasks without children.",
                    child.path,
                )

    def _template(self, task: Task) -> Iterator[Problem]:
        given = [task.properties.get(name) for name in ("namespace", "templateId")]
        if None not in given and name_of(task) is None:
            yield self._problem(
                f"`{task.id}` names its template by an expression.",
                "Write namespace and templateId as they are: which tasks there are is known "
                "before anything runs. What is known later can be started by a Subflow.",
                task.path,
            )

    def _dag(self, parent: Task, children: tuple[Task, ...]) -> Iterator[Problem]:
        names = [child.id for child in children]
        for child in children:
            for index, other in enumerate(child.depends_on):
                if other not in names:
                    yield self._problem(
                        f"`{child.id}` depends on `{shown(other)}`, which is not in this Dag.",
                        suggestion(other, names),
                        (*child.path[:-1], "dependsOn", index),
                        ProblemCode.UNKNOWN_REFERENCE,
                    )
        cycle = find_cycle({child.id: child.depends_on for child in children})
        if cycle:
            yield self._problem(
                f"The tasks of `{parent.id}` wait for each other: {' → '.join(cycle)}.",
                "Take out one of these dependencies.",
                next(child.path for child in children if child.id == cycle[0]),
                ProblemCode.CYCLE,
            )

    def _recursion(self, task: Task) -> Iterator[Problem]:
        target = (task.properties.get("namespace"), task.properties.get("flowId"))
        if task.type == _SUBFLOW and target == (self.flow.namespace, self.flow.id):
            yield self._problem(
                f"`{task.id}` starts the flow it belongs to.",
                "A flow that starts itself would never end: call another flow.",
                task.path,
                ProblemCode.CYCLE,
            )

    def inputs(self) -> Iterator[Problem]:
        flow = self.flow
        known = {each.id for each in flow.inputs} | {each.id for each in expanded(flow.inputs)}
        for index, declared in enumerate(flow.inputs):
            path: Path = ("inputs", index)
            yield from self._input(declared, path, known)
            for child, each in enumerate(_children_of(declared)):
                yield from self._input(each, (*path, "inputs", child), known)
            yield from self._nesting(declared, path, known)
        everything = {each.id: each.depends_on for each in (*flow.inputs, *expanded(flow.inputs))}
        cycle = find_cycle(everything)
        if cycle:
            yield self._problem(
                f"The inputs wait for each other: {' → '.join(cycle)}.",
                "Take one of them out of `dependsOn`.",
                ("inputs",),
                ProblemCode.CYCLE,
            )

    def _input(self, declared: Input, path: Path, known: set[str]) -> Iterator[Problem]:
        for other in declared.depends_on:
            if other not in known:
                yield self._problem(
                    f"The input `{declared.id}` depends on `{shown(other)}`, which is not "
                    "declared.",
                    suggestion(other, known - {declared.id}),
                    (*path, "dependsOn"),
                    ProblemCode.UNKNOWN_REFERENCE,
                )
        yield from self._default(declared, path, "defaults", declared.defaults)
        yield from self._default(declared, path, "prefill", declared.prefill)

    def _default(self, declared: Input, path: Path, name: str, value: object) -> Iterator[Problem]:
        dynamic = "expression" in declared.rules or declared.type is InputType.FILE
        if value is None or dynamic or is_expression(value) or "{{" in str(value):
            return
        try:
            cast(declared, value)
        except ValueError as error:
            told = misfit(str(error), value)
            message = f"The default of `{declared.id}` does not fit: {told.why}."
            yield self._problem(message, told.hint, (*path, name))

    def _nesting(self, declared: Input, path: Path, known: set[str]) -> Iterator[Problem]:
        inner = next((name for name in sorted(known) if name.startswith(f"{declared.id}.")), None)
        if inner is not None and declared.type is not InputType.FORM:
            yield self._problem(
                f"`{declared.id}` cannot have a value of its own and hold `{inner}` too.",
                "Rename one of the two.",
                path,
                ProblemCode.DUPLICATE_ID,
            )

    def schedules(self) -> Iterator[Problem]:
        """A schedule has nobody to ask: each required input needs a default or a given value.

        Only a warning: the flow can still be started by hand.
        """
        needed = [
            each.id
            for each in expanded(self.flow.inputs)
            if each.required
            and not each.has_defaults
            and not each.depends_on
            and not each.rules.get("autoSelectFirst")
        ]
        for trigger in self.flow.triggers:
            missing = [
                name for name in needed if name.partition(".")[0] not in _heads(trigger.inputs)
            ]
            if trigger.type in _SCHEDULES and missing and not trigger.disabled:
                names = ", ".join(f"`{name}`" for name in missing)
                yield self._problem(
                    f"`{trigger.id}` starts the flow without the required input {names}.",
                    "Give it under `inputs` of the trigger, or give the input `defaults`.",
                    trigger.path,
                    ProblemCode.MISSING,
                    Severity.WARNING,
                )

    def advice(self) -> Iterator[Problem]:
        """What the types of triggers warn of."""
        for trigger in self.flow.triggers:
            spec = self.types.find(trigger.type)
            if spec is None or spec.advise is None:
                continue
            for each in spec.advise(trigger.properties):
                path = (*trigger.path, each.name)
                code, severity = ProblemCode.INVALID_VALUE, Severity.WARNING
                yield self._problem(each.message, each.hint, path, code, severity)

    def _input_id_path(self, index: int) -> Path:
        path: Path = ("inputs", index, "id")
        return path if path in self.flow.positions else ("inputs", index, "name")

    def _problem(
        self,
        message: str,
        hint: str,
        path: Path,
        code: ProblemCode = ProblemCode.INVALID_VALUE,
        severity: Severity = Severity.ERROR,
    ) -> Problem:
        return Problem(message, hint, path, self._position(path), code, severity)

    def _position(self, path: Path) -> Position:
        while path and path not in self.flow.positions:
            path = path[:-1]
        return self.flow.positions.get(path, Position(1, 1))


_MISSING = ProblemCode.MISSING


def _preconditions(flow: Flow) -> Iterator[tuple[Path, str]]:
    """The ids under which triggers remember what has happened: of two alike one would be lost."""
    for trigger in flow.triggers:
        declared = trigger.properties.get("preconditions")
        name = declared.get("id") if isinstance(declared, Mapping) else None
        if isinstance(name, str):
            yield (*trigger.path, "preconditions", "id"), name


def _children_of(declared: Input) -> tuple[Input, ...]:
    children = declared.rules.get("inputs")
    return children if isinstance(children, tuple) else ()


def _has_choice(switch: Task) -> bool:
    return any(branch.tasks for branch in switch.branches if branch.name not in _NO_CHOICE)


def _called(path: Path) -> str:
    if path == ("namespace",):
        return "a namespace"
    if path == ("id",):
        return "the id of a flow"
    return f"an id in `{path[0]}`"


def _allowed(pattern: re.Pattern[str]) -> str:
    if pattern is _NAMESPACE:
        return "Use lower-case letters, digits, `.`, `_` and `-`."
    if pattern is _ID:
        return "Use letters, digits, `_` and `-`."
    return "Use letters, digits, `.`, `_` and `-`."


def _heads(names: Iterable[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}
