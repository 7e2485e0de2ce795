"""From YAML to a flow: what is understood, and what is said when something is not."""

import time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from runtime.flows.model import Concurrency, Flow, InputType, RetryBehavior, RetryKind, Task
from runtime.flows.parse import Parsed, parse, parse_task
from runtime.flows.problem import Problem, ProblemCode
from runtime.flows.validate import check_flow
from tests.support.flow_types import TYPES

HEAD = "id: one\nnamespace: company.team\n"
TASK = "tasks: [{id: a, type: io.kestra.plugin.core.debug.Return}]\n"
CORE = "io.kestra.plugin.core"


def read(body: str) -> Parsed:
    return parse(HEAD + body, TYPES)


def flow_of(body: str) -> Flow:
    parsed = read(body)
    assert parsed.flow is not None, parsed.problems
    return parsed.flow


def task_of(body: str) -> Task:
    return flow_of(f"tasks:\n  - id: a\n{body}").tasks[0]


def errors(parsed: Parsed) -> list[Problem]:
    return [problem for problem in parsed.problems if problem.is_error]


def test_every_key_of_a_flow_is_understood() -> None:
    flow = flow_of(
        """
description: All of it
disabled: true
labels: {team: data, level: 3, on: true}
variables: {greeting: hello, nested: {count: 1}}
concurrency: {limit: 2, behavior: CANCEL}
retry: {type: constant, interval: PT1M, maxAttempts: 3, behavior: CREATE_NEW_EXECUTION}
sla: [{id: short, type: MAX_DURATION, duration: PT1H, behavior: FAIL, labels: {sla: broken}}]
checks: [{condition: "{{ inputs.a }}", message: Not now, behavior: FAIL_EXECUTION}]
workerGroup: {key: gpu}
inputs: [{id: a, type: INT, min: 1, defaults: 2}]
outputs: [{id: o, type: STRING, value: "{{ outputs.a.value }}"}]
tasks: [{id: a, type: io.kestra.plugin.core.debug.Return}]
errors: [{id: b, type: io.kestra.plugin.core.debug.Return}]
finally: [{id: c, type: io.kestra.plugin.core.debug.Return}]
afterExecution: [{id: d, type: io.kestra.plugin.core.debug.Return}]
triggers:
  - {id: hook, type: io.kestra.plugin.core.trigger.Webhook, key: k, inputs: {a: 1},
     labels: [{key: x, value: y}], stopAfter: [FAILED], when: "{{ true }}"}
"""
    )
    assert flow.labels == {"team": "data", "level": "3", "on": "true"}
    assert flow.variables == {"greeting": "hello", "nested": {"count": 1}}
    assert flow.concurrency is not None
    assert flow.concurrency.limit == 2
    assert flow.retry is not None
    assert flow.retry.behavior is RetryBehavior.CREATE_NEW_EXECUTION
    assert (flow.sla[0].duration, flow.sla[0].labels) == (3600, {"sla": "broken"})
    assert flow.checks[0].message == "Not now"
    assert flow.worker_group == "gpu"
    assert flow.inputs[0].rules == {"min": 1}
    assert flow.outputs[0].type is InputType.STRING
    assert [task.id for task in flow.walk()] == ["a", "b", "c", "d"]
    assert flow.triggers[0].labels == {"x": "y"}
    assert flow.triggers[0].when == "{{ true }}"
    assert flow.triggers[0].stop_after == ("FAILED",)


def test_what_every_task_may_have_is_understood() -> None:
    task = task_of(
        """
    type: io.kestra.plugin.core.debug.Return
    format: x
    runIf: false
    timeout: PT5S
    retry: {type: exponential, interval: PT1S, maxInterval: PT1M, delayFactor: 3}
    allowFailure: true
    allowWarning: true
    disabled: true
    logLevel: WARN
    logToFile: true
    workerGroup: gpu
    taskCache: {enabled: true, ttl: PT1H}
"""
    )
    assert task.run_if == "false"
    assert task.timeout == "PT5S"
    assert task.retry is not None
    assert (task.retry.kind, task.retry.delay_factor) == (RetryKind.EXPONENTIAL, 3)
    assert (task.allow_failure, task.allow_warning, task.disabled) == (True, True, True)
    assert (task.log_level, task.log_to_file, task.worker_group) == ("WARN", True, "gpu")
    assert task.cache is not None
    assert task.cache.ttl == "PT1H"
    assert task.properties == {"format": "x"}


@pytest.mark.parametrize(
    ("written", "current"),
    [
        ("io.kestra.core.tasks.debugs.Return", f"{CORE}.debug.Return"),
        ("org.kestra.core.tasks.debugs.Return", f"{CORE}.debug.Return"),
        ("io.kestra.core.tasks.log.Log", f"{CORE}.log.Log"),
        ("io.kestra.core.tasks.flows.Flow", f"{CORE}.flow.Subflow"),
        ("io.kestra.core.tasks.flows.Worker", f"{CORE}.flow.WorkingDirectory"),
        ("io.kestra.plugin.core.flow.WaitFor", f"{CORE}.flow.LoopUntil"),
        ("io.kestra.plugin.fs.http.Request", f"{CORE}.http.Request"),
    ],
)
def test_an_old_type_name_becomes_the_current_one_with_a_warning(
    written: str, current: str
) -> None:
    draft = read(f"tasks: [{{id: a, type: {written}}}]\n")
    assert draft.draft is not None
    assert draft.draft.tasks[0].type == current
    [warning] = [p for p in draft.problems if not p.is_error]
    assert warning.code is ProblemCode.DEPRECATED
    assert warning.hint == f"Write `{current}`."


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        ("    when: '{{ x }}'", "{{ x }}"),
        ("    runIf: '{{ x }}'", "{{ x }}"),
    ],
)
def test_when_and_run_if_are_one(body: str, expected: str) -> None:
    assert task_of(f"    type: {CORE}.debug.Return\n{body}\n").run_if == expected


def test_old_spellings_of_properties_are_read() -> None:
    flow = flow_of(
        TASK + "retry: {type: constant, interval: PT1S, maxAttempt: 4}\n"
        "inputs: [{name: flag, type: BOOLEAN}, {id: pick, type: ENUM, values: [A]}]\n"
        "checks: [{when: '{{ true }}', message: m}]\n"
    )
    assert flow.retry is not None
    assert flow.retry.max_attempts == 4
    assert [each.type for each in flow.inputs] == [InputType.BOOL, InputType.SELECT]
    assert flow.inputs[0].id == "flag"
    assert flow.checks[0].condition == "{{ true }}"


def test_defaults_of_a_type_fill_what_its_tasks_leave_out() -> None:
    flow = flow_of(
        f"""
pluginDefaults:
  - {{type: {CORE}.log.Log, values: {{level: WARN, message: default}}}}
  - {{type: {CORE}.log, values: {{level: DEBUG, format: ignored}}}}
  - {{type: {CORE}.debug, forced: true, values: {{format: forced}}}}
tasks:
  - {{id: a, type: {CORE}.log.Log, message: own}}
  - {{id: b, type: {CORE}.debug.Return, format: own}}
"""
    )
    assert flow.tasks[0].properties == {"level": "WARN", "message": "own"}
    assert flow.tasks[1].properties == {"format": "forced"}


def test_branches_of_every_shape_are_read() -> None:
    flow = flow_of(
        f"""
tasks:
  - id: sw
    type: {CORE}.flow.Switch
    value: x
    cases: {{A: [{{id: a, type: {CORE}.debug.Return}}]}}
    defaults: [{{id: b, type: {CORE}.debug.Return}}]
    errors: [{{id: c, type: {CORE}.debug.Return}}]
  - id: dag
    type: {CORE}.flow.Dag
    tasks: [{{task: {{id: d, type: {CORE}.debug.Return}}}},
            {{task: {{id: e, type: {CORE}.debug.Return}}, dependsOn: [d]}}]
  - id: pause
    type: {CORE}.flow.Pause
    onPause: {{id: f, type: {CORE}.debug.Return}}
"""
    )
    switch, dag, pause = flow.tasks
    assert [branch.name for branch in switch.branches] == ["cases.A", "defaults", "errors"]
    assert dag.branch("tasks")[1].depends_on == ("d",)
    assert pause.branch("onPause")[0].path == ("tasks", 2, "onPause")


def test_conditions_inside_conditions_get_their_current_names() -> None:
    flow = flow_of(
        TASK
        + f"""
triggers:
  - id: t
    type: {CORE}.trigger.Flow
    conditions:
      - type: {CORE}.condition.NotCondition
        conditions: [{{type: {CORE}.condition.VariableCondition, expression: "{{{{ x }}}}"}}]
"""
    )
    [condition] = flow.triggers[0].conditions
    assert condition == {
        "type": f"{CORE}.condition.Not",
        "conditions": [{"type": f"{CORE}.condition.Expression", "expression": "{{ x }}"}],
    }


def test_text_is_what_was_written_where_a_type_wants_text() -> None:
    task = task_of(f"    type: {CORE}.debug.Return\n    format: 1.10\n")
    assert task.properties == {"format": "1.10"}
    task = task_of(f"    type: {CORE}.log.Log\n    message: [010, yes, true, 1e3]\n")
    assert task.properties == {"message": ["010", "yes", "true", "1e3"]}


def test_an_expression_may_stand_wherever_something_else_is_wanted() -> None:
    task = task_of(f"    type: {CORE}.log.Log\n    message: x\n    level: '{{{{ inputs.l }}}}'\n")
    assert task.properties["level"] == "{{ inputs.l }}"


@pytest.mark.parametrize(
    ("body", "place", "code", "says"),
    [
        ("tasks: []\n", (3, 8), ProblemCode.INVALID_VALUE, "`tasks` is empty"),
        ("", (1, 1), ProblemCode.MISSING, "`tasks` is missing"),
        (TASK + "taks: 1\n", (4, 1), ProblemCode.UNKNOWN_PROPERTY, "Did you mean `tasks`"),
        (TASK + "labels: {a: [1]}\n", (4, 13), ProblemCode.INVALID_VALUE, "label `a`"),
        (TASK + "labels: {system.x: a}\n", (4, 10), ProblemCode.RESERVED, "system.x"),
        (TASK + "retry: {type: random}\n", (4, 8), ProblemCode.MISSING, "minInterval"),
        (TASK + "concurrency: {limit: 0}\n", (4, 22), ProblemCode.INVALID_VALUE, "1 or more"),
        (TASK + "id: two\n", (4, 1), ProblemCode.DUPLICATE_KEY, "first on line 1"),
        (
            "tasks: [{id: a, type: io.kestra.plugin.core.debug.Retrun}]\n",
            (3, 23),
            ProblemCode.UNKNOWN_TYPE,
            "Did you mean `io.kestra.plugin.core.debug.Return`",
        ),
        (
            "tasks: [{id: a, type: io.kestra.plugin.core.trigger.Schedule}]\n",
            (3, 23),
            ProblemCode.UNKNOWN_TYPE,
            "is a trigger, not a task",
        ),
        (
            "tasks: [{id: a, type: io.kestra.plugin.core.log.Log, mesage: x}]\n",
            (3, 54),
            ProblemCode.UNKNOWN_PROPERTY,
            "Did you mean `message`",
        ),
        (
            "tasks: [{id: a, type: io.kestra.plugin.core.log.Log}]\n",
            (3, 9),
            ProblemCode.MISSING,
            "`message` is missing",
        ),
        (
            "tasks: [{id: a, type: io.kestra.plugin.core.debug.Return, timeout: 5m}]\n",
            (3, 68),
            ProblemCode.INVALID_VALUE,
            "PT5M",
        ),
        (
            TASK + "inputs: [{id: i, type: STRNG}]\n",
            (4, 24),
            ProblemCode.INVALID_VALUE,
            "Did you mean `STRING`",
        ),
        (
            TASK + "inputs: [{id: i, type: STRING, min: 1}]\n",
            (4, 32),
            ProblemCode.UNKNOWN_PROPERTY,
            "An input of type STRING has no property `min`",
        ),
        (
            TASK + "inputs: [{id: i, type: STRING, validator: '('}]\n",
            (4, 43),
            ProblemCode.INVALID_VALUE,
            "not a regular expression",
        ),
        (
            TASK + "inputs: [{id: i, type: ARRAY, itemType: ARRAY}]\n",
            (4, 41),
            ProblemCode.INVALID_VALUE,
            "cannot hold items",
        ),
        (
            TASK + "inputs: [{id: i, type: FILE, defaults: x}]\n",
            (4, 40),
            ProblemCode.INVALID_VALUE,
            "cannot have `defaults`",
        ),
        (
            TASK + f"triggers: [{{id: t, type: {CORE}.trigger.Schedule, cron: daily}}]\n",
            (4, 72),
            ProblemCode.INVALID_VALUE,
            "five fields",
        ),
    ],
)
def test_a_mistake_is_named_where_it_stands(
    body: str, place: tuple[int, int], code: ProblemCode, says: str
) -> None:
    parsed = read(body)
    assert parsed.flow is None
    found = [p for p in errors(parsed) if says in f"{p.message} {p.hint}"]
    assert found, parsed.problems
    assert (found[0].position.line, found[0].position.column) == place
    assert found[0].code is code
    assert found[0].hint


def test_all_problems_come_at_once_in_the_order_of_the_source() -> None:
    parsed = read("tasks: [{id: a}, text, {type: nope}]\nlabels: 3\nfoo: 1\n")
    places = [(p.position.line, p.position.column) for p in parsed.problems]
    assert places == sorted(places)
    assert len(errors(parsed)) == 6
    assert parsed.draft is not None
    assert [task.id for task in parsed.draft.tasks] == ["a", ""]


@pytest.mark.parametrize(
    "source",
    [
        "",
        "just text",
        "[1, 2]",
        "a: b: c",
        "\tid: x",
        "--- {}\n--- {}",
        "a: &a [*a]",
        "id: {{ x }}",
        "[" * 5000,
        "\x00",
        "\ud800",
    ],
)
def test_what_is_no_flow_is_one_clear_problem_or_more(source: str) -> None:
    parsed = parse(source, TYPES)
    assert parsed.flow is None
    assert errors(parsed)
    assert all(problem.message and problem.hint for problem in parsed.problems)


def test_aliases_cannot_make_a_small_source_large() -> None:
    layers = "".join(f"l{n}: &l{n} [{', '.join([f'*l{n - 1}'] * 9)}]\n" for n in range(1, 12))
    started = time.perf_counter()
    parsed = parse(f"l0: &l0 [x]\n{layers}", TYPES)
    assert time.perf_counter() - started < 1
    assert [p.code for p in parsed.problems] == [ProblemCode.LIMIT]


def test_anchors_and_merged_maps_are_followed() -> None:
    flow = flow_of(
        f"""
variables: {{shared: &shared {{type: {CORE}.debug.Return, format: x}}}}
tasks: [{{id: a, <<: *shared}}, {{id: b, <<: *shared, format: y}}]
"""
    )
    assert [task.properties["format"] for task in flow.tasks] == ["x", "y"]


def test_one_task_is_read_from_its_own_text() -> None:
    parsed = parse_task(f"id: a\ntype: {CORE}.debug.Return\nformat: x\n", TYPES)
    assert parsed.task is not None
    assert parsed.task.properties == {"format": "x"}
    assert parse_task("type: nope", TYPES).task is None


VALID = f"""id: whole
namespace: company.team
labels: [{{key: a, value: b}}]
inputs:
  - {{id: n, type: INT, min: 1, defaults: 3}}
  - {{id: s, type: SELECT, values: [x, y], required: false}}
tasks:
  - id: choose
    type: {CORE}.flow.Switch
    value: "{{{{ inputs.s }}}}"
    cases:
      x:
        - {{id: a, type: {CORE}.log.Log, message: "[1, 2]"}}
    defaults:
      - id: dag
        type: {CORE}.flow.Dag
        tasks:
          - task: {{id: b, type: {CORE}.debug.Return}}
          - task: {{id: c, type: {CORE}.debug.Return}}
            dependsOn: [b]
retry: {{type: constant, interval: PT1S}}
triggers:
  - {{id: t, type: {CORE}.trigger.Schedule, cron: "0 * * * *"}}
"""


def assert_well_formed(source: str) -> None:
    parsed = check_flow(source, TYPES, lambda template: [])
    lines = source.splitlines() or [""]
    for problem in parsed.problems:
        assert problem.message
        assert 1 <= problem.position.line <= len(lines) + 1
        assert problem.position.column >= 1
        if problem.position.line <= len(lines):
            assert problem.position.column <= len(lines[problem.position.line - 1]) + 1
    assert (parsed.flow is None) == any(problem.is_error for problem in parsed.problems)


@given(st.text(max_size=200))
@example("? a\n: b")
@example("!!binary x: 1")
@settings(max_examples=200, deadline=None)
def test_no_text_makes_the_reader_raise(source: str) -> None:
    parsed = parse(source, TYPES)
    assert (parsed.flow is None) == any(problem.is_error for problem in parsed.problems)


@given(st.text(alphabet="abid:-[]{},&*!|>%@`\"'# \n\t~?<", max_size=80))
@settings(max_examples=300, deadline=None)
def test_no_scrap_of_yaml_makes_the_reader_raise(source: str) -> None:
    assert_well_formed(source)


_JUNK = st.sampled_from(["", "null", "[]", "{}", "[[]]", "{a: {b: 1}}", "-1", "true", "'{{'", "x"])


@given(st.data())
@settings(max_examples=300, deadline=None)
def test_a_damaged_flow_gives_problems_inside_its_source(data: st.DataObject) -> None:
    lines = VALID.splitlines()
    for _ in range(data.draw(st.integers(1, 3))):
        index = data.draw(st.integers(0, len(lines) - 1))
        line = lines[index]
        key, colon, _ = line.partition(":")
        damage = data.draw(st.sampled_from(["drop", "value", "repeat", "cut", "indent"]))
        lines[index] = {
            "drop": "",
            "value": f"{key}{colon} {data.draw(_JUNK)}",
            "repeat": f"{line}\n{line}",
            "cut": line[: data.draw(st.integers(0, len(line)))],
            "indent": f"  {line}",
        }[damage]
        lines = "\n".join(lines).splitlines() or [""]
    assert_well_formed("\n".join(lines))


def test_the_undamaged_flow_is_right() -> None:
    assert check_flow(VALID, TYPES, lambda template: []).problems == ()


def test_a_hundred_tasks_are_read_in_thirty_milliseconds() -> None:
    task = """
  - id: t{}
    type: io.kestra.plugin.core.debug.Return
    description: Says where it is
    format: "{{{{ inputs.name }}}}"
    retry: {{type: constant, interval: PT5S, maxAttempts: 3}}"""
    source = f"{HEAD}tasks:{''.join(task.format(n) for n in range(100))}\n"
    times = []
    for _ in range(7):
        started = time.thread_time()
        assert parse(source, TYPES).flow is not None
        times.append(time.thread_time() - started)
    assert min(times) < 0.030


def test_of_thousands_of_problems_the_first_are_told_and_errors_before_warnings() -> None:
    warned = "tasks:\n" + "  - {id: a, type: io.kestra.plugin.core.debug.Return}\n"
    parsed = read(warned + "".join(f"unknown{n}: 1\n" for n in range(1_000)) + "labels: 7\n")
    assert len(parsed.problems) == 200
    assert not parsed.is_valid
    assert any(problem.is_error for problem in parsed.problems)


def test_the_queue_of_a_flow_may_be_limited_where_there_is_one() -> None:
    parsed = read(TASK + "concurrency: {limit: 1, queueSize: 3}\n")
    assert parsed.flow is not None
    assert parsed.flow.concurrency == Concurrency(1, queue_limit=3)
    parsed = read(TASK + "concurrency: {limit: 1, behavior: FAIL, queueLimit: 3}\n")
    (problem,) = parsed.problems
    assert (problem.message, problem.is_error) == ("`queueLimit` has no effect here.", False)


def test_worker_groups_and_a_log_file_of_a_block_are_read_and_said_to_have_no_effect() -> None:
    flow = """
id: f
namespace: n
workerSelector: {tags: [gpu], match: ANY, fallback: WAIT}
tasks:
  - {id: a, type: io.kestra.plugin.core.debug.Return, workerGroup: {key: cpu, fallback: FAIL}}
  - {id: b, type: io.kestra.plugin.core.debug.Return, logToFile: true}
  - id: c
    type: io.kestra.plugin.core.flow.Sequential
    logToFile: true
    tasks: [{id: d, type: io.kestra.plugin.core.debug.Return}]
"""
    parsed = parse(flow, TYPES)
    assert parsed.flow is not None
    assert (parsed.flow.worker_group, parsed.flow.tasks[0].worker_group) == ("gpu", "cpu")
    names = ("workerSelector", "workerGroup", "logToFile")
    assert [each.message for each in parsed.problems] == [
        f"`{n}` has no effect here." for n in names
    ]
