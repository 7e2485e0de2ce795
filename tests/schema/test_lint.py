"""What a strict reviewer of the schema looks for, asked of its printed form."""

import re
from collections.abc import Iterator

import pytest
from graphql import (
    GraphQLArgument,
    GraphQLEnumType,
    GraphQLEnumValue,
    GraphQLField,
    GraphQLInputField,
    GraphQLInputObjectType,
    GraphQLInterfaceType,
    GraphQLNamedType,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLScalarType,
    build_schema,
    get_named_type,
    is_leaf_type,
    is_specified_scalar_type,
)

from schema.root import printed

SCHEMA = build_schema(printed())
TYPES = {
    name: kind
    for name, kind in SCHEMA.type_map.items()
    if not name.startswith("__") and not is_specified_scalar_type(kind)
}
Element = GraphQLNamedType | GraphQLField | GraphQLInputField | GraphQLArgument | GraphQLEnumValue


def elements() -> Iterator[tuple[str, Element]]:
    """Everything that has a name, by its place."""
    for name, kind in TYPES.items():
        yield name, kind
        if isinstance(kind, GraphQLEnumType):
            yield from ((f"{name}.{key}", value) for key, value in kind.values.items())
        if isinstance(kind, GraphQLInputObjectType):
            yield from ((f"{name}.{key}", each) for key, each in kind.fields.items())
        if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
            for key, each in kind.fields.items():
                yield f"{name}.{key}", each
                yield from ((f"{name}.{key}({a})", arg) for a, arg in each.args.items())


def objects() -> Iterator[tuple[str, GraphQLObjectType]]:
    return ((n, kind) for n, kind in TYPES.items() if isinstance(kind, GraphQLObjectType))


def test_every_element_is_described_in_a_sentence() -> None:
    bare = [place for place, each in elements() if not (each.description or "").strip()]
    assert bare == []
    unfinished = [
        place
        for place, each in elements()
        if not (each.description or "").rstrip().endswith((".", "`", "…"))
    ]
    assert unfinished == []


def test_names_follow_the_conventions_of_graphql() -> None:
    for place, each in elements():
        last = re.split(r"[.(]", place.rstrip(")"))[-1]
        if isinstance(each, GraphQLEnumValue):
            assert re.fullmatch(r"[A-Z][A-Z0-9_]*", last), place
        elif isinstance(each, GraphQLNamedType):
            assert re.fullmatch(r"[A-Z][A-Za-z0-9]*", last), place
        else:
            assert re.fullmatch(r"[a-z][A-Za-z0-9]*", last), place


def test_no_field_repeats_the_name_of_its_type() -> None:
    repeated = [
        f"{name}.{key}"
        for name, kind in objects()
        for key in kind.fields
        if key.lower().startswith(name.lower()) and not key.endswith(("Id", "Ids"))
    ]
    assert repeated == []


def test_enum_values_are_told_apart_by_more_than_their_case() -> None:
    for name, kind in TYPES.items():
        if isinstance(kind, GraphQLEnumType):
            assert len({key.lower() for key in kind.values}) == len(kind.values), name


def test_scalars_of_ours_say_where_they_are_specified() -> None:
    for name, kind in TYPES.items():
        if isinstance(kind, GraphQLScalarType):
            assert (kind.specified_by_url or "").startswith("https://"), name


@pytest.mark.parametrize(
    "name", [name for name in TYPES if name.endswith("Connection")], ids=lambda name: name
)
def test_connections_are_relays(name: str) -> None:
    kind = TYPES[name]
    assert isinstance(kind, GraphQLObjectType)
    shape = {key: str(each.type) for key, each in kind.fields.items()}
    node = name.removesuffix("Connection")
    assert shape == {
        "nodes": f"[{node}!]!",
        "edges": f"[{node}Edge!]!",
        "pageInfo": "PageInfo!",
        "streamCursor": "String!",
        "count": "BoundedCount!",
    }
    edge = TYPES[f"{node}Edge"]
    assert isinstance(edge, GraphQLObjectType)
    assert {key: str(each.type) for key, each in edge.fields.items()} == {
        "cursor": "String!",
        "node": f"{node}!",
    }


def test_the_page_info_is_relays() -> None:
    kind = TYPES["PageInfo"]
    assert isinstance(kind, GraphQLObjectType)
    assert {key: str(each.type) for key, each in kind.fields.items()} == {
        "hasNextPage": "Boolean!",
        "hasPreviousPage": "Boolean!",
        "startCursor": "String",
        "endCursor": "String",
    }


def test_every_field_of_a_connection_pages_both_ways() -> None:
    for name, kind in objects():
        for key, each in kind.fields.items():
            if get_named_type(each.type).name.endswith("Connection"):
                arguments = {
                    a: str(each.args[a].type) for a in ("first", "after", "last", "before")
                }
                expected = {"first": "Int", "after": "String", "last": "Int", "before": "String"}
                assert arguments == expected, f"{name}.{key}"


def test_everything_with_a_global_id_is_a_node() -> None:
    node = TYPES["Node"]
    for name, kind in objects():
        identified = "id" in kind.fields and str(kind.fields["id"].type) == "ID!"
        assert identified == (node in kind.interfaces), name


SHARED = "BulkOperationPayload"
"""What every action on many executions gives: the operation to follow, whatever is done."""


def test_mutations_take_one_input_and_give_a_payload_of_their_own() -> None:
    assert SCHEMA.mutation_type is not None
    payloads = []
    for name, each in SCHEMA.mutation_type.fields.items():
        pascal = name[0].upper() + name[1:]
        assert list(each.args) == ["input"], name
        assert str(each.args["input"].type) == f"{pascal}Input!"
        assert str(each.type) in (f"{pascal}Payload!", f"{SHARED}!")
        payload = get_named_type(each.type)
        assert isinstance(payload, GraphQLObjectType)
        assert str(payload.fields["userErrors"].type) == "[UserError!]!"
        payloads.append(payload.name)
    own = [name for name in payloads if name != SHARED]
    assert len(set(own)) == len(own)


def test_no_mutation_answers_with_a_bare_value() -> None:
    assert SCHEMA.mutation_type is not None
    bare = [
        name
        for name, each in SCHEMA.mutation_type.fields.items()
        if is_leaf_type(get_named_type(each.type))
    ]
    assert bare == []


def test_the_payloads_of_actions_carry_the_changed_thing_so_that_caches_follow() -> None:
    assert SCHEMA.mutation_type is not None
    for name, each in SCHEMA.mutation_type.fields.items():
        payload = get_named_type(each.type)
        assert isinstance(payload, GraphQLObjectType)
        nodes = [f for f in payload.fields.values() if _is_node(get_named_type(f.type))]
        deleted = [key for key in payload.fields if key.startswith("deleted")]
        assert nodes or deleted, name
        assert all(not isinstance(f.type, GraphQLNonNull) for f in nodes), name


def _is_node(kind: GraphQLNamedType) -> bool:
    return isinstance(kind, GraphQLObjectType) and any(i.name == "Node" for i in kind.interfaces)


def test_inputs_are_named_for_what_they_are() -> None:
    for name, kind in TYPES.items():
        if isinstance(kind, GraphQLInputObjectType):
            assert name.endswith(("Input", "Filter", "Order", "Selector", "File")), name


def test_what_is_deprecated_says_what_to_use_instead_and_until_when() -> None:
    for place, each in elements():
        reason = getattr(each, "deprecation_reason", None)
        if reason is not None:
            assert re.search(r"[Uu]se ", reason), place
            assert re.search(r"\d{4}-\d{2}-\d{2}", reason), place


def test_everything_in_the_schema_can_be_reached() -> None:
    reached: set[str] = set()
    waiting = [kind for kind in (SCHEMA.query_type, SCHEMA.mutation_type) if kind]
    waiting += [SCHEMA.subscription_type] if SCHEMA.subscription_type else []
    queue: list[GraphQLNamedType] = list(waiting)
    while queue:
        kind = queue.pop()
        if kind.name in reached:
            continue
        reached.add(kind.name)
        queue += _neighbours(kind)
    assert set(TYPES) - reached == set()


def _neighbours(kind: GraphQLNamedType) -> list[GraphQLNamedType]:
    found: list[GraphQLNamedType] = []
    if isinstance(kind, GraphQLObjectType | GraphQLInterfaceType):
        found += kind.interfaces
        for each in kind.fields.values():
            found.append(get_named_type(each.type))
            found += [get_named_type(argument.type) for argument in each.args.values()]
    if isinstance(kind, GraphQLInterfaceType):
        found += SCHEMA.get_possible_types(kind)
    if isinstance(kind, GraphQLInputObjectType):
        found += [get_named_type(each.type) for each in kind.fields.values()]
    if hasattr(kind, "types"):
        found += kind.types
    return found


def test_states_say_whether_they_are_terminal() -> None:
    for name in ("ExecutionState", "TaskRunState"):
        kind = TYPES[name]
        assert isinstance(kind, GraphQLEnumType)
        for key, value in kind.values.items():
            assert (value.description or "").endswith(("Terminal.", "Not terminal.")), key
