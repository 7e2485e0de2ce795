"""What the rules promise, worked out from a flow and a script; it knows nothing of the engine.

It walks the tree of tasks and says in which state each block must end (`state_of`), and how often
each task has to have run when all goes well (`needed`).
"""

from collections import Counter
from collections.abc import Iterable

from runtime.flows.model import Flow, Retry, Task
from tests.support.chance import AT_ONCE, CHILDREN, LOOPS, Script
from tests.support.playing import FLOW

RANK = ("SUCCESS", "WARNING", "FAILED", "KILLED")


def state_of(played: Flow, script: Script) -> str:
    """The state in which the whole execution ends."""
    main = in_order(played.tasks, script, played.retry)
    parts = with_parts(main, played.errors, played.finally_, script, played.retry)
    return worst(parts)


def is_settled(played: Flow, script: Script) -> bool:
    """False where the order of ends decides whether a failing child starts at all."""
    kinds = [task for task in played.walk() if task.type == FLOW + "Dag" or limited(task)]
    bad = any("FAILED" in ends for ends in script.ends.values())
    return not kinds or not bad


def limited(task: Task) -> bool:
    limit = task.properties.get("concurrent") or task.properties.get("concurrencyLimit")
    return task.type in (FLOW + "Parallel", FLOW + "ForEach") and bool(limit)


def worst(states: Iterable[str]) -> str:
    return max(states, key=RANK.index, default="SUCCESS")


def tolerated(task: Task, state: str) -> str:
    if state == "FAILED" and task.allow_failure:
        state = "WARNING"
    return "SUCCESS" if state == "WARNING" and task.allow_warning else state


def in_order(tasks: Iterable[Task], script: Script, retry: Retry | None) -> list[str]:
    """The states of tasks one after another, until one of them fails."""
    states: list[str] = []
    for task in tasks:
        if not task.disabled:
            states.append(expected(task, script, retry))
            if states[-1] == "FAILED":
                break
    return states


def with_parts(
    main: list[str],
    errors: tuple[Task, ...],
    after: tuple[Task, ...],
    script: Script,
    retry: Retry | None,
) -> list[str]:
    states = list(main)
    if "FAILED" in main:
        states += in_order(errors, script, retry)
    return states + in_order(after, script, retry)


def expected(task: Task, script: Script, retry: Retry | None) -> str:
    """The state in which its task run ends; `retry` is that of the flow, where it counts."""
    if task.run_if == "false":
        return "SUCCESS"
    kind = kind_of(task)
    if kind in ("work", "inline", "Subflow"):
        return tolerated(task, tried(task, script, retry))
    if kind == "Sleep":
        return "SUCCESS"
    if kind in CHILDREN:
        return tolerated(task, iterated(task, script))
    inner = None if task.retry is not None else retry
    main = main_part(task, script, inner)
    parts = with_parts(main, task.branch("errors"), task.branch("finally"), script, inner)
    return tolerated(task, verdict(task, worst(parts), script))


def kind_of(task: Task) -> str:
    return task.type.removeprefix(FLOW)


def tried(task: Task, script: Script, retry: Retry | None) -> str:
    """The end of the last try that a task has."""
    if kind_of(task) == "Subflow" and task.properties.get("wait") is False:
        return "SUCCESS"
    if kind_of(task) == "Subflow" and task.properties.get("transmitFailed") is False:
        return "SUCCESS"
    if task.type == "inline":
        return "FAILED" if script.end(task.id, 1) == "FAILED" else "SUCCESS"
    counts = task.retry or retry
    most = counts.max_attempts or 1 if counts else 1
    for number in range(1, most + 1):
        end = script.end(task.id, number)
        if end != "FAILED":
            warns = counts is not None and counts.warning_on_retry and number > 1
            return "WARNING" if warns and end == "SUCCESS" else end
    return "FAILED"


def iterated(task: Task, script: Script) -> str:
    """The end of a task with an execution for each of its iterations."""
    if task.properties.get("transmitFailed") is False:
        return "SUCCESS"
    if kind_of(task) == "ForEachItem":
        return worst(script.iteration(task.id, number) for number in range(2))
    values = task.properties["values"]
    ends: list[str] = []
    for number in range(len(values) if isinstance(values, list) else 0):
        ends.append(script.iteration(task.id, number))
        if ends[-1] == "FAILED" and task.properties["concurrencyLimit"] == 1:
            break
    return worst(ends)


def main_part(task: Task, script: Script, retry: Retry | None) -> list[str]:
    kind = kind_of(task)
    if kind in AT_ONCE:
        tasks = [child for child in task.branch("tasks") if not child.disabled]
        return [expected(child, script, retry) for child in tasks]
    if kind == "Approval":
        asked = in_order(task.branch("onWait"), script, retry)
        if "FAILED" in asked:
            return asked
        branch = "onDeny" if denies(task, script) else "onApprove"
        return asked + in_order(task.branch(branch), script, retry)
    if kind in LOOPS and rounds(task) == 0:
        return []
    return in_order(chosen(task), script, retry)


def chosen(task: Task) -> tuple[Task, ...]:
    """The tasks that run one after another in its main part."""
    names = {"If": ("then",), "Switch": ("cases.x",), "Pause": ("onPause", "tasks")}
    return tuple(
        each for name in names.get(kind_of(task), ("tasks",)) for each in task.branch(name)
    )


def rounds(task: Task) -> int:
    """How often the tasks of a block run when all goes well."""
    if kind_of(task) == "LoopUntil":
        often = task.properties["checkFrequency"]
        return int(often["maxIterations"]) if isinstance(often, dict) else 0
    values = task.properties.get("values", task.properties.get("value"))
    return len(values) if kind_of(task) in LOOPS and isinstance(values, list) else 1


def denies(task: Task, script: Script) -> bool:
    return script.end(task.id, 1) == "FAILED"


def verdict(task: Task, state: str, script: Script) -> str:
    """What a block makes of the worst among its children."""
    kind = kind_of(task)
    if kind == "AllowFailure" and state == "FAILED":
        return "WARNING"
    is_late = kind == "Pause" and task.properties.get("behavior") == "WARN"
    if is_late and state == "SUCCESS":
        return "WARNING"
    if kind == "Approval" and state in ("SUCCESS", "WARNING") and denies(task, script):
        outcomes = {"WARN": "WARNING", "FAIL": "FAILED"}
        return outcomes.get(str(task.properties["denyBehavior"]), state)
    return state


def needed(played: Flow) -> Counter[str]:
    """How often each task has ended when all has gone well; what an Approval asks for left out."""
    found: Counter[str] = Counter()
    for task in (*played.tasks, *played.finally_, *played.after_execution):
        _count(task, 1, found)
    return found


def _count(task: Task, times: int, found: Counter[str]) -> None:
    if task.disabled or times == 0:
        return
    found[task.id] += times
    kind = kind_of(task)
    if task.run_if == "false" or kind in (*CHILDREN, "Approval"):
        return
    main = task.branch("tasks") if kind in AT_ONCE else chosen(task)
    for child in main:
        _count(child, times * rounds(task), found)
    for child in task.branch("finally"):
        _count(child, times, found)
