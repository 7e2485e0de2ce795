from datetime import UTC, datetime

import pytest
from pydantic import ValidationError

from runtime.flows.types import AS_WRITTEN, Properties
from runtime.tasks.properties import (
    AnyList,
    AnyMap,
    Condition,
    LabelMap,
    Moment,
    Seconds,
    Text,
    TextMap,
    Texts,
)


class Given(Properties):
    text: Text = ""
    texts: Texts = []  # noqa: RUF012 - pydantic copies it
    text_map: TextMap = {}  # noqa: RUF012 - pydantic copies it
    labels: LabelMap = {}  # noqa: RUF012 - pydantic copies it
    any_map: AnyMap = {}  # noqa: RUF012 - pydantic copies it
    any_list: AnyList = []  # noqa: RUF012 - pydantic copies it
    condition: Condition = False
    seconds: Seconds = 0
    moment: Moment | None = None


@pytest.mark.parametrize(
    ("name", "value", "read"),
    [
        ("text", 1, "1"),
        ("text", 1e10, "1.0E10"),
        ("text", False, "false"),
        ("text", {"a": 1}, '{"a":1}'),
        ("texts", "one", ["one"]),
        ("texts", 5, ["5"]),
        ("texts", '["a", 1]', ["a", "1"]),
        ("texts", ["a", {"b": 1}], ["a", '{"b":1}']),
        ("texts", "[ -f x ]", ["[ -f x ]"]),
        ("texts", "{oops", ["{oops"]),
        ("textMap", '{"a": 1, "b": null}', {"a": "1"}),
        ("labels", [{"key": "a", "value": 1}], {"a": "1"}),
        ("anyMap", '{"a": {"b": 1}}', {"a": {"b": 1}}),
        ("anyList", "[1, 2]", [1, 2]),
        ("condition", "false", False),
        ("condition", "no", True),
        ("condition", None, False),
        ("seconds", "PT1M30S", 90.0),
        ("seconds", 2, 2.0),
        ("moment", "2026-01-02", datetime(2026, 1, 2, tzinfo=UTC)),
    ],
)
def test_what_an_expression_yields_is_read_as_meant(name: str, value: object, read: object) -> None:
    found = Given.model_validate({name: value})
    assert found.model_dump(by_alias=True)[name] == read


@pytest.mark.parametrize(
    ("name", "value", "why"),
    [
        ("text", None, "valid string"),
        ("anyMap", "{oops", "not valid JSON"),
        ("labels", [{"name": "x"}], "`key` and `value`"),
        ("seconds", "5m", "ISO 8601"),
        ("moment", "soon", "valid datetime"),
    ],
)
def test_what_cannot_be_meant_is_refused_with_a_reason(name: str, value: object, why: str) -> None:
    with pytest.raises(ValidationError, match=why):
        Given.model_validate({name: value})


def test_a_number_as_written_is_not_yet_text() -> None:
    with pytest.raises(ValidationError, match="valid string"):
        Given.model_validate({"text": 1.10}, context=AS_WRITTEN)
