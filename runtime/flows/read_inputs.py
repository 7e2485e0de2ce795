"""Declared inputs and outputs: of a flow, of a form, and of a task that waits for an answer.

`Input.rules` holds what is particular to the type, keyed as in YAML: `validator`, `min`, `max`,
`after`, `before`, `values`, `labels`, `expression`, `allowCustomValue`, `isRadio`,
`autoSelectFirst`, `itemType`, `allowedFileExtensions`, `inputs` (FORM), `properties` (OBJECT),
`columns` and `rows` (TABLE). Lists are tuples, `itemType` is an InputType, `inputs`, `properties`
and `columns` are Inputs.
"""

from collections.abc import Callable, Collection
from typing import TypeVar

from runtime.flows.casts import cast
from runtime.flows.misfits import misfit, shown
from runtime.flows.model import Input, InputType, Output, Path, Position
from runtime.flows.nodes import MapNode, Node, ScalarNode, node_of, plain
from runtime.flows.patterns import compile_pattern
from runtime.flows.problem import Problem, ProblemCode, in_order
from runtime.flows.reader import Fields, Reader, is_expression, nearest
from runtime.flows.types import KnownTypes, TypeSpec

_OLD_TYPES = {"BOOLEAN": InputType.BOOL, "ENUM": InputType.SELECT}
_TEMPORAL = (InputType.DATETIME, InputType.DATE, InputType.TIME)
_NO_ITEMS = (
    *(InputType.ARRAY, InputType.SECRET, InputType.FORM, InputType.TABLE, InputType.FILE),
    *(InputType.SELECT, InputType.MULTISELECT, InputType.OBJECT),
)
_NO_PARTS = (
    *(InputType.OBJECT, InputType.TABLE, InputType.ARRAY, InputType.FORM, InputType.FILE),
    *(InputType.SECRET, InputType.JSON, InputType.ION, InputType.YAML),
)
"""What a column of a table or a property of an object cannot be. (Source: Kestra.)"""

Rules = dict[str, object]


def read_inputs(fields: Fields, name: str = "inputs") -> tuple[Input, ...]:
    """The declarations under one property."""
    found = (_read_input(fields.reader, path, node) for path, node in fields.items(name))
    return tuple(declared for declared in found if declared is not None)


def declared_inputs(value: object) -> tuple[tuple[Input, ...], tuple[Problem, ...]]:
    """Declarations given as plain values, as a Pause has them in `onResume`; never raises."""
    reader = Reader(_NoTypes())
    root = node_of({"inputs": value}, Position(1, 1))
    inputs = read_inputs(Fields(reader, root, ())) if isinstance(root, MapNode) else ()
    return inputs, in_order(reader.problems)


def read_outputs(fields: Fields) -> tuple[Output, ...]:
    """The outputs of a flow."""
    found = (_read_output(fields.reader, path, node) for path, node in fields.items("outputs"))
    return tuple(output for output in found if output is not None)


def _read_output(reader: Reader, path: Path, node: Node) -> Output | None:
    fields = reader.map(node, path, "An output")
    if fields is None:
        return None
    entry = fields.entry("value")
    if "value" not in fields.node.entries:
        fields.missing("value")
    output = Output(
        id=fields.text("id", required=True) or "",
        type=_read_type(fields) or InputType.STRING,
        value=plain(entry.node) if entry else None,
        required=fields.flag("required", default=True),
        description=fields.text("description"),
        display_name=fields.text("displayName"),
    )
    fields.refuse_unknown("An output")
    return output


def _read_input(reader: Reader, path: Path, node: Node) -> Input | None:
    fields = reader.map(node, path, "An input")
    if fields is None:
        return None
    if "id" not in fields.node.entries:
        fields.old("name", "Write `id`")
    identifier = fields.text("id", "name", required=True)
    kind = _read_type(fields)
    defaults, prefill = fields.entry("defaults"), fields.entry("prefill")
    depends_on, condition = _read_dependencies(fields)
    result = Input(
        id=identifier or "",
        type=kind or InputType.STRING,
        position=fields.position,
        required=fields.flag("required", default=True),
        defaults=plain(defaults.node) if defaults else None,
        has_defaults=defaults is not None,
        prefill=plain(prefill.node) if prefill else None,
        description=fields.text("description"),
        display_name=fields.text("displayName"),
        depends_on=depends_on,
        condition=condition,
        rules=_read_rules(fields, kind) if kind else {},
    )
    for entry in (defaults, prefill):
        if kind is InputType.FILE and entry is not None:
            what = f"A FILE cannot have `{entry.key}`."
            fields.error(entry, what, "Take it out, or set `required: false`.")
    if defaults is not None and prefill is not None:
        hint = "Keep `defaults`, or `prefill` for what may be cleared."
        fields.error(prefill, "An input has `defaults` or `prefill`, not both.", hint)
    if kind is not None:
        fields.refuse_unknown(f"An input of type {kind}")
    return result


def _read_type(fields: Fields, name: str = "type") -> InputType | None:
    text = fields.text(name, required=name == "type")
    if text is None:
        return None
    word = text.upper()
    if word == "REUSABLE_INPUTS":
        hint = "Write the inputs here, as a FORM with `inputs`."
        fields.bad(name, "There are no inputs shared by flows.", hint)
        return None
    if word in _OLD_TYPES:
        fields.reader.warn(
            f"The type `{text}` is deprecated.",
            f"Write `{_OLD_TYPES[word]}`.",
            (*fields.path, name),
            fields.node.entries[name].node.position,
            ProblemCode.DEPRECATED,
        )
        return _OLD_TYPES[word]
    if word in InputType.__members__:
        return InputType(word)
    meant = nearest(word, InputType)
    hint = f"Did you mean `{meant}`?" if meant else f"Choose one of {', '.join(InputType)}."
    fields.bad(name, f"There is no type of input called `{shown(text)}`.", hint)
    return None


def _read_dependencies(fields: Fields) -> tuple[tuple[str, ...], str | None]:
    entry = fields.entry("dependsOn")
    if entry is None:
        return (), None
    inner = fields.reader.map(entry.node, (*fields.path, "dependsOn"), "`dependsOn`")
    if inner is None:
        return (), None
    found = inner.texts("inputs"), inner.text("condition", "when")
    inner.refuse_unknown("`dependsOn`")
    return found


def _read_rules(fields: Fields, kind: InputType) -> Rules:
    rules: Rules = {}
    for read in _RULES.get(kind, ()):
        rules.update(read(fields))
    return {name: value for name, value in rules.items() if value is not None}


def _validator(fields: Fields) -> Rules:
    pattern = fields.text("validator")
    if pattern is not None:
        try:
            compile_pattern(pattern)
        except ValueError as error:
            message = f"`validator` is not a regular expression: {error}."
            fields.bad("validator", message, "It must match the whole text, as in `[A-Z]+`.")
            return {}
    return {"validator": pattern}


def _whole_range(fields: Fields) -> Rules:
    lowest, highest = fields.whole("min"), fields.whole("max")
    _check_order(fields, "min", lowest, "max", highest)
    return {"min": lowest, "max": highest}


def _range(fields: Fields) -> Rules:
    lowest, highest = fields.number("min"), fields.number("max")
    _check_order(fields, "min", lowest, "max", highest)
    return {"min": lowest, "max": highest}


def _duration_range(fields: Fields) -> Rules:
    shortest, longest = fields.seconds("min"), fields.seconds("max")
    _check_order(fields, "min", shortest, "max", longest)
    return {"min": fields.text("min"), "max": fields.text("max")}


def _temporal_range(fields: Fields) -> Rules:
    """`after` and `before` may be expressions; else they are of the input's own type."""
    kind = InputType((fields.text("type") or "").upper())
    written = {name: fields.text(name) for name in ("after", "before")}
    plain = {name: _own_type(fields, name, kind, text) for name, text in written.items()}
    _check_order(fields, "after", plain["after"], "before", plain["before"])
    return {**written}


def _own_type(fields: Fields, name: str, kind: InputType, text: str | None) -> str | None:
    """A limit in the form in which values are kept; None for an expression, or a wrong one."""
    if text is None or is_expression(text):
        return None
    try:
        return str(cast(Input(name, kind, fields.position), text))
    except ValueError as error:
        told = misfit(str(error), text)
        fields.bad(name, f"`{name}` does not fit: {told.why}.", told.hint)
        return None


_Limit = TypeVar("_Limit", str, float)


def _check_order(
    fields: Fields, low: str, first: _Limit | None, high: str, second: _Limit | None
) -> None:
    if first is not None and second is not None and first > second:
        fields.bad(low, f"No value is allowed: `{low}` is beyond `{high}`.", "Swap the two.")


def _choices(fields: Fields) -> Rules:
    fields.old("options", "Write `values`")
    values: list[str] = []
    labels: dict[str, str] = {}
    name = "values" if "values" in fields.node.entries else "options"
    fields.entry("values", "options")
    for path, node in fields.items(name):
        option = fields.reader.map(node, path, "A value") if isinstance(node, MapNode) else None
        if option is not None:
            value = option.text("value", required=True) or ""
            labels[value] = option.text("label") or value
            values.append(value)
            option.refuse_unknown("A value")
        elif isinstance(node, ScalarNode):
            values.append(node.text)
        else:
            fields.reader.unfit("A value", "text", node, path, node.position)
    expression = fields.text("expression")
    if not values and expression is None:
        hint = "Add `values: [a, b]`, or `expression` for values that are found at the start."
        fields.bad("values", "There is nothing to choose from.", hint)
    return {
        "values": tuple(values),
        "labels": labels or None,
        "expression": expression,
        "allowCustomValue": fields.flag("allowCustomValue"),
        "autoSelectFirst": fields.flag("autoSelectFirst"),
        "isRadio": fields.flag("isRadio"),
    }


def _item_type(fields: Fields) -> Rules:
    kind = _read_type(fields, "itemType")
    if kind in _NO_ITEMS:
        hint = "Choose a type with a single value, such as STRING or INT."
        fields.bad("itemType", f"A list cannot hold items of type {kind}.", hint)
        return {}
    return {"itemType": kind}


def _required_item_type(fields: Fields) -> Rules:
    if fields.entry("itemType") is None:
        fields.missing("itemType")
        return {}
    return _item_type(fields)


def _file(fields: Fields) -> Rules:
    fields.old("extension", "Write `allowedFileExtensions`")
    fields.text("extension")
    return {"allowedFileExtensions": fields.texts("allowedFileExtensions") or None}


def _form(fields: Fields) -> Rules:
    return {"inputs": _children(fields, "inputs", (InputType.FORM,))}


def _object(fields: Fields) -> Rules:
    return {"properties": _plain_children(fields, "properties")}


def _plain_children(fields: Fields, name: str) -> tuple[Input, ...]:
    """Columns or properties: they stand for themselves, so that none waits for another."""
    children = _children(fields, name, _NO_PARTS)
    for child in children:
        taken = {
            "dependsOn": child.depends_on or child.condition,
            "prefill": child.prefill is not None,
            "expression": "expression" in child.rules,
            "defaults": is_expression(child.defaults),
        }
        for key, is_there in taken.items():
            if is_there:
                message = f"`{key}` of `{child.id}` has no effect in `{name}`."
                if key == "defaults":
                    message = f"The default of `{child.id}` cannot be an expression in `{name}`."
                fields.bad(name, message, "Take it out.")
    return children


def _table(fields: Fields) -> Rules:
    entry = fields.entry("rows")
    rows: Fields | None = None
    if entry is not None:
        rows = fields.reader.map(entry.node, (*fields.path, "rows"), "`rows`")
    limits: dict[str, int] = {}
    if rows is not None:
        found = {"min": rows.whole("min", minimum=0), "max": rows.whole("max", minimum=1)}
        limits = {name: number for name, number in found.items() if number is not None}
        if limits.get("min", 0) > limits.get("max", limits.get("min", 0)):
            rows.bad("min", "`min` is above `max`.", "Swap the two.")
        rows.refuse_unknown("`rows`")
    return {"columns": _plain_children(fields, "columns"), "rows": limits or None}


def _children(fields: Fields, name: str, refused: Collection[InputType]) -> tuple[Input, ...]:
    if fields.entry(name) is None:
        fields.missing(name)
    children = read_inputs(fields, name)
    ids = [child.id for child in children]
    for again in dict.fromkeys(each for each in ids if each and ids.count(each) > 1):
        fields.bad(
            name, f"`{again}` is declared more than once in `{name}`.", "Rename one of them."
        )
    for child in children:
        if child.type in refused:
            fields.bad(name, f"`{child.id}` cannot be of type {child.type} here.", "Move it out.")
    return children


_RULES: dict[InputType, tuple[Callable[[Fields], Rules], ...]] = {
    InputType.STRING: (_validator,),
    InputType.SECRET: (_validator,),
    InputType.INT: (_whole_range,),
    InputType.FLOAT: (_range,),
    InputType.DURATION: (_duration_range,),
    InputType.SELECT: (_choices,),
    InputType.MULTISELECT: (_choices, _item_type),
    InputType.ARRAY: (_required_item_type,),
    InputType.FILE: (_file,),
    InputType.FORM: (_form,),
    InputType.OBJECT: (_object,),
    InputType.TABLE: (_table,),
    **dict.fromkeys(_TEMPORAL, (_temporal_range,)),
}


class _NoTypes(KnownTypes):
    def find(self, name: str) -> TypeSpec | None:
        return None

    def all(self) -> tuple[TypeSpec, ...]:
        return ()
