import pytest

from runtime.executions.messages import TaskResult
from runtime.executions.states import TaskRunState
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

TEMPLATED = "io.kestra.plugin.core.templating.TemplatedTask"


async def test_the_written_task_runs_in_its_place(run: FakeRun) -> None:
    run.variables = {"inputs": {"name": "Ada"}}
    outputs = await run.do(
        TEMPLATED,
        spec="""
type: io.kestra.plugin.core.debug.Return
format: "Hello {{ inputs.name }}"
""",
    )
    assert outputs == {"value": "Hello Ada"}


async def test_a_working_task_works(run: FakeRun) -> None:
    await run.do(
        TEMPLATED,
        spec="""
id: inner
type: io.kestra.plugin.scripts.shell.Commands
commands:
  - echo done
""",
    )
    assert run.messages == ["done"]


async def test_a_failure_is_the_task_s_own(run: FakeRun) -> None:
    result = await run.result(
        TEMPLATED, spec="type: io.kestra.plugin.core.execution.Fail\nerrorMessage: No"
    )
    assert isinstance(result, TaskResult)
    assert (result.state, result.message) == (TaskRunState.FAILED, "No")


@pytest.mark.parametrize(
    ("spec", "why"),
    [
        ("type: [", "holds no task"),
        ("type: no.such.Type", "Unknown type"),
        ("type: io.kestra.plugin.core.debug.Return\nfromat: x", "fromat"),
        ("just text", "holds no task"),
        ("", "holds no task"),
    ],
)
async def test_what_is_no_task_says_what_is_wrong(run: FakeRun, spec: str, why: str) -> None:
    with pytest.raises(TaskFailed, match=why):
        await run.do(TEMPLATED, spec=spec)
