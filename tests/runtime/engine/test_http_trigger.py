"""What is checked of an `http.Trigger` when its flow is saved."""

import pytest

from runtime.engine.types import known_types
from runtime.flows.validate import check_flow
from tests.support.schedules import flow

TYPES = known_types()


def problems(*lines: str) -> list[str]:
    more = "\n".join(f"    {line}" for line in lines)
    head = "  - id: look\n    type: io.kestra.plugin.core.http.Trigger\n    uri: http://x.example\n"
    return [problem.message for problem in check_flow(flow(head + more), TYPES).problems]


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (("options: {followRedirects: maybe}",), "followRedirects"),
        (("options: {timeout: {connectTimeout: soon}}",), "connectTimeout"),
        (("options: {auth: {type: MAGIC}}",), "BEARER"),
        (("options: {retries: 3}",), "retries"),
        (("interval: PT0S",), "interval"),
        (("interval: often",), "interval"),
        (("url: http://x.example",), "url"),
    ],
)
def test_what_cannot_be_meant_is_refused(lines: tuple[str, ...], told: str) -> None:
    (found,) = problems(*lines)
    assert told in found


@pytest.mark.parametrize(
    "lines",
    [
        ("interval: PT5M", "method: POST", "body: '{}'", "contentType: application/json"),
        ("options: {timeout: {connectTimeout: PT1S}, followRedirects: false}",),
        ("options: {auth: {type: BASIC, username: a, password: \"{{ secret('P') }}\"}}",),
        ("headers: {X-Token: \"{{ secret('T') }}\"}", "encryptBody: true"),
        ('responseCondition: "{{ response.statusCode == 200 }}"',),
    ],
)
def test_what_can_be_meant_is_accepted(lines: tuple[str, ...]) -> None:
    assert problems(*lines) == []
