"""From the name written as `type` to the type: current names, aliases and old packages."""

import re
from collections.abc import Iterator

from runtime.flows.misfits import shown
from runtime.flows.model import Path
from runtime.flows.nodes import Node
from runtime.flows.problem import ProblemCode
from runtime.flows.reader import Fields, Reader, nearest
from runtime.flows.types import KnownTypes, TypeKind, TypeSpec

_CORE = "io.kestra.plugin.core"
_PACKAGES = (
    ("io.kestra.core.tasks.flows.", f"{_CORE}.flow."),
    ("io.kestra.core.tasks.debugs.", f"{_CORE}.debug."),
    ("io.kestra.core.tasks.executions.", f"{_CORE}.execution."),
    ("io.kestra.core.tasks.storages.", f"{_CORE}.storage."),
    ("io.kestra.core.tasks.states.", f"{_CORE}.state."),
    ("io.kestra.core.tasks.", f"{_CORE}."),
    ("io.kestra.core.models.triggers.types.", f"{_CORE}.trigger."),
    ("io.kestra.core.models.conditions.types.", f"{_CORE}.condition."),
    ("io.kestra.core.models.tasks.runners.types.", f"{_CORE}.runner."),
    ("io.kestra.plugin.fs.http.", f"{_CORE}.http."),
)
"""Where the old packages went; the first that fits is taken."""

_CLASSES = {
    f"{_CORE}.flow.Flow": f"{_CORE}.flow.Subflow",
    f"{_CORE}.flow.Worker": f"{_CORE}.flow.WorkingDirectory",
    f"{_CORE}.flow.WaitFor": f"{_CORE}.flow.LoopUntil",
    f"{_CORE}.storage.Purge": f"{_CORE}.execution.PurgeExecutions",
    f"{_CORE}.scripts.Bash": "io.kestra.plugin.scripts.shell.Commands",
    f"{_CORE}.condition.VariableCondition": f"{_CORE}.condition.Expression",
}
_NAME = re.compile(r"[\w$.\-]{1,200}")
_KINDS = {
    TypeKind.TASK: "task",
    TypeKind.FLOWABLE: "task",
    TypeKind.TRIGGER: "trigger",
    TypeKind.CONDITION: "condition",
    TypeKind.TASK_RUNNER: "task runner",
}


def find_type(types: KnownTypes, name: str) -> TypeSpec | None:
    """The type of a current name, an alias, or a name from before the packages moved."""
    return next((spec for spec in map(types.find, _spellings(name)) if spec is not None), None)


def read_type(reader: Reader, fields: Fields, *kinds: TypeKind) -> TypeSpec | None:
    """The type that a task, trigger or condition names; problems for an unknown or wrong one."""
    name = fields.text("type", required=True)
    if name is None:
        return None
    node = fields.node.entries["type"].node
    spec = find_type(reader.types, name)
    path = (*fields.path, "type")
    if spec is None:
        _refuse(reader, name, path, node, kinds)
        return None
    if spec.kind not in kinds:
        reader.error(
            f"`{spec.name}` is a {_KINDS[spec.kind]}, not a {_KINDS[kinds[0]]}.",
            f"Use a {_KINDS[kinds[0]]} type here.",
            path,
            node.position,
            ProblemCode.UNKNOWN_TYPE,
        )
        return None
    _warn_of_age(reader, name, spec, path, node)
    return spec


def _warn_of_age(reader: Reader, name: str, spec: TypeSpec, path: Path, node: Node) -> None:
    if spec.deprecated:
        message, hint = f"`{spec.name}` is deprecated.", spec.deprecated
    elif name != spec.name:
        message, hint = f"`{shown(name)}` is an old name.", f"Write `{spec.name}`."
    else:
        return
    reader.warn(message, hint, path, node.position, ProblemCode.DEPRECATED)


def _refuse(reader: Reader, name: str, path: Path, node: Node, kinds: tuple[TypeKind, ...]) -> None:
    meant = _meant(reader.types, name, kinds)
    hint = f"Did you mean `{meant}`?" if meant else "See the list of types for what can be used."
    reader.error(
        f"Unknown type `{shown(name)}`.", hint, path, node.position, ProblemCode.UNKNOWN_TYPE
    )


def _meant(types: KnownTypes, name: str, kinds: tuple[TypeKind, ...]) -> str | None:
    if not _NAME.fullmatch(name):
        return None
    names = [spec.name for spec in types.all() if spec.kind in kinds]
    last = name.rpartition(".")[2].lower()
    same_class = [other for other in names if other.rpartition(".")[2].lower() == last]
    if same_class:
        return nearest(name, same_class) or same_class[0]
    return nearest(name, names)


def _spellings(name: str) -> Iterator[str]:
    yield name
    current = f"io.kestra.{name[11:]}" if name.startswith("org.kestra.") else name
    for old, new in _PACKAGES:
        if current.startswith(old):
            current = new + current[len(old) :]
            break
    yield current
    yield _CLASSES.get(current, current)
    if current.startswith(f"{_CORE}.condition."):
        yield current.removesuffix("Condition")
        yield f"{current}Condition"
