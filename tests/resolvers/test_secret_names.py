"""What the API shows of executions with secrets: names, and a marker for each secret value."""

from pathlib import Path

from tests.support.api import Api
from tests.support.engine import driven

FLOW = """\
id: door
namespace: company.team
inputs:
  - id: token
    type: SECRET
  - id: floor
    type: INT
    defaults: 3
tasks:
  - id: keyed
    type: io.kestra.plugin.core.output.OutputValues
    values: {"{{ inputs.token }}": 1, open: 2}
  - id: kept
    type: io.kestra.plugin.core.execution.SetVariables
    variables: {"{{ inputs.token }}": 1}
outputs:
  - id: token
    type: STRING
    value: "{{ inputs.token }}"
  - id: floor
    type: INT
    value: "{{ inputs.floor }}"
"""
SHOWN = """query ($id: ID!) { execution(id: $id) { inputs variables outputs
  taskRuns(first: 1) { nodes { outputs } } } }"""


async def test_a_secret_that_is_the_name_of_an_input_hides_itself_and_not_the_other_inputs(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        seen = await driver.run(FLOW, inputs={"token": "token"})
        shown = (await Api(driver.runtime).ask(SHOWN, id=seen.execution.id))["execution"]
    assert seen.state == "SUCCESS", seen.logs
    assert shown["inputs"] == {"token": "******", "floor": 3}
    assert shown["outputs"] == {"token": "******", "floor": 3}


async def test_what_a_task_keeps_under_a_name_that_is_secret_is_shown_as_a_marker(
    database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        seen = await driver.run(FLOW, inputs={"token": "Sup3r-S3cret-Zebra"})
        shown = (await Api(driver.runtime).ask(SHOWN, id=seen.execution.id))["execution"]
    assert shown["variables"] == {"******": "******"}
    assert shown["taskRuns"]["nodes"][0]["outputs"] == {"values": "******"}
