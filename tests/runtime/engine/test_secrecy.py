"""Secrets are open to expressions and to nobody else: no row of the database holds one in clear."""

import re
from base64 import b64encode
from hashlib import sha256
from pathlib import Path
from urllib.parse import quote

import pytest

from runtime.executions.messages import Resume
from runtime.store.pool import Pool
from tests.support.engine import Driver, Seen, driven
from tests.support.waiting import until

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


SHORT = "zx9"
OTHER = "Qu!et-K3y/Value"
PEM = "-----BEGIN-----\nMIIBOwIBAAJBAKj34\n7xYzQwErTy==\n-----END-----"
EVERYWHERE = """
id: everywhere
namespace: t
labels:
  who: "{{ secret('OTHER') }}"
inputs:
  - id: by_default
    type: STRING
    defaults: "Bearer {{ secret('OTHER') }}"
variables:
  held: "{{ secret('OTHER') }}"
tasks:
  - id: set
    type: io.kestra.plugin.core.kv.Set
    key: token
    value: {token: "{{ secret('OTHER') }}", open: 1}
  - id: text
    type: io.kestra.plugin.core.kv.Set
    key: text
    kvType: STRING
    value: "key={{ secret('OTHER') | upper }}"
  - id: state
    type: io.kestra.plugin.core.state.Set
    data: {pem: "{{ secret('PEM') }}"}
  - id: more
    type: io.kestra.plugin.core.state.Set
    data: {open: 2}
  - id: keyed
    type: io.kestra.plugin.core.output.OutputValues
    values: "{{ {secret('OTHER'): 'as a key'} }}"
  - id: metric
    type: io.kestra.plugin.core.metric.Publish
    metrics:
      - {name: "m {{ secret('OTHER') }}", type: counter, value: 1, tags: {t: "{{ kv('text') }}"}}
  - id: forms
    type: io.kestra.plugin.core.log.Log
    message:
      - "{{ secret('OTHER') | upper }} {{ secret('OTHER') | base64encode }}"
      - "{{ secret('OTHER') | urlencode }} {{ [secret('OTHER')] | toJson }}"
      - "{{ secret('PEM') | split('\\n') | slice(1, 3) | reverse | join(' ') }}"
      - "{{ printContext() }} {{ secret('SHORT') }} {{ kv('token') }}"
  - id: prints
    type: io.kestra.plugin.scripts.shell.Commands
    env: {PEM: "{{ secret('PEM') }}", WORD: "{{ secret('OTHER') }}"}
    commands:
      - echo "$PEM"; printf '%s' "$WORD" | base64; printf 'u:%s' "$WORD" | base64
      - head -c 65530 /dev/zero | tr '\\0' x; printf '%s' "$WORD"; echo; echo "$WORD" >&2
  - id: refused
    type: io.kestra.plugin.core.execution.Fail
    errorMessage: "It was {{ secret('OTHER') }}"
    allowFailure: true
  - id: wrong
    type: io.kestra.plugin.core.debug.Return
    format: "{{ fromJson(secret('OTHER')) }}"
    allowFailure: true
  - id: got
    type: io.kestra.plugin.core.kv.Get
    key: token
  - id: told
    type: io.kestra.plugin.core.state.Get
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: >-
      {{ outputs.got.value.token | sha256 }} {{ kv('text') | sha256 }}
      {{ outputs.told.data.pem | sha256 }} {{ outputs.told.data.open }}
      {{ inputs.by_default | sha256 }}
      {{ (outputs.keyed['values'] | keys | first) | sha256 }}
"""


async def test_no_table_shows_a_secret_in_any_of_its_forms(
    database_url: str, tmp_path: Path
) -> None:
    secrets = {"OTHER": OTHER, "PEM": PEM, "SHORT": SHORT}
    async with driven(database_url, tmp_path, secrets=secrets) as driver:
        seen = await driver.run(EVERYWHERE)
        rows = await dump(driver.runtime.pool)
    assert seen.state == "WARNING", seen.logs
    whole = [OTHER, f"key={OTHER.upper()}", PEM, "2", f"Bearer {OTHER}", OTHER]
    assert proof(seen) == [w if w == "2" else sha256(w.encode()).hexdigest() for w in whole]
    shown = re.sub(r"secret\('\w+'\)", "", rows)
    for form in (OTHER, OTHER.upper(), quote(OTHER), b64encode(OTHER.encode()).decode()):
        assert form not in shown
    assert not [line for line in PEM.splitlines() if line in shown]
    assert re.search(rf"\b{SHORT}\b", shown) is None
    assert OTHER[:6] not in shown, "a part of it stands at the border of a long line"


async def test_a_key_that_holds_a_secret_is_read_again_by_the_next_server(
    database_url: str, tmp_path: Path
) -> None:
    source = """
id: keyed
namespace: t
tasks:
  - id: keyed
    type: io.kestra.plugin.core.output.OutputValues
    values: "{{ {secret('OTHER'): 'as a key'} }}"
  - id: wait
    type: io.kestra.plugin.core.flow.Pause
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: "{{ (outputs.keyed['values'] | keys | first) | sha256 }}"
"""
    async with driven(database_url, tmp_path, secrets={"OTHER": OTHER}) as driver:
        execution_id = await driver.create(source)
        await driver.reached(execution_id, "PAUSED")
    async with driven(database_url, tmp_path) as driver:
        await driver.runtime.engine.act(execution_id, Resume())
        seen = await driver.ended(execution_id)
        assert proof(seen) == [sha256(OTHER.encode()).hexdigest()], seen.logs
        assert OTHER not in await dump(driver.runtime.pool)


UPSTREAM = """
id: upstream
namespace: t
tasks:
  - id: say
    type: io.kestra.plugin.core.log.Log
    message: done
outputs:
  - id: token
    type: STRING
    value: "key={{ secret('OTHER') }}"
"""
DOWNSTREAM = """
id: downstream
namespace: t
inputs:
  - id: token
    type: STRING
triggers:
  - id: after
    type: io.kestra.plugin.core.trigger.Flow
    inputs:
      token: "{{ trigger.outputs.token }}"
    conditions:
      - type: io.kestra.plugin.core.condition.ExecutionFlow
        namespace: t
        flowId: upstream
tasks:
  - id: proof
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.token | sha256 }}"
"""


async def test_what_a_trigger_hands_on_stays_sealed(database_url: str, tmp_path: Path) -> None:
    async with driven(database_url, tmp_path, secrets={"OTHER": OTHER}) as driver:
        await driver.save(DOWNSTREAM)
        await driver.run(UPSTREAM)
        query = "SELECT id FROM executions WHERE flow_id = 'downstream'"
        execution_id = await until(
            lambda: driver.runtime.pool.fetchval(query), within=15, what="the downstream flow"
        )
        seen = await driver.ended(execution_id)
        assert proof(seen) == [sha256(f"key={OTHER}".encode()).hexdigest()], seen.logs
        assert OTHER not in await dump(driver.runtime.pool)


async def test_neither_the_error_of_an_execution_nor_the_value_of_an_iteration_shows_a_secret(
    database_url: str, tmp_path: Path
) -> None:
    source = """
id: refusing
namespace: t
tasks:
  - id: loop
    type: io.kestra.plugin.core.flow.Loop
    values: ["a {{ secret('OTHER') }}"]
    tasks:
      - id: wait
        type: io.kestra.plugin.core.flow.Sleep
        duration: PT0.01S
outputs:
  - id: wrong
    type: INT
    value: "{{ secret('OTHER') }}"
"""
    async with driven(database_url, tmp_path, secrets={"OTHER": OTHER}) as driver:
        seen = await driver.run(source)
        looped = "SELECT memory::text FROM executions WHERE kind = 'LOOP'"
        memory = await driver.runtime.pool.fetchval(looped)
        rows = await dump(driver.runtime.pool)
    assert seen.state == "FAILED"
    assert seen.execution.error is not None
    assert "******" in str(seen.execution.error)
    assert "aes_encrypted" in memory
    assert OTHER not in rows
