"""Task runs of two executions put side by side."""

from collections.abc import Iterator

import pytest

from runtime.executions.diff import Difference, RunFacts, changes_of, paired
from runtime.executions.states import TaskRunState

IDS = iter(range(1_000))


def run(task_id: str, parent: RunFacts | None = None, value: str | None = None) -> RunFacts:
    parent_id = parent.id if parent else None
    return RunFacts(f"tr_{next(IDS)}", parent_id, task_id, value, TaskRunState.SUCCESS, 1)


def names(base: list[RunFacts], head: list[RunFacts]) -> Iterator[str]:
    for pair in paired(base, head):
        one = pair.head or pair.base
        assert one is not None
        yield one.task_id + ("+" if pair.base is None else "-" if pair.head is None else "")


def test_task_runs_of_the_same_place_are_one_pair() -> None:
    base, head = [run("a"), run("b")], [run("a"), run("b")]
    assert [(pair.base, pair.head) for pair in paired(base, head)] == list(
        zip(base, head, strict=True)
    )
    assert [pair.differences for pair in paired(base, head)] == [(), ()]


@pytest.mark.parametrize(
    ("base", "head", "expected"),
    [
        ("a b c", "a c", "a b- c"),
        ("a c", "a b c", "a b+ c"),
        ("x a", "a", "x- a"),
        ("a x y b", "a b", "a x- y- b"),
        ("a x", "a y", "a x- y+"),
        ("", "a", "a+"),
        ("a b", "", "a- b-"),
        ("a b", "b a", "b a"),
    ],
)
def test_what_only_one_has_stands_where_it_was_created(base: str, head: str, expected: str) -> None:
    old, new = [run(name) for name in base.split()], [run(name) for name in head.split()]
    assert " ".join(names(old, new)) == expected


def test_iterations_of_a_loop_are_told_apart_by_their_values_and_places() -> None:
    def loop(*values: str) -> list[RunFacts]:
        around = run("each")
        return [around, *(run("body", around, value) for value in values)]

    pairs = paired(loop("x", "x", "y"), loop("x", "y"))
    assert [
        (pair.base.value if pair.base else None, pair.head.value if pair.head else None)
        for pair in pairs
    ] == [(None, None), ("x", "x"), ("x", None), ("y", "y")]


def test_the_same_task_inside_of_two_parents_is_two_places() -> None:
    one, two = run("p", value="1"), run("p", value="2")
    base = [one, run("a", one), two, run("a", two)]
    three = run("p", value="2")
    pairs = paired(base, [three, run("a", three)])
    assert [pair.differences for pair in pairs] == [
        (Difference.REMOVED,),
        (Difference.REMOVED,),
        (),
        (),
    ]


def test_every_kind_of_difference_is_told() -> None:
    base = RunFacts("tr_a", None, "a", None, TaskRunState.SUCCESS, 1, "same")
    head = RunFacts("tr_b", None, "a", None, TaskRunState.FAILED, 2, "other")
    [pair] = paired([base], [head])
    assert pair.differences == (Difference.STATE, Difference.ATTEMPTS, Difference.OUTPUTS)


def test_values_that_are_null_are_not_those_that_are_missing() -> None:
    changes = list(changes_of({"a": 1, "b": None, "c": 3}, {"a": 1, "c": 4, "d": None}))
    assert [(each.name, each.in_base, each.in_head) for each in changes] == [
        ("b", True, False),
        ("c", True, True),
        ("d", False, True),
    ]
