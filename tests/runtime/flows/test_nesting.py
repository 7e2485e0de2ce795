"""How deep a value may be nested."""

from runtime.flows.nesting import DEEPEST, is_deep


def nested(levels: int) -> object:
    value: object = "x"
    for level in range(levels):
        value = [value] if level % 2 else {"a": value}
    return value


def test_a_value_is_deep_beyond_the_limit() -> None:
    assert not is_deep("x")
    assert not is_deep(nested(DEEPEST))
    assert is_deep(nested(DEEPEST + 1))
    assert is_deep(nested(100_000))


def test_a_wide_value_is_not_deep() -> None:
    assert not is_deep([[1], {"a": [2]}] * 10_000)
