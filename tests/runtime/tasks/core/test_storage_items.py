import pytest

from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

FILTER = "io.kestra.plugin.core.storage.FilterItems"
DEDUPLICATE = "io.kestra.plugin.core.storage.DeduplicateItems"
ROWS = b'{id:1,name:"a"}\n{id:2,name:"b"}\n{id:3,name:null}\n{id:1,name:"c"}\n'


async def filtered(run: FakeRun, **given: object) -> tuple[list[str], dict[str, int]]:
    uri = await run.store("in.ion", ROWS)
    outputs = await run.do(FILTER, **{"from": uri}, **given)
    lines = (await run.read(outputs.pop("uri"))).decode().splitlines()
    return lines, outputs


async def test_rows_for_which_the_condition_holds_are_kept(run: FakeRun) -> None:
    lines, counts = await filtered(run, filterCondition="{{ id > 1 }}")
    assert lines == ['{id:2,name:"b"}', "{id:3,name:null}"]
    assert counts == {"processedItemsTotal": 4, "droppedItemsTotal": 2}


async def test_or_dropped(run: FakeRun) -> None:
    lines, _ = await filtered(run, filterCondition="{{ id == 1 }}", filterType="EXCLUDE")
    assert lines == ['{id:2,name:"b"}', "{id:3,name:null}"]


@pytest.mark.parametrize(("behavior", "kept"), [("INCLUDE", 4), ("EXCLUDE", 0)])
async def test_rows_for_which_it_is_null_are_treated_as_told(
    run: FakeRun, behavior: str, kept: int
) -> None:
    lines, _ = await filtered(
        run, filterCondition="{{ missing ?? null }}", errorOrNullBehavior=behavior
    )
    assert len(lines) == kept


async def test_a_null_condition_fails_by_default(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="is null for the row"):
        await filtered(run, filterCondition="{{ missing ?? null }}")


async def test_the_last_row_of_each_key_is_kept(run: FakeRun) -> None:
    uri = await run.store("in.ion", ROWS)
    outputs = await run.do(DEDUPLICATE, **{"from": uri}, expr="{{ id }}")
    assert (await run.read(outputs["uri"])).decode().splitlines() == [
        '{id:2,name:"b"}',
        "{id:3,name:null}",
        '{id:1,name:"c"}',
    ]
    assert (outputs["numKeys"], outputs["processedItemsTotal"], outputs["droppedItemsTotal"]) == (
        3,
        4,
        1,
    )


async def test_a_file_that_is_no_ion_says_where(run: FakeRun) -> None:
    uri = await run.store("in.ion", b"{id:1}\n{id:")
    with pytest.raises(TaskFailed, match="not valid ION after 1 rows"):
        await run.do(FILTER, **{"from": uri}, filterCondition="{{ true }}")
