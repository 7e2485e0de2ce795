"""When a failed attempt is tried again.

The sources of the rules: Kestra's three kinds of retry. Two points differ on purpose: an
exponential interval really grows by its factor each time, as the documentation says (Kestra's code
multiplies once), and an attempt that was lost with its worker is not counted.
"""

from datetime import datetime, timedelta
from zlib import crc32

from runtime.executions.model import Attempt, Execution, TaskRun
from runtime.executions.states import TaskRunState
from runtime.flows.model import Retry, RetryKind

_NOT_COUNTED = (TaskRunState.RESUBMITTED, TaskRunState.SUCCESS)


def tries(run: TaskRun) -> int:
    """How many attempts count: those since the last restart by hand, without the lost ones."""
    return len(_tried(run))


def counted(run: TaskRun) -> int:
    """How many attempts failed or are under way, those before a restart included."""
    return len(_counted(run))


def _tried(run: TaskRun) -> list[Attempt]:
    forgiven = run.dynamic.get("forgiven")
    return _counted(run)[forgiven if isinstance(forgiven, int) else 0 :]


def _counted(run: TaskRun) -> list[Attempt]:
    return [attempt for attempt in run.attempts if attempt.state not in _NOT_COUNTED]


def next_try(retry: Retry, run: TaskRun, now: datetime) -> datetime | None:
    """When to try a task run again whose last attempt just failed; None for never."""
    tried = _tried(run)
    return _within(retry, len(tried), tried[0].history[0].at, now, f"{run.id}:{len(tried)}")


def next_execution(retry: Retry, execution: Execution, now: datetime) -> datetime | None:
    """When to try a whole execution again, as a new one; None for never."""
    first = execution.memory.get("firstCreatedAt")
    start = datetime.fromisoformat(first) if isinstance(first, str) else execution.created_at
    return _within(retry, execution.attempt, start, now, execution.id)


def _within(retry: Retry, count: int, first: datetime, now: datetime, salt: str) -> datetime | None:
    if retry.max_attempts is not None and count >= retry.max_attempts:
        return None
    at = now + timedelta(seconds=_interval(retry, count, salt))
    if retry.max_duration is not None and at > first + timedelta(seconds=retry.max_duration):
        return None
    return at


def _interval(retry: Retry, count: int, salt: str) -> float:
    """Seconds to wait. Random ones are drawn from the id: the same step decides the same."""
    match retry.kind:
        case RetryKind.CONSTANT:
            return retry.interval or 0.0
        case RetryKind.RANDOM:
            low, high = retry.min_interval or 0.0, retry.max_interval or 0.0
            return low + (high - low) * (crc32(salt.encode()) / 2**32)
        case RetryKind.EXPONENTIAL:
            grown = (retry.interval or 0.0) * retry.delay_factor ** min(count - 1, 64)
            return min(grown, retry.max_interval) if retry.max_interval else grown
