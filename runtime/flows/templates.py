"""Flows put together with their templates. Pure.

A template is a flow: a Template task takes in its `tasks`, `errors` and `finally`, and what else
it has (inputs, triggers, variables, outputs) stays behind. (Source: Kestra's Template, whose
documents have `tasks` and `errors` only, and are flows as they stand.)
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace

from runtime.flows.model import Branch, Flow, TakenIn, Task, TemplateName
from runtime.flows.problem import Problem, ProblemCode, Severity

TEMPLATE = "io.kestra.plugin.core.flow.Template"
_DEEPEST = 100
"""Tasks in each other; a source alone can have about fifty."""
_TOLD = 5
"""Ids that are told of when many are there twice."""

Pins = Mapping[TemplateName, int]
"""The revision of each template that a flow is put together with."""


@dataclass(frozen=True, slots=True)
class Broken:
    """A template that is there and cannot be read; `why` is a sentence."""

    why: str


@dataclass(frozen=True, slots=True)
class Whole:
    """A flow with the tasks of its templates; `problems` are those of Template tasks that take
    nothing in, at their places in the flow's own source."""

    flow: Flow
    problems: tuple[Problem, ...] = ()


def name_of(task: Task) -> TemplateName | None:
    """The template that a Template task names; None when that is an expression."""
    namespace, template_id = task.properties.get("namespace"), task.properties.get("templateId")
    if not isinstance(namespace, str) or not isinstance(template_id, str):
        return None
    return None if "{{" in namespace + template_id else (namespace, template_id)


def named_in(flow: Flow) -> tuple[TemplateName, ...]:
    """The templates that a flow's own tasks name, in the order of the source."""
    tasks = (task for task in flow.walk() if task.type == TEMPLATE and not task.disabled)
    return tuple(dict.fromkeys(name for name in map(name_of, tasks) if name is not None))


def all_named(flow: Flow) -> frozenset[TemplateName]:
    """The templates that a flow which was put together names at any depth, missing ones too."""
    return frozenset({*flow.templates, *(taken.name for taken in flow.taken_in.values())})


def pins_of(flow: Flow) -> dict[TemplateName, int]:
    """The revisions that a flow was put together with."""
    taken = flow.taken_in.values()
    return {each.name: each.flow.revision for each in taken if each.flow is not None}


def written_pins(pins: Pins) -> dict[str, int]:
    """Pins as JSON; `pins_from` reads them."""
    return {f"{namespace}/{template_id}": pin for (namespace, template_id), pin in pins.items()}


def pins_from(written: object) -> dict[TemplateName, int]:
    """Pins as an execution remembers them; none when it remembers none."""
    if not isinstance(written, Mapping):
        return {}
    parts = ((str(name).partition("/"), revision) for name, revision in written.items())
    return {(namespace, template_id): int(pin) for (namespace, _, template_id), pin in parts}


def document_of(flow: Flow, task: Task) -> Flow:
    """The flow in whose source a task is written: a template, or the flow itself."""
    for taken in flow.taken_in.values():
        if taken.flow is not None and any(each.id == task.id for each in _parts(taken.flow)):
            return taken.flow
    return flow


def put_together(flow: Flow, documents: Mapping[TemplateName, Flow | Broken]) -> Whole:
    """The flow with the tasks of its templates in the branches of its Template tasks.

    A template that is missing, unreadable, taken in by itself, or that would bring an id which is
    there already is left out; its Template task keeps the reason, and fails with it when it runs.
    Disabled Template tasks take nothing in.
    """
    return _Assembly(flow, documents).whole()


@dataclass(frozen=True, slots=True)
class _Way:
    """How we came to a task: through which templates, by which Template task of the flow itself,
    and how many tasks stand around it."""

    names: tuple[TemplateName, ...]
    first: Task | None = None
    depth: int = 0

    def deeper(self) -> "_Way":
        return replace(self, depth=self.depth + 1)


@dataclass(slots=True)
class _Assembly:
    flow: Flow
    documents: Mapping[TemplateName, Flow | Broken]
    places: dict[str, str] = field(default_factory=dict)
    """Where each task is written, by its id."""
    taken: dict[str, TakenIn] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)

    def whole(self) -> Whole:
        flow = self.flow
        self.places = {task.id: _place("the flow", task) for task in flow.walk()}
        way = _Way(((flow.namespace, flow.id),))
        listeners = (replace(x, tasks=self._tasks(x.tasks, way)) for x in flow.listeners)
        whole = replace(
            flow,
            tasks=self._tasks(flow.tasks, way),
            errors=self._tasks(flow.errors, way),
            finally_=self._tasks(flow.finally_, way),
            listeners=tuple(listeners),
            after_execution=self._tasks(flow.after_execution, way),
            taken_in=self.taken,
        )
        return Whole(whole, tuple(self.problems))

    def _tasks(self, tasks: Iterable[Task], way: _Way) -> tuple[Task, ...]:
        return tuple([self._task(task, way) for task in tasks])

    def _task(self, task: Task, way: _Way) -> Task:
        if task.disabled or not (task.branches or task.type == TEMPLATE):
            return task
        branches = {each.name: self._tasks(each.tasks, way.deeper()) for each in task.branches}
        if task.type == TEMPLATE:
            branches = self._taken_in(task, way, branches)
        return replace(task, branches=tuple(Branch(*each) for each in branches.items()))

    def _taken_in(
        self, task: Task, way: _Way, own: dict[str, tuple[Task, ...]]
    ) -> dict[str, tuple[Task, ...]]:
        """The branches of a Template task: the template's, then what it has itself of each."""
        name = name_of(task)
        if name is None:
            return own
        first = way.first or task
        found = self._judged(task, name, way)
        if isinstance(found, _Refusal):
            self._refuse(task, name, found, first)
            return own
        self.taken[task.id] = TakenIn(name, found)
        self.places |= {each.id: _place(_template(name), each) for each in _parts(found)}
        inner = _Way((*way.names, name), first, way.depth + 1)
        brought = {"tasks": found.tasks, "errors": found.errors, "finally": found.finally_}
        parts = {
            part: self._tasks(tasks, inner) + own.get(part, ()) for part, tasks in brought.items()
        }
        return {part: tasks for part, tasks in parts.items() if tasks}

    def _refuse(self, task: Task, name: TemplateName, why: "_Refusal", first: Task) -> None:
        message = f"`{task.id}` takes in {why.message}"
        if first is not task:
            message += f" `{first.id}` leads to it."
        severity = Severity.ERROR if why.is_error else Severity.WARNING
        problem = Problem(message, why.hint, first.path, first.position, why.code, severity)
        self.problems.append(problem)
        self.taken[task.id] = TakenIn(name, problem=f"{message} {why.hint}")

    def _judged(self, task: Task, name: TemplateName, way: _Way) -> "Flow | _Refusal":
        """The template, or why it cannot be taken in."""
        back = self._way_back(name, way.names)
        if back:
            return _circle((*way.names[way.names.index(back[-1]) :], *back))
        found = self.documents.get(name)
        if found is None:
            return _missing(name)
        if isinstance(found, Broken):
            return _Refusal(
                ProblemCode.INVALID_VALUE,
                f"{_template(name)}, which cannot be read: {found.why}",
                "Mend it and save it; what failed for this can then be restarted.",
                is_error=False,
            )
        if way.depth + 1 + _depth(found) > _DEEPEST:
            return _Refusal(
                ProblemCode.LIMIT,
                f"{_template(name)}, and tasks would stand in each other more than {_DEEPEST} "
                "deep.",
                "Take templates in side by side, or start one of them by a Subflow.",
            )
        return self._twice(found, name) or found

    def _way_back(
        self, name: TemplateName, above: tuple[TemplateName, ...]
    ) -> tuple[TemplateName, ...]:
        """How a template leads to one of those above it; empty when it does not."""
        trails: list[tuple[TemplateName, ...]] = [(name,)]
        seen = {name}
        for trail in trails:  # grows meanwhile: the shortest way is found first
            if trail[-1] in above:
                return trail
            found = self.documents.get(trail[-1])
            inner = found.templates if isinstance(found, Flow) else ()
            trails += [(*trail, each) for each in inner if each not in seen]
            seen.update(inner)
        return ()

    def _twice(self, found: Flow, name: TemplateName) -> "_Refusal | None":
        twice = [task for task in _parts(found) if task.id in self.places]
        if not twice:
            return None
        both = [
            f"`{task.id}` in {self.places[task.id]} and in {_place(_template(name), task)}"
            for task in twice[:_TOLD]
        ]
        more = f", and {len(twice) - _TOLD} more" if len(twice) > _TOLD else ""
        return _Refusal(
            ProblemCode.DUPLICATE_ID,
            f"{_template(name)}, and ids would be there twice: {', '.join(both)}{more}.",
            "Rename one of each: every task needs an id of its own.",
        )


@dataclass(frozen=True, slots=True)
class _Refusal:
    """`message` goes on where "`task` takes in" ends."""

    code: ProblemCode
    message: str
    hint: str
    is_error: bool = True


def _circle(names: Iterable[TemplateName]) -> _Refusal:
    return _Refusal(
        ProblemCode.CYCLE,
        f"a template that leads back to itself: {' → '.join(map('.'.join, names))}.",
        "Take one of these Template tasks out.",
    )


def _missing(name: TemplateName) -> _Refusal:
    return _Refusal(
        ProblemCode.UNKNOWN_REFERENCE,
        f"{_template(name)}, which is not there.",
        f"Save a flow `{name[1]}` in the namespace `{name[0]}` with the tasks of the template; "
        "what failed for this can then be restarted.",
        is_error=False,
    )


def _parts(template: Flow) -> Iterator[Task]:
    """Every task that is taken in with a template."""
    for tasks in (template.tasks, template.errors, template.finally_):
        for task in tasks:
            yield from task.walk()


def _depth(template: Flow) -> int:
    """How deep tasks stand in each other."""
    level = [*template.tasks, *template.errors, *template.finally_]
    depth = 0
    while level:
        depth += 1
        level = [child for task in level for part in task.branches for child in part.tasks]
    return depth


def _template(name: TemplateName) -> str:
    return f"the template {'.'.join(name)}"


def _place(called: str, task: Task) -> str:
    return f"{called} (line {task.position.line})"
