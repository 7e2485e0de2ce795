"""Flows that start when others end: conditions, preconditions, states and what is handed on."""

import pytest

from tests.support.conformance import NAMESPACE, Bench
from tests.support.engine import Seen
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")

SOURCE = """
inputs: [{id: fail, type: BOOL, defaults: false}]
labels: {kind: source}
tasks:
  - {id: say, type: debug.Return, format: hello}
  - {id: end, type: execution.Fail, condition: "{{ inputs.fail }}"}
"""
ON_ITS_END = """
    conditions:
      - {type: io.kestra.plugin.core.condition.ExecutionFlow, namespace: %(ns)s, flowId: %(a)s}
"""
TWO = "    preconditions: {id: both, %(more)s flows: [%(first)s, %(second)s]}"
OLD_TWO = """
    conditions:
      - id: both
        type: io.kestra.plugin.core.condition.MultipleCondition
        window: P1D
        conditions:
          a: {type: io.kestra.core.models.conditions.types.ExecutionFlowCondition,
              namespace: %(ns)s, flowId: %(a)s}
          b: {type: io.kestra.core.models.conditions.types.ExecutionFlowCondition,
              namespace: %(ns)s, flowId: %(b)s}
"""


def listener(when: str, **names: str) -> str:
    """A flow that tells what started it."""
    flows = {name: f"{{namespace: {NAMESPACE}, flowId: {flow}}}" for name, flow in names.items()}
    filled = when % {
        "ns": NAMESPACE,
        "more": "",
        "first": flows["a"],
        "second": flows.get("b"),
        **names,
    }
    return f"""
triggers:
  - id: on
    type: trigger.Flow
{filled}
tasks: [{{id: t, type: debug.Return, format: "{{{{ trigger.flowId }}}} {{{{ trigger.state }}}}"}}]
"""


async def told(bench: Bench, flow_id: str, number: int) -> list[str]:
    """What the executions of a listener tell, once there are so many of them."""

    async def look() -> list[Seen]:
        rows = await bench.driver.runtime.pool.fetch(
            "SELECT id FROM executions WHERE flow_id = $1 ORDER BY id", flow_id
        )
        found = [await bench.driver.look(row["id"]) for row in rows]
        done = len(found) >= number and all(one.execution.state.is_terminal for one in found)
        return found if done else []

    found = await until(look, what=f"{number} executions of {flow_id}")
    return [str(one.yielded("t")["value"]) for one in found]


async def test_a_flow_starts_when_another_ends(bench: Bench) -> None:
    source = await bench.save(SOURCE)
    after = await bench.save(listener(ON_ITS_END, a=source))
    await bench.over(await bench.start(source))
    assert await told(bench, after, 1) == [f"{source} SUCCESS"]
    await bench.over(await bench.start(source, {"fail": True}))
    assert await told(bench, after, 2) == [f"{source} SUCCESS", f"{source} FAILED"]


async def test_only_the_states_that_are_asked_for_start_it(bench: Bench) -> None:
    source = await bench.save(SOURCE)
    after = await bench.save(listener("    states: [FAILED]" + ON_ITS_END, a=source))
    await bench.over(await bench.start(source))
    await bench.over(await bench.start(source, {"fail": True}))
    assert await told(bench, after, 1) == [f"{source} FAILED"]


async def test_each_entry_into_a_state_starts_it(bench: Bench) -> None:
    source = await bench.save("tasks: [{id: p, type: flow.Pause, pauseDuration: PT0.02S}]")
    states = "    states: [RUNNING, PAUSED, SUCCESS]"
    after = await bench.save(listener(states + ON_ITS_END, a=source))
    await bench.over(await bench.start(source))
    seen = await told(bench, after, 4)
    assert [line.split()[1] for line in seen] == ["RUNNING", "PAUSED", "RUNNING", "SUCCESS"]


@pytest.mark.parametrize("when", [TWO, OLD_TWO], ids=["preconditions", "MultipleCondition"])
async def test_all_flows_must_have_ended_in_the_window(bench: Bench, when: str) -> None:
    first, second = await bench.save(SOURCE), await bench.save(SOURCE)
    after = await bench.save(listener(when, a=first, b=second))
    await bench.over(await bench.start(first))
    await bench.over(await bench.start(second))
    assert await told(bench, after, 1) == [f"{second} SUCCESS"]
    await bench.over(await bench.start(second))
    await bench.over(await bench.start(first))
    assert await told(bench, after, 2) == [f"{second} SUCCESS", f"{first} SUCCESS"]


async def test_inputs_come_from_the_outputs_of_what_ended(bench: Bench) -> None:
    source = await bench.save(SOURCE)
    after = await bench.save(
        f"""
        inputs: [{{id: said, type: STRING}}]
        triggers:
          - id: on
            type: trigger.Flow
            inputs: {{said: "{{{{ outputs.say.value }}}}"}}
            dependsOn: [{{namespace: {NAMESPACE}, flowId: {source}}}]
        tasks: [{{id: t, type: debug.Return, format: "{{{{ inputs.said }}}}"}}]
        """
    )
    await bench.over(await bench.start(source))
    assert await told(bench, after, 1) == ["hello"]


async def test_a_filter_looks_at_the_execution_that_ended(bench: Bench) -> None:
    source = await bench.save(SOURCE)
    where = (
        "    preconditions: {id: one, flows: [%(first)s], where: [{id: w, filters: [{field: "
        "EXPRESSION, type: IS_TRUE, value: \"{{ labels.kind == 'source' }}\"}]}]}"
    )
    after = await bench.save(listener(where, a=source))
    await bench.over(await bench.start(source))
    assert await told(bench, after, 1) == [f"{source} SUCCESS"]
