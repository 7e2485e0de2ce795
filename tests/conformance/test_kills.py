"""A kill ends whatever an execution is in the middle of, and all that it has started."""

from itertools import count
from pathlib import Path

import pytest

from runtime.executions.messages import Kill
from tests.support.conformance import NAMESPACE, Bench, shown
from tests.support.processes import alive
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

_MARKS = count(1)


async def test_a_kill_ends_a_loop_that_waits_for_its_next_look(bench: Bench) -> None:
    execution_id = await bench.start(
        await bench.save(
            """
            tasks:
              - id: wait
                type: flow.LoopUntil
                condition: "{{ false }}"
                checkFrequency: {interval: PT1H}
                tasks: [{id: look, type: debug.Return, format: x}]
            """
        )
    )
    pool = bench.driver.runtime.pool
    waiting = "SELECT count(*) FROM messages WHERE execution_id = $1"
    await until(lambda: pool.fetchval(waiting, execution_id), what="the timer of the next look")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("KILLED", "wait:KILLED look:SUCCESS")
    assert await pool.fetchval(waiting, execution_id) == 0


async def test_a_kill_in_the_middle_of_ten_thousand_values_begins_no_further_one(
    bench: Bench,
) -> None:
    execution_id = await bench.start(
        await bench.save(
            """
            tasks:
              - id: each
                type: flow.ForEach
                values: "{{ range(1, 10000) }}"
                concurrencyLimit: 10
                tasks: [{id: one, type: debug.Return, format: "{{ taskrun.value }}"}]
            """
        )
    )
    pool = bench.driver.runtime.pool
    done = "SELECT count(*) >= 200 FROM task_runs WHERE execution_id = $1 AND state = 'SUCCESS'"
    await until(lambda: pool.fetchval(done, execution_id), within=30, what="200 values")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert seen.state == "KILLED"
    assert len(seen.task_runs) < 10_000
    begun_late = await pool.fetchval(
        """
        SELECT count(*) FROM events
        WHERE execution_id = $1 AND kind = 'TASK_RUN_STATE' AND state = 'CREATED' AND sequence > (
            SELECT sequence FROM events WHERE execution_id = $1 AND state = 'KILLING' LIMIT 1
        )
        """,
        execution_id,
    )
    assert begun_late == 0


async def test_a_kill_reaches_every_execution_of_a_tree(bench: Bench) -> None:
    flow_id = await bench.save("tasks: [{id: leaf, type: flow.Pause}]")
    for _ in range(3):
        flow_id = await bench.save(
            f"""
            tasks:
              - id: each
                type: flow.ForEach
                values: [1, 2, 3, 4]
                concurrencyLimit: 0
                tasks:
                  - {{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {flow_id}}}
            """
        )
    root = await bench.start(flow_id)
    pool = bench.driver.runtime.pool
    tree = """
        WITH RECURSIVE tree AS (
            SELECT id, state FROM executions WHERE id = $1
            UNION ALL
            SELECT child.id, child.state FROM executions AS child
            JOIN tree ON child.parent_id = tree.id
        )
        SELECT state, count(*) AS number FROM tree GROUP BY state
    """

    async def states() -> dict[str, int]:
        return {row["state"]: row["number"] for row in await pool.fetch(tree, root)}

    async def has_leaves() -> bool:
        return (await states()).get("PAUSED", 0) >= 64

    async def is_killed() -> bool:
        return await states() == {"KILLED": 1 + 4 + 16 + 64}

    await until(has_leaves, within=60, what="the leaves")
    await bench.engine.act(root, Kill())
    await until(is_killed, within=60, what="the end of the whole tree")


async def test_a_script_that_ignores_the_request_to_end_is_ended(
    bench: Bench, tmp_path: Path
) -> None:
    mark = f"{tmp_path}/{next(_MARKS)}"
    execution_id = await bench.start(
        await bench.save(
            f"""
            tasks:
              - id: deaf
                type: shell.Commands
                commands: ["trap '' TERM", echo begun, "tail -f /dev/null {mark}"]
            """
        )
    )
    pool = bench.driver.runtime.pool
    begun = "SELECT EXISTS (SELECT FROM logs WHERE execution_id = $1 AND message = 'begun')"
    await until(lambda: pool.fetchval(begun, execution_id), what="the script")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("KILLED", "deaf:KILLED")
    await until(lambda: not alive(mark), within=30, what="the end of its processes")
