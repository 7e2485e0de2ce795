"""What a strict reviewer of the schema asks beyond names: pages, filters, streams, selectors."""

import pytest
from graphql import (
    GraphQLEnumType,
    GraphQLInputObjectType,
    GraphQLList,
    GraphQLNonNull,
    GraphQLObjectType,
    GraphQLUnionType,
    build_schema,
    get_named_type,
    get_nullable_type,
)

from schema.errors import formatted
from schema.root import build, printed

SCHEMA = build_schema(printed())
TYPES = {name: kind for name, kind in SCHEMA.type_map.items() if not name.startswith("__")}
OBJECTS = {name: kind for name, kind in TYPES.items() if isinstance(kind, GraphQLObjectType)}
SYNONYMS = ("Job", "Workflow", "Pipeline", "Process", "Step", "Record")
NO_SYNONYMS = {"CriticalPathStep"}
BOUNDED = {
    ("Query", "nodes"): "as many as were asked for, 200 at most",
    ("Query", "savedViews"): "of one list, 500 at most",
    ("Execution", "recent"): "as many as were asked for",
    ("LogsAppended", "entries"): "what was written together",
    ("MetricsAppended", "metrics"): "what was written together",
    ("TaskRun", "metrics"): "1,000 at most, of one task run",
}


def test_each_thing_has_one_name() -> None:
    wrong = {name for name in TYPES for word in SYNONYMS if word in name}
    assert wrong <= NO_SYNONYMS
    assert not [
        name for name in TYPES if "Run" in name.replace("TaskRun", "").replace("ForceRun", "")
    ]


def test_what_can_be_many_comes_in_pages() -> None:
    node = SCHEMA.type_map["Node"]
    bare = set()
    for name, kind in OBJECTS.items():
        for key, field in kind.fields.items():
            of = get_named_type(field.type)
            is_node = of is node or node in getattr(of, "interfaces", ())
            in_page = name.endswith(("Connection", "Edge"))
            if is_node and not in_page and isinstance(get_nullable_type(field.type), GraphQLList):
                bare.add((name, key))
    assert bare == set(BOUNDED)


def test_a_query_and_the_subscription_of_the_same_name_take_the_same_filter() -> None:
    query, streams = OBJECTS["Query"], OBJECTS["Subscription"]
    filtered = {
        name: each.args["filter"] for name, each in streams.fields.items() if "filter" in each.args
    }
    assert {"executions", "taskRuns", "logs"} <= set(filtered)
    for name, argument in filtered.items():
        assert argument.type == query.fields[name].args["filter"].type


def test_the_filters_of_pages_combine() -> None:
    pages = [field for kind in OBJECTS.values() for field in kind.fields.values()]
    filters = {
        get_named_type(field.args["filter"].type) for field in pages if "filter" in field.args
    }
    assert len(filters) > 4
    for each in filters:
        assert isinstance(each, GraphQLInputObjectType)
        assert {"and", "or", "not"} <= set(each.fields)


@pytest.mark.parametrize("name", list(OBJECTS["Subscription"].fields))
def test_every_stream_can_be_resumed_and_says_that_it_lives(name: str) -> None:
    field = OBJECTS["Subscription"].fields[name]
    assert "after" in field.args
    items = get_named_type(field.type)
    assert isinstance(items, GraphQLUnionType)
    assert {"StreamHeartbeat", "StreamReset"} <= {each.name for each in items.types}
    for each in items.types:
        assert isinstance(each.fields["cursor"].type, GraphQLNonNull)


def test_orders_are_a_field_and_a_direction() -> None:
    orders = {name: kind for name, kind in TYPES.items() if name.endswith("Order")}
    assert orders
    for kind in orders.values():
        assert isinstance(kind, GraphQLInputObjectType)
        assert set(kind.fields) == {"field", "direction"}


def test_selectors_are_one_of_their_ways() -> None:
    selector = TYPES["ExecutionSelector"]
    assert isinstance(selector, GraphQLInputObjectType)
    assert selector.is_one_of
    assert not any(isinstance(field.type, GraphQLNonNull) for field in selector.fields.values())


async def test_the_schema_is_told_or_not_as_it_was_set() -> None:
    asked = "{ __schema { queryType { name } } }"
    assert (await build(introspection=True).execute(asked)).data
    result = await build(introspection=False).execute(asked)
    shown = formatted(result.errors or [], "rq_test", before_execution=True)
    assert {each["extensions"]["code"] for each in shown} == {"GRAPHQL_VALIDATION_FAILED"}


def test_what_can_be_done_to_one_execution_can_be_done_to_many() -> None:
    one, many = TYPES["ExecutionAction"], TYPES["BulkAction"]
    assert isinstance(one, GraphQLEnumType)
    assert isinstance(many, GraphQLEnumType)
    assert list(many.values) == list(one.values)
