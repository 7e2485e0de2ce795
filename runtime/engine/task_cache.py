"""`taskCache`: a task whose type, properties and place are the same as before need not run again.

Only successes are kept, by flow, task, loop value and rendered properties; `ttl` says how long a
result counts, and without it it counts for ever (Kestra: task cache).
"""

import hashlib
from collections.abc import Mapping
from datetime import datetime, timedelta

from runtime.engine.attempt import Attempt
from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.executions.states import TaskRunState
from runtime.flows.durations import parse_duration
from runtime.flows.model import Task
from runtime.store import task_cache
from runtime.store.encoding import to_json
from runtime.store.task_cache import CacheEntry
from runtime.tasks.task import TaskType


async def cached(task: Task, model: TaskType, attempt: Attempt) -> TaskResult | None:
    """The kept result; None when the task has no cache or nothing is kept that still counts."""
    if task.cache is None or not task.cache.enabled:
        return None
    since = _since(task.cache.ttl, attempt.now())
    pool = attempt.services.pool
    outputs = await task_cache.find(pool, _key(model, attempt), since)
    if outputs is None:
        return None
    attempt.log(LogLevel.DEBUG, "Took the outputs from the task cache.")
    return TaskResult(TaskRunState.SUCCESS, outputs)


async def keep(task: Task, model: TaskType, attempt: Attempt, result: TaskResult) -> None:
    """Keep a success for the next time, when the task wants it."""
    if task.cache is None or not task.cache.enabled or result.state is not TaskRunState.SUCCESS:
        return
    outputs: Mapping[str, object] = result.outputs or {}
    text = to_json(outputs)
    if attempt.mask(text) != text:
        attempt.log(LogLevel.WARN, "The outputs hold a secret and are not kept in the task cache.")
        return
    now, ttl = attempt.now(), task.cache.ttl
    entry = CacheEntry(
        key=_key(model, attempt),
        namespace=attempt.namespace,
        flow_id=attempt.flow_id,
        task_id=attempt.task_id,
        outputs=outputs,
        expires_at=None if ttl is None else now + timedelta(seconds=parse_duration(ttl)),
    )
    await task_cache.keep(attempt.services.pool, entry, now)


def _key(model: TaskType, attempt: Attempt) -> str:
    parts = [
        attempt.namespace,
        attempt.flow_id,
        attempt.task_id,
        attempt.value,
        model.type_name,
        model.model_dump(mode="json"),
    ]
    return hashlib.sha256(to_json(parts).encode()).hexdigest()


def _since(ttl: str | None, now: datetime) -> datetime | None:
    return None if ttl is None else now - timedelta(seconds=parse_duration(ttl))
