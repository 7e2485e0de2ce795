"""Calls of webhooks, from the request to the execution."""

import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.engine.webhooks import WebhookAnswer, WebhookCall
from runtime.errors import NotFound
from tests.support.engine import Driver, driven
from tests.support.waiting import until

WEBHOOK = "io.kestra.plugin.core.trigger.Webhook"


def source(*more: str, key: str = "s3cret", id: str = "called") -> str:
    lines = "\n".join(f"    {line}" for line in more)
    return f"""
id: {id}
namespace: company.team
tasks:
  - id: say
    type: io.kestra.plugin.core.debug.Return
    format: "{{{{ trigger.body }}}}"
outputs:
  - id: said
    type: STRING
    value: "{{{{ outputs.say.value }}}}"
triggers:
  - id: hook
    type: {WEBHOOK}
    key: "{key}"
{lines}
"""


@pytest.fixture
async def driver(database_url: str, tmp_path: Path) -> AsyncIterator[Driver]:
    async with driven(database_url, tmp_path, secrets={"HOOK": "from-a-secret"}) as started:
        yield started


async def call(
    driver: Driver, key: str = "s3cret", flow_id: str = "called", **more: object
) -> WebhookAnswer:
    request = WebhookCall(**more)  # type: ignore[arg-type]  # tests pass what they mean
    return await driver.runtime.engine.webhook("company.team", flow_id, key, request)


async def test_a_call_starts_the_flow_with_body_headers_and_parameters(driver: Driver) -> None:
    await driver.save(source())
    answer = await call(
        driver,
        body=b'{"rows": [1, 2]}',
        headers={"X-From": ["us"], "Authorization": ["Bearer hidden"]},
        parameters={"dry": ["true", "false"]},
    )
    assert answer.status == 200
    assert answer.execution is not None
    seen = await driver.ended(answer.execution.id)
    assert seen.execution.trigger is not None
    assert seen.execution.trigger.variables == {
        "body": {"rows": [1, 2]},
        "headers": {"x-from": ["us"]},
        "parameters": {"dry": ["true", "false"]},
    }
    assert seen.outputs == {"said": '{"rows":[1,2]}'}


@pytest.mark.parametrize(
    ("body", "read"),
    [
        (b'{"a": 1}', {"a": 1}),
        (b"[1, 2]", [1, 2]),
        (b"plain text", "plain text"),
        (b"{not json", "{not json"),
        (b"42", "42"),
        (b"", None),
        (b"\xff", "/w=="),
    ],
)
async def test_a_body_is_a_map_or_a_list_or_text(driver: Driver, body: bytes, read: object) -> None:
    await driver.save(source())
    answer = await call(driver, body=body)
    assert answer.execution is not None
    trigger = (await driver.look(answer.execution.id)).execution.trigger
    assert trigger is not None
    assert trigger.variables["body"] == read


@pytest.mark.parametrize(
    ("flow_id", "key"), [("called", "wrong"), ("called", ""), ("unknown", "s3cret")]
)
async def test_a_wrong_address_does_not_tell_what_is_wrong_with_it(
    driver: Driver, flow_id: str, key: str
) -> None:
    await driver.save(source())
    with pytest.raises(NotFound) as refused:
        await call(driver, key, flow_id)
    assert refused.value.message == "There is no webhook at this address."
    assert await driver.runtime.pool.fetchval("SELECT count(*) FROM executions") == 0


async def test_a_key_may_be_a_secret(driver: Driver) -> None:
    await driver.save(source(key="{{ secret('HOOK') }}"))
    assert (await call(driver, "from-a-secret")).status == 200
    with pytest.raises(NotFound):
        await call(driver, "{{ secret('HOOK') }}")


async def test_a_key_whose_secret_is_missing_fits_nothing(driver: Driver) -> None:
    await driver.save(source(key="{{ secret('NONE') ?? '' }}"))
    with pytest.raises(NotFound):
        await call(driver, "")


async def test_a_disabled_flow_or_trigger_has_no_address(driver: Driver) -> None:
    await driver.save(source())
    await driver.save(source("disabled: true", id="off"))
    engine = driver.runtime.engine
    with pytest.raises(NotFound):
        await call(driver, flow_id="off")
    await _declared(driver, "called")
    await engine.set_trigger_disabled("company.team", "called", "hook", True)
    with pytest.raises(NotFound):
        await call(driver)
    await engine.set_trigger_disabled("company.team", "called", "hook", False)
    await engine.set_flow_disabled("company.team", "called", True)
    with pytest.raises(NotFound):
        await call(driver)


async def test_nothing_starts_when_a_condition_does_not_hold(driver: Driver) -> None:
    await driver.save(
        source(
            "conditions:",
            "  - type: io.kestra.plugin.core.condition.Expression",
            "    expression: \"{{ trigger.body.event == 'push' }}\"",
        )
    )
    assert (await call(driver, body=b'{"event": "pull"}')).status == 204
    assert (await call(driver, body=b'{"event": "push"}')).status == 200
    assert await driver.runtime.pool.fetchval("SELECT count(*) FROM executions") == 1


@pytest.mark.parametrize("name", ["X-Event-Type", "x-event-type", "X-EVENT-TYPE"])
async def test_headers_are_found_in_any_letters(driver: Driver, name: str) -> None:
    text = source(f"when: \"{{{{ trigger.headers['{name}'][0] == 'deploy' }}}}\"", "wait: true",
                  "returnOutputs: true")  # fmt: skip
    await driver.save(text.replace("trigger.body", f"trigger.headers['{name}'] | first"))
    assert (await call(driver, headers={"X-Event-Type": ["push"]})).status == 204
    answer = await call(driver, headers={"X-Event-Type": ["deploy"]})
    assert answer.outputs == {"said": "deploy"}


async def test_a_caller_may_wait_for_the_outputs(driver: Driver) -> None:
    await driver.save(
        source("wait: true", "returnOutputs: true", "responseContentType: text/plain",
               "responseCode: 201")
    )  # fmt: skip
    answer = await call(driver, body=b"hello")
    assert (answer.status, answer.content_type) == (201, "text/plain")
    assert answer.outputs == {"said": "hello"}
    assert answer.execution is not None
    assert answer.execution.state == "SUCCESS"


async def test_a_caller_that_waits_for_a_failure_gets_a_500(driver: Driver) -> None:
    failing = source("wait: true", "responseCode: 201").replace(
        "tasks:", "tasks:\n  - {id: no, type: io.kestra.plugin.core.execution.Fail}"
    )
    await driver.save(failing)
    answer = await call(driver)
    assert answer.status == 500
    assert answer.execution is not None
    assert answer.execution.state == "FAILED"


async def test_a_body_that_is_not_text_is_given_in_base64(driver: Driver) -> None:
    await driver.save(source("wait: true", "returnOutputs: true"))
    answer = await call(driver, body=b"\xc3\x28\xff")
    assert answer.outputs == {"said": "wyj/"}


async def test_the_same_idempotency_key_starts_one_execution(driver: Driver) -> None:
    await driver.save(source())
    answers = [await call(driver, headers={"Idempotency-Key": ["42"]}) for _ in range(3)]
    assert len({answer.execution.id for answer in answers if answer.execution}) == 1


async def test_inputs_of_the_trigger_are_made_of_the_call(driver: Driver) -> None:
    inputs = "inputs:\n  - id: name\n    type: STRING\n"
    text = source("inputs:", '  name: "{{ trigger.body.who }}"') + inputs
    await driver.save(text)
    answer = await call(driver, body=json.dumps({"who": "Ada"}).encode())
    assert answer.execution is not None
    assert (await driver.ended(answer.execution.id)).execution.inputs == {"name": "Ada"}


async def test_a_text_is_given_the_json_of_what_the_call_holds(driver: Driver) -> None:
    inputs = "inputs:\n  - id: all\n    type: STRING\n"
    await driver.save(source("inputs:", '  all: "{{ trigger.body }}"') + inputs)
    answer = await call(driver, body=b'{"who": "Ada"}')
    assert answer.execution is not None
    seen = await driver.ended(answer.execution.id)
    assert seen.execution.inputs == {"all": '{"who":"Ada"}'}


async def test_a_call_with_wrong_inputs_leaves_a_failed_execution_that_says_why(
    driver: Driver,
) -> None:
    await driver.save(source() + "inputs:\n  - id: name\n    type: STRING\n")
    answer = await call(driver)
    assert answer.execution is not None
    seen = await driver.ended(answer.execution.id)
    assert seen.state == "FAILED"
    assert any("name" in line for line in seen.logs)


async def test_what_was_called_last_is_kept(driver: Driver) -> None:
    await driver.save(source())
    await _declared(driver, "called")
    answer = await call(driver)
    assert answer.execution is not None

    async def last() -> bool:
        found = await driver.runtime.pool.fetchval("SELECT execution_id FROM triggers")
        return answer.execution is not None and found == answer.execution.id

    await until(last, what="the trigger's last execution")


async def _declared(driver: Driver, flow_id: str) -> None:
    async def there() -> bool:
        count = await driver.runtime.pool.fetchval(
            "SELECT count(*) FROM triggers WHERE flow_id = $1", flow_id
        )
        return bool(count)

    await until(there, what=f"the triggers of {flow_id}")
