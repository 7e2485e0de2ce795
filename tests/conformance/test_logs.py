"""Where the lines of a task go, and which of them."""

import json

import pytest

from runtime.files.uris import key_of
from tests.support.conformance import Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

LOW = '{"logs": [{"level": "DEBUG", "message": "low"}]}'
LINES = json.dumps([f"echo '::{LOW}::'", "echo high"])

ROWS = [
    Row("every line is kept", f"tasks: [{{id: a, type: shell.Commands, commands: {LINES}}}]"),
    Row(
        "only those as grave as logLevel",
        f"tasks: [{{id: a, type: shell.Commands, logLevel: INFO, commands: {LINES}}}]",
    ),
]
KEPT = {"every line is kept": ["low", "high"], "only those as grave as logLevel": ["high"]}


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_a_task_logs_what_its_level_lets_through(bench: Bench, row: Row) -> None:
    assert (await bench.holds(row)).logs == KEPT[row.title]


async def test_log_to_file_keeps_lines_out_of_the_log_and_with_the_attempt(bench: Bench) -> None:
    seen = await bench.run(
        """
        tasks:
          - {id: a, type: shell.Commands, logToFile: true, commands: [echo one]}
          - {id: b, type: log.Log, logToFile: true, message: "{{ outputs.a.exitCode }}"}
          - {id: c, type: log.Log, message: seen}
        """
    )
    files = [seen.run(task).attempts[-1].log_file for task in ("a", "b", "c")]
    texts = []
    for uri in files[:2]:
        parts = bench.driver.runtime.files.open(key_of(uri or ""))
        texts.append(b"".join([part async for part in parts]).decode().split()[1:])
    assert texts == [["INFO", "one"], ["INFO", "0"]]
    assert files[2] is None
    assert seen.logs == ["seen"]
