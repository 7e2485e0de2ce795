"""Tasks about other executions ask the port for them; the engine's tests have the port itself."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from runtime.executions.messages import ResumeOther, TaskResult
from runtime.executions.model import LogLevel, LogLine
from runtime.executions.states import ExecutionState
from runtime.store.housekeeping import ExecutionQuery, LogQuery
from runtime.tasks.services import FlowName, LogRecord, Purge, Purged
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun, running

CORE = "io.kestra.plugin.core."
MOMENT = datetime(2026, 1, 2, tzinfo=UTC)


@dataclass
class Asked:
    """Implements Executions; remembers what it was asked."""

    queries: list[object] = field(default_factory=list)

    async def count(self, query: ExecutionQuery) -> int:
        self.queries.append(query)
        return len(query.flow_id or "")

    async def state(self, execution_id: str, at: datetime) -> ExecutionState | None:
        known = {"ex_paused": ExecutionState.PAUSED, "ex_over": ExecutionState.SUCCESS}
        return known.get(execution_id)

    async def purge(self, query: ExecutionQuery, what: Purge) -> Purged:
        self.queries += [query, what]
        return Purged(1, 2, 3, 4)

    async def logs(self, query: LogQuery) -> AsyncIterator[LogRecord]:
        self.queries.append(query)
        for number in range(3):
            line = LogLine(MOMENT, LogLevel.WARN, f"line {number}", "tr_1", "task", 1)
            yield LogRecord("ex_1", "company.team", "demo", line)

    async def purge_logs(self, query: LogQuery) -> int:
        self.queries.append(query)
        return 7

    async def toggle_trigger(
        self, flow: FlowName, trigger_id: str, *, enabled: bool, at: datetime
    ) -> bool:
        self.queries.append((flow, enabled))
        return trigger_id == "known"


@pytest.fixture
def asked() -> Asked:
    return Asked()


@pytest.fixture
async def run(tmp_path: Path, asked: Asked) -> AsyncIterator[FakeRun]:
    async with running(tmp_path, executions=asked) as found:
        yield found


async def test_counts_are_kept_where_the_expression_holds(run: FakeRun, asked: Asked) -> None:
    outputs = await run.do(
        f"{CORE}execution.Count",
        flows=[{"namespace": "a", "flowId": "long"}, {"namespace": "a", "flowId": "x"}],
        states=["success", "CANCELED"],
        startDate="2026-01-02",
        expression="{{ count > 2 }}",
    )
    assert outputs == {"results": [{"namespace": "a", "flowId": "long", "count": 4}], "total": 4}
    states = [ExecutionState.SUCCESS, ExecutionState.CANCELLED]
    assert asked.queries[0] == ExecutionQuery("a", "long", states, MOMENT, None)


async def test_resume_asks_for_another_execution_or_this_one(run: FakeRun) -> None:
    given: dict[str, object] = {"executionId": "ex_paused", "inputs": {"ok": True}}
    for properties, wanted in (
        (given, ResumeOther("ex_paused", {"ok": True})),
        ({}, ResumeOther(run.execution_id, {})),
    ):
        result = await run.result(f"{CORE}execution.Resume", **properties)
        assert isinstance(result, TaskResult)
        assert result.changes == (wanted,)


@pytest.mark.parametrize(
    ("execution_id", "why"), [("ex_none", "no execution `ex_none`"), ("ex_over", "is SUCCESS")]
)
async def test_resume_fails_where_nobody_waits(run: FakeRun, execution_id: str, why: str) -> None:
    with pytest.raises(TaskFailed, match=why):
        await run.do(f"{CORE}execution.Resume", executionId=execution_id)


async def test_counting_nothing_in_particular_is_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="what shall be counted"):
        await run.do(f"{CORE}execution.Count")


async def test_purging_passes_on_what_goes(run: FakeRun, asked: Asked) -> None:
    outputs = await run.do(
        f"{CORE}execution.PurgeExecutions", endDate="2026-01-02T00:00:00Z", purgeLog=False
    )
    assert outputs == {
        "executionsCount": 1,
        "logsCount": 2,
        "metricsCount": 3,
        "storagesCount": 4,
    }
    assert asked.queries == [ExecutionQuery(end=MOMENT, states=[]), Purge(logs=False)]


async def test_purging_needs_an_end(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="`endDate`"):
        await run.do(f"{CORE}execution.PurgeExecutions")


async def test_log_lines_are_stored(run: FakeRun, asked: Asked) -> None:
    outputs = await run.do(f"{CORE}log.Fetch", level="warn", tasksId=["task"])
    assert outputs["size"] == 3
    assert asked.queries == [LogQuery(execution_id="ex_1", task_ids=["task"], level=LogLevel.WARN)]
    first = (await run.read(outputs["uri"])).decode().splitlines()[0]
    assert 'level:"WARN",message:"line 0"' in first
    assert "timestamp:2026-01-02T00:00:00" in first


async def test_log_lines_are_purged(run: FakeRun, asked: Asked) -> None:
    given = {"namespace": "a", "endDate": "2026-01-02", "logLevels": ["DEBUG"]}
    assert await run.do(f"{CORE}log.PurgeLogs", **given) == {"count": 7}
    assert asked.queries == [LogQuery("a", levels=[LogLevel.DEBUG], end=MOMENT)]


async def test_a_trigger_is_switched(run: FakeRun, asked: Asked) -> None:
    await run.do(f"{CORE}trigger.Toggle", trigger="known", enabled=True)
    assert asked.queries == [(FlowName("company.team", "demo"), True)]
    with pytest.raises(TaskFailed, match=r"other\.demo has no trigger 'unknown'"):
        await run.do(f"{CORE}trigger.Toggle", trigger="unknown", namespace="other")
