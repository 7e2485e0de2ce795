import asyncio

import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

STATE = "io.kestra.plugin.core.state."


async def test_data_is_merged_deeply_and_read_again(stored_run: FakeRun) -> None:
    first = await stored_run.do(f"{STATE}Set", data={"a": 1, "m": {"x": 1}})
    assert first == {"count": 2, "key": "demo_states_default"}
    await stored_run.do(f"{STATE}Set", data={"b": 2, "m": {"y": 2}})
    found = await stored_run.do(f"{STATE}Get")
    assert found == {"count": 3, "data": {"a": 1, "b": 2, "m": {"x": 1, "y": 2}}}


async def test_a_state_belongs_to_its_flow_unless_it_is_the_namespace_s(
    stored_run: FakeRun,
) -> None:
    await stored_run.do(f"{STATE}Set", data={"mine": 1})
    await stored_run.do(f"{STATE}Set", data={"ours": 1}, namespace=True)
    stored_run.flow_id = "other"
    assert (await stored_run.do(f"{STATE}Get"))["data"] == {}
    assert (await stored_run.do(f"{STATE}Get", namespace=True))["data"] == {"ours": 1}


async def test_each_loop_value_has_a_state_of_its_own(stored_run: FakeRun) -> None:
    for value in ("1", "2"):
        stored_run.value = value
        await stored_run.do(f"{STATE}Set", data={"value": value})
    assert (await stored_run.do(f"{STATE}Get"))["data"] == {"value": "2"}
    assert (await stored_run.do(f"{STATE}Get", taskrunValue=False))["data"] == {}


async def test_a_missing_state_is_empty_or_a_failure(stored_run: FakeRun) -> None:
    assert await stored_run.do(f"{STATE}Get", name="x") == {"count": 0, "data": {}}
    for task in ("Get", "Delete"):
        with pytest.raises(TaskFailed, match="no state 'x'"):
            await stored_run.do(f"{STATE}{task}", name="x", errorOnMissing=True)


async def test_a_deleted_state_is_gone(stored_run: FakeRun) -> None:
    await stored_run.do(f"{STATE}Set", data={"a": 1})
    assert (await stored_run.do(f"{STATE}Delete"))["deleted"] is True
    assert (await stored_run.do(f"{STATE}Get"))["count"] == 0


async def test_executions_that_merge_at_once_lose_nothing(stored_run: FakeRun) -> None:
    await asyncio.gather(*(stored_run.do(f"{STATE}Set", data={f"k{n}": n}) for n in range(10)))
    assert (await stored_run.do(f"{STATE}Get"))["count"] == 10
