"""Nothing that a release has promised is taken away."""

import subprocess
from pathlib import Path

import pytest
from graphql import build_schema
from graphql.utilities import find_breaking_changes

from schema.root import printed

_ROOT = Path(__file__).parents[2]


def released() -> str | None:
    """The schema of the last release; None before the first."""
    tag = _git("describe", "--tags", "--abbrev=0")
    return _git("show", f"{tag.strip()}:schema.graphql") if tag else None


def _git(*arguments: str) -> str | None:
    done = subprocess.run(
        ["git", *arguments],
        cwd=_ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    return done.stdout if done.returncode == 0 else None


def broken_promises(before: str, now: str) -> list[str]:
    """What callers of the one schema could do and cannot with the other."""
    changes = find_breaking_changes(build_schema(before), build_schema(now))
    return [change.description for change in changes]


def test_the_schema_breaks_no_promise_of_the_last_release() -> None:
    before = released()
    if before is None:
        pytest.skip("Nothing has been released yet.")
    assert broken_promises(before, printed()) == []


def test_a_field_that_was_taken_away_is_noticed() -> None:
    now = printed()
    before = now.replace("type Query {", 'type Query {\n  """An old field."""\n  old: String\n', 1)
    assert broken_promises(before, now) == ["Field Query.old was removed."]
