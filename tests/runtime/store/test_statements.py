"""Statements are found by their names; one may be written for several tables at once."""

import pytest

from runtime.store.events import LogName
from runtime.store.statements import Statements


def test_a_statement_with_a_word_in_braces_is_there_for_each_of_its_values() -> None:
    statements = Statements("retention", log=LogName)
    for log in LogName:
        assert f"{log}.position = passed.position" in statements[f"prune_{log}"]
    assert "{" not in statements["prune_logs"]
    assert statements["move_horizon"].startswith("UPDATE horizons")


def test_a_statement_that_is_not_there_is_named_with_its_file() -> None:
    with pytest.raises(LookupError, match=r"retention\.sql has no statement named nothing"):
        Statements("retention")["nothing"]
