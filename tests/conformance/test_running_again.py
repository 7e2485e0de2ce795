"""Restart and replay from inside of blocks: WorkingDirectory, Dag, and branches for errors."""

from dataclasses import dataclass

import pytest

from runtime.executions.messages import Restart
from tests.support.conformance import Bench, shown

pytestmark = pytest.mark.asyncio(loop_scope="module")

A, Z = ("{id: %s, type: debug.Return, format: '{{ taskrun.id }}'}" % name for name in "az")  # noqa: UP031  # braces
ONCE = "{id: ko, type: execution.Fail, condition: '{{ taskrun.attemptsCount == 0 }}'}"
OK = "{id: ok, type: log.Log, message: x}"


@dataclass(frozen=True, slots=True)
class Again:
    """A flow, what comes of it first, and what comes of it the second time."""

    title: str
    source: str
    first: str
    second: str
    start: str = ""
    """The task that a replay begins with."""

    def __str__(self) -> str:
        return self.title


DAG = "{id: d, type: flow.Dag, tasks: [{task: %s}, {task: %s, dependsOn: [a]}]}"
RESTARTS = (
    Again(
        "a failed task of a Dag",
        f"tasks: [{DAG % (A, ONCE)}, {Z}]",
        "d:FAILED a:SUCCESS ko:FAILED",
        "d:SUCCESS a:SUCCESS ko:SUCCESS z:SUCCESS",
    ),
    Again(
        "a failed task whose errors branch of the flow failed, too",
        f"tasks: [{A}, {ONCE}]\nerrors: [{{id: e, type: execution.Fail}}]",
        "a:SUCCESS ko:FAILED e:FAILED",
        "a:SUCCESS ko:SUCCESS",
    ),
)
REPLAYS = (
    Again(
        "a task of a WorkingDirectory",
        f"tasks: [{A}, {{id: wd, type: flow.WorkingDirectory, tasks: [{OK}, {Z}]}}]",
        "a:SUCCESS wd:SUCCESS ok:SUCCESS z:SUCCESS",
        "a:SUCCESS wd:SUCCESS ok:SUCCESS z:SUCCESS",
        "z",
    ),
    Again(
        "a task of a Dag",
        f"tasks: [{DAG % (A, Z)}]",
        "d:SUCCESS a:SUCCESS z:SUCCESS",
        "d:SUCCESS a:SUCCESS z:SUCCESS",
        "z",
    ),
    Again(
        "a task of an errors branch",
        f"tasks: [{A}, {{id: ko, type: execution.Fail}}]\nerrors: [{Z}]",
        "a:SUCCESS ko:FAILED z:SUCCESS",
        "a:SUCCESS ko:FAILED z:SUCCESS",
        "z",
    ),
)


@pytest.mark.parametrize("row", RESTARTS, ids=str)
async def test_a_restart_runs_again(bench: Bench, row: Again) -> None:
    failed = await bench.run(row.source)
    assert shown(failed) == row.first
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", row.second)
    assert seen.run("a").id == failed.run("a").id
    assert len(seen.run("ko").attempts) == 2


@pytest.mark.parametrize("row", REPLAYS, ids=str)
async def test_a_replay_begins_with(bench: Bench, row: Again) -> None:
    first = await bench.run(row.source)
    assert shown(first) == row.first
    new = await bench.engine.replay(first.execution.id, task_run_id=first.run(row.start).id)
    seen = await bench.over(new)
    assert (seen.state, shown(seen)) == (first.state, row.second)
    assert seen.yielded("a") == first.yielded("a")
    assert seen.yielded("z") != first.yielded("z")


async def test_a_restart_runs_the_whole_of_a_working_directory_since_its_files_are_gone(
    bench: Bench,
) -> None:
    unless_restarted = "{{ labels.system.restarted ?? 'no' == 'no' }}"
    failing = f'{{id: ko, type: execution.Fail, condition: "{unless_restarted}"}}'
    failed = await bench.run(
        f"tasks: [{OK}, {{id: wd, type: flow.WorkingDirectory, tasks: [{A}, {failing}]}}, {Z}]"
    )
    assert shown(failed) == "ok:SUCCESS wd:FAILED a:SUCCESS ko:FAILED"
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    expected = "ok:SUCCESS wd:SUCCESS a:SUCCESS ko:SUCCESS z:SUCCESS"
    assert (seen.state, shown(seen)) == ("SUCCESS", expected)
    assert seen.run("ok").id == failed.run("ok").id
    assert seen.run("a").id != failed.run("a").id


async def test_an_execution_says_that_it_was_replayed_and_its_replays_that_they_are(
    bench: Bench,
) -> None:
    flow_id = await bench.save("tasks: [{id: a, type: debug.Return, format: x}]")
    first = await bench.over(await bench.start(flow_id))
    for _ in range(2):
        new = await bench.over(await bench.engine.replay(first.execution.id))
        assert new.execution.labels["system.replay"] == "true"
        assert "system.replayed" not in new.execution.labels
    assert (await bench.over(first.execution.id)).execution.labels["system.replayed"] == "true"
