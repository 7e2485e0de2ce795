"""Secrets as callers see them: a marker, wherever they stand."""

from collections.abc import AsyncIterator
from pathlib import Path

import orjson
import pytest

from resolvers.secrets import MARKER, masked
from runtime.files.vault import SEALED_TYPE
from tests.support.api import Api
from tests.support.engine import Driver, driven

SEALED = {"type": SEALED_TYPE, "value": "abc"}
WORD = "correct-horse"
FLOW = """\
id: whisper
namespace: t
inputs:
  - {id: word, type: SECRET}
tasks:
  - {id: say, type: io.kestra.plugin.core.debug.Return, format: "{{ inputs.word }}"}
  - id: keep
    type: io.kestra.plugin.core.execution.SetVariables
    variables: {deep: {list: ["{{ inputs.word }}", plain]}}
  - id: many
    type: io.kestra.plugin.core.output.OutputValues
    values: {deep: [{word: "{{ inputs.word }}"}]}
outputs:
  - {id: told, type: STRING, value: "{{ inputs.word }}"}
"""
EVERYTHING = """query ($id: ID!) { execution(id: $id) { inputs variables outputs
  taskRuns { nodes { taskId outputs } } logs { nodes { message } } } }"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path) as running:
        yield running


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (SEALED, MARKER),
        ([SEALED, 1], [MARKER, 1]),
        ({"a": {"b": [{"c": SEALED}]}}, {"a": {"b": [{"c": MARKER}]}}),
        ({"type": "other", "value": SEALED}, {"type": "other", "value": MARKER}),
        ("plain", "plain"),
        (None, None),
    ],
)
def test_a_sealed_value_is_a_marker_at_any_depth(value: object, shown: object) -> None:
    assert masked(value) == shown


async def test_what_an_execution_got_keeps_and_yields_is_masked(driver: Driver) -> None:
    seen = await driver.run(FLOW, inputs={"word": WORD})
    assert seen.state == "SUCCESS"
    found = (await Api(driver.runtime).ask(EVERYTHING, id=seen.execution.id))["execution"]
    assert WORD not in orjson.dumps(found).decode()
    assert found["inputs"] == {"word": MARKER}
    assert found["variables"] == {"deep": {"list": [MARKER, "plain"]}}
    assert found["outputs"] == {"told": MARKER}
    yielded = {run["taskId"]: run["outputs"] for run in found["taskRuns"]["nodes"]}
    assert yielded["say"] == {"value": MARKER}
    assert yielded["many"] == {"values": {"deep": [{"word": MARKER}]}}
