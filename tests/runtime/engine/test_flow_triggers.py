"""Flows that follow other flows, on a real database."""

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import asyncpg
import pytest

from runtime.clock import ManualClock
from runtime.engine.engine import NewExecution
from tests.support.engine import Seen
from tests.support.schedules import Timed, timed
from tests.support.waiting import until

CORE = "io.kestra.plugin.core"


def upstream(id: str, *, fails: bool = False, labels: str = "") -> str:
    end = f"type: {CORE}.execution.Fail" if fails else f"type: {CORE}.log.Log\n    message: end"
    return f"""
id: {id}
namespace: company.team
{labels}
inputs:
  - id: n
    type: INT
    defaults: 1
tasks:
  - id: count
    type: {CORE}.debug.Return
    format: "{{{{ inputs.n }}}}"
  - id: end
    {end}
outputs:
  - id: {id}_n
    type: INT
    value: "{{{{ inputs.n }}}}"
"""


def downstream(*lines: str, id: str = "down", inputs: str = "") -> str:
    properties = "\n".join(f"    {line}" for line in lines)
    return f"""
id: {id}
namespace: company.team
{inputs}
tasks:
  - id: hello
    type: {CORE}.debug.Return
    format: "{{{{ trigger }}}}"
triggers:
  - id: after
    type: {CORE}.trigger.Flow
{properties}
"""


def only(flow_id: str) -> tuple[str, ...]:
    return (
        "conditions:",
        f"  - type: {CORE}.condition.ExecutionFlowCondition",
        "    namespace: company.team",
        f"    flowId: {flow_id}",
    )


def needs(*flow_ids: str, window: str = "{}", reset: str = "true") -> tuple[str, ...]:
    flows = [f"    - {{namespace: company.team, flowId: {each}}}" for each in flow_ids]
    return (
        "states: [SUCCESS]",
        "preconditions:",
        "  id: all",
        f"  resetOnSuccess: {reset}",
        f"  timeWindow: {window}",
        "  flows:",
        *flows,
    )


@pytest.fixture
async def driver(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    async with timed(database_url, tmp_path, clock) as started:
        yield started


async def followers(driver: Timed, count: int, flow_id: str = "down") -> list[Seen]:
    """The executions of a flow, ended, once there are enough and the log is read to its end."""

    async def ids() -> list[str] | None:
        rows = await driver.runtime.pool.fetch(
            "SELECT id FROM executions WHERE flow_id = $1 ORDER BY id", flow_id
        )
        behind: int = await driver.runtime.pool.fetchval(
            "SELECT counters.value - consumers.position FROM counters, consumers "
            "WHERE counters.name = 'events'"
        )
        return [row["id"] for row in rows] if len(rows) >= count and not behind else None

    found: list[str] = []

    async def is_settled() -> bool:
        nonlocal found
        now = await ids()
        found = now or []
        return now is not None

    await until(is_settled, what=f"{count} executions of {flow_id}")
    assert len(found) == count
    return [await driver.ended(each) for each in found]


async def test_a_flow_follows_another_and_knows_what_started_it(driver: Timed) -> None:
    await driver.save(downstream(*only("up")))
    first = await driver.run(upstream("up", labels="labels: {env: prod}"), inputs={"n": 7})
    (seen,) = await followers(driver, 1)
    assert first.execution.labels["env"] == "prod"
    assert seen.execution.trigger is not None
    assert seen.execution.trigger.id == "after"
    assert seen.execution.trigger.variables == {
        "executionId": first.execution.id,
        "executionLabels": dict(first.execution.labels),
        "namespace": "company.team",
        "flowId": "up",
        "flowRevision": 1,
        "state": "SUCCESS",
        "outputs": {"up_n": 7},
    }
    assert seen.execution.labels["system.correlationId"] == first.execution.id


async def test_outputs_become_inputs(driver: Timed) -> None:
    inputs = "inputs:\n  - id: n\n    type: INT\n  - id: text\n    type: STRING\n"
    lines = (
        *only("up"),
        "inputs:",
        '  n: "{{ trigger.outputs.up_n + 1 }}"',
        '  text: "{{ outputs.count.value }}"',
    )
    await driver.save(downstream(*lines, inputs=inputs))
    await driver.run(upstream("up"), inputs={"n": 7})
    (seen,) = await followers(driver, 1)
    assert seen.execution.inputs == {"n": 8, "text": "7"}


async def test_flows_chain(driver: Timed) -> None:
    await driver.save(downstream(*only("a"), id="b"))
    await driver.save(downstream(*only("b"), id="c"))
    first = await driver.run(upstream("a"))
    (last,) = await followers(driver, 1, "c")
    assert last.execution.labels["system.correlationId"] == first.execution.id


async def test_a_flow_never_follows_itself(driver: Timed) -> None:
    await driver.save(downstream())
    await driver.run(upstream("up"))
    (seen,) = await followers(driver, 1)
    assert seen.execution.trigger is not None
    assert seen.execution.trigger.variables["flowId"] == "up"


@pytest.mark.parametrize(("states", "count"), [("[SUCCESS]", 0), ("[FAILED]", 1), ("[RUNNING]", 1)])
async def test_only_the_given_states_count(driver: Timed, states: str, count: int) -> None:
    await driver.save(downstream(f"states: {states}", *only("up")))
    await driver.run(upstream("up", fails=True))
    assert len(await followers(driver, count)) == count


async def test_what_ended_before_the_flow_was_saved_does_not_count(driver: Timed) -> None:
    await driver.run(upstream("up"))
    driver.clock.advance(timedelta(seconds=1))
    await driver.save(downstream(*only("up")))
    assert await followers(driver, 0) == []


async def test_a_condition_that_cannot_be_rendered_does_not_hold(driver: Timed) -> None:
    broken = (
        "conditions:",
        f"  - type: {CORE}.condition.Expression",
        '    expression: "{{ nothing.here }}"',
    )
    await driver.save(downstream(*broken))
    await driver.run(upstream("up"))
    assert await followers(driver, 0) == []


async def test_a_switched_off_trigger_does_not_follow(driver: Timed) -> None:
    await driver.save(downstream(*only("up")))

    async def is_known() -> bool:
        return await driver.row("after") is not None

    await until(is_known)
    await driver.runtime.engine.set_trigger_disabled("company.team", "down", "after", True)
    await driver.run(upstream("up"))
    assert await followers(driver, 0) == []


async def test_preconditions_wait_for_all_flows_and_begin_anew(driver: Timed) -> None:
    await driver.save(downstream(*needs("a", "b")))
    await driver.run(upstream("a"), inputs={"n": 1})
    await driver.run(upstream("a"), inputs={"n": 2})
    assert await followers(driver, 0) == []
    await driver.run(upstream("b"), inputs={"n": 3})
    (seen,) = await followers(driver, 1)
    assert seen.execution.trigger is not None
    assert seen.execution.trigger.variables["outputs"] == {"a_n": 2, "b_n": 3}
    await driver.run(upstream("b"))
    assert len(await followers(driver, 1)) == 1
    await driver.run(upstream("a"))
    assert len(await followers(driver, 2)) == 2


async def test_without_a_reset_every_further_execution_starts_again(driver: Timed) -> None:
    await driver.save(downstream(*needs("a", "b", reset="false")))
    await driver.run(upstream("a"))
    await driver.run(upstream("b"))
    await followers(driver, 1)
    await driver.run(upstream("b"))
    assert len(await followers(driver, 2)) == 2


async def test_a_window_forgets_what_was_before_it(driver: Timed) -> None:
    window = "{type: SLIDING_WINDOW, window: PT1H}"
    await driver.save(downstream(*needs("a", "b", window=window)))
    await driver.run(upstream("a"))
    await followers(driver, 0)
    driver.clock.advance(timedelta(minutes=61))
    await driver.run(upstream("b"))
    assert await followers(driver, 0) == []
    driver.clock.advance(timedelta(minutes=59))
    await driver.run(upstream("a"))
    assert len(await followers(driver, 1)) == 1


async def test_filters_choose_among_executions(driver: Timed) -> None:
    lines = (
        "preconditions:",
        "  id: chosen",
        "  where:",
        "    - id: good",
        "      filters:",
        "        - {field: FLOW_ID, type: STARTS_WITH, value: imp}",
        "        - {field: STATE, type: IN, values: [SUCCESS, WARNING]}",
        "        - {field: EXPRESSION, type: IS_TRUE, value: '{{ inputs.n > 3 }}'}",
    )
    await driver.save(downstream(*lines))
    await driver.run(upstream("export"), inputs={"n": 4})
    await driver.run(upstream("import"), inputs={"n": 3})
    assert await followers(driver, 0) == []
    await driver.run(upstream("import"), inputs={"n": 4})
    assert len(await followers(driver, 1)) == 1


async def test_an_old_multiple_condition_is_remembered_like_preconditions(driver: Timed) -> None:
    def each(name: str, flow_id: str) -> tuple[str, ...]:
        return (
            f"      {name}:",
            f"        type: {CORE}.condition.ExecutionFlowCondition",
            "        namespace: company.team",
            f"        flowId: {flow_id}",
        )

    lines = (
        "conditions:",
        f"  - type: {CORE}.condition.MultipleCondition",
        "    id: both",
        "    window: P1D",
        "    conditions:",
        *each("one", "a"),
        *each("two", "b"),
    )
    await driver.save(downstream(*lines))
    await driver.run(upstream("b"))
    assert await followers(driver, 0) == []
    await driver.run(upstream("a"))
    assert len(await followers(driver, 1)) == 1


async def test_a_crash_between_execution_and_cursor_starts_nothing_twice(
    database_url: str, tmp_path: Path, clock: ManualClock
) -> None:
    async with timed(database_url, tmp_path, clock) as driver:
        await driver.save(downstream(*needs("a", "b")))
        await driver.run(upstream("a"))
        await driver.run(upstream("b"))
        await followers(driver, 1)
    # As if the server had died before the commit: cursor and memory are those of the start.
    connection = await asyncpg.connect(database_url)
    await connection.execute("UPDATE consumers SET position = 0")
    await connection.execute("UPDATE triggers SET memory = '{}', execution_id = NULL")
    await connection.close()
    async with timed(database_url, tmp_path, clock) as driver:
        (seen,) = await followers(driver, 1)
        row = await driver.row("after")
        assert row is not None
        assert row["execution_id"] == seen.execution.id


async def test_stop_after_switches_the_trigger_off(driver: Timed) -> None:
    await driver.save(downstream("stopAfter: [SUCCESS]", *only("up")))
    await driver.run(upstream("up"))
    await followers(driver, 1)

    async def is_off() -> bool:
        row = await driver.row("after")
        return row is not None and row["disabled"] is True

    await until(is_off, what="the trigger switched off")
    await driver.run(upstream("up"))
    assert len(await followers(driver, 1)) == 1


@pytest.mark.parametrize(("state", "count"), [("FAILED", 1), ("KILLED", 0)])
async def test_attempts_of_tasks_can_be_asked_for(driver: Timed, state: str, count: int) -> None:
    lines = (
        "states: [FAILED]",
        "conditions:",
        f"  - type: {CORE}.condition.HasRetryAttemptCondition",
        f"    in: [{state}]",
    )
    await driver.save(downstream(*lines))
    await driver.run(upstream("up", fails=True))
    assert len(await followers(driver, count)) == count


async def test_depends_on_is_the_shorter_way_to_write_preconditions(driver: Timed) -> None:
    lines = (
        "dependsOn:",
        "  - {namespace: company.team, flowId: a}",
        "  - {namespace: company.team, flowId: b, labels: {env: prod}}",
        "window: {type: DAILY_TIME_DEADLINE, deadline: '23:00:00'}",
    )
    await driver.save(downstream(*lines))
    await driver.run(upstream("a"))
    await driver.run(upstream("b"))
    assert await followers(driver, 0) == []
    await driver.run(upstream("b", labels="labels: {env: prod}"))
    assert len(await followers(driver, 1)) == 1


def follows(flow_id: str, other: str) -> str:
    """A flow that follows another one and ends at once."""
    return downstream(*only(other), id=flow_id)


@pytest.fixture
async def short(database_url: str, tmp_path: Path, clock: ManualClock) -> AsyncIterator[Timed]:
    """A runtime where at most four executions follow one another."""
    async with timed(database_url, tmp_path, clock, chain_limit=4) as started:
        yield started


async def test_flows_that_start_each_other_in_a_circle_end_with_the_reason(short: Timed) -> None:
    await short.save(follows("ping", "pong"))
    await short.save(follows("pong", "ping"))
    namespace, flow_id = "company.team", "ping"
    await short.runtime.engine.create_execution(NewExecution(namespace, flow_id))
    pings = await followers(short, 3, "ping")  # the first, and two that followed
    pongs = await followers(short, 3, "pong")
    assert [seen.state for seen in pings[1:]] == ["SUCCESS"] * 2
    assert [seen.state for seen in pongs] == ["SUCCESS", "SUCCESS", "FAILED"]
    assert "More than 4 executions follow one another by Flow triggers." in pongs[-1].logs[0]
    assert "FLOWDECK_CHAIN_LIMIT" in pongs[-1].logs[0]

    async def is_told() -> str | None:
        found: str | None = await short.runtime.pool.fetchval(
            "SELECT message FROM trigger_logs WHERE trigger LIKE '%ping%' AND level = 40"
        )
        return found

    assert pongs[-1].execution.id in await until(is_told, what="a line of the trigger")


async def test_a_chain_as_long_as_allowed_is_no_circle(short: Timed) -> None:
    for number in range(1, 5):
        await short.save(follows(f"flow{number}", f"flow{number - 1}"))
    await short.run(upstream("flow0"))
    (last,) = await followers(short, 1, "flow4")
    assert last.state == "SUCCESS"


async def test_a_circle_by_way_of_a_subflow_ends_too(short: Timed) -> None:
    calling = """
id: calling
namespace: company.team
tasks:
  - id: call
    type: io.kestra.plugin.core.flow.Subflow
    namespace: company.team
    flowId: inner
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    states: [SUCCESS]
    conditions:
      - type: io.kestra.plugin.core.condition.ExecutionFlow
        namespace: company.team
        flowId: inner
"""
    await short.save(upstream("inner"))
    await short.save(calling)
    await short.run(upstream("inner"))
    callers = await followers(short, 5, "calling")
    assert [seen.state for seen in callers] == ["SUCCESS"] * 4 + ["FAILED"]


async def test_one_trigger_that_cannot_be_judged_does_not_hold_up_the_others(
    driver: Timed,
) -> None:
    wrong = (
        "preconditions:",
        "  id: odd",
        "  where:",
        "    - id: all",
        "      filters:",
        "        - {field: FLOW_ID, type: REGEX, value: \"{{ '(' }}\"}",
    )
    await driver.save(downstream(*wrong, id="odd"))
    await driver.save(downstream(*only("up")))
    await driver.run(upstream("up"))
    assert len(await followers(driver, 1)) == 1
    assert await followers(driver, 0, "odd") == []


async def test_a_switched_off_flow_does_not_follow_until_it_is_switched_on(
    driver: Timed,
) -> None:
    await driver.save(downstream(*only("up")))
    engine = driver.runtime.engine
    await engine.set_flow_disabled("company.team", "down", True)
    await driver.run(upstream("up"))
    assert await followers(driver, 0) == []
    await engine.set_flow_disabled("company.team", "down", False)
    await driver.run(upstream("up"))
    assert len(await followers(driver, 1)) == 1


async def test_an_entry_may_name_any_flow_that_an_expression_fits(driver: Timed) -> None:
    await driver.save(
        downstream(
            "dependsOn:",
            "  - states: [FAILED]",
            "    when: \"{{ namespace | startsWith('company') and flowId == 'b' "
            "and state == 'FAILED' and not hasRetryAttempt }}\"",
        )
    )
    await driver.run(upstream("a", fails=True))
    await driver.run(upstream("b"))
    assert await followers(driver, 0) == []
    await driver.run(upstream("b", fails=True))
    assert len(await followers(driver, 1)) == 1


async def test_an_entry_may_look_at_what_the_flow_yielded(driver: Timed) -> None:
    entry = (
        "dependsOn:",
        "  - flowId: a",
        "    namespace: company.team",
        '    when: "{{ outputs.a_n > 1 }}"',
    )
    inputs = "inputs:\n  - id: n\n    type: INT\n  - id: same\n    type: INT\n"
    given = ("inputs:", '  n: "{{ trigger.outputs.a.a_n }}"', '  same: "{{ trigger.outputs.a_n }}"')
    await driver.save(downstream(*entry, *given, inputs=inputs))
    await driver.run(upstream("a"), inputs={"n": 1})
    await driver.run(upstream("a"), inputs={"n": 5})
    (seen,) = await followers(driver, 1)
    assert seen.execution.inputs == {"n": 5, "same": 5}


@pytest.mark.parametrize(
    ("mode", "counts"),
    [
        ("mode: ALL", [0, 0, 1]),
        ("mode: ANY", [1, 2, 3]),
        ("mode: AT_LEAST", [0, 1, 1]),
    ],
)
async def test_how_many_entries_are_needed(driver: Timed, mode: str, counts: list[int]) -> None:
    entries = [f"  - {{namespace: company.team, flowId: {each}}}" for each in "abc"]
    some = ("minSatisfied: 2",) if "AT_LEAST" in mode else ()
    await driver.save(downstream("dependsOn:", *entries, mode, *some))
    for flow_id, count in zip("abc", counts, strict=True):
        await driver.run(upstream(flow_id))
        assert len(await followers(driver, count)) == count


async def test_a_window_may_fire_only_once(driver: Timed) -> None:
    entries = ("dependsOn:", "  - {namespace: company.team, flowId: a}")
    await driver.save(downstream(*entries, "window: {every: P1D, fireOnce: true}"))
    for _ in range(3):
        await driver.run(upstream("a"))
    assert len(await followers(driver, 1)) == 1
    await driver.pass_time(timedelta(days=1))
    await driver.run(upstream("a"))
    assert len(await followers(driver, 2)) == 2
