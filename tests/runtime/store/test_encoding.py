"""What a user wrote never breaks a write."""

import json

import asyncpg
import pytest

from runtime.store.encoding import to_json

HARD = [
    "a\0b",
    {"k\0": ["v\0", "\\u0000", "\\\0", "\\\\u0000"]},
    {"half": "a\ud800b", "nul": "\0"},
    {"long": 2**200, "nul": "x\0", "not a number": float("nan")},
]


@pytest.mark.parametrize("value", HARD, ids=["text", "keys", "half characters", "numbers"])
async def test_postgresql_takes_any_value(value: object, database_url: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        stored = await connection.fetchval("SELECT $1::text::jsonb::text", to_json(value))
    finally:
        await connection.close()
    assert json.loads(stored) == json.loads(to_json(value))


def test_nul_is_replaced_and_a_written_escape_stays() -> None:
    gone = "\N{REPLACEMENT CHARACTER}"
    read = json.loads(to_json(["a\0b", "\\u0000", "\\\0"]))
    assert read == [f"a{gone}b", "\\u0000", f"\\{gone}"]
