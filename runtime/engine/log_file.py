"""The log file of an attempt whose task says `logToFile`: a line each, as time, level and message.

It grows on this machine and is stored when the attempt ends, however it ends. What a server had
gathered that is killed in between is lost with it.
"""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import BinaryIO

from runtime.executions.model import LogLevel
from runtime.files.scope import log_prefix
from runtime.files.store import FileStore
from runtime.files.uris import key_of, uri_of
from runtime.store.scribe import Origin

_BUFFER = 1 << 20


def address_of_log(origin: Origin, task_id: str, task_run_id: str, attempt: int) -> str:
    """Where the lines of an attempt are stored."""
    folder = log_prefix(origin.namespace, origin.flow_id, origin.execution_id)
    return uri_of(f"{folder}/{task_id}/{task_run_id}-{attempt}.log")


def lines_of(at: datetime, level: LogLevel, messages: Sequence[str]) -> bytes:
    """Lines as they stand in a log file."""
    if not messages:
        return b""
    head = f"{at.isoformat(timespec='milliseconds')} {level.name:5} "
    text = f"{head}{f'{chr(10)}{head}'.join(messages)}\n"
    return text.encode(errors="replace")


class LogFile:
    """Takes lines until it is stored. `place` is where they are gathered."""

    def __init__(self, store: FileStore, uri: str, place: Path) -> None:
        self._store = store
        self._key = key_of(uri)
        self._place = place
        self._file: BinaryIO | None = None

    def write(self, at: datetime, level: LogLevel, messages: Sequence[str]) -> None:
        if self._file is None:
            self._place.parent.mkdir(parents=True, exist_ok=True)
            self._file = self._place.open("wb", buffering=_BUFFER)
        self._file.write(lines_of(at, level, messages))

    async def store(self) -> None:
        """Store what was written, though it be nothing. Raises Unavailable."""
        if self._file is None:
            await self._store.put(self._key, b"")
            return
        try:
            self._file.close()
            await self._store.put(self._key, self._place)
        finally:
            self._place.unlink(missing_ok=True)
