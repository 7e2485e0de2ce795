import pytest
from hypothesis import given
from hypothesis import strategies as st

from runtime.tasks.jdbc.statements import checked_parameters, statements, with_parameters
from runtime.tasks.task import TaskFailed


@pytest.mark.parametrize(
    ("sql", "parts"),
    [
        ("SELECT 1", ["SELECT 1"]),
        ("SELECT 1; SELECT 2;", ["SELECT 1", "SELECT 2"]),
        ("SELECT ';'; SELECT \"a;b\"", ["SELECT ';'", 'SELECT "a;b"']),
        ("SELECT 'it''s; fine'", ["SELECT 'it''s; fine'"]),
        ("-- nothing; here\nSELECT 1", ["-- nothing; here\nSELECT 1"]),
        ("/* a; b */ SELECT 1; -- end", ["/* a; b */ SELECT 1"]),
        ("DO $x$ BEGIN; END $x$; SELECT 1", ["DO $x$ BEGIN; END $x$", "SELECT 1"]),
        (" ; ;", []),
        ("SELECT 'never closed; SELECT 2", ["SELECT 'never closed", "SELECT 2"]),
    ],
)
def test_a_text_is_cut_at_semicolons_outside_of_quotes(sql: str, parts: list[str]) -> None:
    assert statements(sql) == parts


@pytest.mark.parametrize(
    ("sql", "written"),
    [
        ("SELECT :a, :b, :a", "SELECT <a>, <b>, <a>"),
        ("SELECT x::text, :a", "SELECT x::text, <a>"),
        ("SELECT ':a', \":b\" -- :c", "SELECT ':a', \":b\" -- :c"),
        ("SELECT '12:30:00'", "SELECT '12:30:00'"),
    ],
)
def test_parameters_are_found_outside_of_quotes_and_casts(sql: str, written: str) -> None:
    assert with_parameters(sql, lambda name: f"<{name}>") == written


def test_a_parameter_that_is_not_given_is_named() -> None:
    assert checked_parameters("SELECT :a", {"a": 1, "b": 2}) == {"a": 1}
    with pytest.raises(TaskFailed, match=r":b, :c; add it to `parameters`"):
        checked_parameters("SELECT :a, :b, :c", {"a": 1})


@given(st.text(alphabet="ab;:'\"-/*$ \n", max_size=60))
def test_cutting_loses_nothing_but_semicolons_spaces_and_comments(sql: str) -> None:
    assert with_parameters(sql, lambda name: f":{name}") == sql
    if not any(mark in sql for mark in ("--", "/*")):
        kept = "".join("".join(statements(sql)).split())
        assert kept.replace(";", "") == "".join(sql.split()).replace(";", "")
