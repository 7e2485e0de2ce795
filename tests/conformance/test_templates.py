"""Templates: flows whose tasks run in the execution of another flow."""

import pytest

from runtime.engine.library import FlowProblems
from runtime.executions.messages import Kill, Restart, Resume
from runtime.flows.problem import ProblemCode, Severity
from tests.support.conformance import NAMESPACE, Bench, shown, whole
from tests.support.templates import FAIL, RETURN, takes, template, value
from tests.support.waiting import until

pytestmark = pytest.mark.asyncio(loop_scope="module")


async def warnings(bench: Bench, source: str, flow_id: str = "asked") -> list[str]:
    parsed = await bench.engine.validate_flow(whole(source, flow_id))
    assert parsed.is_valid
    assert {problem.severity for problem in parsed.problems} <= {Severity.WARNING}
    return [problem.message for problem in parsed.problems]


async def test_the_tasks_of_a_template_run_as_children_in_the_same_execution(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "{{ flow.id }}"), RETURN % ("b", "{{ inputs.x }}"))
    seen = await bench.run(
        "inputs: [{id: x, type: STRING, defaults: own}]\n"
        f"tasks: [{takes(made)}, {RETURN % ('z', '{{ outputs.b.value }}')}]"
    )
    assert (seen.state, shown(seen)) == ("SUCCESS", "t:SUCCESS a:SUCCESS b:SUCCESS z:SUCCESS")
    assert {seen.run(child).parent_id for child in "ab"} == {seen.run("t").id}
    assert value(seen, "a") == seen.execution.flow_id
    assert (value(seen, "b"), value(seen, "z")) == ("own", "own")
    assert await bench.children(seen.execution.id) == []


async def test_what_else_a_template_has_stays_behind(bench: Bench) -> None:
    made = await template(
        bench,
        RETURN % ("a", '{{ vars.v ?? "none" }} {{ inputs.i ?? "none" }} {{ labels.l ?? "none" }}'),
        more="variables: {v: theirs}\ninputs: [{id: i, type: STRING, defaults: theirs}]\n"
        "labels: {l: theirs}\noutputs: [{id: o, type: STRING, value: theirs}]\n"
        "afterExecution: [{id: after, type: log.Log, message: x}]",
    )
    seen = await bench.run(f"tasks: [{takes(made)}]")
    assert (shown(seen), value(seen, "a")) == ("t:SUCCESS a:SUCCESS", "none none none")
    assert seen.outputs in (None, {})


async def test_arguments_are_texts_that_children_find_at_their_parent(bench: Bench) -> None:
    inside = "{id: row, type: flow.Sequential, tasks: [%s]}"
    made = await template(
        bench,
        RETURN % ("a", "{{ parent.outputs.args.x }}"),
        RETURN % ("b", '{{ parent.outputs.args["my-n"] == "1.50" }}'),
        inside % (RETURN % ("c", "{{ parents[0].outputs.args.list[1] }}")),
    )
    text = "{{ 1 + 1 }}"
    args = ', args: {x: "{{ inputs.x }}", my-n: 1.50, list: [p, "{{ inputs.x }}"]}'
    seen = await bench.run(
        "inputs: [{id: x, type: STRING}]\n"
        f"tasks: [{takes(made, more=args)}, {RETURN % ('z', '{{ outputs.t.args.list[0] }}')}]",
        {"x": text},
    )
    assert seen.yielded("t") == {"args": {"x": text, "my-n": "1.50", "list": ["p", text]}}
    assert [value(seen, task) for task in "abcz"] == [text, "true", text, "p"]


async def test_arguments_may_come_as_a_whole_and_are_rendered_once(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "{{ parent.outputs.args.x }}"))
    args = ', args: "{{ inputs.all }}"'
    seen = await bench.run(
        f"inputs: [{{id: all, type: JSON}}]\ntasks: [{takes(made, more=args)}]",
        {"all": '{"x": "{{ 1 + 1 }}", "n": 1}'},
    )
    assert seen.yielded("t") == {"args": {"x": "{{ 1 + 1 }}", "n": "1"}}
    assert value(seen, "a") == "{{ 1 + 1 }}"


async def test_a_failure_in_a_template_runs_its_errors_then_those_of_the_task(bench: Bench) -> None:
    made = await template(
        bench,
        FAIL % "ko",
        RETURN % ("never", "x"),
        more=f"errors: [{RETURN % ('told', 'x')}]\nfinally: [{RETURN % ('end', 'x')}]",
    )
    own = f", errors: [{RETURN % ('own', 'x')}], finally: [{RETURN % ('done', 'x')}]"
    seen = await bench.run(f"tasks: [{takes(made, more=own)}, {RETURN % ('next', 'x')}]")
    assert seen.state == "FAILED"
    assert shown(seen) == ("t:FAILED ko:FAILED told:SUCCESS own:SUCCESS end:SUCCESS done:SUCCESS")


async def test_defaults_of_the_flow_hold_in_its_templates(bench: Bench) -> None:
    """Kestra's rule; what the template says itself wins."""
    made = await template(
        bench,
        "{id: a, type: log.Log, message: x}",
        "{id: b, type: log.Log, message: x, level: WARN}",
    )
    seen = await bench.run(
        f"tasks: [{takes(made)}]\n"
        "taskDefaults: [{type: io.kestra.core.tasks.log.Log, values: {level: ERROR}}]"
    )
    rows = await bench.driver.runtime.pool.fetch(
        "SELECT task_id, level FROM logs WHERE execution_id = $1 AND message = 'x' ORDER BY 1",
        seen.execution.id,
    )
    assert [(row["task_id"], row["level"]) for row in rows] == [("a", 40), ("b", 30)]


async def test_templates_in_templates_in_loops_and_branches(bench: Bench) -> None:
    inner = await template(bench, RETURN % ("in", "{{ parent.outputs.args.v }}"))
    argument = ', args: {v: "{{ parent.taskrun.value }}"}'
    outer = await template(bench, takes(inner, "deep", argument))
    seen = await bench.run(
        f"""
        tasks:
          - id: each
            type: flow.ForEach
            values: [p, q]
            tasks:
              - {{id: if, type: flow.If, condition: "{{{{ true }}}}", then: [{takes(outer)}]}}
        """
    )
    assert seen.state == "SUCCESS", seen.logs
    one = "each:SUCCESS if[p]:SUCCESS t:SUCCESS deep:SUCCESS in:SUCCESS"
    assert shown(seen) == f"{one} if[q]:SUCCESS t:SUCCESS deep:SUCCESS in:SUCCESS"


async def test_a_template_in_a_loop_of_executions_and_a_loop_in_a_template(bench: Bench) -> None:
    loop = "{id: %s, type: flow.Loop, values: [p, q], tasks: [%s]}"
    made = await template(bench, loop % ("in", RETURN % ("a", "{{ item.value }}")))
    seen = await bench.run(f"tasks: [{loop % ('out', takes(made))}]")
    assert (seen.state, shown(seen)) == ("SUCCESS", "out:SUCCESS")
    children = await bench.children(seen.execution.id)
    assert [shown(child) for child in children] == ["t:SUCCESS in:SUCCESS"] * 2
    inner = [each for child in children for each in await bench.children(child.execution.id)]
    assert [shown(each) for each in inner] == ["a:SUCCESS"] * 4


ONCE = "{id: ko, type: execution.Fail, condition: '{{ taskrun.attemptsCount == 0 }}'}"
RETRY = ", retry: {type: constant, interval: PT0.01S, maxAttempts: 2}"
PLACES = {
    "beside others": (
        "tasks: [{id: p, type: flow.Parallel, tasks: [%s, {id: b, type: debug.Return}]}]",
        "",
        "p:SUCCESS t:SUCCESS b:SUCCESS a:SUCCESS",
    ),
    "in a Dag, before others": (
        "tasks: [{id: d, type: flow.Dag, tasks: ["
        "{task: {id: b, type: debug.Return, format: '{{ outputs.a.value }}'}, dependsOn: [t]}, "
        "{task: %s}]}]",
        "",
        "d:SUCCESS t:SUCCESS a:SUCCESS b:SUCCESS",
    ),
    "in the errors of a flow": (
        "tasks: [{id: ko, type: execution.Fail}]\nerrors: [%s]",
        "",
        "ko:FAILED t:SUCCESS a:SUCCESS",
    ),
    "after the end of a flow": (
        "tasks: [{id: b, type: debug.Return}]\nfinally: [{id: f, type: debug.Return}]\n"
        "afterExecution: [%s]",
        "",
        "b:SUCCESS f:SUCCESS t:SUCCESS a:SUCCESS",
    ),
    "left out by a condition": ("tasks: [%s]", ", runIf: '{{ false }}'", "t:SKIPPED"),
    "switched off": ("tasks: [%s, {id: b, type: debug.Return}]", ", disabled: true", "b:SUCCESS"),
}


@pytest.mark.parametrize("place", PLACES)
async def test_a_template_may_stand(bench: Bench, place: str) -> None:
    source, more, runs = PLACES[place]
    made = await template(bench, RETURN % ("a", "x"))
    seen = await bench.over(
        await bench.start(await bench.save(source % takes(made, more=more))), len(runs.split())
    )
    assert shown(seen) == runs, seen.logs


async def test_a_retry_of_a_template_runs_its_failed_tasks_again(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "x"), ONCE, RETURN % ("b", "x"))
    seen = await bench.run(f"tasks: [{takes(made, more=RETRY)}]")
    assert (seen.state, shown(seen)) == ("SUCCESS", "t:SUCCESS a:SUCCESS ko:SUCCESS b:SUCCESS")
    assert len(seen.run("ko").attempts) == 2


async def test_a_missing_template_is_a_warning_and_fails_the_task_that_names_it(
    bench: Bench,
) -> None:
    source = f"tasks: [{RETURN % ('a', 'x')}, {takes('nowhere')}, {RETURN % ('z', 'x')}]"
    told = f"`t` takes in the template {NAMESPACE}.nowhere, which is not there."
    assert told in await warnings(bench, source)
    seen = await bench.run(source)
    assert (seen.state, shown(seen)) == ("FAILED", "a:SUCCESS t:FAILED")
    assert any(told in line and "Save a flow `nowhere`" in line for line in seen.logs)
    assert told in str(seen.run("t").attempts[-1].message)


async def test_a_missing_template_that_is_saved_later_runs_after_a_restart(bench: Bench) -> None:
    failed = await bench.run(f"tasks: [{RETURN % ('a', 'x')}, {takes('later')}]")
    assert failed.state == "FAILED"
    await bench.save(f"tasks: [{RETURN % ('b', 'x')}]", "later")
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "a:SUCCESS t:SUCCESS b:SUCCESS")
    assert seen.run("a").id == failed.run("a").id
    again = await bench.over(await bench.engine.replay(seen.execution.id))
    assert (again.state, shown(again)) == (seen.state, shown(seen))


async def test_a_deleted_template_is_missing_and_a_disabled_one_is_not(bench: Bench) -> None:
    gone = await template(bench, RETURN % ("a", "x"))
    await bench.engine.delete_flow(NAMESPACE, gone)
    off = await template(bench, RETURN % ("b", "x"), more="disabled: true")
    seen = await bench.run(
        f"tasks: [{takes(off, 'there', ', allowFailure: true')}, {takes(gone, 'gone')}]"
    )
    assert shown(seen) == "there:SUCCESS b:SUCCESS gone:FAILED"


async def test_a_template_that_leads_back_to_itself_is_refused_with_the_circle(
    bench: Bench,
) -> None:
    await bench.save(f"tasks: [{takes('circle-b')}]", "circle-a")
    await bench.save(f"tasks: [{takes('circle-c')}]", "circle-b")
    with pytest.raises(FlowProblems) as refused:
        await bench.save(f"tasks: [{takes('circle-a', 'u')}]", "circle-c")
    (problem,) = [each for each in refused.value.problems if each.is_error]
    assert problem.code is ProblemCode.CYCLE
    names = " → ".join(f"{NAMESPACE}.circle-{name}" for name in "cabc")
    assert names in problem.message
    assert problem.path == ("tasks", 0)
    with pytest.raises(FlowProblems):
        await bench.save(f"tasks: [{takes('itself')}]", "itself")


async def test_ids_that_would_be_there_twice_are_refused_with_both_places(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "x"), RETURN % ("b", "x"))
    with pytest.raises(FlowProblems) as refused:
        await bench.save(f"tasks:\n- {takes(made)}\n- {RETURN % ('a', 'x')}", "twice")
    (problem,) = [each for each in refused.value.problems if each.is_error]
    assert problem.code is ProblemCode.DUPLICATE_ID
    assert f"`a` in the flow (line 5) and in the template {NAMESPACE}.{made}" in problem.message
    with pytest.raises(FlowProblems) as again:
        await bench.save(f"tasks: [{takes(made, 't')}, {takes(made, 'u')}]", "twice")
    assert "`a` in the template" in str(again.value)


async def test_ids_that_came_to_be_there_twice_fail_the_task_and_a_restart_mends_it(
    bench: Bench,
) -> None:
    made = await template(bench, RETURN % ("b", "x"))
    flow = await bench.save(f"tasks: [{takes(made)}, {RETURN % ('a', 'x')}]")
    await bench.save(f"tasks: [{RETURN % ('a', 'x')}]", made)
    failed = await bench.over(await bench.start(flow))
    assert (failed.state, shown(failed)) == ("FAILED", "t:FAILED")
    assert any("ids would be there twice: `a` in the flow" in line for line in failed.logs)
    await bench.save(f"tasks: [{RETURN % ('c', 'x')}]", made)
    await bench.engine.act(failed.execution.id, Restart())
    seen = await bench.over(failed.execution.id)
    assert (seen.state, shown(seen)) == ("SUCCESS", "t:SUCCESS c:SUCCESS a:SUCCESS")


async def test_a_template_cannot_be_named_by_an_expression(bench: Bench) -> None:
    with pytest.raises(FlowProblems, match="by an expression"):
        await bench.save(f"tasks: [{takes(repr('{{ inputs.x }}'))}]")


async def test_a_kill_ends_what_a_template_is_in_the_middle_of(bench: Bench) -> None:
    made = await template(bench, "{id: nap, type: flow.Sleep, duration: PT1H}", RETURN % ("a", "x"))
    execution_id = await bench.start(await bench.save(f"tasks: [{takes(made)}]"))

    async def naps() -> bool:
        return len((await bench.driver.look(execution_id)).task_runs) == 2

    await until(naps, what="the nap")
    await bench.engine.act(execution_id, Kill())
    seen = await bench.over(execution_id)
    assert (seen.state, shown(seen)) == ("KILLED", "t:KILLED nap:KILLED")


async def test_a_breakpoint_may_be_a_task_of_a_template(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "x"), RETURN % ("b", "x"))
    flow = await bench.save(f"tasks: [{takes(made)}]")
    execution_id = await bench.start(flow, breakpoints=("b",))
    seen = await bench.driver.reached(execution_id, "BREAKPOINT")
    assert shown(seen) == "t:RUNNING a:SUCCESS b:BREAKPOINT"
    await bench.engine.act(execution_id, Resume())
    assert (await bench.over(execution_id)).state == "SUCCESS"


async def test_a_subflow_and_a_trigger_start_flows_with_their_templates(bench: Bench) -> None:
    made = await template(bench, RETURN % ("a", "{{ flow.id }}"))
    child = await bench.save(f"tasks: [{takes(made)}]")
    follower = await bench.save(
        f"inputs: [{{id: said, type: STRING}}]\ntasks: [{takes(made)}]\n"
        "triggers: [{id: after, type: trigger.Flow, inputs: {said: '{{ outputs.a.value }}'}, "
        "conditions: ["
        "{type: io.kestra.plugin.core.condition.ExecutionFlow, "
        f"namespace: {NAMESPACE}, flowId: {child}}}]}}]"
    )
    seen = await bench.run(
        f"tasks: [{{id: sub, type: flow.Subflow, namespace: {NAMESPACE}, flowId: {child}}}]"
    )
    (only,) = await bench.children(seen.execution.id)
    assert (shown(only), value(only, "a")) == ("t:SUCCESS a:SUCCESS", child)
    started = "SELECT id FROM executions WHERE flow_id = $1"
    pool = bench.driver.runtime.pool
    execution_id = await until(lambda: pool.fetchval(started, follower), what="the follower")
    followed = await bench.over(execution_id)
    assert shown(followed) == "t:SUCCESS a:SUCCESS"
    assert followed.execution.inputs == {"said": child}
