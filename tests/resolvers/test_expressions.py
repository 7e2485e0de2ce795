"""Expressions tried out on an execution: what they give, what stops them, what they never see."""

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

from tests.support.api import Api
from tests.support.engine import Driver, Seen, driven

SECRET = "Sup3r-S3cret-Zebra"
TRY = """query ($input: EvaluateExpressionInput!) { evaluateExpression(input: $input) {
  value text problem { message hint line column } } }"""
FLOW = """\
id: tried
namespace: company.team
inputs:
  - id: token
    type: SECRET
  - id: rows
    type: JSON
    defaults: '[{"n": 1}, {"n": 2}]'
variables:
  greeting: Hello
tasks:
  - id: first
    type: io.kestra.plugin.core.debug.Return
    format: "{{ vars.greeting }} Ada"
  - id: loud
    type: io.kestra.plugin.core.debug.Return
    format: "{{ inputs.token | upper }}"
  - id: each
    type: io.kestra.plugin.core.flow.ForEach
    values: ["a", "b"]
    tasks:
      - id: inner
        type: io.kestra.plugin.core.debug.Return
        format: "{{ taskrun.value }}"
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, secrets={"KEY": SECRET}) as started:
        yield started


@pytest.fixture
def api(driver: Driver) -> Api:
    return Api(driver.runtime)


@pytest.fixture
async def seen(driver: Driver) -> Seen:
    return await driver.run(FLOW, inputs={"token": SECRET})


async def tried(api: Api, seen: Seen, expression: str, run: str | None = None) -> dict[str, Any]:
    given = {"executionId": seen.execution.id, "taskRunId": run, "expression": expression}
    input_ = {key: value for key, value in given.items() if value is not None}
    found: dict[str, Any] = (await api.ask(TRY, input=input_))["evaluateExpression"]
    return found


async def test_an_expression_gives_its_value_and_its_text(api: Api, seen: Seen) -> None:
    wanted: dict[str, tuple[object, str]] = {
        "{{ outputs.first.value }}": ("Hello Ada", "Hello Ada"),
        "{{ inputs.rows }}": ([{"n": 1}, {"n": 2}], '[{"n":1},{"n":2}]'),
        "{{ inputs.rows | length }}": (2, "2"),
        "{{ inputs.rows[1].n * 21 }} rows": ("42 rows", "42 rows"),
        "{{ tasks.first.state }} of {{ flow.id }}": ("SUCCESS of tried", "SUCCESS of tried"),
        "{{ execution.state }}": ("SUCCESS", "SUCCESS"),
        "{{ kv('none') ?? 'nothing' }}": ("nothing", "nothing"),
        "{{ taskrun.value ?? 'outside' }}": ("outside", "outside"),
        "plain": ("plain", "plain"),
        "": ("", ""),
    }
    found = {}
    for expression in wanted:
        answer = await tried(api, seen, expression)
        assert answer["problem"] is None, expression
        found[expression] = (answer["value"], answer["text"])
    assert found == wanted


async def test_a_task_run_of_a_loop_sees_its_own_value(api: Api, seen: Seen) -> None:
    values = {
        (await tried(api, seen, "{{ taskrun.value }}", run.id))["value"]
        for run in seen.task_runs
        if run.task_id == "inner"
    }
    assert values == {"a", "b"}


async def test_what_stops_an_expression_is_told_with_its_place(api: Api, seen: Seen) -> None:
    wanted = {
        "{{ outputs.frist.value }}": ("frist", 1),
        "one\n{{ two": ("", 2),
        "{{ 'a' | uper }}": ("uper", 1),
        "{{ 1 / 0 }}": ("zero", 1),
        "{{ http('http://127.0.0.1:9/') }}": ("not called", 1),
        "{{ subflow(flowId='tried') }}": ("not called", 1),
        "{% for a in range(99999) %}{% for b in range(99999) %}x{% endfor %}{% endfor %}": ("", 1),
        "x" * 100_001: ("longer than", 1),
        "{{ ''.__class__ }}": ("", 1),
    }
    for expression, (said, line) in wanted.items():
        found = await tried(api, seen, expression)
        assert (found["value"], found["text"]) == (None, None), expression
        assert said in found["problem"]["message"], expression
        assert found["problem"]["line"] == line, expression


async def test_a_mistake_in_writing_is_told_with_its_column(api: Api, seen: Seen) -> None:
    found = await tried(api, seen, "one\n{{ two ! }}")
    assert (found["problem"]["line"], found["problem"]["column"]) == (2, 8)


async def test_secrets_stay_sealed_whatever_an_expression_does_to_them(
    api: Api, seen: Seen
) -> None:
    wanted = {
        "{{ inputs.token }}": "******",
        "{{ inputs.token | length }}": "6",
        "{{ inputs.token | lower | base64encode }}": "KioqKioq",
        "{{ secret('KEY') }}": "******",
        "{{ secret('KEY') == '" + SECRET + "' }}": "false",
        "{{ secret('KEY') | first }}": "*",
        "{{ outputs.loud.value }}": "******",
        "{{ read('none') ?? secret('KEY') }}": "******",
    }
    for expression, text in wanted.items():
        assert (await tried(api, seen, expression))["text"] == text, expression
    for everything in ("{{ outputs }} {{ inputs }}", "{{ printContext() }}"):
        shown = str(await tried(api, seen, everything))
        assert "******" in shown
        assert SECRET.lower() not in shown.lower()


async def test_what_is_not_there_is_not_found(api: Api, seen: Seen) -> None:
    for given in (
        {"executionId": "ex_none"},
        {"executionId": seen.execution.id, "taskRunId": "tr_none"},
    ):
        assert await api.code(TRY, input={**given, "expression": "x"}) == "NOT_FOUND"


async def test_trying_an_expression_changes_nothing(driver: Driver, api: Api, seen: Seen) -> None:
    await tried(api, seen, "{% set outputs = 1 %}{{ outputs }}")
    after = await driver.look(seen.execution.id)
    assert after.execution.version == seen.execution.version
    assert after.logs == seen.logs
