"""Which revision of a template an execution runs, whatever is saved meanwhile."""

import pytest

from runtime.executions.messages import Restart, Resume
from tests.support.conformance import NAMESPACE, Bench, shown
from tests.support.templates import FAIL, RETURN, takes, template, value
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def test_a_running_execution_stays_with_the_revision_it_began_with(bench: Bench) -> None:
    made = await template(bench, "{id: hold, type: flow.Pause}", RETURN % ("a", "first"))
    flow = await bench.save(f"tasks: [{takes(made)}]")
    execution_id = await bench.start(flow)
    await bench.driver.reached(execution_id, "PAUSED")
    await bench.save(f"tasks: [{RETURN % ('b', 'second')}]", made)
    await let_go(bench, execution_id)
    await bench.engine.act(execution_id, Resume())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "t:SUCCESS hold:SUCCESS a:SUCCESS")
    fresh = await bench.over(await bench.start(flow))
    assert shown(fresh) == "t:SUCCESS b:SUCCESS"


async def let_go(bench: Bench, execution_id: str) -> None:
    """Have the execution read anew from the database by whoever acts on it next."""
    actor = bench.engine.holder.found(execution_id)
    assert actor is not None
    await until(lambda: actor.is_idle, what="the execution to rest")
    await bench.engine.holder.release([actor])
    assert bench.engine.holder.found(execution_id) is None


async def test_a_restart_stays_with_the_revision_and_a_named_one_takes_the_newest(
    bench: Bench,
) -> None:
    once = "{id: ko, type: execution.Fail, condition: '{{ taskrun.attemptsCount == 0 }}'}"
    made = await template(bench, RETURN % ("a", "{{ taskrun.id }}"), once, RETURN % ("z", "first"))
    flow = await bench.save(f"tasks: [{takes(made)}]")
    failed = await bench.over(await bench.start(flow))
    assert shown(failed) == "t:FAILED a:SUCCESS ko:FAILED"
    ok = RETURN % ("ko", "mended")
    await bench.save(f"tasks: [{RETURN % ('a', 'x')}, {ok}, {RETURN % ('new', 'x')}]", made)
    anew = await bench.over(await bench.engine.restart(failed.execution.id, 1))
    assert (anew.state, shown(anew)) == (
        "SUCCESS", "t:SUCCESS a:SUCCESS ko:SUCCESS new:SUCCESS"
    )  # fmt: skip
    assert value(anew, "a") == value(failed, "a")
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "t:SUCCESS a:SUCCESS ko:SUCCESS z:SUCCESS")
    assert value(seen, "z") == "first"


async def test_a_replay_stays_with_the_revision_and_a_named_one_takes_the_newest(
    bench: Bench,
) -> None:
    made = await template(bench, RETURN % ("a", "{{ taskrun.id }}"), RETURN % ("b", "first"))
    flow = await bench.save(f"tasks: [{takes(made)}]")
    first = await bench.over(await bench.start(flow))
    await bench.save(f"tasks: [{RETURN % ('a', 'x')}, {RETURN % ('b', 'second')}]", made)
    original = first.execution.id
    for revision, said in ((None, "first"), (1, "second")):
        new = await bench.engine.replay(original, revision=revision)
        assert value(await bench.over(new), "b") == said
    task_run_id = first.run("b").id
    seen = await bench.over(await bench.engine.replay(original, task_run_id=task_run_id))
    assert (shown(seen), value(seen, "b")) == ("t:SUCCESS a:SUCCESS b:SUCCESS", "first")
    assert value(seen, "a") == value(first, "a")


async def test_a_retry_of_the_execution_stays_with_the_revision(bench: Bench) -> None:
    made = await template(bench, FAIL % "ko")
    retry = "{type: constant, interval: PT0.01S, maxAttempts: 2, behavior: CREATE_NEW_EXECUTION}"
    first = await bench.run(f"retry: {retry}\ntasks: [{takes(made)}]")
    pool = bench.driver.runtime.pool
    replays = "SELECT id FROM executions WHERE replay_of = $1"
    new = await until(lambda: pool.fetchval(replays, first.execution.id), what="the retry")
    assert shown(await bench.over(new)) == "t:FAILED ko:FAILED"
    memory = "SELECT memory -> 'templates' FROM executions WHERE id = $1"
    assert await pool.fetchval(memory, new) == {f"{NAMESPACE}/{made}": 1}
