"""Which subscriptions share a stream."""

import pytest

from schema.sharing import likeness

WATCH = "subscription ($after: String, $id: ID!) { execution(id: $id, after: $after) { state } }"


def test_subscriptions_that_differ_only_in_where_they_begin_are_alike() -> None:
    one = likeness(WATCH, None, {"id": "ex_1", "after": "e7"})
    assert one is not None
    assert one == likeness(WATCH, None, {"id": "ex_1"})


@pytest.mark.parametrize(
    ("query", "name", "variables"),
    [
        (WATCH, None, {"id": "ex_2"}),
        (WATCH, None, {"id": "ex_1", "further": True}),
        (WATCH + " ", None, {"id": "ex_1"}),
        (WATCH.replace("($after", "A($after"), "A", {"id": "ex_1"}),
    ],
)
def test_whatever_else_differs_sets_them_apart(
    query: str, name: str | None, variables: dict[str, object]
) -> None:
    assert likeness(query, name, variables) != likeness(WATCH, None, {"id": "ex_1"})


def test_a_variable_with_a_second_use_sets_subscriptions_apart() -> None:
    both = (
        "subscription ($after: String) { executions(after: $after) { ... on ExecutionChanged "
        "{ execution { taskRuns(after: $after) { nodes { id } } } } } }"
    )
    assert likeness(both, None, {"after": "e1"}) != likeness(both, None, {"after": "e2"})


@pytest.mark.parametrize("query", ["{ viewer { version } }", "{", "mutation { a }", ""])
def test_what_is_no_subscription_is_like_nothing(query: str) -> None:
    assert likeness(query, None, {}) is None
