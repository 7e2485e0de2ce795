"""What executions and task runs are made of: states, attempts, triggers, actions, explanations."""

from datetime import datetime, timedelta
from typing import Self

import strawberry
from strawberry import ID, field
from strawberry.scalars import JSON

from resolvers import explanation, outputs, timeline
from resolvers.explanation import ExplanationKind
from runtime.executions.actions import ExecutionAction, TaskRunAction
from runtime.executions.model import Attempt as AttemptModel
from runtime.executions.model import ExecutionTrigger as TriggerModel
from runtime.executions.model import StateChange as ChangeModel
from schema.described import described
from schema.info import Info
from schema.outputs import OutputFile
from schema.states import ExecutionState, TaskRunState

described(
    ExecutionAction,
    "What can be done with an execution. More may come.",
    {
        "RESTART": "Run what failed again: `restartExecution`.",
        "REPLAY": "Run it anew: `replayExecution`.",
        "PAUSE": "Let it wait: `pauseExecution`.",
        "RESUME": "Let it go on: `resumeExecution`.",
        "KILL": "Stop it: `killExecution`.",
        "FORCE_RUN": "Run it whatever it waits for: `forceRunExecution`.",
        "UNQUEUE": "Take it out of the queue: `unqueueExecution`.",
        "CHANGE_STATE": "Give it another end: `changeExecutionState`.",
        "SET_LABELS": "Label it: `setExecutionLabels`.",
        "DELETE": "Remove it: `deleteExecution`.",
    },
)
described(
    TaskRunAction,
    "What can be done with a task run. More may come.",
    {
        "REPLAY": "Run the execution anew from here: `replayExecution`.",
        "CHANGE_STATE": "Give it another end: `changeTaskRunState`.",
        "RESUME": "Let it go on: `resumeExecution`.",
    },
)
described(
    ExplanationKind,
    "What an explanation is about. More kinds may come.",
    {
        "WAITING": "Why it does not go on.",
        "FAILURE": "Why it failed or ended with a warning.",
        "ENDED": "Why it was killed, cancelled or skipped.",
    },
)


@strawberry.interface(description="Something entered a state.")
class StateChange:
    at: datetime = field(description="When the state was entered.")


@strawberry.type(description="An execution entered a state.")
class ExecutionStateChange(StateChange):
    state: ExecutionState = field(description="The state.")

    @classmethod
    def of(cls, change: ChangeModel) -> Self:
        return cls(state=ExecutionState(change.state), at=change.at)


@strawberry.type(description="A task run entered a state.")
class TaskRunStateChange(StateChange):
    state: TaskRunState = field(description="The state.")

    @classmethod
    def of(cls, change: ChangeModel) -> Self:
        return cls(state=TaskRunState(change.state), at=change.at)


@strawberry.type(description="One try at a task run.")
class Attempt:
    number: int = field(description="Which try it is, from 1.")
    state: TaskRunState = field(description="Its state.")
    state_history: list[TaskRunStateChange] = field(
        description="Every state that it was in, the first one first."
    )
    started_at: datetime | None = field(description="When it began to run.")
    ended_at: datetime | None = field(description="When it ended; null while it runs.")
    worker: str | None = field(description="The id of the worker that ran it.")
    message: str | None = field(description="Why it failed, in one line.")
    log_uri: strawberry.Private[str | None]

    @strawberry.field(
        description="Its log lines, when its task says `logToFile` and it has ended; null when "
        "they are among the other lines."
    )
    async def log_file(self, info: Info) -> OutputFile | None:
        if self.log_uri is None or not self.state.is_terminal:
            return None
        return OutputFile.of(await outputs.log_file(info.context, self.log_uri))

    @classmethod
    def of(cls, attempt: AttemptModel) -> Self:
        running = (each.at for each in attempt.history if each.state == TaskRunState.RUNNING)
        return cls(
            number=attempt.number,
            state=attempt.state,
            state_history=[TaskRunStateChange.of(each) for each in attempt.history],
            started_at=next(running, None),
            ended_at=attempt.history[-1].at if attempt.state.is_terminal else None,
            worker=attempt.worker,
            message=attempt.message,
            log_uri=attempt.log_file,
        )


@strawberry.type(description="What started an execution, when it was not a person.")
class ExecutionTrigger:
    trigger_id: str = field(description="The trigger's or task's id.")
    type: str = field(description="The type by its full name.")
    variables: JSON = field(description="What expressions see as `trigger`.")
    log_uri: strawberry.Private[str | None]

    @strawberry.field(
        description="What the trigger said when it started the execution, if it has `logToFile`; "
        "null when that is in its own log."
    )
    async def log_file(self, info: Info) -> OutputFile | None:
        if self.log_uri is None:
            return None
        return OutputFile.of(await outputs.log_file(info.context, self.log_uri))

    @classmethod
    def of(cls, trigger: TriggerModel) -> Self:
        return cls(
            trigger_id=trigger.id,
            type=trigger.type,
            variables=JSON(trigger.variables),
            log_uri=trigger.log_file,
        )


@strawberry.type(description="Why something waits or failed, from the facts that are recorded.")
class Explanation:
    kind: ExplanationKind = field(description="What it is about.")
    summary: str = field(description="The reason, in a sentence or two.")
    hint: str | None = field(description="What to do about it; null when there is nothing.")
    task_run_id: ID | None = field(description="The task run that is the reason.")
    task_id: str | None = field(description="The task of that task run.")

    @classmethod
    def of(cls, found: explanation.Explanation) -> Self:
        return cls(
            kind=found.kind,
            summary=found.summary,
            hint=found.hint,
            task_run_id=ID(found.task_run_id) if found.task_run_id else None,
            task_id=found.task_id,
        )


@strawberry.type(description="A task run on the longest chain: shorten it and the whole shortens.")
class CriticalPathStep:
    task_run_id: ID = field(description="The task run.")
    task_id: str = field(description="Its task.")
    value: str | None = field(description="Its loop value; null outside of loops.")
    started_at: datetime = field(description="When it began.")
    ended_at: datetime | None = field(description="When it ended; null while it runs.")
    duration: timedelta = field(description="How long it ran, until now when it still does.")
    wait: timedelta = field(
        description="The time between the end of the step before and its start."
    )

    @classmethod
    def of(cls, step: timeline.Step) -> Self:
        return cls(
            task_run_id=ID(step.task_run_id),
            task_id=step.task_id,
            value=step.value,
            started_at=step.started_at,
            ended_at=step.ended_at,
            duration=step.duration,
            wait=step.wait,
        )
