"""Reading executions. The rows of a list stay light; what users gave and got comes on demand."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import asyncpg

from runtime.executions.model import ExecutionKind, ExecutionTrigger, StateChange
from runtime.executions.states import ExecutionState
from runtime.flows.model import TemplateName
from runtime.flows.templates import pins_from
from runtime.store.history import history_of
from runtime.store.pool import Pool
from runtime.store.statements import Statements
from runtime.store.tables import Column, SortKey, Special, Table

_SQL = Statements("executions")


@dataclass(frozen=True, slots=True)
class ExecutionRecord:
    """One execution as it was when it was read. `position` is that of its last event; `duration`
    runs until the end, or until the reading."""

    id: str
    namespace: str
    flow_id: str
    flow_revision: int
    kind: ExecutionKind
    state: ExecutionState
    moments: Sequence[Sequence[str]]
    """The history as it is stored: names of states with the text of their moments."""
    labels: Mapping[str, str]
    error: Mapping[str, object] | None
    trigger: ExecutionTrigger | None
    breakpoints: Sequence[str]
    created_at: datetime
    scheduled_at: datetime | None
    started_at: datetime | None
    ended_at: datetime | None
    duration: timedelta | None
    attempt: int
    parent_id: str | None
    parent_task_run_id: str | None
    original_id: str | None
    replay_of: str | None
    version: int
    sequence: int
    position: int

    @property
    def history(self) -> tuple[StateChange, ...]:
        """Every state with the moment when it was entered; made when it is asked for."""
        return history_of(self.moments)


@dataclass(frozen=True, slots=True)
class ExecutionValues:
    """What users gave to an execution and got from it."""

    inputs: Mapping[str, object]
    variables: Mapping[str, object]
    outputs: Mapping[str, object] | None


_ID = re.compile(r"ex_[0-9a-z]{3,25}")
_HOLDS = (
    "(strpos(lower(namespace || '.' || flow_id), lower({}::text)) > 0 "
    # The first test spares most rows the second, which is exact and ten times slower.
    "OR (strpos(lower(labels::text), lower(btrim(to_json({}::text)::text, '\"'))) > 0 "
    "AND EXISTS (SELECT FROM jsonb_each_text(labels) AS label "
    "WHERE NOT starts_with(label.key, 'system.') "
    "AND strpos(lower(label.value), lower({}::text)) > 0)))"
)


def _holds(text: object) -> str:
    """The test for a text. Ids are looked up by their index, whatever the collation: all have the
    same form, and z is their last letter."""
    if "ex_".startswith(str(text)):
        return "true"
    if _ID.fullmatch(str(text)):
        return "id BETWEEN {}::text AND {}::text || 'zzzzzzzzzzzzzzzzzzzzzzzzz'"
    return _HOLDS


def _system(scope: object) -> str:
    inside = "(namespace = 'system' OR namespace LIKE 'system.%')"
    return inside if scope == "SYSTEM" else f"NOT {inside}"


def _moment(column: str) -> Column:
    """A moment that may not have come, compared by the index of its order."""
    return Column(
        f"COALESCE({column}, 'infinity'::timestamptz)",
        around=f"({{}} AND {column} IS NOT NULL)",
        begins="created_at",
    )


EXECUTIONS = Table(
    select=_SQL["select"],
    columns={
        "text": Special(_holds),
        "id": Column("id"),
        "namespace": Column("namespace"),
        "flow_id": Column("flow_id"),
        "state": Column("state", words=True),
        "labels": Column("labels"),
        "created_at": Column("created_at"),
        "started_at": _moment("started_at"),
        "ended_at": _moment("ended_at"),
        "duration": Column("(COALESCE(ended_at, $1::timestamptz) - started_at)"),
        "trigger_id": Column("trigger_id"),
        "task_id": Column(
            "task_runs.task_id",
            # The first test is made once: where no such task ever ran, nothing is searched.
            around="((SELECT count(*) FROM (SELECT FROM task_runs WHERE {} LIMIT 1) AS found) > 0 "
            "AND EXISTS (SELECT FROM task_runs WHERE task_runs.execution_id = executions.id "
            "AND {}))",
        ),
        "parent_id": Column("parent_id"),
        "is_child": Special(lambda is_child: f"parent_id IS {'NOT ' if is_child else ''}NULL"),
        "scope": Special(_system),
    },
    of_flows=frozenset({"namespace", "flow_id", "scope"}),
    order_of_flow="created_at",
    orders={
        "created_at": SortKey(("created_at", "id"), ("timestamptz", "text")),
        "started_at": SortKey(
            ("COALESCE(started_at, 'infinity'::timestamptz)", "id"), ("timestamptz", "text")
        ),
        "ended_at": SortKey(
            ("COALESCE(ended_at, 'infinity'::timestamptz)", "id"), ("timestamptz", "text")
        ),
        "duration": SortKey(
            (
                "COALESCE(EXTRACT(EPOCH FROM (ended_at - started_at))::float8, 'infinity'::float8)",
                "id",
            ),
            ("float8", "text"),
        ),
    },
)


def record_of(row: asyncpg.Record, now: datetime) -> ExecutionRecord:
    trigger = row["trigger"]
    started, ended = row["started_at"], row["ended_at"]
    return ExecutionRecord(
        id=row["id"],
        namespace=row["namespace"],
        flow_id=row["flow_id"],
        flow_revision=row["flow_revision"],
        kind=ExecutionKind(row["kind"]),
        state=ExecutionState(row["state"]),
        moments=row["history"],
        labels=row["labels"],
        error=row["error"],
        trigger=trigger and ExecutionTrigger(**trigger),
        breakpoints=row["breakpoints"],
        created_at=row["created_at"],
        scheduled_at=row["scheduled_at"],
        started_at=started,
        ended_at=ended,
        duration=None if started is None else max((ended or now) - started, timedelta()),
        attempt=row["attempt"],
        parent_id=row["parent_id"],
        parent_task_run_id=row["parent_task_run_id"],
        original_id=row["original_id"],
        replay_of=row["replay_of"],
        version=row["version"],
        sequence=row["sequence"],
        position=row["position"],
    )


async def by_ids(pool: Pool, ids: Sequence[str], now: datetime) -> dict[str, ExecutionRecord]:
    """Those that are there, by id."""
    rows = await pool.fetch(_SQL["select"] + " WHERE id = ANY ($1)", list(ids))
    return {row["id"]: record_of(row, now) for row in rows}


async def values(pool: Pool, ids: Sequence[str]) -> dict[str, ExecutionValues]:
    """Inputs, variables and outputs, by id."""
    rows = await pool.fetch(_SQL["values"], list(ids))
    return {
        row["id"]: ExecutionValues(row["inputs"], row["variables"], row["outputs"]) for row in rows
    }


async def pins(pool: Pool, ids: Sequence[str]) -> dict[str, dict[TemplateName, int]]:
    """The revisions of the templates that executions run with, by id."""
    rows = await pool.fetch(_SQL["pins"], list(ids))
    return {row["id"]: pins_from(row["pins"]) for row in rows}


async def neighbours(
    pool: Pool, ids: Sequence[str], now: datetime, *, later: bool
) -> dict[str, ExecutionRecord]:
    """The next execution of the same flow, before or after each of these, by their ids."""
    rows = await pool.fetch(_SQL["following" if later else "previous"], list(ids))
    return {row["of_id"]: record_of(row, now) for row in rows}


async def recent(
    pool: Pool, ids: Sequence[str], limit: int, now: datetime
) -> dict[str, list[ExecutionRecord]]:
    """The last executions of the same flow up to each of these, oldest first, by their ids."""
    found: dict[str, list[ExecutionRecord]] = {id_: [] for id_ in ids}
    for row in await pool.fetch(_SQL["recent"], list(ids), limit):
        found[row["of_id"]].insert(0, record_of(row, now))
    return found


async def recent_of_flows(
    pool: Pool, names: Sequence[tuple[str, str]], limit: int, now: datetime
) -> dict[tuple[str, str], list[ExecutionRecord]]:
    """The last executions of each flow, oldest first, by namespace and id."""
    found: dict[tuple[str, str], list[ExecutionRecord]] = {name: [] for name in names}
    namespaces, flow_ids = [name[0] for name in names], [name[1] for name in names]
    for row in await pool.fetch(_SQL["recent_of_flows"], namespaces, flow_ids, limit):
        found[row["namespace"], row["flow_id"]].insert(0, record_of(row, now))
    return found
