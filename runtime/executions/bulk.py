"""One action on many executions: what is wanted of each, and which of them the rules refuse.

The rules are those of single actions (`actions`); what the state of an execution alone decides can
so be told before anything is done, with the same words.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from typing import Any

from runtime.errors import InvalidInput
from runtime.executions.actions import (
    ExecutionAction,
    Facts,
    allowed_actions,
    undeletable,
    why_not,
)
from runtime.executions.messages import (
    Action,
    ChangeExecutionState,
    ForceRun,
    Kill,
    Pause,
    Restart,
    Resume,
    SetLabels,
    Unqueue,
)
from runtime.executions.states import ExecutionState
from runtime.executions.wishes import check_labels


@dataclass(frozen=True, slots=True)
class BulkWork:
    """What is to be done to each execution, with the options of the single action."""

    action: ExecutionAction
    include_children: bool = True
    latest_revision: bool = False
    labels: Mapping[str, str] = field(default_factory=dict)
    state: ExecutionState | None = None
    inputs: Mapping[str, object] | None = None
    decision: str | None = None
    comment: str | None = None
    logs: bool = True
    metrics: bool = True
    files: bool = True
    force: bool = False

    @property
    def creates(self) -> bool:
        """Whether each leads to a new execution."""
        return self.action is ExecutionAction.REPLAY or (
            self.action is ExecutionAction.RESTART and self.latest_revision
        )

    def as_json(self) -> dict[str, object]:
        return asdict(self)


def work_of(stored: Mapping[str, Any]) -> BulkWork:
    """The work again, from what `as_json` gave."""
    state = stored["state"]
    return BulkWork(
        **{
            **stored,
            "action": ExecutionAction(stored["action"]),
            "state": None if state is None else ExecutionState(state),
        }
    )


def check(work: BulkWork) -> None:
    """Refuse at once what would be refused for every execution. Raises InvalidInput."""
    if work.action is ExecutionAction.SET_LABELS:
        check_labels(work.labels)
        if not work.labels:
            raise InvalidInput("No labels are given.", hint="Give one at least.", path=("labels",))
    if work.action is ExecutionAction.CHANGE_STATE and not (work.state and work.state.is_terminal):
        raise InvalidInput(
            f"An execution cannot end as {work.state}.",
            hint="Choose a final state: SUCCESS, WARNING, FAILED, CANCELLED or KILLED.",
            path=("state",),
        )


def refusal(work: BulkWork, facts: Facts) -> str | None:
    """Why the rules refuse this to an execution as it stands; None when they do not."""
    action, state = work.action, facts.state
    if action is ExecutionAction.KILL and state is ExecutionState.KILLING:
        return None  # being done already, which is no mistake of the caller
    if action not in allowed_actions(facts):
        return why_not(action, facts)
    if action is ExecutionAction.DELETE:
        refused = undeletable(state, force=work.force)
        return None if refused is None else str(refused)
    if action is ExecutionAction.CHANGE_STATE and state is work.state:
        return f"The execution is {state} already. Choose another final state."
    return None


def message_of(work: BulkWork, actor: str | None, operation_id: str) -> Action:
    """The single action for those kinds of work that are told to the execution itself."""
    return replace(_message(work), actor=actor, bulk_operation_id=operation_id)


def _message(work: BulkWork) -> Action:
    match work.action:
        case ExecutionAction.KILL:
            return Kill(include_children=work.include_children)
        case ExecutionAction.PAUSE:
            return Pause()
        case ExecutionAction.RESUME:
            return Resume(inputs=work.inputs or {}, decision=work.decision, comment=work.comment)
        case ExecutionAction.RESTART:
            return Restart()
        case ExecutionAction.FORCE_RUN:
            return ForceRun()
        case ExecutionAction.UNQUEUE:
            return Unqueue()
        case ExecutionAction.CHANGE_STATE if work.state is not None:
            return ChangeExecutionState(state=work.state)
        case ExecutionAction.SET_LABELS:
            return SetLabels(labels=work.labels)
        case _:
            raise LookupError(f"{work.action} is not told to an execution")
