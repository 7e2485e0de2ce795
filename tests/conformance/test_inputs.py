"""Inputs of every type: what is taken, what it becomes, and what is refused."""

from collections.abc import AsyncIterator

import pytest

from runtime.engine.engine import UploadedFile
from runtime.errors import InvalidInput
from tests.support.conformance import Bench

pytestmark = pytest.mark.asyncio(loop_scope="module")

OBJECT = "properties: [{id: n, type: INT, max: 10}, {id: s, type: STRING, required: false}]"
TABLE = "rows: {min: 1, max: 2}, columns: [{id: n, type: INT}, {id: s, type: STRING, defaults: d}]"
TAKEN: list[tuple[str, object, object]] = [
    ("STRING", "text", "text"),
    ("STRING, validator: 'A\\d+'", "A12", "A12"),
    ("INT", "42", 42),
    ("INT, min: 1, max: 3", 3, 3),
    ("FLOAT", "42.5", 42.5),
    ("BOOL", "true", True),
    ("BOOLEAN", False, False),
    ("SELECT, values: [a, b]", "b", "b"),
    ("ENUM, values: [a, b]", "a", "a"),
    ("SELECT, values: [a], allowCustomValue: true", "z", "z"),
    ("MULTISELECT, values: [a, b, c]", '["a", "c"]', ["a", "c"]),
    ("DATETIME", "2026-01-31T10:00:00+02:00", "2026-01-31T08:00:00Z"),
    ("DATE", "2026-01-31", "2026-01-31"),
    ("TIME", "18:27:49", "18:27:49"),
    ("DURATION", "PT5M6S", "PT5M6S"),
    ("JSON", '{"a": [1]}', {"a": [1]}),
    ("JSON", {"a": [1]}, {"a": [1]}),
    ("YAML", "a:\n- 1", {"a": [1]}),
    ("URI", "https://example.org/x", "https://example.org/x"),
    ("EMAIL", "ada@example.org", "ada@example.org"),
    ("ARRAY, itemType: INT", "[1, 2]", [1, 2]),
    ("ARRAY, itemType: DATE", ["2026-01-31"], ["2026-01-31"]),
    ("ION", "{a:1}", {"a": 1}),
    ("MULTISELECT, values: ['1', '2'], itemType: INT", ["2"], [2]),
    ("MULTISELECT, options: [a, b]", ["a"], ["a"]),
    ("SELECT, values: [{value: eu, label: Europe}]", "eu", "eu"),
    ("SELECT, values: [a, b], autoSelectFirst: true", None, "a"),
    ("SELECT, expression: \"{{ ['x', 'y'] }}\", isRadio: true", "y", "y"),
    ("STRING, prefill: shown, required: false", None, None),
    ("STRING, defaults: taken, displayName: It, description: what it is", None, "taken"),
    ("DATETIME, after: '2026-01-01T00:00:00Z'", "2026-01-02", "2026-01-02T00:00:00Z"),
    ("DATE, before: \"{{ '2027-01-01' }}\"", "2026-12-31", "2026-12-31"),
    (f"OBJECT, {OBJECT}", {"n": "3", "s": "x"}, {"n": 3, "s": "x"}),
    (f"OBJECT, {OBJECT}", '{"n": 3}', {"n": 3, "s": None}),
    (
        f"TABLE, {TABLE}",
        [{"n": "1"}, {"n": 2, "s": "y"}],
        [
            {"n": 1, "s": "d"},
            {"n": 2, "s": "y"},
        ],
    ),
]
REFUSED: list[tuple[str, object]] = [
    ("STRING, validator: 'A\\d+'", "B12"),
    ("INT", "many"),
    ("INT, min: 10", 9),
    ("INT, max: 20", 21),
    ("FLOAT, max: 0.5", 0.6),
    ("BOOL", "perhaps"),
    ("SELECT, values: [a, b]", "c"),
    ("MULTISELECT, values: [a, b]", ["a", "z"]),
    ("DATETIME", "yesterday"),
    ("DATE, after: 2026-01-01", "2025-12-31"),
    ("DATE, before: 2026-01-01", "2026-01-02"),
    ("TIME, after: '01:00:00'", "00:30:00"),
    ("DURATION, min: PT10S", "PT1S"),
    ("DURATION", "five minutes"),
    ("JSON", "{"),
    ("YAML", "a: ["),
    ("URI", "http:/nowhere"),
    ("EMAIL", "ada"),
    ("ARRAY, itemType: INT", ["x"]),
    ("STRING", None),
    ("STRING, prefill: only shown", None),
    ("SELECT, expression: \"{{ ['x', 'y'] }}\"", "z"),
    ("MULTISELECT, values: ['1', 'b'], itemType: INT", ["b"]),
    ("DATE, before: \"{{ '2026-01-01' }}\"", "2026-12-31"),
    ("DURATION, max: PT10S", "PT11S"),
    ("INT, min: 1000000", 999999),
    ("ARRAY, itemType: INT", {"a": 1}),
    ("ION", "{{{"),
    ("SECRET, validator: 'A+'", "B"),
    (f"OBJECT, {OBJECT}", {"s": "x"}),
    (f"OBJECT, {OBJECT}", {"n": 11}),
    (f"OBJECT, {OBJECT}", {"n": 1, "other": 2}),
    (f"OBJECT, {OBJECT}", [1]),
    (f"TABLE, {TABLE}", []),
    (f"TABLE, {TABLE}", [{"n": 1}] * 3),
    (f"TABLE, {TABLE}", [{"n": 1, "other": 2}]),
    (f"TABLE, {TABLE}", [{"s": "no n"}]),
]
ONE = "tasks: [{id: a, type: log.Log, message: x}]"


def declaring(what: str) -> str:
    return f"inputs: [{{id: it, type: {what}}}]\n{ONE}"


@pytest.mark.parametrize(("what", "given", "kept"), TAKEN)
async def test_a_fitting_value_is_kept_in_its_type(
    bench: Bench, what: str, given: object, kept: object
) -> None:
    seen = await bench.run(declaring(what), {} if given is None else {"it": given})
    assert seen.execution.inputs == {"it": kept}


@pytest.mark.parametrize(("what", "given"), REFUSED)
async def test_a_wrong_value_is_refused_by_name(bench: Bench, what: str, given: object) -> None:
    flow_id = await bench.save(declaring(what))
    with pytest.raises(InvalidInput, match="`it`"):
        await bench.start(flow_id, {} if given is None else {"it": given})


async def test_all_that_is_wrong_is_told_at_once(bench: Bench) -> None:
    flow_id = await bench.save(f"inputs: [{{id: a, type: INT}}, {{id: b, type: INT}}]\n{ONE}")
    with pytest.raises(InvalidInput, match=r"(?s)`a`.*`b`"):
        await bench.start(flow_id, {"a": "x"})


async def test_a_form_is_left_out_whole_and_its_children_may_wait_for_each_other(
    bench: Bench,
) -> None:
    flow_id = await bench.save(
        f"""
        inputs:
          - {{id: on, type: BOOL, defaults: false}}
          - id: env
            type: FORM
            displayName: Where
            dependsOn: {{inputs: [on], condition: "{{{{ inputs.on }}}}"}}
            inputs:
              - {{id: cloud, type: SELECT, values: [aws, gcp], defaults: aws}}
              - id: zone
                type: STRING
                dependsOn: {{inputs: [env.cloud], condition: "{{{{ inputs.env.cloud == 'gcp' }}}}"}}
        {ONE}
        """
    )
    off = await bench.over(await bench.start(flow_id))
    assert off.execution.inputs["env"] == {"cloud": None, "zone": None}
    aws = await bench.over(await bench.start(flow_id, {"on": True}))
    assert aws.execution.inputs["env"] == {"cloud": "aws", "zone": None}
    gcp = {"cloud": "gcp", "zone": "b"}
    seen = await bench.over(await bench.start(flow_id, {"on": True, "env": gcp}))
    assert seen.execution.inputs["env"] == gcp
    with pytest.raises(InvalidInput, match=r"`env\.zone`"):
        await bench.start(flow_id, {"on": True, "env": {"cloud": "gcp"}})


async def test_a_slip_of_the_pen_is_refused_and_what_nobody_knows_is_left_out_with_a_word(
    bench: Bench,
) -> None:
    flow_id = await bench.save(f"inputs: [{{id: region, type: STRING, required: false}}]\n{ONE}")
    with pytest.raises(InvalidInput, match="no input `regoin`, perhaps `region` was meant"):
        await bench.start(flow_id, {"regoin": "eu"})
    seen = await bench.over(await bench.start(flow_id, {"unrelated": 1}))
    assert seen.execution.inputs == {"region": None}
    assert "The flow has no input `unrelated`: its value was left out." in seen.logs


async def test_what_was_received_is_told_as_json(bench: Bench) -> None:
    flow_id = await bench.save(declaring("INT"))
    for given, told in ((["a", None], '["a", null]'), ({"a": True}, '{"a": true}')):
        with pytest.raises(InvalidInput) as refused:
            await bench.start(flow_id, {"it": given})
        assert f"received `{told}`" in str(refused.value)


async def test_optional_inputs_are_null_defaults_are_rendered_and_dots_nest(bench: Bench) -> None:
    seen = await bench.run(
        f"""
        variables: {{base: 40}}
        inputs:
          - {{id: none, type: STRING, required: false}}
          - {{id: sum, type: INT, defaults: "{{{{ vars.base + 2 }}}}"}}
          - {{id: deep.er.one, type: INT, defaults: 1}}
          - {{id: shown, type: STRING, required: false, dependsOn: {{inputs: [sum],
             condition: "{{{{ inputs.sum == 1 }}}}"}}}}
        {ONE}
        """
    )
    expected = {"none": None, "sum": 42, "deep": {"er": {"one": 1}}, "shown": None}
    assert seen.execution.inputs == expected


async def test_a_secret_is_sealed_opened_for_tasks_and_masked_in_logs(bench: Bench) -> None:
    seen = await bench.run(
        """
        inputs: [{id: key, type: SECRET}]
        tasks:
          - {id: use, type: execution.Assert, conditions: ["{{ inputs.key == 'hush-hush' }}"]}
          - {id: hand, type: debug.Return, format: "{{ inputs.key }}"}
          - id: again
            type: execution.Assert
            conditions: ["{{ outputs.hand.value == inputs.key }}"]
          - {id: tell, type: log.Log, message: "the key is {{ outputs.hand.value }}"}
        """,
        {"key": "hush-hush"},
    )
    assert seen.state == "SUCCESS"
    assert "hush-hush" not in str(seen.execution.inputs)
    assert seen.logs == ["the key is ******"]


async def _content() -> AsyncIterator[bytes]:
    yield b"hello"


async def test_a_file_is_stored_and_given_by_its_address(bench: Bench) -> None:
    flow_id = await bench.save(
        """
        inputs: [{id: doc, type: FILE}]
        tasks: [{id: read, type: debug.Return, format: "{{ read(inputs.doc) }}"}]
        """
    )
    files = {"doc": UploadedFile("note.txt", _content())}
    seen = await bench.over(await bench.start(flow_id, files=files))
    assert seen.yielded("read")["value"] == "hello"
    address = str(seen.execution.inputs["doc"])
    assert address.startswith(f"kestra:///conformance/{flow_id}/executions/")
    assert address.endswith("/inputs/doc/note.txt")


async def test_only_file_inputs_take_files(bench: Bench) -> None:
    flow_id = await bench.save(
        """
        inputs:
          - {id: on, type: BOOL, defaults: false}
          - {id: note, type: STRING, dependsOn: {inputs: [on], condition: "{{ inputs.on }}"}}
        tasks: [{id: hello, type: log.Log, message: hello}]
        """
    )
    with pytest.raises(InvalidInput, match="`note`, it is a STRING and takes no file"):
        await bench.start(flow_id, {"on": True}, files={"note": UploadedFile("a", _content())})
    unasked = await bench.start(flow_id, files={"note": UploadedFile("a", _content())})
    assert (await bench.over(unasked)).state == "SUCCESS"
