"""The statements of one group commit, ordered to hold the streams' locks as briefly as they can."""

from collections.abc import Iterable, Sequence

from runtime.events.event import StoredEvent
from runtime.store.committed import Committed
from runtime.store.entry import Entry, Row, message_row
from runtime.store.pool import Connection
from runtime.store.scribe import take_positions, write_logs, write_metrics
from runtime.store.statements import Statements

_SQL = Statements("journal")
_EVENT_COLUMNS = [
    "position", "execution_id", "sequence", "at", "kind", "state", "task_run_id", "detail",
    "namespace", "flow_id",
]  # fmt: skip


class Fenced(Exception):
    """Some executions are held by somebody else by now; nothing of the batch was written."""

    def __init__(self, ids: set[str]) -> None:
        super().__init__(f"no longer held here: {', '.join(sorted(ids))}")
        self.ids = ids


class Batch:
    """The entries of one transaction."""

    def __init__(self, entries: Sequence[Entry]) -> None:
        self._entries = entries

    async def write(self, connection: Connection) -> Committed:
        """Write everything inside the caller's transaction. Raises Fenced."""
        await self._write_task_runs(connection)
        await self._write_messages(connection)
        entries = self._entries
        logs = await write_logs(connection, [(e.origin, line) for e in entries for line in e.logs])
        metrics = await write_metrics(
            connection, [(e.origin, point) for e in entries for point in e.metrics]
        )
        events = await self._place_events(connection)
        await self._write_executions(connection, events)
        await self._write_events(connection, events)
        ended = [entry.origin.execution_id for entry in entries if entry.ended]
        if ended:
            await connection.execute(_SQL["release_slots"], ended)
        messages = any(entry.messages or entry.to_children for entry in entries)
        return Committed(events=events, logs=logs, metrics=metrics, messages=messages)

    async def _write_task_runs(self, connection: Connection) -> None:
        runs = {row[0]: row for entry in self._entries for row in entry.task_runs}
        await _many(connection, "write_task_runs", runs.values())
        outputs = {row[0]: row for entry in self._entries for row in entry.outputs}
        await _many(connection, "write_outputs", outputs.values())
        removed = [each for entry in self._entries for each in entry.removed]
        gone = removed + [each for entry in self._entries for each in entry.outputs_gone]
        if removed:
            await connection.execute(_SQL["delete_task_runs"], removed)
        if gone:
            await connection.execute(_SQL["delete_outputs"], gone)

    async def _write_messages(self, connection: Connection) -> None:
        consumed = [each for entry in self._entries for each in entry.consumed]
        if consumed:
            await connection.execute(_SQL["delete_messages"], consumed)
        cancelled = [(e.origin.execution_id, key) for e in self._entries for key in e.timers_gone]
        await _many(connection, "cancel_timers", cancelled)
        messages = [message for entry in self._entries for message in entry.messages]
        # A key stands once in a statement: the last word counts.
        latest = {(m.execution_id, m.key or index): m for index, m in enumerate(messages)}
        await _many(connection, "write_messages", [message_row(m) for m in latest.values()])
        for entry in self._entries:
            for order in entry.to_children:
                await connection.execute(
                    _SQL["message_children"],
                    f"{entry.origin.execution_id}:{entry.version}:{order.kind}:",
                    order.deliver_at,
                    order.kind,
                    order.payload,
                    order.parent_id,
                    order.task_run_id,
                )

    async def _place_events(self, connection: Connection) -> list[StoredEvent]:
        count = sum(len(entry.events) for entry in self._entries)
        if not count:
            return []
        first = await take_positions(connection, "events", count)
        pairs = [(entry.origin, event) for entry in self._entries for event in entry.events]
        return [
            StoredEvent(
                position=position,
                execution_id=origin.execution_id,
                namespace=origin.namespace,
                flow_id=origin.flow_id,
                sequence=event.sequence,
                at=event.at,
                kind=event.kind,
                state=event.state.value,
                task_run_id=event.task_run_id,
                detail=event.detail,
            )
            for position, (origin, event) in enumerate(pairs, first)
        ]

    async def _write_executions(self, connection: Connection, events: list[StoredEvent]) -> None:
        last = {event.execution_id: event.position for event in events}
        inserted = [e for e in self._entries if e.inserted is not None]
        await _many(
            connection, "insert_executions", [_placed(e, e.inserted, last) for e in inserted]
        )
        updated = {e.origin.execution_id: e for e in self._entries if e.updated is not None}
        if not updated:
            return
        rows = [_placed(e, e.updated, last) for e in updated.values()]
        written = await connection.fetch(_SQL["update_executions"], *_columns(rows))
        refused = updated.keys() - {row["id"] for row in written}
        if refused:
            raise Fenced(refused)

    async def _write_events(self, connection: Connection, events: list[StoredEvent]) -> None:
        if events:
            await connection.copy_records_to_table(
                "events", columns=_EVENT_COLUMNS, records=[_event_row(event) for event in events]
            )


def _event_row(event: StoredEvent) -> Row:
    return (
        event.position, event.execution_id, event.sequence, event.at, event.kind.value, event.state,
        event.task_run_id, event.detail, event.namespace, event.flow_id,
    )  # fmt: skip


async def _many(connection: Connection, statement: str, rows: Iterable[Row]) -> None:
    columns = _columns(rows)
    if columns:
        await connection.execute(_SQL[statement], *columns)


def _columns(rows: Iterable[Row]) -> list[list[object]]:
    return [list(column) for column in zip(*rows, strict=True)]


def _placed(entry: Entry, row: Row | None, last: dict[str, int]) -> Row:
    return (*(row or ()), last.get(entry.origin.execution_id, 0), entry.owner, entry.fence)
