"""Flows that watch what others log, and the key-value pairs of a namespace."""

import pytest

from tests.support.conformance import NAMESPACE, Bench
from tests.support.engine import Seen
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def watcher(bench: Bench, trigger: str, shown: str) -> str:
    """A flow that tells what it saw, once its trigger has looked for the first time."""
    flow_id = await bench.save(
        f"""
        triggers: [{{id: on, interval: PT1S, {trigger}}}]
        tasks: [{{id: t, type: debug.Return, format: "{{{{ {shown} }}}}"}}]
        """
    )

    async def has_looked() -> bool:
        query = "SELECT memory ->> 'mark' FROM triggers WHERE flow_id = $1"
        return await bench.driver.runtime.pool.fetchval(query, flow_id) is not None

    await until(has_looked, within=15, what="the first look")
    return flow_id


async def started(bench: Bench, flow_id: str) -> Seen:
    async def look() -> str | None:
        query = "SELECT id FROM executions WHERE flow_id = $1"
        found: str | None = await bench.driver.runtime.pool.fetchval(query, flow_id)
        return found

    return await bench.over(await until(look, within=15, what="the start"))


async def test_a_flow_starts_by_what_another_one_logs(bench: Bench) -> None:
    loud = await bench.save("tasks: [{id: a, type: log.Log, message: ouch, level: ERROR}]")
    trigger = f"type: log.Trigger, namespace: {NAMESPACE}, flowId: {loud}"
    flow_id = await watcher(bench, trigger, "trigger.logs[0].message ~ trigger.count")
    await bench.over(await bench.start(loud))
    assert (await started(bench, flow_id)).yielded("t") == {"value": "ouch1"}


async def test_a_flow_starts_by_a_key_that_another_one_sets(bench: Bench) -> None:
    shown = "trigger.type ~ ' ' ~ trigger.key ~ ' ' ~ trigger.value"
    flow_id = await watcher(bench, "type: kv.Listen, key: heard", shown)
    await bench.run("tasks: [{id: a, type: kv.Set, key: heard, value: hello}]")
    assert (await started(bench, flow_id)).yielded("t") == {"value": "CREATED heard hello"}
