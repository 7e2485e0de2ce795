"""What two executions have in common and what not."""

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from resolvers import executions, flows, task_runs
from resolvers.context import Context
from runtime.errors import NotFound
from runtime.executions.diff import Difference, Pair, RunFacts, ValueChange, changes_of, paired
from runtime.executions.states import TaskRunState
from runtime.files.uris import is_stored
from runtime.files.vault import SEALED_TYPE
from runtime.flows.model import Flow
from runtime.store import task_runs as store
from runtime.store.executions import ExecutionRecord, ExecutionValues
from runtime.store.task_runs import TaskRunRecord

_MOST = 1_000
_NOTHING: Mapping[str, object] = {}


@dataclass(frozen=True, slots=True)
class Diff:
    """`tasks` are the pairs that differ, at most a thousand; `is_cut` tells of more."""

    base: ExecutionRecord
    head: ExecutionRecord
    source: str | None
    labels: Sequence[ValueChange]
    inputs: Sequence[ValueChange]
    variables: Sequence[ValueChange]
    outputs: Sequence[ValueChange]
    tasks: Sequence[Pair]
    is_cut: bool


async def of_executions(context: Context, base_id: str, head_id: str) -> Diff:
    """Raises NotFound, naming the argument."""
    base, head = await asyncio.gather(
        _found(context, base_id, "base"), _found(context, head_id, "head")
    )
    old, new = await asyncio.gather(
        executions.values(context, base), executions.values(context, head)
    )
    runs = await asyncio.gather(_facts(context, base), _facts(context, head))
    tasks = [pair for pair in paired(*runs) if pair.differences]
    return Diff(
        base=base,
        head=head,
        source=await _source(context, base, head),
        labels=list(changes_of(_of_people(base.labels), _of_people(head.labels))),
        tasks=tasks[:_MOST],
        is_cut=len(tasks) > _MOST,
        **_values(old, new),
    )


async def task_run(context: Context, facts: RunFacts | None) -> TaskRunRecord | None:
    return None if facts is None else await context.loaders.task_runs.load(facts.id)


async def outputs(context: Context, pair: Pair) -> list[ValueChange]:
    """What differs in what two task runs yielded, with secrets masked."""
    if Difference.OUTPUTS not in pair.differences:
        return []
    records = await asyncio.gather(task_run(context, pair.base), task_run(context, pair.head))
    old, new = [
        (await task_runs.outputs(context, each) if each else None) or _NOTHING for each in records
    ]
    return list(changes_of(old, new, _told))


def _values(old: ExecutionValues, new: ExecutionValues) -> dict[str, list[ValueChange]]:
    return {
        "inputs": list(changes_of(old.inputs, new.inputs, _told)),
        "variables": list(changes_of(old.variables, new.variables, _told)),
        "outputs": list(changes_of(old.outputs or _NOTHING, new.outputs or _NOTHING, _told)),
    }


async def _found(context: Context, execution_id: str, argument: str) -> ExecutionRecord:
    found = await executions.find(context, execution_id)
    if found is None:
        raise NotFound(f"There is no execution {execution_id}.", path=(argument,))
    return found


async def _facts(context: Context, execution: ExecutionRecord) -> list[RunFacts]:
    rows = await store.light_rows(context.pool, execution.id, None)
    digests = await store.outputs_digests(context.pool, execution.id, SEALED_TYPE)
    return [
        RunFacts(
            id=row["id"],
            parent_id=row["parent_id"],
            task_id=row["task_id"],
            value=row["value"],
            state=TaskRunState(row["state"]),
            attempts=row["attempt"],
            outputs=digests.get(row["id"]),
        )
        for row in rows
    ]


async def _source(context: Context, base: ExecutionRecord, head: ExecutionRecord) -> str | None:
    """The YAML of one as a change of the other's, templates included; None when both ran the same.

    Each template follows the flow; one that only one of them ran changes from nothing, or to it.
    """
    before, after = await asyncio.gather(_documents(context, base), _documents(context, head))
    pairs = [
        (before.get(name, _ABSENT), after.get(name, _ABSENT))
        for name in dict.fromkeys([*before, *after])
    ]
    changed = [(old, new) for old, new in pairs if old.text != new.text]
    if not changed:
        return None
    return await asyncio.to_thread(
        lambda: "\n".join(line for each in changed for line in _changes(*each))
    )


@dataclass(frozen=True, slots=True)
class _Document:
    title: str
    text: str


_ABSENT = _Document("/dev/null", "")


async def _documents(context: Context, execution: ExecutionRecord) -> dict[str, _Document]:
    """What an execution runs: the flow under no name, templates under theirs."""
    model = await flows.model_of_execution(context, execution)
    if model is not None:
        taken = [each.flow for each in model.taken_in.values() if each.flow is not None]
        return {
            "": _document(model),
            **{f"{each.namespace}/{each.id}": _document(each) for each in taken},
        }
    record = await flows.of_execution(context, execution)
    text = await flows.source(context, record) if record else ""
    name = f"{execution.namespace}/{execution.flow_id}@{execution.flow_revision}"
    return {"": _Document(name, text)}


def _document(flow: Flow) -> _Document:
    return _Document(f"{flow.namespace}/{flow.id}@{flow.revision}", flow.source)


def _changes(old: _Document, new: _Document) -> Iterator[str]:
    lines = old.text.splitlines(), new.text.splitlines()
    return unified_diff(*lines, old.title, new.title, lineterm="")


def _of_people(labels: Mapping[str, str]) -> dict[str, object]:
    """Without those of the product, which name the execution itself."""
    return {key: value for key, value in labels.items() if not key.startswith("system.")}


def _told(value: object) -> object:
    """A value without what is never the same twice: where a file was stored."""
    if isinstance(value, str):
        return "" if is_stored(value) else value
    if isinstance(value, dict):
        return {key: _told(each) for key, each in value.items()}
    return [_told(each) for each in value] if isinstance(value, list) else value
