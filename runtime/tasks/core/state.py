"""`core.state`: a flow's memory from one execution to the next, kept as key-value pairs."""

import hashlib
from collections.abc import Mapping

from pydantic import BaseModel

from runtime.store import kv
from runtime.store.kv import KvKind
from runtime.tasks.properties import AnyMap, Text
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask

_TRIES = 20


class StateTask(WorkTask):
    """Which state is meant: of the flow, or of the whole namespace with `namespace: true`.

    In a loop each value has a state of its own, unless `taskrunValue` is false.
    """

    name: Text = "default"
    namespace: bool = False
    taskrun_value: bool = True

    def key(self, run: Run) -> str:
        parts = [] if self.namespace else [run.flow_id]
        parts += ["states", self.name]
        if self.taskrun_value and run.value is not None:
            parts.append(hashlib.sha256(run.value.encode()).hexdigest()[:16])
        return "_".join(parts)

    async def find(self, run: Run) -> kv.KvPair | None:
        return await kv.find(run.services.pool, [run.namespace], self.key(run), run.now())


class SetOutputs(Outputs):
    count: int
    key: str


class Set(StateTask):
    """Merge data into the state; keys that are there get the new value.

    Executions that do so at the same time do not lose each other's keys.
    """

    type_name = "io.kestra.plugin.core.state.Set"
    outputs = SetOutputs

    data: AnyMap

    async def run(self, run: Run) -> BaseModel:
        for _ in range(_TRIES):
            before = await self.find(run)
            merged = _merged(run.open(before.value) if before else {}, self.data)
            version = await kv.put(
                run.services.pool,
                run.namespace,
                self.key(run),
                run.seal(merged),
                KvKind.JSON,
                run.now(),
                overwrite=before is not None,
                expected_version=before.version if before else None,
            )
            if version is not None:
                return SetOutputs(count=len(merged), key=self.key(run))
        raise TaskFailed("Too many executions change this state at the same time; try again.")


class GetOutputs(Outputs):
    count: int
    data: dict[str, object]


class Get(StateTask):
    """Read the state; a state that was never set is empty, or a failure with `errorOnMissing`."""

    type_name = "io.kestra.plugin.core.state.Get"
    outputs = GetOutputs

    error_on_missing: bool = False

    async def run(self, run: Run) -> BaseModel:
        pair = await self.find(run)
        if pair is None and self.error_on_missing:
            raise TaskFailed(f"There is no state {self.name!r}.")
        data = _merged(run.open(pair.value) if pair else {}, {})
        return GetOutputs(count=len(data), data=data)


class DeleteOutputs(Outputs):
    deleted: bool
    key: str


class Delete(StateTask):
    """Forget the state."""

    type_name = "io.kestra.plugin.core.state.Delete"
    outputs = DeleteOutputs

    error_on_missing: bool = False

    async def run(self, run: Run) -> BaseModel:
        key = self.key(run)
        deleted = await kv.delete(run.services.pool, run.namespace, key, run.now())
        if not deleted and self.error_on_missing:
            raise TaskFailed(f"There is no state {self.name!r}.")
        return DeleteOutputs(deleted=deleted, key=key)


def _merged(before: object, data: Mapping[str, object]) -> dict[str, object]:
    """Both maps as one, maps in them too; what is not a map is replaced."""
    merged = dict(before) if isinstance(before, Mapping) else {}
    for key, value in data.items():
        inner = merged.get(key)
        both = isinstance(inner, Mapping) and isinstance(value, Mapping)
        merged[key] = _merged(inner, value) if both and isinstance(value, Mapping) else value
    return merged
