"""What an execution yields, remembers and is labelled with."""

import pytest

from tests.support.conformance import Bench, Row

pytestmark = pytest.mark.asyncio(loop_scope="module")

R = "tasks: [{id: r, type: debug.Return, format: '7'}]"

ROWS = [
    Row(
        "outputs are rendered and cast at the end",
        f"""
        {R}
        outputs:
          - {{id: text, type: STRING, value: "{{{{ outputs.r.value }}}}"}}
          - {{id: number, type: INT, value: "{{{{ outputs.r.value }}}}"}}
          - {{id: list, type: ARRAY, value: ["{{{{ outputs.r.value }}}}", x]}}
          - {{id: json, type: STRING, value: "{{{{ outputs.r }}}}"}}
          - {{id: map, type: JSON, value: "{{{{ outputs.r }}}}"}}
        """,
        outputs={
            "text": "7",
            "number": 7,
            "list": ["7", "x"],
            "json": '{"value":"7"}',
            "map": {"value": "7"},
        },
    ),
    Row(
        "an output that cannot be rendered fails the execution",
        f"{R}\noutputs: [{{id: o, type: STRING, value: '{{{{ outputs.none.value }}}}'}}]",
        "FAILED",
        "r:SUCCESS",
    ),
    Row(
        "an output that is not required is left empty instead",
        f"{R}\noutputs: [{{id: o, type: STRING, required: false, "
        "value: '{{ outputs.none.value }}'}]",
        outputs={"o": None},
    ),
    Row(
        "an output of the wrong type fails the execution",
        f"{R}\noutputs: [{{id: o, type: INT, value: seven}}]",
        "FAILED",
        logs=("Invalid output for `o`",),
    ),
    Row(
        "Labels are merged from maps, lists and JSON, nested values as JSON",
        """
        labels: {flow: "1", both: flow}
        inputs: [{id: j, type: JSON, defaults: '{"json": "3"}'}]
        tasks:
          - {id: m, type: execution.Labels, labels: {both: task, "{{ flow.namespace }}": yes, n: 1,
             deep: {a: b}}}
          - {id: l, type: execution.Labels, labels: [{key: k, value: x}, {key: k, value: y}]}
          - {id: j, type: execution.Labels, labels: "{{ inputs.j }}"}
        """,
        labels={
            "flow": "1",
            "both": "task",
            "conformance": "yes",
            "n": "1",
            "k": "y",
            "json": "3",
            "deep": '{"a":"b"}',
        },
    ),
    Row(
        "system labels are not for tasks to set",
        "tasks: [{id: l, type: execution.Labels, labels: {system.x: y}}]",
        "FAILED",
    ),
    Row(
        "an empty label is refused",
        "tasks: [{id: l, type: execution.Labels, labels: {x: ''}}]",
        "FAILED",
    ),
    Row(
        "variables are set, seen and removed",
        """
        variables: {a: 1, b: 2}
        tasks:
          - {id: s, type: execution.SetVariables, overwrite: true, variables: {a: 10, c: 3}}
          - {id: u, type: execution.UnsetVariables, variables: [b]}
        outputs: [{id: o, type: JSON, value: "{{ vars }}"}]
        """,
        outputs={"o": {"a": 10, "c": 3}},
    ),
    Row(
        "a variable that is there is not overwritten unless told to",
        "variables: {a: 1}\ntasks: [{id: s, type: execution.SetVariables, variables: {a: 2}}]",
        "FAILED",
    ),
    Row(
        "variables are rendered when asked to",
        """
        variables: {a: "1", b: "{{ vars.a }}2"}
        tasks: [{id: r, type: debug.Return, format: "{{ vars.b }} {{ render(vars.b) }}"}]
        """,
        yields={"r": {"value": "{{ vars.a }}2 12"}},
    ),
    Row(
        "outputs keep their types and equal their text",
        """
        tasks:
          - {id: o, type: output.OutputValues, values: {n: "{{ 1 + 3 }}", t: "{{ true }}"}}
          - id: a
            type: execution.Assert
            conditions:
              - "{{ outputs.o.values.n == '4' }}"
              - "{{ outputs.o.values.n == 4 }}"
              - "{{ outputs.o.values.t == 'true' }}"
        """,
        yields={"o": {"values": {"n": 4, "t": True}}},
    ),
    Row(
        "names with a dash stand in brackets, and a difference is a difference",
        """
        inputs: [{id: a-b, type: INT, defaults: 5}, {id: a, type: INT, defaults: 3}]
        tasks:
          - {id: make-it, type: debug.Return, format: "{{ inputs['a-b'] }} not inputs.a-b"}
          - {id: r, type: debug.Return,
             format: "{{ outputs['make-it'].value }} {{ inputs.a-inputs.a }} {{ 'inputs.a-b' }}"}
        """,
        yields={"r": {"value": "5 not inputs.a-b 0 inputs.a-b"}},
    ),
    Row(
        "null prints as nothing",
        "inputs: [{id: i, type: STRING, required: false}]\n"
        "tasks: [{id: r, type: debug.Return, format: '{{ inputs.i }}'}]",
        yields={"r": {"value": ""}},
    ),
]


@pytest.mark.parametrize("row", ROWS, ids=str)
async def test_outputs_labels_and_variables_are_as_told(bench: Bench, row: Row) -> None:
    await bench.holds(row)


async def test_the_correlation_id_is_the_executions_own(bench: Bench) -> None:
    seen = await bench.run(R)
    assert seen.execution.labels == {"system.correlationId": seen.execution.id}
