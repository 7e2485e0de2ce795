"""Reading at size: pages, nested pages, logs and the Gantt over a year of executions."""

import http.client
import json
import time
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Self

import asyncpg

from tests.benchmarks.filling import LARGE, fill
from tests.benchmarks.plain import plain_server
from tests.benchmarks.report import Report, median, percentile
from tests.support.server import serving

_SECONDS = 1.0
_FIELDS = """id namespace flowId flowRevision state labels { key value } createdAt startedAt endedAt
attempt version lastSequence"""
_PAGE = f"""query ($filter: ExecutionFilter, $order: ExecutionOrder, $after: String) {{
  executions(filter: $filter, orderBy: $order, first: 25, after: $after) {{
    nodes {{ {_FIELDS} }} pageInfo {{ hasNextPage endCursor }} }} }}"""
_NESTED = f"""{{ executions(first: 50) {{ nodes {{ {_FIELDS}
  taskRuns(first: 10) {{ nodes {{ id taskId state startedAt endedAt executionId }} }} }} }} }}"""
_RUNS = """query ($filter: TaskRunFilter) { taskRuns(filter: $filter, first: 25) {
  nodes { id taskId state startedAt endedAt } } }"""
_LOGS = """query ($filter: LogFilter) { logs(filter: $filter, last: 100) {
  nodes { at level message taskId } } }"""
_TAIL = f"""query ($filter: LogFilter) {{ execution(id: "{LARGE}") {{
  logs(filter: $filter, last: 100) {{ nodes {{ at level message taskId }} }} }} }}"""
_TIMELINE = f"""{{ execution(id: "{LARGE}") {{ timeline {{ cursor sequence origin at taskRunIds
  ordinals parentOrdinals taskIds tasks values iterations states attempts segmentCounts
  segmentStates segmentOffsets }} }} }}"""
_CHANGE = """
WITH runs AS (
    SELECT n, 'tr_large' || lpad((n * 37)::text, 20, '0') AS id
    FROM
        generate_series(1, $2::bigint) AS n
), changed AS (
    UPDATE task_runs
    SET history = (history::jsonb || '[["SUCCESS", "2026-01-31T12:00:00.000000Z"]]')::json
    WHERE id IN (SELECT id FROM runs) AND $3 = 'TASK_RUN_STATE'
), sequenced AS (
    UPDATE executions SET version = version + 1, sequence = sequence + $2
    WHERE id = $1 AND $2 > 0
    RETURNING sequence - $2 AS start
), placed AS (
    UPDATE counters SET value = value + $2 WHERE name = 'events' RETURNING value - $2 AS start
)
INSERT INTO events
    (position, execution_id, sequence, at, kind, state, task_run_id, namespace, flow_id)
SELECT
    placed.start + n, $1, sequenced.start + n, now(), $3, 'SUCCESS', id, 'company.team0', 'large'
FROM placed, sequenced, runs
"""
"""Events that tell of changes of some task runs."""
_AROUND = """query ($id: ID!) { execution(id: $id) {
  previous { id } next { id } recent(last: 20) { id state duration } } }"""
_COUNT = "query ($filter: ExecutionFilter) { executions(filter: $filter) { count { value } } }"


@dataclass(frozen=True, slots=True)
class Read:
    """One operation; `limit` names what the plain server does instead."""

    label: str
    operation: str
    variables: dict[str, Any] = field(default_factory=dict)
    limit: str = ""
    aim: str = ""


_OLD = {"gte": "2020-01-01T00:00:00Z"}
_READS = (
    Read("25 executions, the newest", _PAGE, limit="page", aim="1.5 of plain"),
    Read("failed ones", _PAGE, {"filter": {"state": {"in": ["FAILED"]}}}, "failed", "1.5 of plain"),
    Read("below a namespace", _PAGE, {"filter": {"namespace": {"prefix": "company.team7"}}}),
    Read("of a rare flow", _PAGE, {"filter": {"flowId": {"eq": "flow150"}}}),
    Read("of no flow", _PAGE, {"filter": {"flowId": {"eq": "nothing"}}}),
    Read("in a rare state", _PAGE, {"filter": {"state": {"in": ["CANCELLED"]}}}),
    Read(
        "with a label",
        _PAGE,
        {"filter": {"labels": [{"key": "tenant", "value": "tenant55", "op": "EQUALS"}]}},
    ),
    Read("by the beginning of an id", _PAGE, {"filter": {"text": LARGE[:14]}}),
    Read("longer than five minutes", _PAGE, {"filter": {"duration": {"gt": "PT5M"}}}),
    Read("created in a range of time", _PAGE, {"filter": {"createdAt": _OLD}}),
    Read("the longest first", _PAGE, {"order": {"field": "DURATION", "direction": "DESC"}}),
    Read("the last ended first", _PAGE, {"order": {"field": "ENDED_AT", "direction": "DESC"}}),
    Read("counted up to 10,000", _COUNT),
    Read("50 executions with 10 task runs each", _NESTED, limit="nested", aim="1.5 of plain"),
    Read("25 task runs, the newest", _RUNS),
    Read("running ones", _RUNS, {"filter": {"state": {"in": ["RUNNING"]}}}),
    Read("the last 100 lines of 100,000", _TAIL),
    Read("its errors", _TAIL, {"filter": {"level": {"gte": "ERROR"}}}),
    Read("100 lines of everything", _LOGS),
    Read("100 errors of everything", _LOGS, {"filter": {"level": {"gte": "ERROR"}}}),
    Read("previous, next and recent of one", _AROUND, {"id": LARGE}),
)


@dataclass(slots=True)
class Caller:
    """One caller with one connection, who costs next to nothing: what a client does with an answer
    is no time of the server's."""

    connection: http.client.HTTPConnection

    @classmethod
    def of(cls, url: str) -> Self:
        return cls(http.client.HTTPConnection(url.removeprefix("http://"), timeout=60))

    def post(self, path: str, body: dict[str, Any]) -> tuple[float, bytes]:
        """Seconds until the whole answer is there, and the answer."""
        sent = json.dumps(body).encode()
        begun = time.perf_counter()
        self.connection.request("POST", path, sent, {"content-type": "application/json"})
        answer = self.connection.getresponse()
        content = answer.read()
        seconds = time.perf_counter() - begun
        if answer.status != 200 or b'"errors":' in content:
            raise RuntimeError(content[:2_000].decode())
        return seconds, content

    def timed(self, path: str, body: dict[str, Any]) -> list[float]:
        """Seconds of each turn, for a while and 10 times at least, without those that warm up."""
        times: list[float] = []
        self.connection.close()  # a server gives up a connection on which nothing happened
        end = time.perf_counter() + _SECONDS
        while time.perf_counter() < end or len(times) < 10:
            times.append(self.post(path, body)[0])
        return times[min(5, len(times) // 2) :]


async def measure(dsn: str, folder: Path, report: Report, executions: int) -> None:
    """Fill the database, then each read by itself, one caller."""
    report.heading(f"Reads over {executions:,} executions, over HTTP")
    await fill(dsn, executions)
    with serving(dsn, folder) as server, plain_server(dsn) as plain:
        ours, bare = Caller.of(server.url), Caller.of(plain)
        for read in _READS:
            body = {"query": read.operation, "variables": read.variables}
            times = ours.timed("/graphql", body)
            ratio = ""
            if read.limit:
                limits = bare.timed(f"/{read.limit}", {})
                ratio = f"{median(times) / median(limits):.2f} of plain {median(limits) * 1e3:.2f}"
            report.add(f"{read.label}, p50", median(times) * 1000, "ms", ratio=ratio, aim=read.aim)
            report.add("  p95", percentile(times, 0.95) * 1000, "ms")
        _deep(ours, report)
        await _gantt(ours, dsn, report)


def _deep(caller: Caller, report: Report) -> None:
    """Fifty pages one after the other: the last one costs what the first one does."""
    times: list[float] = []
    after = None
    for _ in range(50):
        seconds, answer = caller.post("/graphql", {"query": _PAGE, "variables": {"after": after}})
        times.append(seconds)
        after = json.loads(answer)["data"]["executions"]["pageInfo"]["endCursor"]
    report.add("page 2 to 10, p50", median(times[1:10]) * 1000, "ms")
    report.add("page 41 to 50, p50", median(times[40:]) * 1000, "ms")


async def _gantt(caller: Caller, dsn: str, report: Report) -> None:
    """The Gantt of an execution of which a task run is taken away before each look, so that the
    whole is read; of one of which some are tried again; and of one that does not change."""
    database = await asyncpg.connect(dsn)
    try:
        for label, changed, kind in (
            ("read whole", 1, "TASK_RUN_REMOVED"),
            ("of which 20 have changed", 20, "TASK_RUN_STATE"),
            ("that has not changed since", 0, ""),
        ):
            times: list[float] = []
            for _ in range(25):
                await database.execute(_CHANGE, LARGE, changed, kind)
                times.append(caller.post("/graphql", {"query": _TIMELINE})[0])
            best, usual = min(times) * 1000, median(times) * 1000
            name = f"the Gantt of 10,000 task runs, {label}"
            report.add(f"{name}, p50", usual, "ms", aim="30 ms")
            report.add("  the quickest", best, "ms")
    finally:
        await database.close()
