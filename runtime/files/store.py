"""Internal storage: a directory by default, S3, Google or Azure by URL. Files are streamed.

Keys come from `runtime.files.uris`, which keeps them inside; here a local directory is also kept
free of symbolic links, which would lead outside.
"""

import os
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import obstore
from obstore.store import LocalStore, ObjectStore, from_url

from runtime.config import Settings
from runtime.errors import Forbidden, LimitExceeded, NotFound, Unavailable
from runtime.files.addresses import StorageAddress, reason_of
from runtime.files.uris import checked_key, uri_of

CHUNK = 1 << 18
"""Bytes read at once; also about what a stream holds in memory."""
_PART = 5 << 20
_BATCH = 500

_PATIENCE = timedelta(seconds=30)
"""How long a storage that does not answer is asked again."""

Content = bytes | Path | AsyncIterable[bytes]
"""What can be stored: a few bytes, a local file, or a stream."""


@dataclass(frozen=True, slots=True)
class StoredFile:
    """A file in the storage; `size` in bytes."""

    key: str
    size: int
    modified_at: datetime

    @property
    def uri(self) -> str:
        return uri_of(self.key)


class FileStore:
    """Files by key. Errors are FlowdeckErrors: NotFound, LimitExceeded, Unavailable."""

    def __init__(self, store: ObjectStore, root: Path | None = None) -> None:
        self._store = store
        self._root = root

    @classmethod
    def at(cls, directory: Path) -> "FileStore":
        """A storage in a local directory, made when it is not there."""
        directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        root = directory.resolve()
        return cls(LocalStore(root, mkdir=True, automatic_cleanup=True), root)

    @classmethod
    def of(cls, settings: Settings) -> "FileStore":
        """The storage that the settings name."""
        if not settings.storage_url:
            return cls.at(settings.data_dir / "storage")
        address = StorageAddress.of(settings.storage_url)
        if address.folder is not None:
            return cls.at(address.folder)
        try:
            return cls(from_url(address.url, retry_config={"retry_timeout": _PATIENCE}))
        except Exception as error:
            raise address.refused(reason_of(error)) from error

    async def put(self, key: str, content: Content, *, limit: int | None = None) -> StoredFile:
        """Store a file, whole or not at all; an older one of that key is replaced.

        With `limit` a larger stream raises LimitExceeded and nothing stays.
        """
        self._guard(key)
        counted = _Counted(content, limit)
        try:
            await obstore.put_async(self._store, key, counted.body(), chunk_size=_PART)
        except (OSError, obstore.exceptions.BaseError) as error:
            raise _told(error, key) from error
        return await self.find(key)

    async def open(self, key: str) -> AsyncIterator[bytes]:
        """The file in chunks of some hundred kilobytes."""
        self._guard(key)
        try:
            result = await obstore.get_async(self._store, key)
            async for chunk in result.stream(min_chunk_size=CHUNK):
                yield bytes(chunk)
        except (OSError, obstore.exceptions.BaseError) as error:
            raise _told(error, key) from error

    async def read(self, key: str, start: int, end: int) -> bytes:
        """The bytes of a file from `start` up to `end`, which is not among them."""
        self._guard(key)
        try:
            return bytes(await obstore.get_range_async(self._store, key, start=start, end=end))
        except (OSError, obstore.exceptions.BaseError) as error:
            raise _told(error, key) from error

    async def find(self, key: str) -> StoredFile:
        """What is known of a file. Raises NotFound."""
        self._guard(key)
        try:
            meta = await obstore.head_async(self._store, key)
        except (OSError, obstore.exceptions.BaseError) as error:
            raise _told(error, key) from error
        return StoredFile(key, meta["size"], meta["last_modified"])

    async def exists(self, key: str) -> bool:
        try:
            await self.find(key)
        except NotFound:
            return False
        return True

    async def delete(self, key: str) -> bool:
        """Whether there was such a file; it is gone now."""
        if not await self.exists(key):
            return False
        try:
            await obstore.delete_async(self._store, key)
        except FileNotFoundError:
            return False
        return True

    async def delete_below(self, prefix: str) -> int:
        """Delete every file below a folder; how many there were."""
        keys = [file.key async for file in self.list(prefix)]
        for start in range(0, len(keys), _BATCH):
            await obstore.delete_async(self._store, keys[start : start + _BATCH])
        return len(keys)

    async def list(self, prefix: str) -> AsyncIterator[StoredFile]:
        """Every file below a folder, in no particular order."""
        self._guard(prefix)
        async for batch in obstore.list(self._store, prefix + "/", chunk_size=_BATCH):
            for meta in batch:
                yield StoredFile(meta["path"], meta["size"], meta["last_modified"])

    async def fetch(self, key: str, target: Path) -> int:
        """Copy a file to a local path; its size."""
        size = 0
        with target.open("wb") as file:
            async for chunk in self.open(key):
                size += file.write(chunk)
        return size

    def _guard(self, key: str) -> None:
        checked_key(key)
        if self._root is None:
            return
        place = os.path.join(self._root, key)
        if os.path.realpath(place) != place:
            raise Forbidden(
                f"The path {key!r} leads through a symbolic link.",
                hint="Symbolic links are not allowed inside the storage; remove it.",
            )


class _Counted:
    """A body for obstore that stops when it grows over the limit."""

    def __init__(self, content: Content, limit: int | None) -> None:
        self._content = content
        self._limit = limit

    def body(self) -> bytes | Path | AsyncIterator[bytes]:
        if isinstance(self._content, bytes):
            self._check(len(self._content))
            return self._content
        if isinstance(self._content, Path):
            self._check(self._content.stat().st_size)
            return self._content
        return self._stream(self._content)

    async def _stream(self, chunks: AsyncIterable[bytes]) -> AsyncIterator[bytes]:
        size = 0
        async for chunk in chunks:
            size += len(chunk)
            self._check(size)
            yield chunk

    def _check(self, size: int) -> None:
        if self._limit is not None and size > self._limit:
            raise LimitExceeded(
                f"The file is larger than {self._limit:,} bytes.",
                hint="Store less, or raise the limit in the settings.",
            )


def _told(error: BaseException, key: str) -> BaseException:
    if isinstance(error, FileNotFoundError):
        return NotFound(
            f"There is no stored file {uri_of(key)}.",
            hint="It may have been purged; run the task again that made it.",
        )
    reason = reason_of(error)
    return Unavailable(f"The storage failed on {uri_of(key)}: {reason}", hint="Try again.")
