import asyncio
import os
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from runtime.config import Settings
from runtime.errors import Forbidden, InvalidInput, LimitExceeded, NotFound, Unavailable
from runtime.files.store import FileStore
from tests.support.memory import MemoryWatch
from tests.support.s3 import make_bucket, s3_server

MEGABYTE = 1 << 20


@pytest.fixture(scope="module")
def s3() -> Iterator[str]:
    with s3_server() as address:
        yield address


@pytest.fixture(params=["local", "s3"])
def store(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> FileStore:
    """Every storage keeps the same promises."""
    if request.param == "local":
        return FileStore.at(tmp_path / "storage")
    address = request.getfixturevalue("s3")
    bucket = f"bucket-{uuid4().hex}"
    make_bucket(address, bucket)
    given = {"ENDPOINT_URL": address, "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}
    for name, value in {**given, "REGION": "us-east-1", "ALLOW_HTTP": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    return FileStore.of(Settings(storage_url=f"s3://{bucket}/below/it"))


async def chunks(count: int, size: int = MEGABYTE) -> AsyncIterator[bytes]:
    for number in range(count):
        yield bytes([number % 256]) * size


async def content(store: FileStore, key: str) -> bytes:
    return b"".join([chunk async for chunk in store.open(key)])


async def test_what_is_stored_comes_back(store: FileStore, tmp_path: Path) -> None:
    path = tmp_path / "local"
    path.write_bytes(b"from a file")
    await store.put("a/bytes", b"bytes")
    await store.put("a/file", path)
    await store.put("a/stream", chunks(3, 10))
    await store.put("a/nothing", b"")
    assert await content(store, "a/bytes") == b"bytes"
    assert await content(store, "a/file") == b"from a file"
    assert len(await content(store, "a/stream")) == 30
    assert await content(store, "a/nothing") == b""


async def test_its_size_and_address_are_known(store: FileStore) -> None:
    stored = await store.put("a/b c", b"12345")
    assert (stored.size, stored.uri) == (5, "kestra:///a/b%20c")
    assert await store.find("a/b c") == stored


async def test_a_large_file_is_streamed_in_and_out_in_bounded_memory(store: FileStore) -> None:
    size = 0
    with MemoryWatch() as memory:
        await store.put("large", chunks(200))
        async for chunk in store.open("large"):
            size += len(chunk)
    assert size == 200 * MEGABYTE
    assert memory.grown < 120


async def test_a_stream_over_the_limit_leaves_nothing(store: FileStore) -> None:
    with pytest.raises(LimitExceeded, match="larger than 1,000 bytes"):
        await store.put("large", chunks(20), limit=1000)
    assert not await store.exists("large")


async def test_a_stream_that_breaks_leaves_the_older_file(store: FileStore) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield b"x" * MEGABYTE * 8
        raise ValueError("cut")

    await store.put("a", b"older")
    with pytest.raises(ValueError, match="cut"):
        await store.put("a", broken())
    assert await content(store, "a") == b"older"


async def test_a_file_that_is_not_there_says_so(store: FileStore) -> None:
    with pytest.raises(NotFound, match="no stored file kestra:///gone"):
        await content(store, "gone")
    assert not await store.exists("gone")
    assert not await store.delete("gone")


async def test_a_folder_is_listed_and_deleted_whole(store: FileStore) -> None:
    for key in ("ns/a", "ns/b/c", "ns2/d"):
        await store.put(key, b"x")
    assert sorted([file.key async for file in store.list("ns")]) == ["ns/a", "ns/b/c"]
    assert await store.delete_below("ns") == 2
    assert [file.key async for file in store.list("ns2")] == ["ns2/d"]


@pytest.mark.parametrize("key", ["../x", "/etc/passwd", "a/../../x", "a//b", "a\0b", ".", ""])
async def test_no_key_leaves_the_storage(store: FileStore, key: str) -> None:
    for attempt in (store.put(key, b"x"), store.find(key), content(store, key), store.delete(key)):
        with pytest.raises(InvalidInput):
            await attempt


async def test_a_symbolic_link_is_not_followed(tmp_path: Path) -> None:
    store = FileStore.at(tmp_path / "storage")
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside" / "secret").write_text("secret")
    os.symlink(tmp_path / "outside", tmp_path / "storage" / "link")
    for attempt in (content(store, "link/secret"), store.put("link/planted", b"x")):
        with pytest.raises(Forbidden, match="symbolic link"):
            await attempt
    assert not (tmp_path / "outside" / "planted").exists()


async def test_many_write_at_once(store: FileStore) -> None:
    await asyncio.gather(*(store.put(f"many/{n}", str(n).encode()) for n in range(100)))
    assert len([file async for file in store.list("many")]) == 100


WRONG = {
    "nonsense://x": r"no storage begins with `nonsense:`.*s3://bucket/path, gs://",
    "my-bucket": r"no storage begins with no scheme",
    "s3:///path": r"it names no bucket or container.*AWS_ACCESS_KEY_ID",
    "gs://": r"it names no bucket.*GOOGLE_SERVICE_ACCOUNT",
    "az://container": r"Account must be specified.*AZURE_STORAGE_ACCOUNT_NAME",
    "file://relative/path": r"it names no folder; write three slashes",
    "http://[": r"no storage begins with no scheme",
}


@pytest.mark.parametrize("url", WRONG)
def test_a_wrong_storage_url_says_what_is_wrong_and_how_to_mend_it(url: str) -> None:
    with pytest.raises(InvalidInput) as refused:
        FileStore.of(Settings(storage_url=url))
    told = f"{refused.value.message} {refused.value.hint}"
    assert re.search(WRONG[url], told)
    assert "Debug source" not in told
    assert "\n" not in told


def test_google_and_azure_take_the_variables_that_the_hints_name(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_NAME", "account")
    monkeypatch.setenv("AZURE_STORAGE_ACCOUNT_KEY", "a2V5")
    FileStore.of(Settings(storage_url="az://container/path"))
    monkeypatch.setenv("GOOGLE_SERVICE_ACCOUNT_KEY", "no JSON")
    with pytest.raises(InvalidInput, match="cannot be used") as refused:
        FileStore.of(Settings(storage_url="gs://bucket/path"))
    assert "GOOGLE_SERVICE_ACCOUNT_KEY" in str(refused.value.hint)


async def test_a_file_url_is_a_folder(tmp_path: Path) -> None:
    store = FileStore.of(Settings(storage_url=f"file://{tmp_path}/a%20folder"))
    await store.put("a/b", b"x")
    assert (tmp_path / "a folder" / "a" / "b").read_bytes() == b"x"


async def test_a_bucket_that_is_not_there_is_told_in_one_line(
    s3: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    given = {"ENDPOINT_URL": s3, "ACCESS_KEY_ID": "a", "SECRET_ACCESS_KEY": "b"}
    for name, value in {**given, "REGION": "us-east-1", "ALLOW_HTTP": "true"}.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    store = FileStore.of(Settings(storage_url="s3://no-such-bucket/path"))
    with pytest.raises((NotFound, Unavailable)) as failed:
        await store.put("a", b"x")
    assert "\n" not in failed.value.message


async def test_a_storage_by_url_keeps_the_same_promises() -> None:
    store = FileStore.of(Settings(storage_url="memory:///"))
    await store.put("a/b", chunks(3, 10))
    assert len(await content(store, "a/b")) == 30
    assert [file.uri async for file in store.list("a")] == ["kestra:///a/b"]
    assert await store.delete_below("a") == 1
    with pytest.raises(NotFound):
        await content(store, "a/b")
    with pytest.raises(InvalidInput):
        await store.put("a/../b", b"x")
