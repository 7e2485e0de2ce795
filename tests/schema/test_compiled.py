"""Compiled selections give the same bytes as graphql-core does, whatever an operation asks for."""

import asyncio
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass
from enum import Enum
from pathlib import Path
from typing import Any, Generic, TypeVar

import orjson
import pytest
import strawberry
from strawberry.scalars import JSON
from strawberry.schema.schema import StrawberryGraphQLCoreExecutionContext

from resolvers.context import Context
from resolvers.viewer import Viewer
from schema import executor
from schema.errors import formatted
from schema.executor import Executor
from schema.root import build
from tests.support.engine import Driver, driven
from tests.support.flows import FAILING, HELLO

T = TypeVar("T")


@strawberry.enum
class Colour(Enum):
    RED = "r"
    BLUE = "b"


@strawberry.interface
class Named:
    id: strawberry.ID
    name: str


@strawberry.type
class Leaf(Named):
    size: int
    weight: float | None
    ripe: bool
    colour: Colour
    colours: list[Colour | None]
    note: JSON | None

    @strawberry.field
    def shout(self, times: int = 1) -> str:
        return self.name.upper() * times

    @strawberry.field
    async def later(self) -> str:
        return f"later {self.name}"


@strawberry.type
class Stone:
    mass: int | None


@strawberry.type
class Basket(Generic[T]):
    things: list[T]
    spare: T | None


@strawberry.type
class Tree(Named):
    leaf: Leaf | None
    must: Leaf
    leaves: list[Leaf | None]
    all: list[Leaf]
    basket: Basket[Leaf]
    found: Leaf | Stone | None

    @strawberry.field
    async def grown(self) -> "Tree":
        return self

    @strawberry.field
    def broken(self) -> str | None:
        raise ValueError("a branch")


@dataclass
class Foreign:
    """Has what a leaf has, and is none."""

    id: str = "f"
    name: str = "foreign"
    size: int = 1


class Odd(Leaf):
    """A leaf of another class."""


def leaf(**changed: Any) -> Leaf:
    given: dict[str, Any] = {
        "id": strawberry.ID("l"), "name": "leaf", "size": 3, "weight": 0.5, "ripe": True,
        "colour": Colour.RED, "colours": [Colour.BLUE, None], "note": {"a": [1, None]},
    }  # fmt: skip
    return Leaf(**(given | changed))


def tree(**changed: Any) -> Tree:
    given: dict[str, Any] = {
        "id": strawberry.ID("t"), "name": "tree", "leaf": leaf(), "must": leaf(name="must"),
        "leaves": [leaf(), None], "all": [leaf(), leaf(name="two")],
        "basket": Basket(things=[leaf()], spare=None), "found": Stone(mass=7),
    }  # fmt: skip
    return Tree(**(given | changed))


class Soon:
    """Comes later; nobody minds when it is not asked for."""

    def __await__(self) -> Generator[None, None, str]:
        yield from asyncio.sleep(0).__await__()
        return "soon"


TREES: dict[str, Any] = {
    "usual": tree,
    "null-in-object": lambda: tree(leaf=leaf(name=None)),
    "null-must": lambda: tree(must=None),
    "null-below-must": lambda: tree(must=leaf(size=None)),
    "null-in-list": lambda: tree(all=[leaf(), None]),
    "null-list": lambda: tree(leaves=None),
    "no-list": lambda: tree(leaves="leaves"),
    "tuple": lambda: tree(leaves=(leaf(), leaf())),
    "generator": lambda: tree(all=(leaf(name=str(n)) for n in range(2))),
    "error-as-value": lambda: tree(leaf=ValueError("lost"), name="x"),
    "error-as-note": lambda: tree(leaf=leaf(note=ValueError("lost"))),
    "error-in-list": lambda: tree(leaves=[leaf(), ValueError("lost"), leaf(size="?")]),
    "awaited": lambda: tree(leaf=leaf(name=Soon()), found=None),
    "awaited-note": lambda: tree(must=leaf(note=Soon())),
    "large-number": lambda: tree(leaf=leaf(size=2**31)),
    "number-as-text": lambda: tree(leaf=leaf(size="12", weight="0.25")),
    "no-number": lambda: tree(leaf=leaf(size="many"), must=leaf(weight=float("nan"))),
    "truth-as-number": lambda: tree(leaf=leaf(ripe=1, size=True)),
    "text-as-number": lambda: tree(name=12, leaf=leaf(name=True)),
    "plain-colour": lambda: tree(leaf=leaf(colour="r", colours=["b", "RED", Colour.RED])),
    "no-colour": lambda: tree(leaf=leaf(colour="green")),
    "foreign": lambda: tree(leaf=Foreign(), found=Foreign()),
    "odd": lambda: tree(leaf=Odd(**vars(leaf())), all=[Odd(**vars(leaf()))]),
    "found-leaf": lambda: tree(found=leaf(), basket=Basket(things=[], spare=leaf())),
    "missing": lambda: tree(leaf=object(), basket=object()),
}
DOCUMENTS = (
    "{ tree { id name __typename leaf { id name size weight ripe colour colours note } } }",
    "{ tree { must { size weight } all { name size } leaves { size colour ripe name } name } }",
    "{ tree { a: name b: name leaf { x: size size y: size __typename } leaf { name } } }",
    "{ tree { leaf { name shout } all { shout(times: 2) name later } leaves { later size } } }",
    "{ tree { broken name leaf { name } grown { broken must { name } grown { all { name } } } } }",
    "{ tree { found { __typename ... on Stone { mass } ... on Leaf { name size } } } }",
    "{ tree { ...F basket { things { ...G } spare { ...G } } } } fragment F on Tree { name leaf "
    "{ ...G } } fragment G on Leaf { ...N ripe note } fragment N on Named { id name }",
    "query ($a: Boolean!, $b: Boolean = true) { tree { name @skip(if: $a) leaf @include(if: $b) "
    "{ name @include(if: $a) size } ...F @skip(if: $b) } } fragment F on Tree { id all { name } }",
    "{ one: tree { name must { name } } two: tree { must { size } id } __typename }",
    "mutation { one: tree { name leaf { size } } two: tree { must { name } } }",
    '{ __schema { queryType { name } } tree { name } __type(name: "Leaf") { name kind } }',
)


class Long(StrawberryGraphQLCoreExecutionContext):
    """As graphql-core executes."""


_kind = {"now": "usual"}


@strawberry.type
class Query:
    @strawberry.field
    def tree(self) -> Tree:
        grown: Tree = TREES[_kind["now"]]()
        return grown


@strawberry.type
class Mutation(Query):
    pass


@strawberry.type
class Subscription:
    @strawberry.subscription
    async def trees(self) -> AsyncIterator[Tree]:
        for kind in TREES:
            yield TREES[kind]()


LONG, SHORT = (
    strawberry.Schema(Query, Mutation, Subscription, execution_context_class=executor)
    for executor in (Long, Executor)
)


async def _bytes(schema: strawberry.Schema, document: str, variables: dict[str, Any]) -> bytes:
    result = await schema.execute(document, variable_values=variables)
    errors = [error.formatted for error in result.errors or ()]
    return orjson.dumps([result.data, errors])


# graphql-core itself never awaits the siblings of some errors.
@pytest.mark.filterwarnings(
    "ignore:coroutine .* was never awaited", "ignore::pytest.PytestUnraisableExceptionWarning"
)
@pytest.mark.parametrize("kind", TREES)
@pytest.mark.parametrize("document", DOCUMENTS)
async def test_every_answer_is_the_same(kind: str, document: str) -> None:
    _kind["now"] = kind
    for given in ({"a": True}, {"a": False}, {"a": True, "b": False}, {"a": True}):
        variables: dict[str, Any] = given if "$a" in document else {}
        expected = await _bytes(LONG, document, variables)
        assert await _bytes(SHORT, document, variables) == expected


async def test_what_is_usual_is_written_without_graphql_core(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    completed: list[str] = []
    original = Executor.execute_field

    def counted(self: Any, parent: Any, *rest: Any) -> Any:
        completed.append(parent.name)
        return original(self, parent, *rest)

    monkeypatch.setattr(Executor, "execute_field", counted)
    _kind["now"] = "usual"
    await _bytes(SHORT, DOCUMENTS[0], {})
    assert completed == ["Query"]


async def test_every_item_of_a_stream_is_the_same() -> None:
    document = (
        "subscription { trees { name leaf { name size } all { later name } "
        "found { ... on Stone { mass } } } }"
    )
    seen: list[list[bytes]] = []
    for schema in (LONG, SHORT):
        items = [
            orjson.dumps([result.data, [error.formatted for error in result.errors or ()]])
            async for result in await schema.subscribe(document)
        ]
        seen.append(items)
    assert len(seen[0]) == len(TREES)
    assert seen[0] == seen[1]


_FIELDS = """id namespace flowId flowRevision state isTerminal labels { key value } createdAt
startedAt endedAt scheduledAt duration attempt version lastSequence cursor breakpoints logUrl
trigger { triggerId type variables }"""
REAL = (
    f"query ($n: Int) {{ executions(first: $n) {{ nodes {{ {_FIELDS} }} pageInfo {{ hasNextPage "
    "endCursor } edges { cursor node { id } } count { value precision } } }",
    f"{{ executions {{ nodes {{ {_FIELDS} stateHistory {{ state at }} inputs outputs taskRuns {{ "
    "nodes { id taskId state startedAt endedAt duration value attempts { number state } outputs } "
    "} logs { nodes { message level at } } flow { flowId } } } }",
    "query ($no: Boolean!) { taskRuns { nodes { id ...R @skip(if: $no) execution { id state } } } }"
    " fragment R on TaskRun { taskId state createdAt attempts { number message worker } }",
    "{ executions(first: 0) { nodes { id } } viewer { version } }",
    "{ flows { nodes { id namespace labels { key value } } } }",
    "{ logs { nodes { __typename id message } } executions { nodes { allowedActions "
    "timeline { taskRunIds states segmentOffsets tasks values } criticalPath { taskId wait } } } }",
)


async def test_the_answers_of_this_api_are_the_same(database_url: str, tmp_path: Path) -> None:
    quick, long = build(), build()
    long.execution_context_class = _Columns
    async with driven(database_url, tmp_path) as driver:
        await _run(driver)
        for document in REAL:
            for variables in ({"n": 1, "no": True}, {"n": 3, "no": False}):
                known: dict[str, Any] = {
                    name: value for name, value in variables.items() if f"${name}:" in document
                }
                answers = []
                for schema in (long, quick, quick):
                    context = Context(driver.runtime, Viewer("somebody", "0", None), "rq_test")
                    result = await schema.execute(
                        document, variable_values=known, context_value=context
                    )
                    errors = formatted(result.errors or [], "rq_test")
                    answers.append(orjson.dumps([result.data, errors, result.extensions]))
                assert answers[0] == answers[1] == answers[2]
                assert b"Cannot query" not in answers[0], answers[0]


class _Columns(Executor):
    """Passes columns, and does all else as graphql-core does."""

    def execute_fields(self, *given: Any) -> Any:
        return StrawberryGraphQLCoreExecutionContext.execute_fields(self, *given)


async def _run(driver: Driver) -> None:
    await driver.run(HELLO, inputs={"name": "Ada"})
    await driver.run(HELLO, inputs={"name": "Grace"})
    await driver.run(FAILING)


async def test_a_long_stream_gathers_nothing() -> None:
    document = "subscription { trees { name must { later all: name } } }"
    sizes = []
    for _ in range(2):
        async for _result in await SHORT.subscribe(document):
            found = executor._outlines.find((SHORT._schema, None), document)
            assert found is not None
            sizes.append(len(found.below))
    assert set(sizes[1:]) == {sizes[-1]}
