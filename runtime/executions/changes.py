"""What a task asked of its execution: labels, variables, an early end, a word to another."""

from runtime.executions.decision import AskExecution, ChangeKind
from runtime.executions.messages import (
    DropVariables,
    ExecutionChange,
    ExitExecution,
    MergeLabels,
    MergeVariables,
    Resume,
    ResumeOther,
)
from runtime.executions.states import ExecutionState
from runtime.executions.step import Step
from runtime.executions.stopping import stop_all


def apply_change(step: Step, change: ExecutionChange) -> None:
    match change:
        case MergeLabels(labels):
            step.merge_labels(labels)
        case MergeVariables(variables):
            _set_variables(step, {**step.execution.variables, **variables})
        case DropVariables(names):
            kept = {k: v for k, v in step.execution.variables.items() if k not in names}
            _set_variables(step, kept)
        case ExitExecution(ExecutionState.KILLED):
            stop_all(step, ExecutionState.KILLED)
        case ExitExecution(state):
            step.remember(endAs=state.value)
        case ResumeOther(execution_id, inputs):
            step.effect(AskExecution(execution_id, Resume(inputs=inputs)))


def _set_variables(step: Step, variables: dict[str, object]) -> None:
    step.execution.variables = variables
    step.decision.execution_changed = True
    now = step.env.now()
    step.event(ChangeKind.EXECUTION_VARIABLES, step.execution.state, now)
