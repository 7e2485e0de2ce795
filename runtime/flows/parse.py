"""YAML text to a Flow, with every problem at once and never an exception.

Whole-flow rules (ids, references, cycles, expressions) are in `validate.py`.
"""

from dataclasses import dataclass, replace

from runtime.flows.model import Flow, Listener, Path, Position, Task
from runtime.flows.nodes import START, MapNode, Node, compose, walk
from runtime.flows.problem import Problem, ProblemCode, in_order
from runtime.flows.read_inputs import read_inputs, read_outputs
from runtime.flows.read_labels import read_labels
from runtime.flows.read_policies import (
    read_checks,
    read_concurrency,
    read_retry,
    read_slas,
    read_worker_group,
)
from runtime.flows.read_tasks import read_task, read_tasks
from runtime.flows.read_triggers import read_conditions, read_triggers
from runtime.flows.reader import Fields, Reader
from runtime.flows.templates import named_in
from runtime.flows.type_defaults import TypeDefault, TypedReader, read_defaults
from runtime.flows.types import KnownTypes

_MOST_PROBLEMS = 200
"""How many problems are told of one source; nobody reads more."""
_IGNORED = ("revision", "deleted", "tenantId", "updated", "draft", "_comment")
"""What an export of Kestra may carry; the store knows better."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """`flow` is there when no problem is an error; `draft` is whatever could be read."""

    flow: Flow | None
    problems: tuple[Problem, ...]
    draft: Flow | None = None

    @property
    def is_valid(self) -> bool:
        return self.flow is not None


@dataclass(frozen=True, slots=True)
class ParsedTask:
    """One task from its own text, as TemplatedTask has it."""

    task: Task | None
    problems: tuple[Problem, ...]


def parse(
    source: str,
    types: KnownTypes,
    *,
    revision: int = 1,
    defaults: tuple[TypeDefault, ...] = (),
) -> Parsed:
    """Read a flow. Positions count from 1; paths are keys and indexes from the root.

    `defaults` are those of the flow that takes this one in as a template: they hold here, too.
    """
    composed = compose(source)
    reader = Reader(types)
    reader.problems += composed.problems
    root = _root(reader, composed.root, "A flow")
    draft = _read_flow(reader, root, source, revision, defaults) if root else None
    return concluded(draft, reader.problems)


def defaults_of(source: str, types: KnownTypes) -> tuple[TypeDefault, ...]:
    """The `pluginDefaults` of a flow, as far as they can be read."""
    root = compose(source).root
    reader = Reader(types)
    fields = reader.map(root, (), "A flow") if root is not None else None
    return read_defaults(fields) if fields is not None else ()


def concluded(draft: Flow | None, problems: list[Problem]) -> Parsed:
    """The result of reading and checking: the flow is withheld when a problem is an error."""
    ordered = in_order(problems)
    broken = any(problem.is_error for problem in ordered)
    if len(ordered) > _MOST_PROBLEMS:
        errors_first = sorted(ordered, key=lambda problem: not problem.is_error)
        ordered = in_order(errors_first[:_MOST_PROBLEMS])
    return Parsed(None if broken else draft, ordered, draft)


def parse_task(source: str, types: KnownTypes) -> ParsedTask:
    """Read one task from its own YAML."""
    composed = compose(source)
    reader = Reader(types)
    reader.problems += composed.problems
    root = _root(reader, composed.root, "A task")
    task = read_task(TypedReader(reader), root.node, ()) if root else None
    problems = in_order(reader.problems)
    return ParsedTask(None if any(p.is_error for p in problems) else task, problems)


def _root(reader: Reader, root: Node | None, what: str) -> Fields | None:
    if root is None:
        if not reader.problems:
            reader.error(
                f"{what} is empty.",
                "Start with `id`, `namespace` and `tasks`.",
                (),
                START,
                ProblemCode.MISSING,
            )
        return None
    return reader.map(root, (), what)


def _read_flow(
    reader: Reader, fields: Fields, source: str, revision: int, outer: tuple[TypeDefault, ...]
) -> Flow:
    typed = TypedReader(reader, (*read_defaults(fields), *outer))
    _note_ignored(fields)
    fields.old("listeners", "Write `afterExecution`")
    flow = Flow(
        namespace=fields.text("namespace", required=True) or "",
        id=fields.text("id", required=True) or "",
        revision=revision,
        source=source,
        tasks=read_tasks(typed, fields, "tasks", required=True),
        errors=read_tasks(typed, fields, "errors"),
        finally_=read_tasks(typed, fields, "finally"),
        after_execution=read_tasks(typed, fields, "afterExecution"),
        listeners=_read_listeners(typed, fields),
        triggers=read_triggers(typed, fields),
        inputs=read_inputs(fields),
        outputs=read_outputs(fields),
        variables=fields.mapping("variables"),
        labels=read_labels(fields),
        description=fields.text("description"),
        disabled=fields.flag("disabled"),
        concurrency=read_concurrency(fields),
        retry=read_retry(fields),
        sla=read_slas(fields),
        checks=read_checks(fields),
        worker_group=read_worker_group(fields),
        positions=_positions(fields.node),
    )
    fields.refuse_unknown("A flow")
    return replace(flow, templates=named_in(flow))


def _note_ignored(fields: Fields) -> None:
    for name in _IGNORED:
        entry = fields.entry(name)
        if entry is not None:
            fields.reader.warn(
                f"`{name}` has no effect in the source.",
                "Take it out.",
                (name,),
                entry.position,
                ProblemCode.NO_EFFECT,
            )


def _read_listeners(typed: TypedReader, fields: Fields) -> tuple[Listener, ...]:
    listeners: list[Listener] = []
    for path, node in fields.items("listeners"):
        inner = typed.reader.map(node, path, "A listener")
        if inner is None:
            continue
        inner.text("description")
        conditions = read_conditions(typed, inner)
        listeners.append(Listener(conditions, read_tasks(typed, inner, "tasks", required=True)))
        inner.refuse_unknown("A listener")
    return tuple(listeners)


def _positions(root: MapNode) -> dict[Path, Position]:
    return {path: node.position for path, node in walk(root)}
