"""What Loop and ForEachItem share: an execution for each iteration, followed to its end."""

from abc import abstractmethod
from collections.abc import Mapping

from runtime.executions.decision import RestartChild
from runtime.executions.flowable import Flowable, Opening
from runtime.executions.flowables.child import state_of
from runtime.executions.flowables.progress import Progress
from runtime.executions.messages import ChildChanged, ChildRefused
from runtime.executions.model import LogLevel, TaskRun
from runtime.executions.states import ExecutionState, TaskRunState
from runtime.executions.step import Step
from runtime.flows.model import Task


class Iterating(Flowable):
    """Keeps its `Progress` and whether failures count (`transmit`) with the task run."""

    works = True

    @classmethod
    @abstractmethod
    def ended(cls, step: Step, run: TaskRun, change: ChildChanged) -> None:
        """An iteration has ended; it may be one whose end was noted before."""

    @classmethod
    def failed_again(cls, run: TaskRun, dynamic: Mapping[str, object]) -> Opening:
        """Begin with the iterations that failed: their executions are restarted."""
        progress = Progress.of(run.dynamic)
        again = progress.try_failed_again()
        effects = tuple(RestartChild(run.id, child_id) for child_id in again)
        return Opening({**dynamic, "progress": progress.kept()}, effects=effects)

    @classmethod
    def is_busy(cls, step: Step, run: TaskRun) -> bool:
        return Progress.of(run.dynamic).active > 0

    @classmethod
    def verdict(cls, run: TaskRun, worst: TaskRunState) -> TaskRunState:
        transmit = run.dynamic.get("transmit") is True
        names = Progress.of(run.dynamic).states
        found = {state_of(ExecutionState(name), transmit=transmit) for name in names}
        order = (TaskRunState.KILLED, TaskRunState.FAILED, TaskRunState.WARNING)
        return next((state for state in order if state in found), TaskRunState.SUCCESS)

    @classmethod
    def on_child_refused(cls, step: Step, run: TaskRun, task: Task, child: ChildRefused) -> None:
        step.log(LogLevel.ERROR, child.message, run)
        run = step.amend(run, dynamic={**run.dynamic, "refused": True, "message": child.message})
        cls.ended(step, run, ChildChanged(run.id, child.child_id, ExecutionState.FAILED))

    @classmethod
    def on_child(cls, step: Step, run: TaskRun, task: Task, change: ChildChanged) -> None:
        if change.state.is_terminal and change.state is not ExecutionState.RETRIED:
            cls.ended(step, run, change)
