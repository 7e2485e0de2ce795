"""The one door to an execution: every message comes in here, and a Decision comes out."""

from typing import assert_never

from runtime.executions.decision import Decision
from runtime.executions.environment import Environment
from runtime.executions.flowables.table import FLOWABLES
from runtime.executions.messages import (
    Action,
    Begin,
    ChildChanged,
    ChildRefused,
    ChildStarted,
    Message,
    Proceed,
    Recover,
    TaskFinished,
    TaskStarted,
    TimerFired,
)
from runtime.executions.model import Execution
from runtime.executions.operations import act, begin
from runtime.executions.reports import (
    child_reported,
    recover,
    task_finished,
    task_started,
    timer_fired,
)
from runtime.executions.running import resume_waiting, run_on
from runtime.executions.step import Step


def handle(execution: Execution, message: Message, env: Environment) -> Decision:
    """Work one message into the execution and answer what to write, tell and start.

    Actions that the execution's state does not allow raise Conflict and change nothing. A report
    that comes late (an older attempt, an ended task run) changes nothing either. The version grows
    by one when the Decision is not empty. After any other exception the aggregate must be loaded
    anew.
    """
    step = Step(execution, env, FLOWABLES)
    _take(step, message)
    run_on(step)
    if not step.decision.is_empty:
        execution.version += 1
    return step.decision


def _take(step: Step, message: Message) -> None:
    match message:
        case Begin():
            begin(step, message)
        case Proceed():
            resume_waiting(step)
        case Recover():
            recover(step, message)
        case TaskStarted():
            task_started(step, message)
        case TaskFinished():
            task_finished(step, message)
        case TimerFired():
            timer_fired(step, message)
        case ChildStarted() | ChildRefused() | ChildChanged():
            child_reported(step, message)
        case Action():
            act(step, message)
        case _:
            assert_never(message)
