"""Secrets are open to expressions and to nobody else: no row of the database holds one in clear."""

from hashlib import sha256
from pathlib import Path

import pytest

from runtime.executions.messages import Resume
from runtime.store.pool import Pool
from tests.support.engine import Driver, Seen, driven

SECRET = "Sup3r-S3cret-Zebra"
SHA = sha256(SECRET.encode()).hexdigest()
CHILD = """
id: child
namespace: t
inputs:
  - id: open
    type: STRING
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.open }}"
outputs:
  - id: said
    type: STRING
    value: "{{ outputs.say.value }}"
"""
FLOW = """
id: keeper
namespace: t
inputs:
  - id: token
    type: SECRET
tasks:
  - id: return
    type: io.kestra.plugin.core.debug.Return
    format: "token={{ inputs.token }}"
  - id: log
    type: io.kestra.plugin.core.log.Log
    message: "{{ inputs.token }} {{ outputs.return.value }}"
  - id: shell
    type: io.kestra.plugin.scripts.shell.Commands
    taskRunner:
      type: io.kestra.plugin.core.runner.Process
    env:
      TOKEN: "{{ inputs.token }}"
    commands:
      - echo "$TOKEN"
      - echo "::{\\"outputs\\":{\\"x\\":\\"$TOKEN\\"}}::"
      - >-
        echo "::{\\"metrics\\":[{\\"name\\":\\"m\\",\\"type\\":\\"counter\\",
        \\"value\\":1,\\"tags\\":{\\"t\\":\\"$TOKEN\\"}}]}::"
  - id: labels
    type: io.kestra.plugin.core.execution.Labels
    labels:
      who: "{{ inputs.token }}"
  - id: variables
    type: io.kestra.plugin.core.execution.SetVariables
    variables:
      held: "{{ inputs.token }}"
  - id: child
    type: io.kestra.plugin.core.flow.Subflow
    namespace: t
    flowId: child
    inputs:
      open: "{{ inputs.token }}"
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: ["{{ inputs.token }}"]
    tasks:
      - id: one
        type: io.kestra.plugin.core.debug.Return
        format: "{{ taskrun.value }}"
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: >-
      {{ outputs.return.value | replace({'token=': ''}) | sha256 }}
      {{ outputs.shell.vars.x | sha256 }}
      {{ vars.held | sha256 }}
      {{ outputs.child.outputs.said | sha256 }}
      {{ (outputs.one | values | first).value | sha256 }}
outputs:
  - id: token
    type: STRING
    value: "{{ inputs.token }}"
"""


async def dump(pool: Pool) -> str:
    """All rows of all tables, as text."""
    names = await pool.fetch(
        "SELECT relname FROM pg_class JOIN pg_namespace AS spaces ON spaces.oid = relnamespace "
        "WHERE relkind IN ('r', 'p') AND nspname = current_schema()"
    )
    rows: list[str] = []
    for name in names:
        table = name["relname"]
        found = await pool.fetch(f'SELECT rows::text AS row FROM "{table}" AS rows')  # noqa: S608 - a table of our own
        rows += [row["row"] for row in found]
    return "\n".join(rows)


def proof(seen: Seen) -> list[str]:
    return str(seen.yielded("proof")["value"]).split()


async def _paused(driver: Driver) -> str:
    await driver.save(CHILD)
    execution_id = await driver.create(FLOW, inputs={"token": SECRET})
    await driver.reached(execution_id, "PAUSED")
    return execution_id


@pytest.mark.parametrize("survives", [True, False], ids=["same server", "next server"])
async def test_a_secret_is_nowhere_in_the_database_and_expressions_still_read_it(
    survives: bool, database_url: str, tmp_path: Path
) -> None:
    async with driven(database_url, tmp_path) as driver:
        execution_id = await _paused(driver)
        assert SECRET not in await dump(driver.runtime.pool)
        if survives:
            await driver.runtime.engine.act(execution_id, Resume())
            await _prove(driver, execution_id)
    if not survives:
        async with driven(database_url, tmp_path) as driver:
            await driver.runtime.engine.act(execution_id, Resume())
            await _prove(driver, execution_id)


async def _prove(driver: Driver, execution_id: str) -> None:
    seen = await driver.ended(execution_id)
    assert seen.state == "SUCCESS", seen.logs
    assert proof(seen) == [SHA] * 5
    assert SECRET not in await dump(driver.runtime.pool)


async def test_a_replay_with_other_inputs_keeps_the_secret_of_its_original(
    database_url: str, tmp_path: Path
) -> None:
    source = """
id: replayed
namespace: t
inputs:
  - id: token
    type: SECRET
  - id: other
    type: STRING
    defaults: a
tasks:
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.token | sha256 }} {{ inputs.other }}"
"""
    async with driven(database_url, tmp_path) as driver:
        first = await driver.run(source, inputs={"token": SECRET})
        again = await driver.runtime.engine.replay(first.execution.id, inputs={"other": "b"})
        assert proof(await driver.ended(again)) == [SHA, "b"]
