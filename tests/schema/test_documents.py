"""Documents that were written to be expensive: refused, forgotten, or read aside."""

import asyncio
from typing import Any

import pytest
from graphql import GraphQLError, OperationType, build_schema, parse

from schema.documents import LONGEST, Shelf, kind_of, parsed, repeated
from schema.errors import formatted
from schema.limits import MOST_COST, weigh
from schema.root import build
from schema.variables import MOST_VALUES, is_too_much

SCHEMA = build()


async def codes(query: str, **given: Any) -> list[object]:
    result = await SCHEMA.execute(query, **given)
    shown = formatted(result.errors or [], "rq_test", before_execution=True)
    return [each["extensions"]["code"] for each in shown]


@pytest.mark.parametrize(
    ("query", "code"),
    [
        ("{", "GRAPHQL_PARSE_FAILED"),
        ("{" + " " * 3_000, "GRAPHQL_PARSE_FAILED"),
        ('{ execution(id: "' + "\\" * 50_000, "GRAPHQL_PARSE_FAILED"),
        ("{ viewer { version } }" + "," * LONGEST, "LIMIT_EXCEEDED"),
        ("{" + "viewer { version } " * 900 + "}", "LIMIT_EXCEEDED"),
        ("{" + "... on Query { viewer { version } } " * 400 + "}", "LIMIT_EXCEEDED"),
        ("query A { viewer { version } } query B { viewer { version } }", "VALIDATION"),
        ("{ executions(first: " + "9" * 5_000 + ") { nodes { id } } }", "VALIDATION"),
    ],
    ids=["broken", "broken, long", "escapes", "long", "repeated", "inline", "unnamed", "number"],
)
async def test_a_document_that_cannot_be_used_is_refused_in_words(query: str, code: str) -> None:
    assert all(str(found).endswith(code) or code in str(found) for found in await codes(query))
    assert await codes(query)


async def test_a_broken_document_is_told_as_broken_whatever_operation_was_named() -> None:
    assert await codes("{", operation_name="Mine") == ["GRAPHQL_PARSE_FAILED"]


async def test_the_operation_that_is_named_is_chosen_among_several() -> None:
    query = "query A { viewer { version } } query B { __typename }"
    result = await SCHEMA.execute(query, operation_name="B")
    assert result.data == {"__typename": "Query"}


async def test_an_error_never_repeats_the_whole_request() -> None:
    result = await SCHEMA.execute("{ " + "a" * 50_000 + " }")
    shown = formatted(result.errors or [], "rq_test", before_execution=True)
    assert len(shown[0]["message"]) < 1_100


async def test_a_long_document_is_read_while_the_loop_goes_on() -> None:
    turns = 0

    async def turn() -> None:
        nonlocal turns
        while True:
            await asyncio.sleep(0)
            turns += 1

    turning = asyncio.create_task(turn())
    fields = " ".join(f'f{n}: execution(id: "{n}") {{ id }}' for n in range(350))
    assert await kind_of(f"query {{ {fields} }}", None) is OperationType.QUERY
    turning.cancel()
    assert turns > 3


async def test_the_kind_of_an_operation_is_known_only_when_it_is_clear() -> None:
    both = "mutation A { a } subscription B { b }"
    assert await kind_of(both, "B") is OperationType.SUBSCRIPTION
    assert await kind_of(both, None) is None
    assert await kind_of("{", None) is None
    assert await kind_of(None, None) is None


def test_names_are_counted_where_they_meet() -> None:
    union = "".join(f"... on T{n} {{ id }} " for n in range(30))
    assert repeated(parse(f"{{ a {{ {union} }} }}")) == "id"
    assert repeated(parse("{ a { id } b { id } c { id } }")) is None


def test_a_shelf_forgets_what_was_used_least_when_it_is_full() -> None:
    shelf: Shelf[int] = Shelf(room=10)
    shelf.keep(None, "aaaa", 1)
    shelf.keep(None, "bbbb", 2)
    assert shelf.find(None, "aaaa") == 1
    shelf.keep(None, "cccc", 3)
    assert [shelf.find(None, text) for text in ("aaaa", "bbbb", "cccc")] == [1, None, 3]
    shelf.keep(None, "d" * 11, 4)
    assert shelf.find(None, "d" * 11) is None


def test_a_document_is_parsed_once() -> None:
    assert parsed("{ once }") is parsed("{ once }")
    with pytest.raises(GraphQLError):
        parsed("{ once")


def test_a_document_that_cannot_be_read_is_tried_once() -> None:
    for query in ("{ never", "{" + " never" * 5_000 + "}"):
        with pytest.raises(GraphQLError) as first:
            parsed(query)
        with pytest.raises(GraphQLError) as second:
            parsed(query)
        assert first.value is second.value


@pytest.mark.parametrize("query", ["{" + " a" * 5_000 + "}", "{ a }" + " " * 200_000])
async def test_a_document_that_is_too_long_is_told_as_too_long(query: str) -> None:
    result = await SCHEMA.execute(query)
    [shown] = formatted(result.errors or [], "rq_test", before_execution=True)
    assert shown["extensions"]["code"] == "LIMIT_EXCEEDED"
    assert shown["extensions"]["hint"]


def test_a_cost_is_a_number_that_every_reader_of_json_reads() -> None:
    document = parse("query ($n: Int) { executions(first: $n) { nodes { id } } }")
    operation = document.definitions[0]
    weight = weigh(SCHEMA._schema, document, operation, {"n": 10**30})  # type: ignore[arg-type]  # it is an operation
    assert MOST_COST < weight.cost <= 2**53


def test_asking_for_the_schema_once_is_cheap_and_sixty_times_is_not() -> None:
    schema = SCHEMA._schema
    one = "types { fields { args { type { name } } type { name } } }"
    many = " ".join(f"a{n}: __schema {{ {one} }}" for n in range(55))
    costs = []
    for query in (f"{{ __schema {{ {one} }} }}", f"{{ {many} }}"):
        document = parse(query)
        costs.append(weigh(schema, document, document.definitions[0], {}).cost)  # type: ignore[arg-type]  # it is an operation
    assert costs[0] < MOST_COST < costs[1]


def test_variables_are_counted_but_not_what_is_a_users_own_value() -> None:
    schema = build_schema(
        "scalar JSON input F { and: [F!] ids: [ID!] own: JSON } "
        "type Query { a(f: F, j: JSON): Int }"
    )
    operation = parse("query ($f: F, $j: JSON) { a(f: $f, j: $j) }").definitions[0]

    def too_much(**variables: object) -> bool:
        return is_too_much(schema, operation, variables)  # type: ignore[arg-type]  # it is an operation

    assert not too_much(f={"ids": ["x"] * (MOST_VALUES - 100)})
    assert too_much(f={"ids": ["x"] * (MOST_VALUES + 1)})
    assert too_much(f={"and": [{}] * 1_500})
    assert too_much(f={str(n): 1 for n in range(MOST_VALUES)})
    assert not too_much(j=[1] * 100_000, f={"own": {str(n): 1 for n in range(50_000)}})
