"""The ground floor: time, ids, settings, loops."""

import asyncio
import base64
from datetime import timedelta

import pytest

from runtime.clock import ManualClock, SystemClock
from runtime.config import Settings, settings_from
from runtime.errors import InvalidInput
from runtime.ids import EXECUTION, new_id
from runtime.loop import Loop
from tests.support.waiting import until


def test_ids_grow_in_the_order_in_which_they_are_made() -> None:
    ids = [new_id(EXECUTION) for _ in range(2_000)]
    assert ids == sorted(ids)
    assert len(set(ids)) == len(ids)
    assert {len(each) for each in ids} == {28}


async def test_sleepers_wake_in_the_order_of_their_moments(clock: ManualClock) -> None:
    woken: list[int] = []

    async def sleeper(seconds: int) -> None:
        await clock.sleep(seconds)
        woken.append(seconds)

    tasks = [asyncio.create_task(sleeper(seconds)) for seconds in (3, 1, 2)]
    await asyncio.sleep(0)
    clock.advance(timedelta(seconds=2))
    await until(lambda: woken == [1, 2])
    clock.advance(timedelta(seconds=1))
    await asyncio.gather(*tasks)
    assert woken == [1, 2, 3]


async def test_time_that_passes_before_a_sleeper_lies_down_counts(clock: ManualClock) -> None:
    sleeping = clock.sleep(5)
    clock.advance(timedelta(seconds=5))
    await asyncio.wait_for(sleeping, 1)


def test_settings_are_read_by_their_kinds() -> None:
    settings = settings_from(
        {
            "FLOWDECK_PORT": "9000",
            "FLOWDECK_INTROSPECTION": "false",
            "FLOWDECK_ROLES": "web, engine",
            "FLOWDECK_GLOBALS": '{"a": 1}',
            "ENV_REGION": "eu",
            "KESTRA_REGION": "us",
            "SECRET_TOKEN": base64.b64encode(b"open sesame").decode(),
        }
    )
    assert settings.port == 9000
    assert settings.introspection is False
    assert settings.roles == ("web", "engine")
    assert settings.globals == {"a": 1}
    assert settings.envs == {"region": "eu"}
    assert settings.secrets == {"TOKEN": "open sesame"}


def test_secrets_are_not_shown_with_the_settings() -> None:
    assert "sesame" not in repr(Settings(secrets={"TOKEN": "open sesame"}))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("FLOWDECK_PORT", "many"),
        ("FLOWDECK_INTROSPECTION", "maybe"),
        ("FLOWDECK_GLOBALS", "{"),
        ("SECRET_TOKEN", "%%%"),
    ],
)
def test_a_setting_that_cannot_be_read_is_named(name: str, value: str) -> None:
    with pytest.raises(InvalidInput, match=name):
        settings_from({name: value})


async def test_a_loop_goes_on_after_its_work_has_failed() -> None:
    calls: list[int] = []

    async def work() -> None:
        calls.append(len(calls))
        if len(calls) == 1:
            raise RuntimeError("once")
        await asyncio.sleep(0)

    async with Loop("trial", work, SystemClock()):
        await until(lambda: len(calls) >= 3)


async def test_a_loop_may_be_stopped_twice() -> None:
    async with Loop("trial", asyncio.Event().wait, SystemClock()) as loop:  # type: ignore[arg-type]
        await loop.stop()
        await loop.stop()


async def test_a_loop_stops_although_its_work_answers_a_cancellation_with_an_error() -> None:
    begun = asyncio.Event()

    async def work() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        except asyncio.CancelledError:
            raise ConnectionError("cut in the middle") from None

    async with asyncio.timeout(5), Loop("trial", work, SystemClock()):
        await begun.wait()
