"""What putting flows together costs: nothing without templates, one statement a start with them."""

from pathlib import Path
from typing import cast

from runtime.engine.templates import Templates
from runtime.flows.model import Flow
from runtime.flows.templates import pins_of
from runtime.store.pool import Pool
from tests.support.api import CountedPool
from tests.support.engine import Driver, driven

RETURN = "type: io.kestra.plugin.core.debug.Return"
TAKE = "type: io.kestra.plugin.core.flow.Template, namespace: n"


def flow(name: str, *tasks: str) -> str:
    return f"id: {name}\nnamespace: n\ntasks: [{', '.join(tasks)}]\n"


async def saved(driver: Driver, source: str) -> Flow:
    return (await driver.runtime.engine.save_flow(source)).flow


async def test_one_statement_tells_whether_templates_at_any_depth_are_still_the_newest(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        engine, counted = driver.runtime.engine, CountedPool(driver.runtime.pool)
        pool = cast(Pool, counted)
        templates = Templates(pool, engine.types, engine.library.find, engine.library.aside)
        plain = await saved(driver, flow("plain", f"{{id: a, {RETURN}}}"))
        await saved(driver, flow("outer", f"{{id: in, {TAKE}, templateId: inner}}"))
        inner = await saved(driver, flow("inner", f"{{id: b, {RETURN}}}"))
        taking = await saved(driver, flow("taking", f"{{id: t, {TAKE}, templateId: outer}}"))

        assert (await templates.newest(plain)).flow is plain
        assert counted.statements == []

        first = (await templates.newest(taking)).flow
        assert [task.id for task in first.walk()] == ["t", "in", "b"]
        counted.statements.clear()
        assert (await templates.newest(taking)).flow is first
        assert len(counted.statements) == 1

        counted.statements.clear()
        assert (await templates.pinned(taking, pins_of(first))).flow is first
        assert counted.statements == []

        newer = await saved(driver, flow("inner", f"{{id: c, {RETURN}}}"))
        second = (await templates.newest(taking)).flow
        assert [task.id for task in second.walk()] == ["t", "in", "c"]
        assert pins_of(second)["n", "inner"] == newer.revision == inner.revision + 1
        assert (await templates.pinned(taking, pins_of(first))).flow is first
