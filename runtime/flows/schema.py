"""The JSON schema of a whole flow, for editors: completion, documentation and first checks.

Draft 7, which every editor reads. A task is anything with `id` and `type`; once its `type` is one
of the known ones, the properties of that type apply (`if`/`then`). A property may always be an
expression, so wherever a type wants something else than text, text that holds `{{` fits too.
"""

from collections.abc import Iterable, Mapping
from copy import deepcopy

from runtime.flows.model import (
    CheckBehavior,
    ConcurrencyBehavior,
    InputType,
    RetryBehavior,
    RetryKind,
    SlaBehavior,
    SlaKind,
)
from runtime.flows.read_properties import property_names
from runtime.flows.read_tasks import branch_specs
from runtime.flows.types import BranchSpec, KnownTypes, TypeKind, TypeSpec

Schema = dict[str, object]

_TEXT: Schema = {"type": "string"}
_FLAG: Schema = {"type": "boolean"}
_SCALAR: Schema = {"type": ["string", "number", "boolean"]}
_ANY_MAP: Schema = {"type": "object"}
_DURATION: Schema = {"type": "string", "description": "An ISO 8601 duration, such as PT5M."}
_EXPRESSION: Schema = {"type": "string", "pattern": r"\{[{%]"}
_LEVEL: Schema = {"enum": ["TRACE", "DEBUG", "INFO", "WARN", "ERROR"]}
_WORKERS: Schema = {
    "anyOf": [_TEXT, {"type": "object", "properties": {"key": _TEXT}}],
    "description": "Read, without effect: every server runs every task.",
}
_TASK_LOG: Schema = {
    **_FLAG,
    "description": "The lines of each attempt go to a file when it ends, `logFile` of the attempt "
    "in the API, and not into the log: nobody follows them live.",
}
_TRIGGER_LOG: Schema = {
    **_FLAG,
    "description": "What it says when it starts an execution goes to a file of that, "
    "`trigger.logFile` in the API; what it says of anything else stays in its log.",
}
_TASKS: Schema = {"type": "array", "items": {"$ref": "#/$defs/task"}}


def flow_json_schema(types: KnownTypes) -> Schema:
    """The schema, with every known type of task, trigger and condition in `$defs`."""
    specs = list(types.all())
    definitions = _shared_definitions()
    for name, kinds, shared in _FAMILIES:
        family = [spec for spec in specs if spec.kind in kinds]
        definitions[name] = _family(family, definitions[f"{name}Properties"], required=shared)
        for spec in family:
            definitions[spec.name] = _type_schema(spec, definitions[f"{name}Properties"])
    return {
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": "Flow",
        "type": "object",
        "required": ["id", "namespace", "tasks"],
        "additionalProperties": False,
        "properties": _flow_properties(),
        "$defs": definitions,
    }


_FAMILIES = (
    ("task", (TypeKind.TASK, TypeKind.FLOWABLE), ("id", "type")),
    ("trigger", (TypeKind.TRIGGER,), ("id", "type")),
    ("condition", (TypeKind.CONDITION,), ("type",)),
    ("taskRunner", (TypeKind.TASK_RUNNER,), ("type",)),
)


def _family(specs: list[TypeSpec], shared: object, required: Iterable[str]) -> Schema:
    """Whatever has a `type`: shared properties, then those of the type that is written."""
    names = [spec.name for spec in specs]
    known = {"type": {"type": "string", "anyOf": [{"enum": names}, {"minLength": 1}]}}
    properties = dict(shared) if isinstance(shared, Mapping) else {}
    return {
        "type": "object",
        "required": [*required],
        "properties": {**properties, **known},
        "allOf": [
            {
                "if": {"properties": {"type": {"const": name}}, "required": ["type"]},
                "then": {"$ref": f"#/$defs/{name}"},
            }
            for name in names
        ],
    }


def _type_schema(spec: TypeSpec, shared: object) -> Schema:
    """One type: its own properties and branches, beside what its family shares, and no others."""
    own = spec.properties.model_json_schema(by_alias=True)
    inner = own.pop("$defs", {})
    schema = _localized(own, spec.name)
    properties = {
        name: _or_expression(value) for name, value in _mapping(schema.get("properties")).items()
    }
    branches = branch_specs(spec)
    required = [*_names(schema.get("required")), *(b.name for b in branches if b.required)]
    found: Schema = {
        "title": spec.title,
        "description": spec.description or spec.title,
        "properties": {**properties, **{b.name: _branch(b) for b in branches}},
    }
    if not own.get("additionalProperties"):
        names = ["type", *_mapping(shared), *property_names(spec.properties)]
        found["propertyNames"] = {"enum": [*names, *(b.name for b in branches)]}
    if required:
        found["required"] = required
    if spec.deprecated:
        found["deprecated"] = True
    if inner:
        found["$defs"] = {name: _localized(value, spec.name) for name, value in inner.items()}
    return found


def _or_expression(schema: object) -> object:
    """A property, or the expression that is rendered to it."""
    if not isinstance(schema, Mapping):
        return schema
    if schema.get("type") == "string" and "enum" not in schema:
        return schema
    notes = {key: schema[key] for key in ("title", "description", "default") if key in schema}
    return {**notes, "anyOf": [deepcopy(dict(schema)), _EXPRESSION]}


def _localized(schema: object, name: str) -> Schema:
    """References of a model's own schema, moved to where the type's definitions stand."""
    moved = _move(schema, f"#/$defs/{name}/$defs/")
    return moved if isinstance(moved, dict) else {}


def _move(schema: object, prefix: str) -> object:
    if isinstance(schema, Mapping):
        return {
            key: f"{prefix}{value.removeprefix('#/$defs/')}"
            if key == "$ref" and isinstance(value, str)
            else _move(value, prefix)
            for key, value in schema.items()
        }
    if isinstance(schema, list):
        return [_move(item, prefix) for item in schema]
    return schema


def _branch(branch: BranchSpec) -> Schema:
    one: Schema = {"$ref": "#/$defs/task"}
    step: Schema = {
        "type": "object",
        "required": ["task"],
        "properties": {"task": one, "dependsOn": {"type": "array", "items": _TEXT}},
        "additionalProperties": False,
    }
    shapes: dict[str, Schema] = {
        "list": _TASKS,
        "map": {"type": "object", "additionalProperties": _TASKS},
        "dag": {"type": "array", "items": step},
        "task": one,
    }
    return shapes[branch.shape]


def _shared_definitions() -> Schema:
    return {
        "taskProperties": {
            "id": _TEXT,
            "description": _TEXT,
            "runIf": {**_SCALAR, "description": "The task is skipped unless this holds."},
            "when": {**_SCALAR, "description": "The same as runIf."},
            "disabled": _FLAG,
            "timeout": _DURATION,
            "retry": {"$ref": "#/$defs/retry"},
            "allowFailure": _FLAG,
            "allowWarning": _FLAG,
            "logLevel": _LEVEL,
            "logToFile": _TASK_LOG,
            "workerGroup": _WORKERS,
            "workerSelector": {"$ref": "#/$defs/workerSelector"},
            "pluginDefaultsRef": {**_TEXT, "description": "The `ref` of defaults to take."},
            "taskCache": _object({"enabled": _FLAG, "ttl": _DURATION}, "enabled"),
        },
        "triggerProperties": {
            "id": _TEXT,
            "description": _TEXT,
            "disabled": _FLAG,
            "conditions": {"type": "array", "items": {"$ref": "#/$defs/condition"}},
            "when": _TEXT,
            "inputs": _ANY_MAP,
            "labels": {"$ref": "#/$defs/labels"},
            "stopAfter": {"type": "array", "items": _TEXT},
            "logLevel": _LEVEL,
            "logToFile": _TRIGGER_LOG,
            "allowConcurrent": _FLAG,
        },
        "conditionProperties": {},
        "taskRunnerProperties": {},
        "labels": {
            "anyOf": [
                {"type": "object", "additionalProperties": _SCALAR},
                {
                    "type": "array",
                    "items": _object({"key": _TEXT, "value": _SCALAR}, "key", "value"),
                },
            ]
        },
        "retry": _retry(),
        "workerSelector": _object(
            {"tags": {"type": "array", "items": _TEXT}, "match": _TEXT, "fallback": _TEXT}
        ),
        "input": _input(),
    }


def _flow_properties() -> Schema:
    return {
        "id": {**_TEXT, "pattern": "^[a-zA-Z0-9][a-zA-Z0-9._-]*$", "maxLength": 100},
        "namespace": {**_TEXT, "pattern": "^[a-z0-9][a-z0-9._-]*$", "maxLength": 150},
        "description": _TEXT,
        "labels": {"$ref": "#/$defs/labels"},
        "inputs": {"type": "array", "items": {"$ref": "#/$defs/input"}},
        "outputs": {"type": "array", "items": _output()},
        "variables": _ANY_MAP,
        "tasks": {**_TASKS, "minItems": 1},
        "errors": {**_TASKS, "description": "Run when a task has failed."},
        "finally": {**_TASKS, "description": "Run at the end, whatever happened."},
        "afterExecution": {**_TASKS, "description": "Run once the execution has ended."},
        "listeners": {"type": "array", "deprecated": True},
        "triggers": {"type": "array", "items": {"$ref": "#/$defs/trigger"}},
        "pluginDefaults": {"type": "array", "items": _default()},
        "taskDefaults": {"type": "array", "items": _default(), "deprecated": True},
        "disabled": _FLAG,
        "concurrency": _concurrency(),
        "retry": {"$ref": "#/$defs/retry"},
        "sla": {"type": "array", "items": _sla()},
        "checks": {"type": "array", "items": _check()},
        "workerGroup": _WORKERS,
        "workerSelector": {"$ref": "#/$defs/workerSelector"},
    }


def _concurrency() -> Schema:
    queue: Schema = {
        "type": "integer",
        "minimum": 0,
        "description": "With QUEUE: how many may wait; what comes after is cancelled.",
    }
    limit: Schema = {"type": "integer", "minimum": 1}
    behavior = _words(ConcurrencyBehavior)
    return _object({"limit": limit, "behavior": behavior, "queueLimit": queue}, "limit")


def _retry() -> Schema:
    return _object(
        {
            "type": _words(RetryKind),
            "interval": _DURATION,
            "minInterval": _DURATION,
            "maxInterval": _DURATION,
            "delayFactor": {"type": "number"},
            "maxAttempts": {"type": "integer", "minimum": 1},
            "maxAttempt": {"type": "integer", "minimum": 1, "deprecated": True},
            "maxDuration": _DURATION,
            "warningOnRetry": _FLAG,
            "behavior": _words(RetryBehavior),
        },
        "type",
    )


def _input() -> Schema:
    children: Schema = {"type": "array", "items": {"$ref": "#/$defs/input"}}
    return {
        "type": "object",
        "required": ["type"],
        "properties": {
            "id": _TEXT,
            "type": {"enum": [*InputType, "BOOLEAN", "ENUM"]},
            "required": _FLAG,
            "defaults": {},
            "prefill": {},
            "description": _TEXT,
            "displayName": _TEXT,
            "dependsOn": _object(
                {
                    "inputs": {"type": "array", "items": _TEXT},
                    "condition": _SCALAR,
                    "when": _SCALAR,
                },
                "inputs",
            ),
            "values": {"type": "array"},
            "options": {"type": "array", "deprecated": True},
            "expression": _TEXT,
            **dict.fromkeys(("allowCustomValue", "autoSelectFirst", "isRadio"), _FLAG),
            "itemType": _words(InputType),
            "validator": {**_TEXT, "description": "A pattern that the whole text must match."},
            **{name: {"type": ["number", "string"]} for name in ("min", "max")},
            **dict.fromkeys(("after", "before"), _SCALAR),
            "allowedFileExtensions": {"type": "array", "items": _TEXT},
            "rows": _object({"min": {"type": "integer"}, "max": {"type": "integer"}}),
            **dict.fromkeys(("inputs", "properties", "columns"), children),
        },
    }


def _output() -> Schema:
    texts = {"id": _TEXT, "description": _TEXT, "displayName": _TEXT}
    properties = {**texts, "type": _words(InputType), "value": {}, "required": _FLAG}
    return _object(properties, "id", "type", "value")


def _default() -> Schema:
    properties = {"type": _TEXT, "forced": _FLAG, "ref": _TEXT, "values": _ANY_MAP}
    return _object(properties, "type", "values")


def _sla() -> Schema:
    texts = {"id": _TEXT, "duration": _DURATION, "assert": _TEXT}
    words = {"type": _words(SlaKind), "behavior": _words(SlaBehavior)}
    properties = {**texts, **words, "labels": {"$ref": "#/$defs/labels"}}
    return _object(properties, "id", "type", "behavior")


def _check() -> Schema:
    texts = {"condition": _TEXT, "when": _TEXT, "message": _TEXT, "style": _TEXT}
    return _object({**texts, "behavior": _words(CheckBehavior)}, "message")


def _object(properties: Mapping[str, object], *required: str) -> Schema:
    found: Schema = {
        "type": "object",
        "properties": dict(properties),
        "additionalProperties": False,
    }
    return {**found, "required": [*required]} if required else found


def _words(words: Iterable[str]) -> Schema:
    return {"enum": [str(word) for word in words]}


def _mapping(value: object) -> Mapping[str, object]:
    return value if isinstance(value, Mapping) else {}


def _names(value: object) -> list[str]:
    return [str(name) for name in value] if isinstance(value, list) else []
