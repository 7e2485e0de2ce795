"""Pauses and approvals: who may go on, with what, and what happens when nobody comes."""

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from runtime.engine.engine import UploadedFile
from runtime.errors import InvalidInput
from runtime.executions.messages import ChangeTaskRunState, Kill, Pause, Resume
from runtime.executions.states import TaskRunState
from tests.support.conformance import Bench, Row, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")

NEXT = "{id: next, type: debug.Return, format: '{{ task.id }}'}"
KO = "{id: ko, type: execution.Fail}"
ASK = "{id: ask, type: log.Log, message: x}"
TOLD = "{id: told, type: log.Log, message: x}"
END = "{id: end, type: log.Log, message: x}"
PLAIN = f"tasks: [{{id: p, type: flow.Pause}}, {NEXT}]"
ASKING = """
tasks:
  - id: wait
    type: flow.Pause
    onResume:
      - {id: why, type: STRING}
      - {id: times, type: INT, defaults: 2}
  - {id: next, type: debug.Return, format: "{{ outputs.wait.onResume }}"}
"""

ROWS = [
    Row(
        "a pause with a duration goes on by itself",
        f"tasks: [{{id: p, type: flow.Pause, pauseDuration: PT0.02S}}, {NEXT}]",
        runs="p:SUCCESS next:SUCCESS",
    ),
    Row(
        "its duration may come from an input, and delay is its elder name",
        "inputs: [{id: d, type: DURATION, defaults: PT0.02S}]\n"
        f"tasks: [{{id: p, type: flow.Pause, delay: '{{{{ inputs.d }}}}'}}, {NEXT}]",
        runs="p:SUCCESS next:SUCCESS",
    ),
    Row(
        "the behavior WARN goes on with a warning",
        f"tasks: [{{id: p, type: flow.Pause, pauseDuration: PT0.02S, behavior: WARN}}, {NEXT}]",
        "WARNING",
        "p:WARNING next:SUCCESS",
    ),
    Row(
        "the behavior FAIL fails",
        f"tasks: [{{id: p, type: flow.Pause, pauseDuration: PT0.02S, behavior: FAIL}}, {NEXT}]",
        "FAILED",
        "p:FAILED",
    ),
    Row(
        "the behavior CANCEL cancels the execution",
        f"tasks: [{{id: p, type: flow.Pause, pauseDuration: PT0.02S, behavior: CANCEL}}, {NEXT}]",
        "CANCELLED",
        "p:CANCELLED",
    ),
    Row(
        "a timeout fails a pause that nobody resumed",
        f"tasks: [{{id: p, type: flow.Pause, timeout: PT0.02S}}, {NEXT}]",
        "FAILED",
        "p:FAILED",
    ),
    Row(
        "onPause runs before the pause, tasks after it",
        """
        tasks:
          - id: p
            type: flow.Pause
            pauseDuration: PT0.02S
            onPause: {id: first, type: log.Log, message: x}
            tasks: [{id: then, type: log.Log, message: y}]
        """,
        runs="p:SUCCESS first:SUCCESS then:SUCCESS",
    ),
    Row(
        "an approval may approve itself",
        f"tasks: [{{id: a, type: flow.Approval, autoApprove: true}}, {NEXT}]",
        runs="a:SUCCESS next:SUCCESS",
        yields={"a": {"decision": "APPROVED", "auto": True}},
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_pauses_go_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


async def test_a_pause_waits_for_a_resume(bench: Bench) -> None:
    execution_id = await bench.start(
        await bench.save(f"tasks: [{{id: p, type: flow.Pause}}, {NEXT}]")
    )
    seen = await bench.driver.reached(execution_id, "PAUSED")
    assert shown(seen) == "p:PAUSED"
    await bench.engine.act(execution_id, Resume())
    seen = await bench.over(execution_id)
    assert shown(seen) == "p:SUCCESS next:SUCCESS"
    assert seen.history()[:3] == ["CREATED", "RUNNING", "PAUSED"]
    assert seen.history()[-2:] == ["RUNNING", "SUCCESS"]


async def test_a_pause_that_is_over_leaves_through_running(bench: Bench) -> None:
    seen = await bench.run("tasks: [{id: p, type: flow.Pause, pauseDuration: PT0.02S}]")
    assert seen.history() == ["CREATED", "RUNNING", "PAUSED", "RUNNING", "SUCCESS"]


async def test_marking_a_paused_task_run_as_running_resumes_it(bench: Bench) -> None:
    execution_id = await bench.start(
        await bench.save(f"tasks: [{{id: p, type: flow.Pause}}, {NEXT}]")
    )
    seen = await bench.driver.reached(execution_id, "PAUSED")
    mark = ChangeTaskRunState(task_run_id=seen.run("p").id, state=TaskRunState.RUNNING)
    await bench.engine.act(execution_id, mark)
    assert shown(await bench.over(execution_id)) == "p:SUCCESS next:SUCCESS"


async def test_a_resume_brings_typed_inputs_with_their_defaults(bench: Bench) -> None:
    execution_id = await bench.start(await bench.save(ASKING))
    await bench.driver.reached(execution_id, "PAUSED")
    await bench.engine.act(execution_id, Resume(inputs={"why": "because"}))
    seen = await bench.over(execution_id)
    assert seen.yielded("wait")["onResume"] == {"why": "because", "times": 2}


async def test_a_resume_brings_a_file_by_upload_or_by_its_address(bench: Bench) -> None:
    source = """
    tasks:
      - {id: made, type: storage.Write, content: by address}
      - id: wait
        type: flow.Pause
        onResume: [{id: doc, type: FILE, allowedFileExtensions: [.txt]}, {id: old, type: FILE}]
      - id: both
        type: debug.Return
        format: "{{ read(outputs.wait.onResume.doc) }}, {{ read(outputs.wait.onResume.old) }}"
    """
    execution_id = await bench.start(await bench.save(source))
    seen = await bench.driver.reached(execution_id, "PAUSED")
    inputs = {"old": seen.yielded("made")["uri"]}
    wrong = {"doc": UploadedFile("note.exe", _content())}
    with pytest.raises(InvalidInput, match=r"must end in one of `.txt`"):
        await bench.engine.resume(execution_id, Resume(inputs=inputs), wrong)
    files = {"doc": UploadedFile("note.txt", _content())}
    await bench.engine.resume(execution_id, Resume(inputs=inputs), files)
    seen = await bench.over(execution_id)
    assert seen.yielded("both")["value"] == "by upload, by address"


async def _content() -> AsyncIterator[bytes]:
    yield b"by upload"


@pytest.mark.parametrize(
    ("given", "wrong"),
    [
        ({}, "why"),
        ({"why": "x", "times": "often"}, "times"),
        ({"why": "x", "tims": 3}, "tims"),
    ],
)
async def test_a_resume_with_wrong_inputs_is_refused_and_changes_nothing(
    bench: Bench, given: dict[str, object], wrong: str
) -> None:
    execution_id = await bench.start(await bench.save(ASKING))
    await bench.driver.reached(execution_id, "PAUSED")
    with pytest.raises(InvalidInput, match=f"`{wrong}`"):
        await bench.engine.act(execution_id, Resume(inputs=given))
    assert (await bench.driver.look(execution_id)).state == "PAUSED"
    await bench.engine.act(execution_id, Kill())
    assert (await bench.over(execution_id)).state == "KILLED"


@pytest.mark.parametrize(
    ("decision", "more", "state", "runs"),
    [
        ("approve", "", "SUCCESS", "a:SUCCESS next:SUCCESS"),
        ("deny", ", denyBehavior: FAIL", "FAILED", "a:FAILED"),
        ("deny", ", denyBehavior: CANCEL", "CANCELLED", "a:CANCELLED"),
        ("deny", ", denyBehavior: CONTINUE", "SUCCESS", "a:SUCCESS next:SUCCESS"),
        ("approve", ", approveBehavior: WARN", "WARNING", "a:WARNING next:SUCCESS"),
        ("approve", ", approveBehavior: FAIL", "FAILED", "a:FAILED"),
        ("approve", ", approveBehavior: SUCCEED", "SUCCESS", "a:SUCCESS"),
        ("approve", ", approveBehavior: CANCEL", "CANCELLED", "a:CANCELLED"),
        ("deny", ", denyBehavior: KILL", "KILLED", "a:KILLED"),
        ("deny", ", denyBehavior: WARN", "WARNING", "a:WARNING next:SUCCESS"),
        ("deny", "", "CANCELLED", "a:CANCELLED"),
        ("Stop", ", decisions: {approve: Go on, deny: Stop}", "CANCELLED", "a:CANCELLED"),
        ("go on", ", decisions: {approve: Go on}", "SUCCESS", "a:SUCCESS next:SUCCESS"),
        (
            "approve",
            f", onApprove: [{KO}], approveBehavior: SUCCEED",
            "FAILED",
            "a:FAILED ko:FAILED",
        ),
        (
            "deny",
            f", onWait: [{ASK}], onDeny: [{TOLD}], finally: [{END}]",
            "CANCELLED",
            "a:CANCELLED ask:SUCCESS told:SUCCESS end:SUCCESS",
        ),
    ],
)
async def test_an_approval_ends_as_its_decision_says(
    bench: Bench, decision: str, more: str, state: str, runs: str
) -> None:
    source = f"tasks: [{{id: a, type: flow.Approval{more}}}, {NEXT}]"
    execution_id = await bench.start(await bench.save(source))
    await bench.driver.reached(execution_id, "PAUSED")
    await bench.engine.act(execution_id, Resume(decision=decision, actor="ada", comment="so be it"))
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == (state, runs)
    yielded = seen.yielded("a")
    assert (yielded["by"], yielded["comment"], yielded["auto"]) == ("ada", "so be it", False)
    assert yielded["decision"] == ("DENIED" if decision in ("deny", "Stop") else "APPROVED")


@pytest.mark.parametrize(
    ("more", "state", "runs"),
    [
        ("", "FAILED", "p:FAILED told:SUCCESS"),
        (", allowFailure: true", "WARNING", "p:WARNING next:SUCCESS"),
    ],
)
async def test_a_pause_that_takes_longer_than_its_timeout_fails_where_it_may_not(
    bench: Bench, more: str, state: str, runs: str
) -> None:
    seen = await bench.run(
        f"""
        tasks: [{{id: p, type: flow.Pause, timeout: PT0.05S{more}}}, {NEXT}]
        errors: [{{id: told, type: log.Log, message: "{{{{ error.taskId }}}}"}}]
        """
    )
    assert (seen.state, shown(seen)) == (state, runs)
    assert [str(each.state) for each in seen.run("p").history].count("PAUSED") == 1


@pytest.mark.parametrize(
    ("more", "state", "runs"),
    [
        ("", "CANCELLED", "a:CANCELLED"),
        (", expireBehavior: CONTINUE", "SUCCESS", "a:SUCCESS next:SUCCESS"),
        (", expireBehavior: FAIL, allowFailure: true", "WARNING", "a:WARNING next:SUCCESS"),
        (", expireBehavior: KILL", "KILLED", "a:KILLED"),
    ],
)
async def test_an_approval_that_nobody_gives_expires(
    bench: Bench, more: str, state: str, runs: str
) -> None:
    seen = await bench.run(
        f"tasks: [{{id: a, type: flow.Approval, timeout: PT0.05S{more}}}, {NEXT}]"
    )
    assert (seen.state, shown(seen)) == (state, runs)
    yielded = seen.yielded("a")
    assert (yielded["decision"], yielded["by"]) == ("EXPIRED", None)


async def test_an_approval_says_until_when_and_where_and_asks_for_inputs_and_a_comment(
    bench: Bench,
) -> None:
    source = f"""
    tasks:
      - id: a
        type: flow.Approval
        timeout: PT1H
        commentRequired: ON_DENY
        inputs: [{{id: sum, type: INT}}]
        onWait: [{{id: mail, type: debug.Return, format: "{{{{ outputs.a.url }}}}"}}]
      - {NEXT}
    """
    execution_id = await bench.start(await bench.save(source))
    seen = await bench.driver.reached(execution_id, "PAUSED")
    due = datetime.fromisoformat(str(seen.yielded("a")["due"]))
    left = due - seen.run("a").history[-1].at
    assert abs(left - timedelta(hours=1)) < timedelta(seconds=5)
    assert "url" in seen.yielded("a")
    for refused in (Resume(decision="deny"), Resume(decision="perhaps"), Resume()):
        with pytest.raises(InvalidInput):
            await bench.engine.act(execution_id, refused)
    await bench.engine.act(execution_id, Resume(inputs={"sum": "3"}))
    seen = await bench.over(execution_id)
    assert seen.yielded("a")["inputs"] == {"sum": 3}
    assert seen.yielded("a")["due"] == due.isoformat()


async def test_an_approval_whose_preparation_fails_asks_nobody(bench: Bench) -> None:
    seen = await bench.run(f"tasks: [{{id: a, type: flow.Approval, onWait: [{KO}]}}, {NEXT}]")
    assert (seen.state, shown(seen)) == ("FAILED", "a:FAILED ko:FAILED")


async def test_a_pause_by_hand_lets_running_tasks_end_and_starts_nothing(bench: Bench) -> None:
    source = f"tasks: [{{id: s, type: flow.Sleep, duration: PT0.2S}}, {NEXT}]"
    execution_id = await bench.start(await bench.save(source))
    await bench.driver.reached(execution_id, "RUNNING")
    await bench.engine.act(execution_id, Pause())
    await bench.driver.reached(execution_id, "PAUSED")
    await bench.engine.act(execution_id, Resume())
    assert shown(await bench.over(execution_id)) == "s:SUCCESS next:SUCCESS"
