import pytest

from runtime.store import kv
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun
from tests.support.waiting import until

KV = "io.kestra.plugin.core.kv."


@pytest.mark.parametrize(
    ("value", "kind", "read"),
    [
        ("text", None, "text"),
        ("12", "NUMBER", 12),
        ("1.5", "NUMBER", 1.5),
        ("TRUE", "BOOLEAN", True),
        ('{"a": [1]}', "JSON", {"a": [1]}),
        ({"a": [1]}, None, {"a": [1]}),
        ("2026-01-01T10:00:00+01:00", "DATETIME", "2026-01-01T09:00:00Z"),
        ("2026-01-01", "DATE", "2026-01-01"),
        ("PT5M", "DURATION", "PT5M"),
        (5, "STRING", "5"),
    ],
)
async def test_a_value_is_kept_as_its_type(
    stored_run: FakeRun, value: object, kind: str | None, read: object
) -> None:
    given = {"kvType": kind} if kind else {}
    await stored_run.do(f"{KV}Set", key="k", value=value, **given)
    assert (await stored_run.do(f"{KV}Get", key="k"))["value"] == read


@pytest.mark.parametrize(
    ("value", "kind"), [("x", "NUMBER"), ("soon", "DATETIME"), ("5m", "DURATION"), ("{", "JSON")]
)
async def test_a_text_that_is_not_of_its_type_is_refused(
    stored_run: FakeRun, value: str, kind: str
) -> None:
    with pytest.raises(TaskFailed, match=f"is not a {kind}"):
        await stored_run.do(f"{KV}Set", key="k", value=value, kvType=kind)


async def test_a_missing_key_is_null_or_a_failure(stored_run: FakeRun) -> None:
    assert (await stored_run.do(f"{KV}Get", key="k")).get("value") is None
    with pytest.raises(TaskFailed, match="no key 'k'"):
        await stored_run.do(f"{KV}Get", key="k", errorOnMissing=True)


async def test_namespaces_above_are_asked_unless_one_is_named(stored_run: FakeRun) -> None:
    await stored_run.do(f"{KV}Set", key="k", value="above", namespace="company")
    assert (await stored_run.do(f"{KV}Get", key="k"))["value"] == "above"
    named = await stored_run.do(f"{KV}Get", key="k", namespace="company.team")
    assert named.get("value") is None


async def test_overwriting_can_be_refused(stored_run: FakeRun) -> None:
    await stored_run.do(f"{KV}Set", key="k", value=1, overwrite=False)
    with pytest.raises(TaskFailed, match="overwrite: true"):
        await stored_run.do(f"{KV}Set", key="k", value=2, overwrite=False)


async def test_a_time_to_live_is_kept(stored_run: FakeRun) -> None:
    await stored_run.do(f"{KV}Set", key="k", value=1, ttl="PT1H")
    found = await kv.find(stored_run.services.pool, ["company.team"], "k", stored_run.now())
    assert found is not None
    assert found.expires_at is not None
    assert 3500 < (found.expires_at - stored_run.now()).total_seconds() <= 3600


async def test_keys_are_listed_by_prefix_and_deleted(stored_run: FakeRun) -> None:
    for key in ("a_1", "a_2", "b"):
        await stored_run.do(f"{KV}Set", key=key, value=1)
    assert (await stored_run.do(f"{KV}GetKeys", prefix="a_"))["keys"] == ["a_1", "a_2"]
    assert (await stored_run.do(f"{KV}Delete", key="b")) == {"deleted": True}
    assert (await stored_run.do(f"{KV}Delete", key="b")) == {"deleted": False}
    with pytest.raises(TaskFailed, match="no key 'b'"):
        await stored_run.do(f"{KV}Delete", key="b", errorOnMissing=True)


@pytest.mark.parametrize("key", ["", "a b", "a/b", "k" * 257])
async def test_a_key_that_cannot_be_one_is_refused(stored_run: FakeRun, key: str) -> None:
    with pytest.raises(TaskFailed, match="cannot be a key"):
        await stored_run.do(f"{KV}Set", key=key, value=1)


PURGED = [
    ({}, ["old"]),
    ({"namespaces": ["company"]}, ["old"]),
    ({"namespaces": ["company"], "includeChildNamespaces": False}, []),
    ({"namespacePattern": "comp*"}, ["old"]),
    ({"namespacePattern": "other?"}, []),
    ({"keyPattern": "a_*"}, []),
    ({"keyPattern": "a_*", "behavior": {"type": "key", "expiredOnly": False}}, ["a_1"]),
    ({"expiredOnly": False, "namespaces": "company.team"}, ["a_1", "ab1", "old"]),
    ({"behavior": {"type": "version", "keepAmount": 1}}, []),
]


@pytest.mark.parametrize(("given", "gone"), PURGED)
async def test_a_purge_deletes_what_is_meant(
    stored_run: FakeRun, given: dict[str, object], gone: list[str]
) -> None:
    for key in ("a_1", "ab1", "old"):
        ttl = {"ttl": "PT0.001S"} if key == "old" else {}
        await stored_run.do(f"{KV}Set", key=key, value=1, **ttl)
    await until(lambda: _is_over(stored_run, "old"))
    assert (await stored_run.do(f"{KV}PurgeKV", **given))["size"] == len(gone)
    rows = await stored_run.services.pool.fetch("SELECT key FROM kv ORDER BY key")
    assert [row["key"] for row in rows] == [k for k in ("a_1", "ab1", "old") if k not in gone]


async def _is_over(run: FakeRun, key: str) -> bool:
    return await kv.find(run.services.pool, ["company.team"], key, run.now()) is None


async def test_a_purge_is_told_either_names_or_a_pattern(stored_run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="not both"):
        await stored_run.do(f"{KV}PurgeKV", namespaces=["a"], namespacePattern="b*")
