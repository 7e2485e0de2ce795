"""Old revisions of flows are purged; what ran stays known."""

from datetime import UTC, datetime, timedelta
from itertools import count

import pytest

from runtime.store import revisions
from runtime.store.revisions import NewRevision
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

TYPE = "io.kestra.plugin.core.flow.PurgeFlows"
JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
_IDS = count()


async def saved(run: FakeRun, namespace: str, flow_id: str, upto: int) -> None:
    """A flow with revisions 1 to `upto`, one of each day of January."""
    new = NewRevision(namespace, flow_id, f"id: {flow_id}", False, None, {})
    async with run.services.pool.acquire() as connection:
        for revision in range(1, upto + 1):
            day = JANUARY + timedelta(days=revision - 1)
            await revisions.write(connection, new, revision, day, None)


async def executed(run: FakeRun, namespace: str, flow_id: str, revision: int) -> None:
    await run.services.pool.execute(
        "INSERT INTO executions (id, namespace, flow_id, flow_revision, state, history, created_at)"
        " VALUES ($1, $2, $3, $4, 'SUCCESS', '[]', $5)",
        *(f"e{next(_IDS)}", namespace, flow_id, revision, JANUARY),
    )


async def left(run: FakeRun) -> list[str]:
    rows = await run.services.pool.fetch("SELECT namespace, flow_id, revision FROM flow_revisions")
    return sorted(f"{row['namespace']}/{row['flow_id']}/{row['revision']}" for row in rows)


PURGES: list[tuple[dict[str, object], list[str]]] = [
    ({}, ["a.b/g/2", "a/f/3", "ab/f/2"]),
    ({"behavior": {"keepAmount": 2}}, ["a.b/g/1", "a.b/g/2", "a/f/2", "a/f/3", "ab/f/1", "ab/f/2"]),
    ({"behavior": {"type": "version"}}, ["a.b/g/2", "a/f/3", "ab/f/2"]),
    (
        {"behavior": {"before": "2026-01-01T00:00:00Z"}},
        ["a.b/g/2", "a/f/2", "a/f/3", "ab/f/2"],
    ),
    ({"behavior": {"before": "2026-02-01T00:00:00Z"}}, ["a.b/g/2", "a/f/3", "ab/f/2"]),
    ({"namespaces": ["a"]}, ["a.b/g/2", "a/f/3", "ab/f/1", "ab/f/2"]),
    (
        {"namespaces": ["a"], "includeChildNamespaces": False},
        ["a.b/g/1", "a.b/g/2", "a/f/3", "ab/f/1", "ab/f/2"],
    ),
    ({"namespacePattern": "a?"}, ["a.b/g/1", "a.b/g/2", "a/f/1", "a/f/2", "a/f/3", "ab/f/2"]),
    ({"flowPattern": "g*"}, ["a.b/g/2", "a/f/1", "a/f/2", "a/f/3", "ab/f/1", "ab/f/2"]),
]


@pytest.mark.parametrize(("given", "kept"), PURGES)
async def test_old_revisions_that_are_meant_go_and_the_newest_stays(
    stored_run: FakeRun, given: dict[str, object], kept: list[str]
) -> None:
    for namespace, flow_id, upto in (("a", "f", 3), ("a.b", "g", 2), ("ab", "f", 2)):
        await saved(stored_run, namespace, flow_id, upto)
    assert (await stored_run.do(TYPE, **given))["size"] == 7 - len(kept)
    assert await left(stored_run) == kept


async def test_a_revision_stays_while_an_execution_of_it_is_there(stored_run: FakeRun) -> None:
    await saved(stored_run, "a", "f", 3)
    await saved(stored_run, "a", "other", 3)
    await executed(stored_run, "a", "f", 2)
    assert (await stored_run.do(TYPE))["size"] == 3
    assert await left(stored_run) == ["a/f/2", "a/f/3", "a/other/3"]


async def test_a_revision_stays_while_an_execution_has_it_as_a_template(
    stored_run: FakeRun,
) -> None:
    await saved(stored_run, "a", "f", 3)
    await saved(stored_run, "a", "other", 3)
    await executed(stored_run, "a", "f", 3)
    await stored_run.services.pool.execute(
        "UPDATE executions SET memory = $1", {"templates": {"a/other": 2}}
    )
    assert (await stored_run.do(TYPE))["size"] == 3
    assert await left(stored_run) == ["a/f/3", "a/other/2", "a/other/3"]


async def test_a_purge_of_revisions_is_told_either_a_date_or_an_amount(stored_run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not both"):
        await stored_run.do(TYPE, behavior={"before": "2026-01-01T00:00:00Z", "keepAmount": 2})
