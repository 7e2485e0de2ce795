"""What an operation weighs: its depth, its aliases and its cost."""

from typing import cast

import pytest
from graphql import OperationDefinitionNode, parse

from schema.limits import Weight, weigh
from schema.root import build

SCHEMA = build()._schema


def weight(text: str, **variables: object) -> Weight:
    document = parse(text)
    operation = cast(OperationDefinitionNode, document.definitions[0])
    return weigh(SCHEMA, document, operation, variables)


@pytest.mark.parametrize(
    ("query", "cost"),
    [
        ("{ viewer { version } }", 1),
        ("{ namespaces { name } }", 10),  # a list that is no page: ten rows, as a guess
        ("{ executions(first: 3) { nodes { id } } }", 3 * (1 + 1)),
        ("{ executions { nodes { id } } }", 50 * (1 + 1)),
        ("{ executions(first: 3) { nodes { labels { key } } } }", 3 * (1 + 1 + 10)),
        ("{ executions(first: 3) { edges { node { id } } } }", 3 * (1 + 1 + 1)),
        (
            "{ executions(first: 3) { nodes { taskRuns(last: 2) { nodes { id } } } } }",
            3 * (1 + 1 + 2 * (1 + 1)),
        ),
        ("{ ...a } fragment a on Query { ...b } fragment b on Query { viewer { version } }", 1),
        ("{ ... on Query { viewer { version } } }", 1),
    ],
)
def test_the_cost_is_that_of_all_objects_that_may_come(query: str, cost: int) -> None:
    assert weight(query).cost == cost


def test_the_size_of_a_page_may_be_a_variable() -> None:
    query = "query ($n: Int) { executions(first: $n) { nodes { id } } }"
    assert weight(query, n=4).cost == 4 * 2
    assert weight(query).cost == 50 * 2


def test_depth_and_aliases_are_counted_through_fragments() -> None:
    assert weight("{ viewer { version } }").depth == 2
    nested = "{ executions { nodes { parent { parent { id } } } } }"
    assert weight(nested).depth == 5
    spread = "{ a: viewer { ...v } b: viewer { ...v } } fragment v on Viewer { c: version }"
    assert weight(spread).aliases == 4
