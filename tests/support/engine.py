"""A real runtime over the test's own database: save a flow, run it, look at what came of it."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from runtime.clock import Clock
from runtime.config import Settings, settings_from
from runtime.engine.engine import NewExecution
from runtime.engine.lifespan import Runtime, running
from runtime.executions.model import Execution, TaskRun
from runtime.store import holding
from tests.support.waiting import until


@dataclass(slots=True)
class Seen:
    """An execution as it is stored, with its logs."""

    execution: Execution
    logs: list[str]

    @property
    def state(self) -> str:
        return self.execution.state.value

    @property
    def outputs(self) -> Mapping[str, object] | None:
        return self.execution.outputs

    @property
    def task_runs(self) -> list[TaskRun]:
        return sorted(self.execution.task_runs.values(), key=lambda run: run.ordinal)

    @property
    def states(self) -> list[tuple[str, str]]:
        """Task id and state of each task run, in the order of creation."""
        return [(run.task_id, run.state.value) for run in self.task_runs]

    def history(self) -> list[str]:
        return [str(change.state) for change in self.execution.history]

    def run(self, task_id: str) -> TaskRun:
        return next(run for run in self.task_runs if run.task_id == task_id)

    def yielded(self, task_id: str) -> Mapping[str, object]:
        return self.execution.task_outputs[self.run(task_id).id]


@dataclass(slots=True)
class Driver:
    """Uses the runtime as the API does."""

    runtime: Runtime

    async def save(self, source: str) -> tuple[str, str]:
        saved = await self.runtime.engine.save_flow(source)
        return saved.flow.namespace, saved.flow.id

    async def create(self, source: str, **more: Any) -> str:
        namespace, flow_id = await self.save(source)
        request = NewExecution(namespace=namespace, flow_id=flow_id, **more)
        return await self.runtime.engine.create_execution(request)

    async def run(self, source: str, *, within: float = 20.0, **more: Any) -> Seen:
        """Save, start, and wait for the end."""
        return await self.ended(await self.create(source, **more), within=within)

    async def look(self, execution_id: str) -> Seen:
        execution = await holding.load(self.runtime.pool, execution_id)
        assert execution is not None
        rows = await self.runtime.pool.fetch(
            "SELECT message FROM logs WHERE execution_id = $1 ORDER BY position", execution_id
        )
        return Seen(execution, [row["message"] for row in rows])

    async def ended(self, execution_id: str, *, within: float = 20.0) -> Seen:
        async def over() -> Seen | None:
            seen = await self.look(execution_id)
            is_open = any(not run.state.is_terminal for run in seen.task_runs)
            return seen if seen.execution.state.is_terminal and not is_open else None

        return await until(over, within=within, what="the execution's end")

    async def reached(self, execution_id: str, state: str, *, within: float = 10.0) -> Seen:
        async def there() -> Seen | None:
            seen = await self.look(execution_id)
            return seen if seen.state == state else None

        return await until(there, within=within, what=f"the state {state}")


def settings_for(database_url: str, folder: Path, **more: object) -> Settings:
    return settings_from({}, database_url=database_url, data_dir=folder, **more)


@asynccontextmanager
async def driven(
    database_url: str, folder: Path, clock: Clock | None = None, **more: object
) -> AsyncIterator[Driver]:
    """A running runtime with its files in `folder`."""
    async with running(settings_for(database_url, folder, **more), clock) as runtime:
        yield Driver(runtime)
