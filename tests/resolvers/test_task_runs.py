"""Task runs through the API: what a paused one asks for."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, driven

ASKING = """\
id: asking
namespace: company.team
tasks:
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
    onResume:
      - {id: approved, type: BOOL, defaults: true}
      - {id: reason, type: STRING, description: Why you decided so}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as driver:
        yield driver


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


async def test_a_paused_task_tells_what_it_wants_to_know(driver: Driver, api: Api) -> None:
    paused = await driver.create(ASKING)
    await driver.reached(paused, "PAUSED")
    query = """query ($id: ID!) { execution(id: $id) { taskRuns { nodes {
      id resumeInputs { id type required defaults description } } } } }"""
    (run,) = (await api.ask(query, id=paused))["execution"]["taskRuns"]["nodes"]
    approved, reason = run["resumeInputs"]
    assert approved == {
        "id": "approved",
        "type": "BOOL",
        "required": True,
        "defaults": True,
        "description": None,
    }
    assert reason["description"] == "Why you decided so"

    resume = """mutation ($input: ResumeExecutionInput!) { resumeExecution(input: $input) {
      userErrors { message } } }"""
    inputs = {"executionId": paused, "inputs": {"reason": "It is fine."}}
    assert (await api.ask(resume, input=inputs))["resumeExecution"]["userErrors"] == []
    await driver.ended(paused)
    (run,) = (await api.ask(query, id=paused))["execution"]["taskRuns"]["nodes"]
    assert run["resumeInputs"] == []
