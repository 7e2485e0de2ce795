"""Operators: arithmetic, comparison, logic, ternary, ranges, and how tightly each binds."""

from collections.abc import Callable

import pytest

from runtime.expressions.operators import is_truthy
from runtime.expressions.problems import ExpressionError

ARITHMETIC = [
    ("1 + 2 * 3", 7),
    ("(1 + 2) * 3", 9),
    ("7 / 2", 3),  # whole numbers stay whole, cut towards zero
    ("-7 / 2", -3),
    ("7 % 3", 1),
    ("-7 % 3", -1),  # the sign of the left side
    ("7.0 / 2", 3.5),
    ("1 + 0.5", 1.5),
    ("0.1 + 0.2", 0.30000000000000004),
    ("10 - 2 - 3", 5),
    ("+inputs.n", 5),
    ("-inputs.n", -5),
    ("9223372036854775807 + 1", 9223372036854775808),  # exact, no overflow
    ("5L + 1", 6),
    ("'a' + 1", "a1"),
    ("1 + 'a'", "1a"),
    ("'a' + null", "anull"),
    ("[1] + [2, 3]", [1, 2, 3]),
    ("[1, 2, 3] - [2]", [1, 3]),
    ("'a' ~ 1 ~ null ~ true", "a1true"),
    ("1..4", [1, 2, 3, 4]),
    ("'a'..'c'", ["a", "b", "c"]),
    ("range(0, 6, 2)", [0, 2, 4, 6]),
    ("range(0.9, 5.5, 2.0)", [0, 2, 4]),
    ("1.0 .. 2.5", [1, 2]),
]

COMPARISONS = [
    ("1 == 1.0", True),
    ("1 equals 1", True),
    ("'1' == 1", True),
    ("1 == '1'", True),
    ("1 == '1.0'", False),
    ("true == 'true'", True),
    ("'yes' == true", False),
    ("1 != '1'", False),
    ("true == 1", False),
    ("null == null", True),
    ("0.1 == 0.1", True),
    ("numbers == [3, 1, 2]", True),
    ("map.b == {'c': [10, 20]}", True),
    ("1 != 2", True),
    ("2 > 1", True),
    ("2 >= 2.0", True),
    ("'b' > 'a'", True),
    ("null < 1", False),
    ("null >= null", False),
    ("numbers contains 3", True),
    ("numbers contains [1, 2]", True),
    ("map contains 'a'", True),
    ("'pineapple' contains 'apple'", True),
    ("null contains 1", False),
    ("1 in numbers", True),
    ("'pear' not in words", False),
]

LOGIC = [
    ("true and false", False),
    ("true or inputs.nothing", True),  # the right side is not looked at
    ("false and inputs.nothing", False),
    ("not false", True),
    ("not true == false", True),  # `not` binds tighter than anything: (not true) == false
    ("'' or 0", False),
    ("'false' and 1", True),  # a text is true unless empty
    ("null or 'x'", True),
    ("true ? 'a' : 'b'", "a"),
    ("null ? 'a' : 'b'", "b"),
    ("inputs.n > 3 ? 'big' : 'small'", "big"),
    ("false ? 1 : false ? 2 : 3", 3),
    ("inputs.nothing ?? null ? 'a' : 'b'", "b"),
]

BINDING = [
    ("1 + 2 | string", "12"),  # a filter binds tighter than arithmetic
    ("'a' ~ 'b' | upper", "AB"),  # and looser than ~
    ("inputs.nothing ?? 'd' | upper", "D"),
    ("1 + 1 == 2 and 3 > 2", True),
    ("numbers | length == 3", True),
    ("3 is odd and 4 is even", True),
    ("-3 | abs", 3),
]


@pytest.mark.parametrize(
    ("expression", "result"), ARITHMETIC + COMPARISONS + LOGIC + BINDING, ids=lambda v: str(v)
)
def test_operators_give(value: Callable[[str], object], expression: str, result: object) -> None:
    given = value("{{ " + expression + " }}")
    assert given == result
    assert type(given) is type(result)


MISTAKES = [
    ("1 / 0", "division by zero"),
    ("'a' * 2", "`*` needs two numbers, not a string and a number"),
    ("1 < 'a'", "`<` compares two numbers or two strings"),
    ("[1] ? 1 : 2", "a list is neither true nor false"),
    ("1..'a'", "a range goes from a whole number"),
    ("5 contains 1", "`contains` needs a list, a map or a string"),
]


@pytest.mark.parametrize(("expression", "message"), MISTAKES)
def test_a_mistake_names_the_operator_and_the_operands(
    value: Callable[[str], object], expression: str, message: str
) -> None:
    with pytest.raises(ExpressionError) as error:
        value("{{ " + expression + " }}")
    assert message in error.value.message


@pytest.mark.parametrize(
    ("rendered", "runs"),
    [("", False), ("0", False), ("-0", False), ("false", False)]
    + [(text, True) for text in ("true", "False", "no", "0.0", " ", "null", "1")],
)
def test_run_if_is_false_for_exactly_four_texts(rendered: str, runs: bool) -> None:
    assert is_truthy(rendered) is runs
