"""What becomes of the siblings when one of several children that run at once has failed."""

from enum import StrEnum
from typing import Annotated, Self

from pydantic import BeforeValidator, Field, model_validator

from runtime.executions.model import TaskRun
from runtime.executions.plan import LaneKind
from runtime.executions.states import TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import stop, stop_block
from runtime.flows.types import Properties


class OnChildFailure(StrEnum):
    CONTINUE = "CONTINUE"
    CANCEL = "CANCEL"
    FAIL = "FAIL"


class ChildFailurePolicy(StrEnum):
    FAIL_FAST = "FAIL_FAST"
    STOP = "STOP"
    CONTINUE = "CONTINUE"


_OTHER_WORDS = {"CANCELLED": "CANCEL", "FAILED": "FAIL"}


def _word(value: object) -> object:
    text = value.strip().upper() if isinstance(value, str) else value
    return _OTHER_WORDS.get(text, text) if isinstance(text, str) else text


class Siblings(Properties):
    """The three ways in which flows say it; one of them is enough."""

    on_child_failure: Annotated[OnChildFailure, BeforeValidator(_word)] = Field(
        OnChildFailure.CONTINUE,
        description="What a failed child means for those that run: CONTINUE lets them end, CANCEL "
        "and FAIL stop them, so that they end as CANCELLED or FAILED.",
    )
    child_failure_policy: Annotated[ChildFailurePolicy, BeforeValidator(str.upper)] = Field(
        ChildFailurePolicy.STOP,
        description="FAIL_FAST kills those that run, STOP lets them end and starts no further "
        "ones, CONTINUE starts the further ones too.",
    )
    fail_fast: bool = Field(False, description="Short for `childFailurePolicy: FAIL_FAST`.")

    @model_validator(mode="after")
    def _says_it_once(self) -> Self:
        said = self.model_fields_set & {"on_child_failure", "child_failure_policy", "fail_fast"}
        if len(said) > 1:
            raise ValueError(
                "onChildFailure, childFailurePolicy and failFast say the same; write one of them"
            )
        return self

    def remembered(self) -> dict[str, object]:
        """What the task run keeps of it."""
        if self.fail_fast or self.child_failure_policy is ChildFailurePolicy.FAIL_FAST:
            return {"interrupt": TaskRunState.KILLED.value}
        if self.child_failure_policy is ChildFailurePolicy.CONTINUE:
            return {"goOn": True}
        ends = {
            OnChildFailure.CANCEL: TaskRunState.CANCELLED,
            OnChildFailure.FAIL: TaskRunState.FAILED,
        }
        end = ends.get(self.on_child_failure)
        return {"interrupt": end.value} if end else {}


def interrupt(step: Step, block: TaskRun, *, has_failed: bool) -> TaskRun:
    """Stop what runs beside a failed child, once, where the block asks for it."""
    wanted = block.dynamic.get("interrupt")
    if not has_failed or wanted is None or block.dynamic.get("interrupted"):
        return block
    block = step.amend(block, dynamic={**block.dynamic, "interrupted": True})
    end_as = TaskRunState(str(wanted))
    message = "It was stopped, since a task beside it failed."
    for run_id in list(step.index.open):
        child = step.run(run_id)
        if child is None or child.state.is_terminal or child.parent_id != block.id:
            continue
        if step.index.plan.lane(child.task_id) is not LaneKind.MAIN:
            continue
        if step.is_block(child):
            stop_block(step, child, end_as, message)
        else:
            told = {**child.dynamic, "endAs": end_as.value, "message": message}
            stop(step, step.amend(child, dynamic=told))
    return block


def root_cause(run: TaskRun, worst: TaskRunState) -> TaskRunState:
    """A block that killed what ran beside a failed child has failed; nobody killed it."""
    killed_by_itself = run.dynamic.get("interrupted") and worst is TaskRunState.KILLED
    return TaskRunState.FAILED if killed_by_itself else worst
