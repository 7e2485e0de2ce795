"""Columns that are renewed by what has changed are those that reading the whole would give."""

import random
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from resolvers.columns import Column
from resolvers.timeline_columns import TimelineColumns, renewed

ORIGIN = datetime(2026, 1, 31, 12, tzinfo=UTC)
Run = tuple[int, str, str, int]
"""An ordinal, a task, a state and a number of segments."""


def columns(runs: list[Run], sequence: int) -> TimelineColumns:
    tasks = list(dict.fromkeys(task for _, task, _, _ in runs))
    return TimelineColumns(
        cursor=f"at {sequence}",
        sequence=sequence,
        origin=ORIGIN,
        at=ORIGIN,
        task_run_ids=Column(f"tr_{ordinal}" for ordinal, *_ in runs),
        ordinals=Column(ordinal for ordinal, *_ in runs),
        parent_ordinals=Column(ordinal // 2 or None for ordinal, *_ in runs),
        task_ids=Column(tasks),
        tasks=Column(tasks.index(task) for _, task, _, _ in runs),
        values=Column(f"value {ordinal}" for ordinal, *_ in runs),
        iterations=Column(ordinal for ordinal, *_ in runs),
        states=Column(state for _, _, state, _ in runs),
        attempts=Column(count for *_, count in runs),
        segment_counts=Column(count for *_, count in runs),
        segment_states=Column(f"{state} {n}" for _, _, state, count in runs for n in range(count)),
        segment_offsets=Column(
            ordinal + n / 10 for ordinal, _, _, count in runs for n in range(count)
        ),
    )


def named(found: TimelineColumns) -> TimelineColumns:
    """The same with the task of each task run by its name: their numbers may differ."""
    return replace(found, tasks=[], task_ids=[found.task_ids[number] for number in found.tasks])


@pytest.mark.parametrize("seed", range(50))
def test_renewed_columns_are_those_of_the_whole(seed: int) -> None:
    chance = random.Random(seed)  # noqa: S311 - no secret

    def run(ordinal: int) -> Run:
        state = chance.choice(("RUNNING", "SUCCESS", "FAILED"))
        return ordinal, chance.choice("abcde"), state, chance.randint(1, 4)

    before = [run(ordinal) for ordinal in range(chance.randint(0, 30)) if chance.random() < 0.8]
    changed = [
        (ordinal, task, "KILLED", 5) for ordinal, task, *_ in before if chance.random() < 0.3
    ]
    added = [run(ordinal) for ordinal in range(30, 30 + chance.randint(0, 5))]
    places = {each[0]: each for each in changed}
    after = [places.get(each[0], each) for each in before] + added
    found = renewed(columns(before, 7), columns(changed + added, 9))
    assert found is not None
    assert named(found) == named(columns(after, 9))
    assert {type(each) for each in (found.states, found.tasks, found.segment_offsets)} == {Column}


def test_a_task_run_that_belongs_in_between_has_the_whole_be_read() -> None:
    known = columns([(0, "a", "SUCCESS", 2), (5, "a", "SUCCESS", 2)], 7)
    assert renewed(known, columns([(3, "a", "RUNNING", 1)], 9)) is None
