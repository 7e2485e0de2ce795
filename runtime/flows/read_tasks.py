"""Tasks and everything below them."""

from collections.abc import Callable, Iterable

from runtime.flows.model import Branch, Path, Task
from runtime.flows.nodes import Node
from runtime.flows.read_inputs import read_inputs
from runtime.flows.read_policies import (
    note_no_effect,
    read_cache,
    read_retry,
    read_worker_group,
)
from runtime.flows.read_properties import own_entries, read_properties
from runtime.flows.read_triggers import canonical_parts
from runtime.flows.reader import Fields, read_level
from runtime.flows.type_defaults import TypedReader
from runtime.flows.types import BranchSpec, InputDeclarations, TypeKind, TypeSpec

TASK_PROPERTIES = (
    "id",
    "type",
    "description",
    "runIf",
    "when",
    "disabled",
    "timeout",
    "retry",
    "allowFailure",
    "allowWarning",
    "logLevel",
    "logToFile",
    "workerGroup",
    "workerSelector",
    "pluginDefaultsRef",
    "taskCache",
    "assets",
    "version",
)
"""What every task may have, whatever its type."""

_ALWAYS = (BranchSpec("errors"), BranchSpec("finally"))
"""Branches of every flowable with children, declared by its type or not."""


def read_tasks(
    typed: TypedReader, fields: Fields, name: str, *, required: bool = False
) -> tuple[Task, ...]:
    """The tasks under one property; a required one must hold at least one."""
    entry = fields.entry(name)
    if entry is None:
        if required:
            fields.missing(name)
        return ()
    items = fields.items(name)
    if required and not items:
        fields.bad(name, f"`{name}` is empty.", "Add at least one task.")
    return _tasks(typed, items)


def _tasks(typed: TypedReader, items: Iterable[tuple[Path, Node]]) -> tuple[Task, ...]:
    found = (read_task(typed, node, path) for path, node in items)
    return tuple(task for task in found if task is not None)


def read_task(
    typed: TypedReader, node: Node, path: Path, depends_on: tuple[str, ...] = ()
) -> Task | None:
    """One task with its branches; None when it is not even a map."""
    kinds = (TypeKind.TASK, TypeKind.FLOWABLE)
    fields, spec = typed.open(node, path, "A task", TASK_PROPERTIES, *kinds)
    if fields is None:
        return None
    branches = _read_branches(typed, fields, spec) if spec else ()
    properties = _read_own(typed, fields, spec) if spec else {}
    _note_no_effect(fields, spec)
    fields.text("pluginDefaultsRef")
    return Task(
        id=fields.text("id", required=True) or "",
        type=spec.name if spec else (fields.text("type") or ""),
        path=path,
        position=fields.position,
        properties=properties,
        branches=branches,
        depends_on=depends_on,
        description=fields.text("description"),
        run_if=fields.text("runIf", "when"),
        disabled=fields.flag("disabled"),
        timeout=fields.duration("timeout", positive=True),
        retry=read_retry(fields, is_block=bool(spec and spec.branches)),
        allow_failure=fields.flag("allowFailure"),
        allow_warning=fields.flag("allowWarning"),
        log_level=read_level(fields, "logLevel"),
        log_to_file=fields.flag("logToFile"),
        worker_group=read_worker_group(fields),
        cache=read_cache(fields),
    )


def branch_specs(spec: TypeSpec) -> tuple[BranchSpec, ...]:
    """The branches that a task of this type may have."""
    if spec.kind is not TypeKind.FLOWABLE or not spec.branches:
        return spec.branches
    declared = {branch.name for branch in spec.branches}
    return (*spec.branches, *(branch for branch in _ALWAYS if branch.name not in declared))


def _note_no_effect(fields: Fields, spec: TypeSpec | None) -> None:
    for name in ("assets", "version"):
        note_no_effect(fields, name, "Take it out.")
    if spec is not None and spec.kind is TypeKind.FLOWABLE and fields.flag("logToFile"):
        note_no_effect(fields, "logToFile", "Write it at the tasks inside, whose lines are many.")


def _read_own(typed: TypedReader, fields: Fields, spec: TypeSpec) -> dict[str, object]:
    branches = {branch.name for branch in branch_specs(spec)}
    entries = own_entries(fields.node, spec.properties, TASK_PROPERTIES, branches)
    entries = canonical_parts(typed, fields.path, entries)
    _check_declarations(fields, spec)
    known = (*TASK_PROPERTIES, *branches)
    return read_properties(typed.reader, fields.node, fields.path, entries, spec.properties, known)


def _check_declarations(fields: Fields, spec: TypeSpec) -> None:
    for name, field in spec.properties.model_fields.items():
        if any(isinstance(mark, InputDeclarations) for mark in field.metadata):
            read_inputs(fields, field.alias or name)


def _read_branches(typed: TypedReader, fields: Fields, spec: TypeSpec) -> tuple[Branch, ...]:
    found: list[Branch] = []
    for branch in branch_specs(spec):
        entry = fields.entry(branch.name)
        if entry is None:
            if branch.required:
                fields.missing(branch.name)
            continue
        found += _SHAPES[branch.shape](typed, fields, branch)
    return tuple(found)


def _list_branch(typed: TypedReader, fields: Fields, branch: BranchSpec) -> list[Branch]:
    return [Branch(branch.name, read_tasks(typed, fields, branch.name, required=branch.required))]


def _map_branch(typed: TypedReader, fields: Fields, branch: BranchSpec) -> list[Branch]:
    entry = fields.entry(branch.name)
    path = (*fields.path, branch.name)
    if entry is None:
        return []
    cases = fields.reader.map(entry.node, path, f"`{branch.name}`")
    if cases is None:
        return []
    return [
        Branch(f"{branch.name}.{key}", read_tasks(typed, cases, key, required=True))
        for key in cases.node.entries
    ]


def _dag_branch(typed: TypedReader, fields: Fields, branch: BranchSpec) -> list[Branch]:
    items = fields.items(branch.name)
    if branch.required and not items:
        fields.bad(branch.name, f"`{branch.name}` is empty.", "Add at least one task.")
    found = (_dag_task(typed, path, node) for path, node in items)
    return [Branch(branch.name, tuple(task for task in found if task is not None))]


def _dag_task(typed: TypedReader, path: Path, node: Node) -> Task | None:
    fields = typed.reader.map(node, path, "A task of a Dag")
    if fields is None:
        return None
    entry = fields.entry("task")
    depends_on = fields.texts("dependsOn")
    fields.refuse_unknown("An element of a Dag")
    if entry is None:
        fields.missing("task")
        return None
    return read_task(typed, entry.node, (*path, "task"), depends_on)


def _single_branch(typed: TypedReader, fields: Fields, branch: BranchSpec) -> list[Branch]:
    entry = fields.entry(branch.name)
    task = read_task(typed, entry.node, (*fields.path, branch.name)) if entry else None
    return [Branch(branch.name, (task,))] if task else []


_SHAPES: dict[str, Callable[[TypedReader, Fields, BranchSpec], list[Branch]]] = {
    "list": _list_branch,
    "map": _map_branch,
    "dag": _dag_branch,
    "task": _single_branch,
}
