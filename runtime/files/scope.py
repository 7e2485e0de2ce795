"""What one execution may see of the storage: its own files and those of its relatives.

Relatives are the executions that it comes from (parents, the origin of a replay, the one whose end
triggered it) and the ones that it started. Files of its namespace and of the namespaces above it
are readable too.
"""

from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from runtime.errors import Forbidden, InvalidInput
from runtime.files.store import Content, FileStore, StoredFile
from runtime.files.uris import (
    NAMESPACE_SCHEME,
    checked_key,
    checked_name,
    is_stored,
    key_of,
)
from runtime.ids import new_id

NAMESPACE_FOLDER = "_files"
_FILE = "f"


def execution_prefix(namespace: str, flow_id: str, execution_id: str) -> str:
    """The folder of everything that an execution stores."""
    return checked_key(f"{namespace.replace('.', '/')}/{flow_id}/executions/{execution_id}")


def log_prefix(namespace: str, flow_id: str, execution_id: str) -> str:
    """The folder of the log files of an execution."""
    return f"{execution_prefix(namespace, flow_id, execution_id)}/logs"


def namespace_prefix(namespace: str) -> str:
    """The folder of a namespace's files."""
    return checked_key(f"{namespace.replace('.', '/')}/{NAMESPACE_FOLDER}")


def execution_of(key: str) -> str | None:
    """The id of the execution that owns a key; None for files of a namespace."""
    parts = key.split("/")
    if NAMESPACE_FOLDER in parts or "executions" not in parts:
        return None
    place = parts.index("executions") + 1
    return parts[place] if place < len(parts) - 1 else None


@dataclass(frozen=True, slots=True)
class FileScope:
    """Stored files as one task run (or the expressions of an execution) may use them."""

    store: FileStore
    namespace: str
    flow_id: str
    execution_id: str
    is_relative: Callable[[str], Awaitable[bool]]
    """Whether another execution, by its id, is a relative of this one."""
    folder: str = ""
    """Where below the execution's folder new files go, e.g. `tasks/<task id>/<task run id>`."""
    limit: int | None = None
    """Bytes of one new file."""

    async def put(self, name: str, content: Content) -> str:
        """Store a file of this task run and return its address."""
        stored = await self.store.put(self._own(checked_name(name)), content, limit=self.limit)
        return stored.uri

    async def put_new(self, suffix: str, content: Content) -> str:
        """The same under a fresh name, e.g. for `.ion`."""
        return await self.put(f"{new_id(_FILE)}{suffix}", content)

    async def open(self, uri: str) -> AsyncIterator[bytes]:
        """The file in chunks. Raises Forbidden for files of strangers, NotFound when it is gone."""
        key = await self.readable(uri)
        async for chunk in self.store.open(key):
            yield chunk

    async def read(self, uri: str, start: int, end: int) -> bytes:
        """The bytes of the file from `start` up to `end`. Raises as `open` does."""
        return await self.store.read(await self.readable(uri), start, end)

    async def find(self, uri: str) -> StoredFile:
        return await self.store.find(await self.readable(uri))

    async def exists(self, uri: str) -> bool:
        return await self.store.exists(await self.readable(uri))

    async def fetch(self, uri: str, target: Path) -> int:
        """Copy a file to a local path; its size in bytes."""
        return await self.store.fetch(await self.readable(uri), target)

    async def delete(self, uri: str) -> bool:
        """Delete a file of this execution or of a relative; False when there was none."""
        key = await self.readable(uri)
        if execution_of(key) is None:
            raise Forbidden(f"{uri} belongs to a namespace.", hint="Use namespace.DeleteFiles.")
        return await self.store.delete(key)

    async def purge(self) -> int:
        """Delete every file of this execution; how many."""
        return await self.store.delete_below(self.prefix)

    async def readable(self, uri: str) -> str:
        """The key behind an address that this execution may read."""
        if uri.startswith(f"{NAMESPACE_SCHEME}:"):
            return self._namespace_key(uri)
        if not is_stored(uri):
            raise InvalidInput(
                f"{uri[:200]!r} is not the address of a stored file.",
                hint="Stored files begin with kestra:///, files of the namespace with nsfile:///.",
            )
        key = key_of(uri)
        if not await self._may_read(key):
            raise Forbidden(
                f"{uri} belongs to another execution.",
                hint="Read files of this execution, its parents or its children only.",
            )
        return key

    @property
    def prefix(self) -> str:
        return execution_prefix(self.namespace, self.flow_id, self.execution_id)

    def _own(self, name: str) -> str:
        return checked_key(str(PurePosixPath(self.prefix, self.folder, name)))

    async def _may_read(self, key: str) -> bool:
        owner = execution_of(key)
        if owner is None:
            return any(key.startswith(f"{namespace_prefix(n)}/") for n in self._namespaces())
        return owner == self.execution_id or await self.is_relative(owner)

    def _namespaces(self) -> list[str]:
        parts = self.namespace.split(".")
        return [".".join(parts[:end]) for end in range(len(parts), 0, -1)]

    def _namespace_key(self, uri: str) -> str:
        rest = uri.removeprefix(f"{NAMESPACE_SCHEME}:")
        namespace, _, path = rest.removeprefix("//").partition("/")
        namespace = namespace or self.namespace
        if namespace not in self._namespaces():
            raise Forbidden(
                f"{uri} belongs to another namespace.",
                hint="Download it with namespace.DownloadFiles first.",
            )
        return checked_key(f"{namespace_prefix(namespace)}/{checked_name(path)}")
