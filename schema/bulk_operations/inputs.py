"""What operations on many executions take: which executions, and the options of each action."""

from abc import ABC, abstractmethod
from enum import Enum

import strawberry
from strawberry import ID, UNSET, enum_value, field
from strawberry.scalars import JSON

from resolvers.actions import inputs_given
from runtime.engine.bulk_door import ByCondition, ByIds, ByToken, Selector
from runtime.errors import InvalidInput
from runtime.executions.actions import ExecutionAction
from runtime.executions.bulk import BulkWork
from schema.executions.filter import ExecutionFilter
from schema.filters import condition
from schema.labels import LabelInput, label_map
from schema.states import ExecutionState


@strawberry.input(
    one_of=True,
    description="Which executions: exactly one way of saying it. They are settled at once.",
)
class ExecutionSelector:
    ids: list[ID] | None = field(
        default=UNSET, description="These ones; each counts once, in the order given."
    )
    filter: ExecutionFilter | None = field(
        default=UNSET,
        description="Those that meet it now, the oldest first; what comes later is not meant.",
    )
    selection_token: str | None = field(
        default=UNSET, description="Those that a preview has shown, whatever they are like now."
    )

    def selector(self) -> Selector:
        if isinstance(self.ids, list):
            return ByIds([str(id_) for id_ in self.ids])
        if isinstance(self.selection_token, str):
            return ByToken(self.selection_token)
        if isinstance(self.filter, ExecutionFilter):
            return ByCondition(condition(self.filter))
        raise InvalidInput(
            "The selector names no execution.",
            hint="Give one of `ids`, `filter` and `selectionToken`.",
            path=("selector",),
        )


@strawberry.enum(description="Which revision of a flow goes on.")
class BulkRevision(Enum):
    SAME = enum_value("SAME", description="The one that each execution has.")
    LATEST = enum_value("LATEST", description="The newest of each flow.")


@strawberry.input
class BulkInput(ABC):
    selector: ExecutionSelector = field(description="Which executions.")
    idempotency_key: str | None = field(
        default=None,
        description="A key of your own: a second call with it gives the same operation again.",
    )

    @abstractmethod
    def work(self) -> BulkWork:
        """What is to be done to each of them. Raises InvalidInput."""


@strawberry.input(description="Executions whose failed parts are to be run again.")
class RestartExecutionsInput(BulkInput):
    revision: BulkRevision = field(
        default=BulkRevision.SAME,
        description="Which revision goes on; the newest one makes new executions.",
    )

    def work(self) -> BulkWork:
        latest = self.revision is BulkRevision.LATEST
        return BulkWork(ExecutionAction.RESTART, latest_revision=latest)


@strawberry.input(description="Executions to run anew, as new ones.")
class ReplayExecutionsInput(BulkInput):
    revision: BulkRevision = field(
        default=BulkRevision.SAME, description="Which revision of their flows."
    )
    inputs: JSON | None = field(
        default=None, description="Inputs over those that they had, as an object."
    )

    def work(self) -> BulkWork:
        return BulkWork(
            ExecutionAction.REPLAY,
            latest_revision=self.revision is BulkRevision.LATEST,
            inputs=inputs_given(self.inputs),
        )


@strawberry.input(description="Executions that are to wait.")
class PauseExecutionsInput(BulkInput):
    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.PAUSE)


@strawberry.input(description="Executions that are to go on.")
class ResumeExecutionsInput(BulkInput):
    inputs: JSON | None = field(
        default=None, description="Values of the inputs that the pauses ask for, as an object."
    )
    decision: str | None = field(default=None, description="What was decided, for approvals.")
    comment: str | None = field(default=None, description="A word on it, kept with the decision.")

    def work(self) -> BulkWork:
        return BulkWork(
            ExecutionAction.RESUME,
            inputs=inputs_given(self.inputs),
            decision=self.decision,
            comment=self.comment,
        )


@strawberry.input(description="Executions to stop.")
class KillExecutionsInput(BulkInput):
    include_children: bool = field(
        default=True, description="Whether the executions that they started are stopped, too."
    )

    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.KILL, include_children=self.include_children)


@strawberry.input(description="Executions to run whatever they wait for.")
class ForceRunExecutionsInput(BulkInput):
    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.FORCE_RUN)


@strawberry.input(description="Executions to take out of their flows' queues.")
class UnqueueExecutionsInput(BulkInput):
    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.UNQUEUE)


@strawberry.input(description="Executions that are to end in another state.")
class ChangeExecutionsStateInput(BulkInput):
    state: ExecutionState = field(description="The new state, a terminal one.")

    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.CHANGE_STATE, state=self.state)


@strawberry.input(description="Labels to put on executions.")
class SetExecutionsLabelsInput(BulkInput):
    labels: list[LabelInput] = field(
        description="Labels to add; one with a key that is there already gets the new value.",
    )

    def work(self) -> BulkWork:
        return BulkWork(ExecutionAction.SET_LABELS, labels=label_map(self.labels))


@strawberry.input(description="Executions to remove for good.")
class DeleteExecutionsInput(BulkInput):
    delete_logs: bool = field(default=True, description="Whether their logs go, too.")
    delete_metrics: bool = field(default=True, description="Whether their metrics go, too.")
    delete_files: bool = field(default=True, description="Whether their files go, too.")
    force: bool = field(
        default=False,
        description="Whether those that have not ended go, too; they are killed then.",
    )

    def work(self) -> BulkWork:
        return BulkWork(
            ExecutionAction.DELETE,
            logs=self.delete_logs,
            metrics=self.delete_metrics,
            files=self.delete_files,
            force=self.force,
        )


@strawberry.input(description="An operation to leave off.")
class CancelBulkOperationInput:
    bulk_operation_id: ID = field(description="The operation.")
