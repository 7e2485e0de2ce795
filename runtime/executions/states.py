"""The states of an execution and of a task run: one table each, and what follows from them.

The meanings are those of Kestra's documentation; SKIPPED counts as success, RETRIED and
RESUBMITTED mean that something newer took over.
"""

from enum import StrEnum


class ExecutionState(StrEnum):
    CREATED = "CREATED"
    QUEUED = "QUEUED"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    BREAKPOINT = "BREAKPOINT"
    RESTARTED = "RESTARTED"
    RETRYING = "RETRYING"
    KILLING = "KILLING"
    KILLED = "KILLED"
    SUCCESS = "SUCCESS"
    WARNING = "WARNING"
    FAILED = "FAILED"
    CANCELLED = "CANCELLED"
    RETRIED = "RETRIED"

    @property
    def is_terminal(self) -> bool:
        return self in _TERMINAL_EXECUTION

    @property
    def is_to_begin(self) -> bool:
        """Whether it waits for its beginning, for the first time or after a restart."""
        return self in _TO_BEGIN


class TaskRunState(StrEnum):
    CREATED = "CREATED"
    SUBMITTED = "SUBMITTED"
    RUNNING = "RUNNING"
    PAUSED = "PAUSED"
    BREAKPOINT = "BREAKPOINT"
    RESTARTED = "RESTARTED"
    RETRYING = "RETRYING"
    KILLING = "KILLING"
    KILLED = "KILLED"
    SUCCESS = "SUCCESS"
    WARNING = "WARNING"
    FAILED = "FAILED"
    SKIPPED = "SKIPPED"
    RETRIED = "RETRIED"
    RESUBMITTED = "RESUBMITTED"
    CANCELLED = "CANCELLED"

    @property
    def is_terminal(self) -> bool:
        return self in _TERMINAL_TASK_RUN


_TERMINAL_EXECUTION = frozenset(
    {
        ExecutionState.KILLED,
        ExecutionState.SUCCESS,
        ExecutionState.WARNING,
        ExecutionState.FAILED,
        ExecutionState.CANCELLED,
        ExecutionState.RETRIED,
    }
)
_TO_BEGIN = frozenset({ExecutionState.CREATED, ExecutionState.QUEUED, ExecutionState.RESTARTED})
_TERMINAL_TASK_RUN = frozenset(
    {
        TaskRunState.KILLED,
        TaskRunState.SUCCESS,
        TaskRunState.WARNING,
        TaskRunState.FAILED,
        TaskRunState.SKIPPED,
        TaskRunState.RETRIED,
        TaskRunState.RESUBMITTED,
        TaskRunState.CANCELLED,
    }
)
