"""How an operation ends: also when a field fails while others are on their way."""

import asyncio
import gc
import warnings

import pytest
from graphql import (
    GraphQLField,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLSchema,
    GraphQLString,
)
from graphql import execute as executed
from graphql import parse as parsed

from schema.executor import Executor


async def _deeper(*_: object) -> object:
    return {}


async def _failing(_: object, info: object, after: int) -> str:
    for _turn in range(after):
        await asyncio.sleep(0)
    raise ValueError("no")


def _schema(after: int) -> GraphQLSchema:
    deep: GraphQLObjectType = GraphQLObjectType(
        "Deep",
        lambda: {
            "a": GraphQLField(deep, resolve=_deeper),
            "b": GraphQLField(deep, resolve=_deeper),
            "leaf": GraphQLField(GraphQLString, resolve=_deeper),
        },
    )
    bad = GraphQLField(
        GraphQLNonNull(GraphQLString), resolve=lambda root, info: _failing(root, info, after)
    )
    fields = {"bad": bad, "deep": GraphQLField(deep, resolve=_deeper)}
    return GraphQLSchema(GraphQLObjectType("Query", fields))


@pytest.mark.parametrize("after", range(8))
async def test_a_field_that_fails_leaves_no_coroutine_behind_that_nobody_awaits(
    after: int,
) -> None:
    below = "leaf"
    for _ in range(5):
        below = f"a {{ {below} }} b {{ {below} }}"
    document = parsed(f"{{ bad deep {{ {below} }} }}")
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        result = executed(_schema(after), document, executor_class=Executor)
        answer = await result  # type: ignore[misc]
        del result
        gc.collect()
    assert answer.data is None
    assert [str(each.message) for each in told] == []
