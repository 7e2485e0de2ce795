"""SQL sessions of drivers that block: each statement runs in a thread and can be interrupted."""

from collections.abc import Callable, Mapping
from typing import Any, Protocol

from runtime.tasks.jdbc.results import Collector
from runtime.tasks.jdbc.statements import checked_parameters, with_parameters
from runtime.tasks.task import TaskFailed
from runtime.tasks.threads import Stop, in_thread


class Cursor(Protocol):
    @property
    def description(self) -> Any: ...
    def fetchmany(self, size: int, /) -> list[Any]: ...


class Blocking:
    """A session over a driver's connection; `place` writes a parameter the driver's way."""

    def __init__(
        self,
        execute: Callable[[str, Mapping[str, object]], Cursor],
        interrupt: Callable[[], None],
        commit: Callable[[], object],
        changed: Callable[[Cursor], int | None],
        *,
        place: Callable[[str], str],
        parameters: dict[str, object],
        batch: int,
        failures: tuple[type[Exception], ...],
    ) -> None:
        self._execute = execute
        self._interrupt = interrupt
        self._commit = commit
        self._changed = changed
        self._place = place
        self._parameters = parameters
        self._batch = batch
        self._failures = failures

    async def execute(self, sql: str, collector: Collector) -> int | None:
        return await in_thread(lambda stop: self._run(sql, collector, stop))

    async def commit(self) -> None:
        await in_thread(lambda _: self._commit())

    def _run(self, sql: str, collector: Collector, stop: Stop) -> int | None:
        stop.interrupts(self._interrupt)
        given = checked_parameters(sql, self._parameters)
        try:
            cursor = self._execute(with_parameters(sql, self._place), given)
            if not cursor.description:
                return self._changed(cursor)
            columns = [column[0] for column in cursor.description]
            while not collector.is_satisfied and (batch := cursor.fetchmany(self._batch)):
                collector.take(columns, batch, stop)
            return self._changed(cursor)
        except self._failures as error:
            stop.check()
            raise TaskFailed(f"The statement failed: {error}\n{sql[:500]}") from error
