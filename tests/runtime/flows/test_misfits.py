"""What is said of values that do not fit: the hint is what to write, never the value again."""

import pytest

from runtime.engine.types import known_types
from runtime.flows.durations import parse_length
from runtime.flows.misfits import form, misfit
from runtime.flows.problem import Problem
from runtime.flows.validate import check_flow

REASONS: list[tuple[str, object, str, str]] = [
    ("`5m` is odd; write PT5M", "5m", "`5m` is odd", "Write PT5M."),
    ("there is nothing; add `flows`", None, "there is nothing, not `null`", "Add `flows`."),
    ("it must be a whole number", "x", "it must be a whole number, not `x`", "a whole number."),
    ("it must be before `9`", "10", "it must be before `9`, not `10`", "Write what is before `9`."),
    ("it must match the pattern `^a`", "b", ", not `b`", "Write what matches the pattern `^a`."),
    ("it must match the values `[a]`", "b", ", not `b`", "Write one of `[a]`."),
    ("item 2 is not of type INT: it must be a whole number", [1], "item 2", "a whole number."),
    ("it must be JSON (line 1)", "{", "it must be JSON (line 1), not `{`", "Write JSON."),
    ("Input should be 'A' or 'B'", "C", "it should be `A` or `B`, not `C`", "Write `A` or `B`."),
    ("Input should be a valid string", {}, "it should be text", "Write text."),
    ("Input should be greater than 0", 0, "greater than 0", "Write a number greater than 0."),
    ("Input should be a valid boolean, unable to interpret input", "x", "true", "true or false."),
    ("nobody knows", "x", "nobody knows, not `x`", "documentation"),
]


@pytest.mark.parametrize(("reason", "given", "why", "hint"), REASONS)
def test_a_reason_is_parted_into_what_is_wrong_and_what_to_write(
    reason: str, given: object, why: str, hint: str
) -> None:
    told = misfit(reason, given)
    assert why in told.why
    assert hint in told.hint


def test_several_reasons_are_said_together() -> None:
    told = misfit(["Input should be a valid string", "Input should be a valid list"], 7)
    assert told.why == "it should be text or it should be a list, not `7`"
    assert told.hint == "Write text or a list."


@pytest.mark.parametrize(
    ("text", "instead"),
    [("-PT1S", "`PT1S`"), ("-PT90S", "`PT1M30S`"), ("PT0S", "`PT1S`"), ("1m", "PT5M")],
)
def test_of_a_length_of_time_it_is_said_how_to_write_it(text: str, instead: str) -> None:
    with pytest.raises(ValueError, match="`") as refused:
        parse_length(text, positive=True)
    told = misfit(str(refused.value), text)
    assert text in told.why
    assert instead in told.hint


def test_forms_say_how_they_are_written() -> None:
    assert form("true or false") == "Write true or false."
    assert form("a list") == "Write each element on a line of its own, after `- `."


WRONG = """
id: wrong
namespace: company.team
labels: {a: [1]}
inputs:
  - {id: a, type: INT, defaults: abc}
  - {id: b, type: DATE, after: yesterday}
  - {id: c, type: BOOL, defaults: perhaps}
  - {id: d, type: DURATION, defaults: -5}
concurrency: {limit: 0}
tasks:
  - {id: s, type: io.kestra.plugin.core.flow.Sleep, duration: -PT1S}
  - {id: l, type: io.kestra.plugin.core.log.Log, message: x, level: LOUD, disabled: maybe}
  - {id: t, type: io.kestra.plugin.core.debug.Return, timeout: -PT1S, description: {a: 1}}
  - {id: p, type: io.kestra.plugin.core.flow.Parallel, concurrent: many, tasks: 7}
"""


def problems() -> list[Problem]:
    return list(check_flow(WRONG, known_types()).problems)


def test_no_hint_merely_repeats_what_was_written() -> None:
    found = problems()
    assert len(found) >= 11
    assert [each.hint for each in found if each.hint.startswith("It is")] == []
    assert [each.hint for each in found if each.hint == each.message] == []


def test_a_negative_length_is_told_with_the_one_to_write() -> None:
    found = {each.path[-1]: each for each in problems()}
    assert (found["duration"].message, found["duration"].hint) == (
        "`duration`: `-PT1S` is negative.",
        "Write `PT1S`.",
    )
    assert found["timeout"].hint == "Write `PT1S`."
    assert found["disabled"].message == "`disabled` must be true or false, not `maybe`."
