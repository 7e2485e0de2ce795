"""The states of executions and task runs, and the levels of log lines."""

from runtime.executions.model import LogLevel
from runtime.executions.states import ExecutionState, TaskRunState
from schema.described import described

described(
    ExecutionState,
    "Where an execution stands. More states may come; ask `isTerminal` instead of keeping a list.",
    {
        "CREATED": "It exists and has not begun; a scheduled one waits here. Not terminal.",
        "QUEUED": "The flow's concurrency limit is reached: it waits for a place. Not terminal.",
        "RUNNING": "Its tasks are being run. Not terminal.",
        "PAUSED": "It waits for somebody to resume it, or for a pause to run out. Not terminal.",
        "BREAKPOINT": "It stopped before a task that was marked as a breakpoint. Not terminal.",
        "RESTARTED": "Somebody restarted it; it runs in a moment. Not terminal.",
        "RETRYING": "It failed and will be tried again as a whole. Not terminal.",
        "KILLING": "Somebody killed it; its running tasks are being stopped. Not terminal.",
        "KILLED": "It was killed and nothing of it runs any more. Terminal.",
        "SUCCESS": "Every task that had to succeed did. Terminal.",
        "WARNING": "It ended, with a warning or with a failure that was allowed. Terminal.",
        "FAILED": "A task failed and nothing allowed that. Terminal.",
        "CANCELLED": "It was refused before it began, or was ended by an SLA or a limit. Terminal.",
        "RETRIED": "It failed and another execution took over. Terminal.",
    },
)
described(
    TaskRunState,
    "Where a task run stands. More states may come; ask `isTerminal` instead of keeping a list.",
    {
        "CREATED": "It exists and has not begun. Not terminal.",
        "SUBMITTED": "It was sent to a worker that has not yet begun. Not terminal.",
        "RUNNING": "It is being run. Not terminal.",
        "PAUSED": "It waits for somebody to resume it, or for a time to pass. Not terminal.",
        "BREAKPOINT": "It stands at a breakpoint and waits to be resumed. Not terminal.",
        "RESTARTED": "Its execution was restarted; it runs in a moment. Not terminal.",
        "RETRYING": "An attempt failed and the next one will follow. Not terminal.",
        "KILLING": "It was killed and is being stopped. Not terminal.",
        "KILLED": "It was killed and does not run any more. Terminal.",
        "SUCCESS": "It did its work. Terminal.",
        "WARNING": "It did its work with a warning, or failed where that is allowed. Terminal.",
        "FAILED": "It did not do its work. Terminal.",
        "SKIPPED": "Its condition did not hold, or it is disabled. Counts as success. Terminal.",
        "RETRIED": "This attempt failed and another one took over. Terminal.",
        "RESUBMITTED": "Its worker was lost and another attempt took over. Terminal.",
        "CANCELLED": "It was given up because its execution was ended. Terminal.",
    },
)
described(
    LogLevel,
    "How grave a log line is, from the least to the most.",
    {
        "TRACE": "The finest detail.",
        "DEBUG": "For those who look for a fault.",
        "INFO": "What happens, in the ordinary course.",
        "WARN": "Something to look at; the work went on.",
        "ERROR": "Something failed.",
    },
)

__all__ = ["ExecutionState", "LogLevel", "TaskRunState"]
