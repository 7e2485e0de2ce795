"""Sends attempts to where they run, and takes their reports back to the execution.

`Dispatcher` is the narrow port through which task work leaves the engine. The local one runs each
attempt as a coroutine of this process, at most `slots` at once; user code runs in child processes.
"""

import asyncio
import logging
from collections import Counter
from dataclasses import dataclass
from functools import partial
from typing import Protocol

from runtime.clock import Clock
from runtime.engine.actor import Actor
from runtime.engine.holder import Holder
from runtime.engine.run_task import TaskRunner
from runtime.errors import Unavailable
from runtime.executions.decision import RunTask, StopTask
from runtime.executions.messages import TaskFinished, TaskResult, TaskStarted
from runtime.executions.states import TaskRunState
from runtime.store.patience import patiently

_log = logging.getLogger(__name__)


class Dispatcher(Protocol):
    def send(self, actor: Actor, work: RunTask) -> None:
        """Have an attempt run; it reports TaskStarted and TaskFinished."""
        ...

    def stop(self, work: StopTask) -> None:
        """End an attempt: when it reports, nothing of it is left."""
        ...

    def is_busy(self, execution_id: str) -> bool:
        """Whether attempts of an execution are under way in this process."""
        ...


@dataclass(slots=True)
class _Job:
    execution_id: str
    work: RunTask
    is_stopping: bool = False
    attempt: asyncio.Task[TaskResult] | None = None


class LocalDispatcher:
    """Runs attempts in this process."""

    def __init__(
        self, holder: Holder, runner: TaskRunner, clock: Clock, worker: str, slots: int
    ) -> None:
        self._holder = holder
        self._clock = clock
        self._runner = runner
        self._worker = worker
        self._slots = asyncio.Semaphore(slots)
        self._jobs: dict[tuple[str, int], _Job] = {}
        self._busy: Counter[str] = Counter()
        self._tasks: dict[asyncio.Task[None], _Job] = {}

    def send(self, actor: Actor, work: RunTask) -> None:
        job = _Job(actor.execution.id, work)
        self._jobs[work.task_run_id, work.attempt] = job
        self._busy[job.execution_id] += 1
        task = asyncio.create_task(self._report(job), name=f"flowdeck-task-{work.task_run_id}")
        self._tasks[task] = job
        task.add_done_callback(self._tasks.pop)

    def stop(self, work: StopTask) -> None:
        job = self._jobs.get((work.task_run_id, work.attempt))
        if job is not None:
            job.is_stopping = True
            if job.attempt is not None:
                job.attempt.cancel()

    def is_busy(self, execution_id: str) -> bool:
        return self._busy[execution_id] > 0

    def running(self, execution_id: str) -> frozenset[tuple[str, int]]:
        """The attempts of an execution that are under way here, as (task run id, attempt)."""
        return frozenset(key for key, job in self._jobs.items() if job.execution_id == execution_id)

    async def abandon(self, execution_id: str) -> None:
        """End every attempt of an execution that is going to be removed."""
        tasks = [task for task, job in self._tasks.items() if job.execution_id == execution_id]
        await _end(tasks)

    async def close(self) -> None:
        """End everything that runs; the rows stay as they are, for the next server to go on."""
        await _end(list(self._tasks))

    async def _report(self, job: _Job) -> None:
        try:
            result = await self._result(job)
            if result is not None:
                await patiently(partial(self._tell, job, result), self._clock)
        finally:
            del self._jobs[job.work.task_run_id, job.work.attempt]
            self._busy[job.execution_id] -= 1
            if not self._busy[job.execution_id]:
                del self._busy[job.execution_id]

    async def _result(self, job: _Job) -> TaskResult | None:
        work = job.work
        try:
            return await self._run(job)
        except Exception as error:
            _log.exception("attempt %d of %s failed in the engine", work.attempt, work.task_run_id)
            return TaskResult(TaskRunState.FAILED, message=f"Flowdeck failed: {error}")

    async def _tell(self, job: _Job, result: TaskResult) -> None:
        """An attempt counts as running until its result has been told: nobody sends it again."""
        actor = await self._holder.hold(job.execution_id)
        if actor is not None:
            actor.tell(TaskFinished(job.work.task_run_id, job.work.attempt, result))

    async def _run(self, job: _Job) -> TaskResult | None:
        """The attempt's result; None when somebody else decided its fate meanwhile."""
        work = job.work
        async with self._slots:
            if job.is_stopping:
                return TaskResult(TaskRunState.KILLED)
            actor = await self._started(work, job.execution_id)
            if actor is None:
                return None
            run = actor.execution.task_runs.get(work.task_run_id)
            if run is None or run.attempt != work.attempt:
                return None
            if run.state is not TaskRunState.RUNNING:
                return TaskResult(TaskRunState.KILLED)
            job.attempt = asyncio.create_task(self._runner.run(actor, run))
            return await self._outcome(job, job.attempt)

    async def _started(self, work: RunTask, execution_id: str) -> Actor | None:
        """The execution that knows of its start; None when it is being read anew: then the attempt
        is sent again."""
        actor = await patiently(partial(self._holder.hold, execution_id), self._clock)
        if actor is None:
            return None
        try:
            file = self._runner.log_file(actor, work)
            await actor.ask(TaskStarted(work.task_run_id, work.attempt, self._worker, file))
        except Unavailable:
            return None
        return actor

    async def _outcome(self, job: _Job, attempt: asyncio.Task[TaskResult]) -> TaskResult:
        try:
            return await asyncio.shield(attempt)
        except asyncio.CancelledError:
            if attempt.cancelled() and job.is_stopping:
                return TaskResult(TaskRunState.KILLED)
            attempt.cancel()
            await asyncio.gather(attempt, return_exceptions=True)
            raise


async def _end(tasks: list[asyncio.Task[None]]) -> None:
    for task in tasks:
        task.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)
