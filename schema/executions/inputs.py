"""What the actions on executions take, and what they give back."""

from datetime import datetime

import strawberry
from strawberry import ID, field
from strawberry.file_uploads import Upload
from strawberry.scalars import JSON

from schema.executions.types import Execution, TaskRun
from schema.labels import LabelInput
from schema.states import ExecutionState, TaskRunState
from schema.user_errors import UserError

_VERSION = "Refuse when the execution's version is another one; any version when absent."
_WHICH = "The execution."


@strawberry.input(description="A file for an input of type FILE.")
class InputFile:
    input: str = field(description="The input's id.")
    file: Upload = field(description="The file, sent along in a multipart request.")


@strawberry.input(description="An execution to create.")
class CreateExecutionInput:
    namespace: str = field(description="The namespace of the flow.")
    flow_id: str = field(description="The flow.")
    revision: int | None = field(
        default=None, description="Which revision of it; the newest when absent."
    )
    inputs: JSON | None = field(
        default=None, description="Values of inputs, as an object with their ids as keys."
    )
    files: list[InputFile] | None = field(default=None, description="Files for inputs.")
    labels: list[LabelInput] | None = field(
        default=None, description="Labels, over those of the flow."
    )
    scheduled_at: datetime | None = field(
        default=None, description="When it is to start; at once when absent."
    )
    breakpoints: list[str] | None = field(
        default=None, description="Ids of tasks before which it stops."
    )
    idempotency_key: str | None = field(
        default=None,
        description="A key of your own: a second call with it gives the same execution again.",
    )


@strawberry.input(description="An execution whose failed parts are to be run again.")
class RestartExecutionInput:
    execution_id: ID = field(description=_WHICH)
    revision: int | None = field(
        default=None, description="Which revision of the flow goes on; its own when absent."
    )
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution to run anew, as a new one.")
class ReplayExecutionInput:
    execution_id: ID = field(description=_WHICH)
    task_run_id: ID | None = field(
        default=None, description="From which task run on; from the beginning when absent."
    )
    revision: int | None = field(
        default=None, description="Which revision of the flow; its own when absent."
    )
    inputs: JSON | None = field(
        default=None, description="Inputs over those that it had, as an object."
    )
    breakpoints: list[str] | None = field(
        default=None, description="Ids of tasks before which the new one stops."
    )
    idempotency_key: str | None = field(
        default=None,
        description="A key of your own: a second call with it gives the same new execution again.",
    )


@strawberry.input(description="An execution that is to wait.")
class PauseExecutionInput:
    execution_id: ID = field(description=_WHICH)
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution that is to go on.")
class ResumeExecutionInput:
    execution_id: ID = field(description=_WHICH)
    task_run_id: ID | None = field(
        default=None, description="Which paused task run goes on; the first one when absent."
    )
    inputs: JSON | None = field(
        default=None, description="Values of the inputs that the pause asks for, as an object."
    )
    files: list[InputFile] | None = field(
        default=None, description="Files for the inputs that the pause asks for."
    )
    decision: str | None = field(default=None, description="What was decided, for an approval.")
    comment: str | None = field(default=None, description="A word on it, kept with the decision.")
    breakpoints: list[str] | None = field(
        default=None, description="New breakpoints; the old ones stay when absent."
    )
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution to stop.")
class KillExecutionInput:
    execution_id: ID = field(description=_WHICH)
    include_children: bool = field(
        default=True, description="Whether the executions that it started are stopped, too."
    )
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution to run whatever it waits for.")
class ForceRunExecutionInput:
    execution_id: ID = field(description=_WHICH)
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution to take out of its flow's queue.")
class UnqueueExecutionInput:
    execution_id: ID = field(description=_WHICH)
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution that is to end in another state.")
class ChangeExecutionStateInput:
    execution_id: ID = field(description=_WHICH)
    state: ExecutionState = field(description="The new state, a terminal one.")
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="A task run that is to end in another state.")
class ChangeTaskRunStateInput:
    execution_id: ID = field(description=_WHICH)
    task_run_id: ID = field(description="The task run.")
    state: TaskRunState = field(description="The new state, a terminal one.")
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="Labels to put on an execution.")
class SetExecutionLabelsInput:
    execution_id: ID = field(description=_WHICH)
    labels: list[LabelInput] = field(
        description="Labels to add; one with a key that is there already gets the new value."
    )
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.input(description="An execution to remove, and what goes with it.")
class DeleteExecutionInput:
    execution_id: ID = field(description=_WHICH)
    delete_logs: bool = field(default=True, description="Whether its log goes, too.")
    delete_metrics: bool = field(default=True, description="Whether its metrics go, too.")
    delete_files: bool = field(default=True, description="Whether its files go, too.")
    force: bool = field(
        default=False, description="Whether it goes even when it has not ended; it is killed then."
    )
    expected_version: int | None = field(default=None, description=_VERSION)


@strawberry.type
class ExecutionPayload:
    execution: Execution | None = field(
        description="The execution after the action; null when there is none."
    )
    user_errors: list[UserError] = field(description="What stopped the action; empty when nothing.")


@strawberry.type(description="What creating an execution led to.")
class CreateExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What restarting an execution led to.")
class RestartExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What replaying an execution led to: the new execution.")
class ReplayExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What pausing an execution led to.")
class PauseExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What resuming an execution led to.")
class ResumeExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What killing an execution led to.")
class KillExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What forcing an execution to run led to.")
class ForceRunExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What taking an execution out of the queue led to.")
class UnqueueExecutionPayload(ExecutionPayload):
    pass


@strawberry.type(description="What changing the state of an execution led to.")
class ChangeExecutionStatePayload(ExecutionPayload):
    pass


@strawberry.type(description="What changing the state of a task run led to.")
class ChangeTaskRunStatePayload(ExecutionPayload):
    task_run: TaskRun | None = field(
        default=None, description="The task run after the action; null when there is none."
    )


@strawberry.type(description="What labelling an execution led to.")
class SetExecutionLabelsPayload(ExecutionPayload):
    pass


@strawberry.type(description="What deleting an execution led to.")
class DeleteExecutionPayload:
    deleted_execution_id: ID | None = field(
        description="The execution that is gone; null when it was not deleted."
    )
    user_errors: list[UserError] = field(description="Why it was not deleted; empty when it was.")
