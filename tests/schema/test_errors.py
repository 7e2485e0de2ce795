"""What callers are told of faults that they can mend."""

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from runtime.errors import ErrorCode, FlowdeckError
from schema.user_errors import user_errors
from tests.support.api import Api
from tests.support.engine import driven


@pytest.fixture
async def api(database_url: str, tmp_path: Path) -> AsyncIterator[Api]:
    async with driven(database_url, tmp_path) as driver:
        yield Api(driver.runtime)


@pytest.mark.parametrize(
    "operation",
    [
        "query ($text: ID!) { execution(id: $text) { id } }",
        "mutation ($text: ID!) { killExecution(input: {executionId: $text}) "
        "{ userErrors { code } } }",
    ],
    ids=["query", "mutation"],
)
async def test_a_text_with_nul_is_the_callers_mistake_and_no_fault_of_ours(
    api: Api, operation: str
) -> None:
    answer = await api.answer(operation, text="ex_a\0b")
    [error] = answer["errors"]
    assert error["extensions"]["code"] == "INVALID_INPUT"
    assert "NUL" in error["message"]


@pytest.mark.parametrize("code", list(ErrorCode))
def test_every_kind_of_mistake_can_be_told_in_a_payload(code: ErrorCode) -> None:
    [error] = user_errors(FlowdeckError("It is wrong.", hint="Mend it.", code=code))
    assert error.message == "It is wrong. Mend it."
    assert error.code.name in (code.name, "UNAVAILABLE")
