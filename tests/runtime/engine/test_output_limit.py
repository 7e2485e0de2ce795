"""Outputs that are too large for a row fail their task, whoever runs it."""

from pathlib import Path

import pytest

from tests.support.engine import driven

INLINE = """
id: inline
namespace: t
tasks:
  - id: large
    type: io.kestra.plugin.core.debug.Return
    format: "{% for i in 1..300 %}0123456789{% endfor %}"
"""
WORK = """
id: work
namespace: t
tasks:
  - id: large
    type: io.kestra.plugin.core.templating.TemplatedTask
    spec: |
      type: io.kestra.plugin.core.debug.Return
      format: "{% for i in 1..300 %}0123456789{% endfor %}"
"""


@pytest.mark.parametrize("source", [INLINE, WORK], ids=["in the engine", "by a worker"])
async def test_an_output_beyond_the_limit_fails_its_task_and_says_what_to_do(
    source: str, database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path, output_limit=2_000) as driver:
        seen = await driver.run(source)
    assert seen.state == "FAILED"
    assert "more than the 2,000 bytes" in seen.logs[-1]
    assert "as a file" in seen.logs[-1]
