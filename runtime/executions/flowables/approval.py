"""Approval: somebody decides which way an execution goes on."""

from datetime import timedelta
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import BaseModel, Field

from runtime.errors import InvalidInput
from runtime.executions.flowable import ERRORS, FINALLY, Flowable, Opening, read, seconds_of
from runtime.executions.flowables.waits import hold
from runtime.executions.lanes import in_order
from runtime.executions.messages import Resume
from runtime.executions.model import TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.executions.stopping import stop_all
from runtime.flows.model import Task
from runtime.flows.types import BranchSpec, InputDeclarations, Properties


class Behavior(StrEnum):
    CONTINUE = "CONTINUE"
    WARN = "WARN"
    FAIL = "FAIL"
    SUCCEED = "SUCCEED"
    CANCEL = "CANCEL"
    KILL = "KILL"


class CommentRequired(StrEnum):
    NEVER = "NEVER"
    ALWAYS = "ALWAYS"
    ON_DENY = "ON_DENY"
    ON_APPROVE = "ON_APPROVE"


class Decisions(Properties):
    """What the two decisions are called where somebody decides."""

    approve: str = "Approve"
    deny: str = "Deny"


class _Reviewing(Properties):
    inputs: Annotated[list[dict[str, object]], InputDeclarations()] = Field(
        default_factory=list, description="Inputs that whoever decides is asked for."
    )
    decisions: Decisions = Field(default_factory=Decisions)
    comment_required: CommentRequired = Field(
        CommentRequired.NEVER, description="Which decisions need a comment."
    )
    auto_approve: bool = Field(False, description="Approve at once, without asking anybody.")
    approve_behavior: Behavior = Field(Behavior.CONTINUE, description="After `onApprove`.")
    deny_behavior: Behavior = Field(Behavior.CANCEL, description="After `onDeny`.")
    expire_behavior: Behavior = Field(
        Behavior.CANCEL, description="When nobody decided within the task's `timeout`."
    )


class _Decided(BaseModel):
    decision: str = Field(description="APPROVED, DENIED or EXPIRED.")
    auto: bool = Field(description="Whether nobody had to decide.")
    by: str | None = Field(description="Who decided.")
    on: str = Field(description="When.")
    comment: str | None = None
    inputs: dict[str, object] = Field(description="The given inputs.")
    due: str | None = Field(
        None, description="Until when it can be decided; nothing without a `timeout`."
    )
    url: str | None = Field(
        None, description="The execution's page, when the server was told its own address."
    )


_OUTCOMES = {
    Behavior.WARN: TaskRunState.WARNING,
    Behavior.FAIL: TaskRunState.FAILED,
    Behavior.SUCCEED: TaskRunState.SUCCESS,
    Behavior.CANCEL: TaskRunState.CANCELLED,
    Behavior.KILL: TaskRunState.KILLED,
}
_ENDS_ALL = {
    Behavior.SUCCEED: ExecutionState.SUCCESS,
    Behavior.CANCEL: ExecutionState.CANCELLED,
    Behavior.KILL: ExecutionState.KILLED,
}
_NEEDS_COMMENT = {
    "ALWAYS": ("APPROVED", "DENIED"),
    "ON_APPROVE": ("APPROVED",),
    "ON_DENY": ("DENIED",),
}
_BEHAVIOR = {"APPROVED": "approve", "DENIED": "deny", "EXPIRED": "expire"}


class Approval(Flowable):
    """Hold the execution until somebody approves or denies it.

    `onWait` runs first; then the execution is PAUSED. A decision runs `onApprove` or `onDeny`, and
    its behavior says what follows: CONTINUE goes on, WARN and FAIL set the task's state, SUCCEED,
    CANCEL and KILL end the execution. A failure inside the branch is never hidden. The task's
    `timeout` is the time to decide.
    """

    name = "Approval"
    Properties = _Reviewing
    Outputs = _Decided
    watches_timeout = True
    branches: ClassVar[tuple[BranchSpec, ...]] = (
        BranchSpec("onWait"),
        BranchSpec("onApprove"),
        BranchSpec("onDeny"),
        ERRORS,
        FINALLY,
    )

    @classmethod
    def open(cls, step: Step, run: TaskRun, task: Task) -> Opening:
        given = read(_Reviewing, step, run, task)
        text = step.env.text(task.timeout, step.execution, task, run) if task.timeout else None
        dynamic: dict[str, object] = {
            "seconds": seconds_of(text, "timeout") if text else None,
            "names": {given.decisions.approve: "APPROVED", given.decisions.deny: "DENIED"},
            "commentRequired": given.comment_required.value,
            "approve": given.approve_behavior.value,
            "deny": given.deny_behavior.value,
            "expire": given.expire_behavior.value,
            "decision": "APPROVED" if given.auto_approve else None,
        }
        url = {"url": _page(step, run, task)}
        if not given.auto_approve:
            return Opening(dynamic, url)
        return Opening(dynamic, {**_outputs(step, "APPROVED", Resume(), auto=True), **url})

    @classmethod
    def main(cls, step: Step, run: TaskRun, task: Task) -> bool:
        children = step.index.plan.children
        first = () if cls._is_auto(step, run) else children(task.id, "onWait")
        decision = run.dynamic.get("decision")
        if decision is None:
            if not in_order(step, run, first):
                return False
            if step.index.worst(run.id) is TaskRunState.FAILED:
                return True
            _tell_due(step, run)
            hold(step, run)
            return False
        branch = {"APPROVED": "onApprove", "DENIED": "onDeny"}.get(str(decision))
        then = children(task.id, branch) if branch else ()
        return in_order(step, run, [*first, *then])

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        if worst not in (TaskRunState.SUCCESS, TaskRunState.WARNING):
            return worst
        return _OUTCOMES.get(_behavior(run), worst)

    @classmethod
    def on_end(cls, step: Step, run: TaskRun, state: TaskRunState) -> None:
        behavior = _behavior(run)
        if behavior in _ENDS_ALL and state is _OUTCOMES[behavior]:
            stop_all(step, _ENDS_ALL[behavior])

    @classmethod
    def asks(cls, run: TaskRun, task: Task, resume: Resume) -> object:
        return task.properties.get("inputs") if _decision(run, resume) == "APPROVED" else None

    @classmethod
    def check_resume(cls, step: Step, run: TaskRun, task: Task, resume: Resume) -> None:
        decision = _decision(run, resume)
        required = run.dynamic.get("commentRequired")
        if decision in _NEEDS_COMMENT.get(str(required), ()) and not (resume.comment or "").strip():
            raise InvalidInput(
                f"`{task.id}` wants a comment with this decision.",
                hint="Say why in `comment`.",
                path=("comment",),
            )

    @classmethod
    def on_resume(cls, step: Step, run: TaskRun, task: Task, resume: Resume) -> None:
        step.cancel_timer(f"pause:{run.id}")
        _decide(step, run, _decision(run, resume), resume)

    @classmethod
    def on_timer(cls, step: Step, run: TaskRun, task: Task, kind: str) -> None:
        if kind == "pause" and run.state is TaskRunState.PAUSED:
            _decide(step, run, "EXPIRED", Resume())

    @classmethod
    def _is_auto(cls, step: Step, run: TaskRun) -> bool:
        outputs = step.execution.task_outputs.get(run.id)
        return outputs is not None and outputs.get("auto") is True


def _page(step: Step, run: TaskRun, task: Task) -> str | None:
    """The address of the execution's page; None on a server that does not know its own."""
    base = step.env.value("{{ kestra.url }}", step.execution, task, run)
    return f"{str(base).rstrip('/')}/executions/{step.execution.id}" if base else None


def _tell_due(step: Step, run: TaskRun) -> None:
    """Say until when the decision can be made, before the wait for it begins."""
    seconds = run.dynamic.get("seconds")
    if isinstance(seconds, int | float):
        due = step.env.now() + timedelta(seconds=seconds)
        known = step.execution.task_outputs.get(run.id) or {}
        step.set_outputs(run, {**known, "due": due.isoformat()})


def _behavior(run: TaskRun) -> Behavior:
    key = _BEHAVIOR.get(str(run.dynamic.get("decision")))
    return Behavior(str(run.dynamic[key])) if key else Behavior.CONTINUE


def _decision(run: TaskRun, resume: Resume) -> str:
    """APPROVED or DENIED, by the name that was given; approving when none was."""
    names = run.dynamic.get("names")
    known = {str(k).lower(): str(v) for k, v in names.items()} if isinstance(names, dict) else {}
    known |= {"approve": "APPROVED", "approved": "APPROVED", "deny": "DENIED", "denied": "DENIED"}
    given = (resume.decision or "approve").lower()
    if given not in known:
        shown = ", ".join(str(name) for name in names) if isinstance(names, dict) else ""
        raise InvalidInput(
            f"`{resume.decision}` is no decision here.",
            hint=f"Choose one of: {shown}.",
            path=("decision",),
        )
    return known[given]


def _decide(step: Step, run: TaskRun, decision: str, resume: Resume) -> None:
    known = step.execution.task_outputs.get(run.id) or {}
    kept = {name: known[name] for name in ("url", "due") if name in known}
    outputs = {**_outputs(step, decision, resume, auto=False), **kept}
    step.set_outputs(run, outputs, tell=False)
    step.move(run, TaskRunState.RUNNING, dynamic={**run.dynamic, "decision": decision})
    step.mark((run.id, None))


def _outputs(step: Step, decision: str, resume: Resume, *, auto: bool) -> dict[str, object]:
    return {
        "decision": decision,
        "auto": auto,
        "by": resume.actor,
        "on": step.env.now().isoformat(),
        "comment": resume.comment,
        "inputs": dict(resume.inputs),
    }
