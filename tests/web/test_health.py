"""Whether a server can work, as those ask that send it its callers."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

import asyncpg
import httpx
import pytest

from runtime.store import trigger_state
from tests.support.database import disk_full
from tests.support.engine import Driver, driven
from tests.support.waiting import until
from web.app import build_app

FLOW = """
id: small
namespace: health
triggers:
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: sesame}
tasks:
  - {id: only, type: io.kestra.plugin.core.debug.Return, format: x}
"""
HOOK = "/api/v1/executions/webhook/health/small/sesame"
CREATE = """mutation { createExecution(input: {namespace: "health", flowId: "small"}) {
  execution { id } userErrors { message code } } }"""


@asynccontextmanager
async def _asking(driver: Driver) -> AsyncIterator[httpx.AsyncClient]:
    """The application over this runtime, without a network."""
    app = build_app(driver.runtime.settings, driver.runtime)
    async with (
        app.router.lifespan_context(app),
        httpx.AsyncClient(
            transport=httpx.ASGITransport(app),
            base_url="http://localhost",
        ) as client,
    ):
        yield client


async def test_a_full_disk_of_the_database_is_told_at_every_door_and_passes(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver, _asking(driver) as client:
        await driver.save(FLOW)
        assert (await client.get("/health/ready")).json()["status"] == "ready"
        async with disk_full(driver.runtime.pool):
            called = asyncio.create_task(client.post(HOOK, json={}))
            made = asyncio.create_task(client.post("/graphql", json={"query": CREATE}))
            await until(lambda: driver.runtime.engine.trouble, what="the first failure")
            ready = await client.get("/health/ready")
            assert ready.status_code == 503
            assert ready.json()["reason"] == "The disk of the database is full."
            refusal = (await called).json()["errors"][0]
            assert (await called).status_code == 503
            assert refusal["message"] == "The disk of the database is full."
            assert refusal["extensions"]["code"] == "UNAVAILABLE"
            assert "Free some space" in refusal["extensions"]["hint"]
            told = (await made).json()["data"]["createExecution"]["userErrors"]
            assert told[0]["message"].startswith("The disk of the database is full.")
        answer = await client.post(HOOK, json={})
        assert (await driver.ended(answer.json()["id"])).state == "SUCCESS"
        assert (await client.get("/health/ready")).status_code == 200


async def test_a_connection_that_is_cut_in_the_middle_is_told_and_is_no_fault_of_ours(
    database_url: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    async with driven(database_url, tmp_path) as driver, _asking(driver) as client:
        await driver.save(FLOW)

        async def cut(*_: object) -> None:
            raise asyncpg.InternalClientError("cannot switch to state 11")

        monkeypatch.setattr(trigger_state, "callable_flow", cut)
        answer = await client.post(HOOK, json={})
        assert answer.status_code == 503
        assert answer.json()["errors"][0]["extensions"]["code"] == "UNAVAILABLE"
