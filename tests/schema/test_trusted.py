"""Trusted documents: read in every form that tools write, known again however they are printed."""

import json
from pathlib import Path

import pytest

from runtime.errors import InvalidInput
from schema.errors import formatted
from schema.root import build
from schema.trusted import trusted_from

QUERY = "query Version { viewer { version } }"


def a_list(folder: Path, content: object) -> Path:
    file = folder / "documents.json"
    file.write_text(content if isinstance(content, str) else json.dumps(content), "utf-8")
    return file


@pytest.mark.parametrize(
    "content",
    [
        {"abc": QUERY},
        {"sha256:abc": QUERY},
        {"format": "manifest", "operations": [{"id": "abc", "body": QUERY, "name": "Version"}]},
    ],
    ids=["relay and codegen", "hashes", "apollo"],
)
def test_a_list_is_read_in_the_forms_that_tools_write(tmp_path: Path, content: object) -> None:
    trusted = trusted_from([a_list(tmp_path, content)], alone=True)
    assert trusted.by_id["abc"] == QUERY
    assert trusted.allows(QUERY)


@pytest.mark.parametrize(
    "content", ["{", '"text"', "7", {"a": 7}, {"operations": [{"id": "a"}]}, {"a": "{"}, [7]]
)
def test_a_list_that_is_none_is_told_with_its_file(tmp_path: Path, content: object) -> None:
    with pytest.raises(InvalidInput, match=r"documents\.json"):
        trusted_from([a_list(tmp_path, content)], alone=True)


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(InvalidInput, match="cannot be read"):
        trusted_from([tmp_path / "none.json"], alone=False)


@pytest.mark.parametrize(
    ("query", "allowed"),
    [
        ("query Version{viewer{version}}", True),
        ("# who asks\nquery Version { viewer { version __typename } __typename }", True),
        ("query Version { viewer { version name } }", False),
        ("query Version { v: viewer { version } }", False),
        ("query Version { viewer { t: __typename version } }", False),
        ("query Other { viewer { version } }", False),
        ("{", False),
        ("", False),
    ],
)
def test_a_document_is_known_by_what_it_asks(tmp_path: Path, query: str, allowed: bool) -> None:
    assert trusted_from([a_list(tmp_path, [QUERY])], alone=True).allows(query) is allowed


async def test_other_documents_are_refused_without_a_word_about_the_schema(tmp_path: Path) -> None:
    schema = build(trusted=trusted_from([a_list(tmp_path, [QUERY])], alone=True))
    for query in (
        "{ viewer { nam } }",
        "{ viewer { name } }",
        "{",
        "{ __schema { types { name } } }",
    ):
        result = await schema.execute(query)
        [shown] = formatted(result.errors or [], "rq_test", before_execution=True)
        assert shown["extensions"]["code"] == "FORBIDDEN"


async def test_without_introspection_no_suggestion_tells_a_name() -> None:
    for introspection, told in ((True, True), (False, False)):
        result = await build(introspection=introspection).execute("{ viewer { versio } }")
        [error] = result.errors or []
        assert ("Did you mean" in error.message) is told
