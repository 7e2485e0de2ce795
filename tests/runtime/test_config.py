"""Settings that make no sense are refused with what to write instead."""

from pathlib import Path

import pytest

from runtime.clock import SystemClock
from runtime.config import settings_from
from runtime.engine.lifespan import running
from runtime.errors import FlowdeckError, InvalidInput
from runtime.events.redis import redis_bus


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("FLOWDECK_ROLES", "engine,cook", "There is no role cook"),
        ("FLOWDECK_PORT", "99999", "99999 is not a port"),
        ("FLOWDECK_PORT", "eighty", "cannot be read"),
        ("FLOWDECK_DATABASE_CONNECTIONS", "0", "0 connections"),
    ],
)
def test_a_setting_that_makes_no_sense_is_refused_by_its_name(
    name: str, value: str, says: str
) -> None:
    with pytest.raises(InvalidInput, match=says) as refused:
        settings_from({name: value})
    assert refused.value.path == (name,)
    assert refused.value.hint


@pytest.mark.parametrize("url", ["nonsense", "postgresql://h:port/x"])
async def test_an_address_of_the_database_that_cannot_be_read_is_told(
    url: str, tmp_path: Path
) -> None:
    settings = settings_from({"FLOWDECK_DATABASE_URL": url}, data_dir=tmp_path)
    with pytest.raises(FlowdeckError, match="address of the database") as refused:
        async with running(settings):
            pass
    assert "FLOWDECK_DATABASE_URL" in refused.value.hint


async def test_an_address_of_redis_that_cannot_be_read_is_told() -> None:
    with pytest.raises(InvalidInput, match="address of Redis"):
        async with redis_bus("nonsense", SystemClock()):
            pass
