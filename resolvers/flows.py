"""Flows: find, search, read what they declare, check, save."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial
from weakref import WeakKeyDictionary

from resolvers.context import Context
from resolvers.ids import id_of, names_of
from resolvers.pages import Listing, Page, PageRequest
from runtime.engine.library import FlowProblems
from runtime.errors import FlowdeckError, NotFound
from runtime.flows.graph import FlowGraph, graph_of
from runtime.flows.model import Flow, Task
from runtime.flows.problem import Problem
from runtime.flows.schema import flow_json_schema
from runtime.flows.source import source_of
from runtime.flows.templates import document_of
from runtime.flows.types import KnownTypes, TypeSpec
from runtime.store import flows as store
from runtime.store.conditions import Condition, Is, Operator, Order
from runtime.store.executions import ExecutionRecord
from runtime.store.flows import FLOWS, REVISIONS, FlowKey, FlowRecord, record_of

_LISTING = Listing(FLOWS, lambda row, _now: record_of(row))
_REVISIONS = Listing(REVISIONS, lambda row, _now: record_of(row))
_NEWEST = Order("revision", descending=True)
_ID = "fl_"
_REVISION = re.compile("[0-9]{1,9}")
_schemas: WeakKeyDictionary[KnownTypes, Mapping[str, object]] = WeakKeyDictionary()


@dataclass(frozen=True, slots=True)
class TaskTypePage:
    """A type's documentation; properties and outputs as JSON Schema."""

    spec: TypeSpec
    properties: Mapping[str, object]
    outputs: Mapping[str, object] | None


@dataclass(frozen=True, slots=True)
class Validation:
    """What a check found; names and graph as far as they can be read."""

    valid: bool
    namespace: str | None
    flow_id: str | None
    problems: Sequence[Problem]
    graph: FlowGraph | None


@dataclass(frozen=True, slots=True)
class Saved:
    """A saved flow; `created` tells of a new revision, `problems` are warnings."""

    record: FlowRecord
    created: bool
    problems: Sequence[Problem]


def node_id(namespace: str, flow_id: str, revision: int) -> str:
    """The global id of a revision."""
    return id_of(_ID, namespace, flow_id, revision)


def key_of(node: str) -> FlowKey | None:
    """The names behind a global id; None when it is none."""
    match names_of(_ID, node):
        case [namespace, flow_id, revision] if _REVISION.fullmatch(revision):
            return namespace, flow_id, int(revision)
        case _:
            return None


async def find(
    context: Context, namespace: str, flow_id: str, revision: int | None
) -> FlowRecord | None:
    """A flow by its names; the newest revision of a deleted flow is not found."""
    found = await context.loaders.flows.load((namespace, flow_id, revision))
    return None if found and found.deleted and revision is None else found


async def of_execution(context: Context, execution: ExecutionRecord) -> FlowRecord | None:
    return await context.loaders.flows.load(_key(execution))


async def page(
    context: Context, condition: Condition, order: Order, request: PageRequest
) -> Page[FlowRecord]:
    return await _LISTING.page(context, condition, order, request)


async def revisions(context: Context, record: FlowRecord, request: PageRequest) -> Page[FlowRecord]:
    same = Is("namespace", Operator.EQ, record.namespace)
    return await _REVISIONS.page_of(context, "flow_id", record.flow_id, same, _NEWEST, request)


async def namespaces(context: Context, prefix: str | None) -> list[tuple[str, int]]:
    return await store.namespaces(context.pool, prefix)


async def source(context: Context, record: FlowRecord) -> str:
    key = (record.namespace, record.flow_id, record.revision)
    return await context.loaders.sources.load(key) or ""


async def model(context: Context, record: FlowRecord) -> Flow:
    """What the YAML says, from the engine's memory when it is there. Raises FlowInvalid."""
    library = context.runtime.engine.library
    return await library.find(record.namespace, record.flow_id, record.revision)


async def model_as_it_would_run(context: Context, record: FlowRecord) -> Flow:
    """The same, put together with the newest revisions of its templates."""
    library = context.runtime.engine.library
    return await library.with_templates(await model(context, record))


async def model_of_execution(context: Context, execution: ExecutionRecord) -> Flow | None:
    """The flow as an execution runs it, its templates included; None when it is gone or no longer
    readable."""
    try:
        library = context.runtime.engine.library
        return await library.of_execution(execution, context.loaders.pins.load)
    except (NotFound, FlowProblems):
        return None


async def task_source(context: Context, execution: ExecutionRecord, task: Task) -> str:
    found = await model_of_execution(context, execution)
    return source_of(document_of(found, task), task) if found else ""


async def tasks(context: Context, record: FlowRecord) -> list[tuple[Task, str | None]]:
    """Every task with the id of the flowable around it, in the order of the YAML."""
    found = await model(context, record)
    parents = {
        child.id: task.id
        for task in found.walk()
        for branch in task.branches
        for child in branch.tasks
    }
    return [(task, parents.get(task.id)) for task in found.walk()]


async def problems(context: Context, record: FlowRecord) -> Sequence[Problem]:
    return (await context.runtime.engine.validate_flow(await source(context, record))).problems


async def validate(context: Context, text: str) -> Validation:
    engine = context.runtime.engine
    parsed = await engine.validate_flow(text)
    draft = parsed.flow or parsed.draft
    graph = None
    if draft is not None:
        draft = await engine.library.with_templates(draft)
        graph = await engine.library.aside(text, partial(graph_of, draft, engine.types))
    return Validation(
        valid=parsed.is_valid,
        namespace=(draft.namespace or None) if draft else None,
        flow_id=(draft.id or None) if draft else None,
        problems=parsed.problems,
        graph=graph,
    )


async def save(context: Context, text: str) -> Saved:
    """Raises FlowInvalid with every problem."""
    saved = await context.runtime.engine.save_flow(text, actor=context.viewer.name)
    context.forget()
    flow = saved.flow
    record = await context.loaders.flows.load((flow.namespace, flow.id, flow.revision))
    return Saved(_there(record, flow.namespace, flow.id), saved.created, saved.problems)


def problems_of(error: FlowdeckError) -> Sequence[Problem]:
    """The problems that an error tells of; none for other errors."""
    return error.problems if isinstance(error, FlowProblems) else ()


async def delete(context: Context, namespace: str, flow_id: str) -> FlowRecord:
    await context.runtime.engine.delete_flow(namespace, flow_id, actor=context.viewer.name)
    return await _reread(context, namespace, flow_id)


async def set_disabled(
    context: Context, namespace: str, flow_id: str, disabled: bool
) -> FlowRecord:
    engine = context.runtime.engine
    await engine.set_flow_disabled(namespace, flow_id, disabled, actor=context.viewer.name)
    return await _reread(context, namespace, flow_id)


def task_types(context: Context, text: str | None) -> list[TaskTypePage]:
    """The documentation of every type whose name or title holds a text, by name."""
    wanted = (text or "").lower()
    found = [
        spec
        for spec in context.runtime.engine.types.all()
        if wanted in spec.name.lower() or wanted in spec.title.lower()
    ]
    return [_type_page(spec) for spec in sorted(found, key=lambda spec: spec.name)]


@cache
def _type_page(spec: TypeSpec) -> TaskTypePage:
    outputs = spec.outputs.model_json_schema() if spec.outputs else None
    return TaskTypePage(spec, spec.properties.model_json_schema(), outputs)


def json_schema(context: Context) -> Mapping[str, object]:
    """The JSON Schema of flows, for editors."""
    types = context.runtime.engine.types
    if (found := _schemas.get(types)) is None:
        found = _schemas[types] = flow_json_schema(types)
    return found


async def _reread(context: Context, namespace: str, flow_id: str) -> FlowRecord:
    context.forget()
    record = await context.loaders.flows.load((namespace, flow_id, None))
    return _there(record, namespace, flow_id)


def _there(record: FlowRecord | None, namespace: str, flow_id: str) -> FlowRecord:
    if record is None:
        raise NotFound(f"There is no flow {flow_id} in namespace {namespace}.")
    return record


def _key(execution: ExecutionRecord) -> tuple[str, str, int]:
    return execution.namespace, execution.flow_id, execution.flow_revision
