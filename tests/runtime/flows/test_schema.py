"""The JSON schema of a flow, as editors use it."""

import json
from collections.abc import Iterator, Mapping

from runtime.engine.types import known_types
from runtime.flows.schema import flow_json_schema
from runtime.tasks.table import TypeTable
from tests.support.flow_types import TYPES

SCHEMA = flow_json_schema(TYPES)


def at(pointer: str, schema: Mapping[str, object] = SCHEMA) -> Mapping[str, object]:
    found: object = schema
    for part in pointer.removeprefix("#/").split("/"):
        assert isinstance(found, Mapping)
        found = found[part]
    assert isinstance(found, Mapping)
    return found


def references(schema: object) -> Iterator[str]:
    if isinstance(schema, Mapping):
        for key, value in schema.items():
            if key == "$ref":
                yield str(value)
            yield from references(value)
    elif isinstance(schema, list):
        for item in schema:
            yield from references(item)


def test_it_is_plain_json() -> None:
    assert json.loads(json.dumps(SCHEMA)) == SCHEMA


def test_every_reference_leads_somewhere() -> None:
    for types in (TYPES, TypeTable(known_types())):
        schema = flow_json_schema(types)
        assert all(at(pointer, schema) for pointer in references(schema))


def test_every_type_has_a_definition_under_its_name() -> None:
    for spec in TYPES.all():
        assert at(f"#/$defs/{spec.name}")["title"] == spec.title


def test_the_type_that_is_written_brings_its_properties() -> None:
    rules = at("#/$defs/task")["allOf"]
    assert isinstance(rules, list)
    name = "io.kestra.plugin.core.log.Log"
    chosen = [rule["then"] for rule in rules if rule["if"]["properties"]["type"]["const"] == name]
    assert chosen == [{"$ref": f"#/$defs/{name}"}]
    log = at(f"#/$defs/{name}")
    assert log["required"] == ["message"]
    assert at(f"#/$defs/{name}/propertyNames")["enum"]


def test_branches_hold_tasks_again() -> None:
    dag = at("#/$defs/io.kestra.plugin.core.flow.Dag/properties/tasks/items/properties/task")
    assert dag == {"$ref": "#/$defs/task"}
    cases = at("#/$defs/io.kestra.plugin.core.flow.Switch/properties/cases/additionalProperties")
    assert cases == {"type": "array", "items": {"$ref": "#/$defs/task"}}


def test_an_expression_fits_where_a_number_is_wanted() -> None:
    concurrent = at("#/$defs/io.kestra.plugin.core.flow.Parallel/properties/concurrent")
    assert concurrent["anyOf"] == [
        {"type": "integer", "minimum": 0, "default": 0, "title": "Concurrent"},
        {"type": "string", "pattern": r"\{[{%]"},
    ]
