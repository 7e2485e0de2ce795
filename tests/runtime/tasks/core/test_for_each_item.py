from runtime.executions.plan import MERGE, SPLIT
from tests.support.running import FakeRun

_ROWS = """
INSERT INTO task_runs (id, execution_id, task_id, parent_id, ordinal, state, history, created_at)
SELECT id, 'ex_1', task_id, 'tr_each', ordinal, 'RUNNING', '[]', now()
FROM (VALUES ('tr_items', 'each_items', 1), ('tr_merge', 'each_merge', 2))
    AS given (id, task_id, ordinal)
"""
_CHILDREN = """
INSERT INTO executions (
    id, namespace, flow_id, flow_revision, state, history, created_at, outputs,
    parent_id, parent_task_run_id
)
SELECT 'ex_c' || to_char(n, 'FM0000'), 'a', 'b', 1, 'SUCCESS', '[]', now(),
    CASE WHEN n % 2 = 0 THEN json_build_object('n', n) END,
    'ex_1', CASE WHEN n < $1 THEN 'tr_items' ELSE 'tr_other' END
FROM generate_series(0, $1) AS n
"""


async def test_the_items_are_cut_into_batches(run: FakeRun) -> None:
    uri = await run.store("items.ion", b"{a:1}\n{a:2}\n{a:3}\n")
    outputs = await run.do(
        SPLIT, items=uri, batch={"rows": "2"}, namespace="a", flowId="b", inputs={"x": "{{ y }}"}
    )
    assert [await run.read(each) for each in outputs["uris"]] == [b"{a:1}\n{a:2}\n", b"{a:3}\n"]


async def test_without_a_batch_each_row_is_one(run: FakeRun) -> None:
    uri = await run.store("items.ion", b"1\n2\n")
    assert len((await run.do(SPLIT, items=uri))["uris"]) == 2


async def test_an_empty_file_has_no_batches(run: FakeRun) -> None:
    assert (await run.do(SPLIT, items=await run.store("items", b"")))["uris"] == []


async def test_what_the_children_yielded_is_gathered_in_their_order(stored_run: FakeRun) -> None:
    run = stored_run
    run.task_id, run.task_run_id = "each_merge", "tr_merge"
    await run.services.pool.execute(_ROWS)
    assert (await run.do(MERGE, items="unused")).get("subflowOutputs") is None
    await run.services.pool.execute(_CHILDREN, 1202)
    outputs = await run.do(MERGE, items="unused")
    lines = (await run.read(outputs["subflowOutputs"])).decode().splitlines()
    assert lines == [f"{{n:{n}}}" for n in range(0, 1201, 2)]
