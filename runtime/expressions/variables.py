"""What an expression sees: the context variables, built from plain data.

Each function takes plain mappings and gives the value of one variable; nothing is read or
copied that is not asked for. `OutputsTree` and `TasksTree` grow by one entry as task runs end, so
that a loop of 10,000 turns never builds its tree again. `Variables` puts it all together: a lazy
mapping with one layer for the execution and one for each task run.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

Values = dict[str, object]

_ENVIRONMENT_PREFIXES = ("ENV_", "KESTRA_")


class Variables(Mapping[str, object]):
    """A lazy mapping: given values, values computed when first asked for, and a layer below.

    >>> base = Variables({"flow": {"id": "a"}}, {"outputs": tree.variables})
    >>> base.over({"taskrun": {"value": "x"}})["flow"]
    """

    __slots__ = ("_below", "_known", "_later")

    def __init__(
        self,
        known: Values,
        later: Mapping[str, Callable[[], object]] | None = None,
        below: Mapping[str, object] | None = None,
    ) -> None:
        self._known = known
        self._later = dict(later or ())
        self._below: Mapping[str, object] = {} if below is None else below

    def __getitem__(self, name: str) -> object:
        try:
            return self._known[name]
        except KeyError:
            compute = self._later.get(name)
        if compute is None:
            return self._below[name]
        value = self._known[name] = compute()
        return value

    def __contains__(self, name: object) -> bool:
        return name in self._known or name in self._later or name in self._below

    def __iter__(self) -> Iterator[str]:
        yield from dict.fromkeys([*self._below, *self._later, *self._known])

    def __len__(self) -> int:
        return len({*self._below, *self._later, *self._known})

    def over(
        self, known: Values, later: Mapping[str, Callable[[], object]] | None = None
    ) -> "Variables":
        """These variables with others on top; this layer is shared, not copied."""
        return Variables(known, later, self)


class _Tree:
    """Leaves under a task's id and the values of its loops, kept up to date in place."""

    __slots__ = ("_root",)

    def __init__(self) -> None:
        self._root: dict[str, Any] = {}

    def variables(self) -> Mapping[str, object]:
        """The tree as expressions see it; later changes show in it."""
        return self._root

    def _branch(self, task_id: str, loop_values: Sequence[str]) -> dict[str, Any]:
        branch = self._root
        for key in (task_id, *loop_values):
            below = branch.get(key)
            if not isinstance(below, dict):
                below = branch[key] = {}
            branch = below
        return branch

    def remove(self, task_id: str, loop_values: Sequence[str] = ()) -> None:
        """Forget one task run, as a replay does."""
        way: list[tuple[dict[str, Any], str]] = []
        branch: Any = self._root
        for key in (task_id, *loop_values):
            if not isinstance(branch, dict) or key not in branch:
                return
            way.append((branch, key))
            branch = branch[key]
        parent, key = way.pop()
        del parent[key]
        while way and not parent:
            parent, key = way.pop()
            del parent[key]


class OutputsTree(_Tree):
    """`outputs`: `outputs.task.x`, within loops `outputs.task[outer][inner].x`."""

    def put(
        self, task_id: str, outputs: Mapping[str, object], loop_values: Sequence[str] = ()
    ) -> None:
        """Add what a task run gave; `loop_values` are those of its ancestors, then its own."""
        if loop_values:
            self._branch(task_id, loop_values[:-1])[loop_values[-1]] = outputs
        else:
            self._root[task_id] = outputs


class TasksTree(_Tree):
    """`tasks`: `tasks.task.state`, within loops `tasks.task[value].state`."""

    def put(self, task_id: str, state: str, loop_values: Sequence[str] = ()) -> None:
        """Note the state of a task run."""
        self._branch(task_id, loop_values)["state"] = state


def flow(flow_id: str, namespace: str, revision: int, tenant_id: str | None = None) -> Values:
    """`flow`"""
    known: Values = {"id": flow_id, "namespace": namespace, "revision": revision}
    return known if tenant_id is None else {**known, "tenantId": tenant_id}


def execution(
    execution_id: str,
    start_date: datetime,
    original_id: str | None = None,
    *,
    state: str | None = None,
    outputs: Mapping[str, object] | None = None,
) -> Values:
    """`execution`; `state` and `outputs` are known in `afterExecution` only."""
    known: Values = {
        "id": execution_id,
        "startDate": millis(start_date),
        "originalId": original_id or execution_id,
    }
    if state is not None:
        known["state"] = state
    return known if outputs is None else {**known, "outputs": outputs}


def task(task_id: str, task_type: str) -> Values:
    """`task`"""
    return {"id": task_id, "type": task_type}


def taskrun(
    taskrun_id: str,
    start_date: datetime,
    attempts_count: int,
    *,
    parent_id: str | None = None,
    value: object = None,
    iteration: int | None = None,
    items: object = None,
) -> Values:
    """`taskrun`; `value` and `iteration` exist inside loops only, `items` in ForEachItem."""
    optional: Values = {
        "parentId": parent_id,
        "value": value,
        "iteration": iteration,
        "items": items,
    }
    return {
        "id": taskrun_id,
        "startDate": millis(start_date),
        "attemptsCount": attempts_count,
        **{name: given for name, given in optional.items() if given is not None},
    }


def parents(ancestors: Iterable[Mapping[str, object]]) -> list[Values]:
    """`parents`, closest first, of ancestors (`taskId`, `value`, `iteration`, `outputs`).

    Only those count that are a turn of a loop or have outputs: inside an If in a loop, `parent`
    is the loop's turn.
    """
    return [_parent(one) for one in ancestors if _has_news(one)]


def _has_news(ancestor: Mapping[str, object]) -> bool:
    return ancestor.get("value") is not None or bool(ancestor.get("outputs"))


def _parent(ancestor: Mapping[str, object]) -> Values:
    entry: Values = {"task": {"id": ancestor.get("taskId")}}
    turn = {k: ancestor[k] for k in ("value", "iteration") if ancestor.get(k) is not None}
    if turn:
        entry["taskrun"] = turn
    if ancestor.get("outputs"):
        entry["outputs"] = ancestor["outputs"]
    return entry


def item(
    value: object,
    index: int,
    key: object = None,
    outer: Sequence[Mapping[str, object]] = (),
) -> Values:
    """`item` of a Loop; `outer` are the items of the loops around it, closest first."""
    known: Values = {"value": value, "index": index}
    if key is not None:
        known["key"] = key
    if outer:
        known["parent"] = outer[0]
        known["parents"] = list(outer)
    return known


def nested(dotted: Mapping[str, object]) -> Values:
    """`inputs`: an input called `a.b` is found as `inputs.a.b`; the first of a clash wins."""
    tree: Values = {}
    for name, value in dotted.items():
        *folders, leaf = name.split(".")
        branch: Any = tree
        for folder in folders:
            branch = branch.setdefault(folder, {}) if isinstance(branch, dict) else None
        if isinstance(branch, dict):
            branch.setdefault(leaf, value)
    return tree


def labels(pairs: Iterable[tuple[str, object]]) -> Values:
    """`labels`: the first value of a key wins; `system.x` is found as `labels.system.x`."""
    first: Values = {}
    for key, value in pairs:
        first.setdefault(key, value)
    return nested(first)


def envs(environment: Mapping[str, str]) -> dict[str, str]:
    """`envs`: variables of the host called `ENV_…` (or of old `KESTRA_…`), without it, small."""
    found: dict[str, str] = {}
    for prefix in _ENVIRONMENT_PREFIXES:
        for name, value in environment.items():
            if name.startswith(prefix):
                found.setdefault(name.removeprefix(prefix).lower(), value)
    return found


def error(task_id: str, message: str, stack_trace: str | None = None) -> Values:
    """`error`, in the branches of `errors`."""
    known: Values = {"taskId": task_id, "message": message}
    return known if stack_trace is None else {**known, "stackTrace": stack_trace}


def millis(moment: datetime) -> str:
    """ISO 8601 in UTC with milliseconds: `2026-01-02T03:04:05.678Z`."""
    text = moment.astimezone(UTC).isoformat(timespec="milliseconds")
    return text.removesuffix("+00:00") + "Z"
