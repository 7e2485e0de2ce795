"""What two executions have in common and what not."""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from difflib import unified_diff

from resolvers import executions, flows, task_runs
from resolvers.context import Context
from runtime.errors import NotFound
from runtime.executions.diff import Difference, Pair, RunFacts, ValueChange, changes_of, paired
from runtime.executions.states import TaskRunState
from runtime.files.uris import is_stored
from runtime.files.vault import SEALED_TYPE
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
    """The YAML of one as a change of the other's; None when both ran the same."""
    records = await asyncio.gather(
        flows.of_execution(context, base), flows.of_execution(context, head)
    )
    old, new = [await flows.source(context, each) if each else "" for each in records]
    if old == new:
        return None
    before, after = [f"{e.namespace}/{e.flow_id}@{e.flow_revision}" for e in (base, head)]
    return await asyncio.to_thread(
        lambda: "\n".join(
            unified_diff(old.splitlines(), new.splitlines(), before, after, lineterm="")
        )
    )


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
