import asyncio
import os
from pathlib import Path

import pytest

from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.executions.states import TaskRunState
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun, running

COMMANDS = "io.kestra.plugin.scripts.shell.Commands"
SCRIPT = "io.kestra.plugin.scripts.shell.Script"


async def test_commands_run_in_one_shell_and_tell_outputs_metrics_and_logs(run: FakeRun) -> None:
    outputs = await run.do(
        COMMANDS,
        commands=[
            "name=Ada",
            'echo "Hello $name"',
            'echo \'::{"outputs": {"rows": 3}}::\'',
            'echo \'::{"outputs": {"more": [1]}, "metrics": '
            '[{"name": "rows", "type": "counter", "value": 3, "tags": {"t": "x"}}]}::\'',
            "echo careful >&2",
        ],
    )
    assert outputs["vars"] == {"rows": 3, "more": [1]}
    assert (outputs["exitCode"], outputs["stdOutLineCount"], outputs["stdErrLineCount"]) == (
        0,
        3,
        1,
    )
    assert sorted(run.lines) == [(LogLevel.INFO, "Hello Ada"), (LogLevel.ERROR, "careful")]
    assert (run.counters["rows"], run.tags["rows"]) == (3, {"t": "x"})


async def test_the_first_command_that_fails_ends_the_task_and_outputs_are_kept(
    run: FakeRun,
) -> None:
    with pytest.raises(TaskFailed, match="exit code 4") as failure:
        await run.do(
            COMMANDS,
            commands=['echo \'::{"outputs": {"a": 1}}::\'', "(exit 4)", "echo never"],
        )
    assert failure.value.outputs is not None
    assert failure.value.outputs["vars"] == {"a": 1}
    assert failure.value.outputs["exitCode"] == 4
    assert "never" not in run.messages


async def test_without_fail_fast_the_last_command_decides(run: FakeRun) -> None:
    await run.do(COMMANDS, commands=["false", "echo reached"], failFast=False)
    assert run.messages == ["reached"]


async def test_lines_on_stderr_are_a_warning_only_when_asked_for(run: FakeRun) -> None:
    async def state(**more: object) -> TaskRunState:
        result = await run.result(COMMANDS, commands=["echo careful >&2"], **more)
        assert isinstance(result, TaskResult)
        return result.state

    assert await state() is TaskRunState.SUCCESS
    assert await state(warningOnStdErr=True) is TaskRunState.WARNING


async def test_input_files_are_there_and_output_files_are_stored(run: FakeRun) -> None:
    uri = await run.store("given.txt", b"stored")
    outputs = await run.do(
        COMMANDS,
        inputFiles={"in/text.txt": "written", "uri.txt": uri, "data.json": {"a": 1}},
        outputFiles=["out/**/*.txt", "*.json"],
        commands=["mkdir -p out/deep", "cat in/text.txt uri.txt > out/deep/both.txt"],
    )
    assert sorted(outputs["outputFiles"]) == ["data.json", "out/deep/both.txt"]
    assert await run.read(outputs["outputFiles"]["out/deep/both.txt"]) == b"writtenstored"
    assert await run.read(outputs["outputFiles"]["data.json"]) == b'{"a":1}'


async def test_the_output_directory_is_stored_when_asked_for(run: FakeRun) -> None:
    outputs = await run.do(
        COMMANDS, outputDirectory=True, commands=['echo x > "$OUTPUT_DIR/found.txt"']
    )
    assert list(outputs["outputFiles"]) == ["found.txt"]


async def test_addresses_in_commands_become_local_files(run: FakeRun) -> None:
    uri = await run.store("given.txt", b"stored content\n")
    await run.do(COMMANDS, commands=[f"cat {uri}", "cat $FILE"], env={"FILE": uri})
    assert run.messages == ["stored content", "stored content"]


async def test_namespace_files_are_put_into_the_directory(run: FakeRun) -> None:
    for name in ("scripts/a.sh", "scripts/b.sh", "data.csv"):
        await run.services.files.put(f"company/team/_files/{name}", name.encode())
    await run.do(
        COMMANDS,
        namespaceFiles={"enabled": True, "include": ["scripts/**"], "exclude": ["**/b.sh"]},
        commands=["find . -type f | sort"],
    )
    assert run.messages == ["./scripts/a.sh"]


@pytest.mark.parametrize("name", ["../up.txt", "/etc/cron.d/x/../../up", "a/../../up", "a\0b", ""])
async def test_an_input_file_cannot_leave_the_directory(run: FakeRun, name: str) -> None:
    with pytest.raises(TaskFailed):
        await run.do(COMMANDS, inputFiles={name: "x"}, commands=["true"])


async def test_a_link_that_leaves_the_directory_is_no_output_file(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="a link that leaves the directory"):
        await run.do(COMMANDS, commands=["ln -s /etc/hostname stolen"], outputFiles=["stolen"])


async def test_a_link_planted_in_a_shared_directory_does_not_lead_input_files_out(
    run: FakeRun, tmp_path: Path
) -> None:
    (run.directory / "link").symlink_to(tmp_path)
    with pytest.raises(TaskFailed, match="leads out"):
        await run.do(COMMANDS, inputFiles={"link/planted.txt": "x"}, commands=["true"])
    assert not (tmp_path / "planted.txt").exists()


@pytest.mark.parametrize("pattern", ["../*", "/../etc/*", "a/../../b"])
async def test_an_output_pattern_cannot_leave_the_directory(run: FakeRun, pattern: str) -> None:
    with pytest.raises(TaskFailed, match="cannot be used in `outputFiles`"):
        await run.do(COMMANDS, commands=["true"], outputFiles=[pattern])


async def test_a_script_longer_than_an_argument_may_be_runs_too(run: FakeRun) -> None:
    await run.do(SCRIPT, script="\n".join(["# " + "x" * 98] * 2000 + ["echo done"]))
    assert run.messages == ["done"]


async def test_another_interpreter_can_be_chosen(run: FakeRun) -> None:
    await run.do(SCRIPT, interpreter=["/bin/bash", "-c"], script='[[ "a" == a ]] && echo "bash"')
    assert run.messages == ["bash"]


async def test_before_commands_come_first(run: FakeRun) -> None:
    await run.do(COMMANDS, beforeCommands=["value=set"], commands=["echo $value"])
    assert run.messages == ["set"]


async def test_outputs_over_the_limit_are_refused_when_they_add_up(tmp_path: Path) -> None:
    async with running(tmp_path, output_limit=10_000) as run:
        with pytest.raises(TaskFailed, match=r"larger than 10,000 bytes.*outputFiles"):
            await run.do(
                SCRIPT,
                script="""
                i=0
                while [ $i -lt 100 ]; do
                  printf '::{"outputs": {"k%s": "%0500d"}}::\\n' $i 0
                  i=$((i+1))
                done
                """,
            )


async def test_a_mark_that_cannot_be_read_is_a_warning_in_the_log(run: FakeRun) -> None:
    await run.do(COMMANDS, commands=["echo '::{oops}::'"])
    assert run.lines[0][0] is LogLevel.WARN
    assert "not valid JSON" in run.messages[0]


async def test_docker_without_an_engine_says_how_to_mend_it(
    run: FakeRun, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DOCKER_HOST", "unix:///nowhere/docker.sock")
    with pytest.raises(TaskFailed, match=r"wants a Docker container.*core\.runner\.Process"):
        await run.do(
            COMMANDS,
            taskRunner={"type": "io.kestra.plugin.scripts.runner.docker.Docker"},
            containerImage="alpine",
            commands=["true"],
        )


@pytest.mark.parametrize(
    "given",
    [
        {"taskRunner": {"type": "io.kestra.plugin.core.runner.Process"}},
        {"containerImage": "alpine"},
        {"runner": "PROCESS"},
    ],
)
async def test_everything_else_runs_as_a_process(run: FakeRun, given: dict[str, object]) -> None:
    await run.do(COMMANDS, commands=["echo $PPID"], **given)
    assert int(run.messages[0]) != os.getpid()


async def test_another_task_runner_is_refused(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match=r"taskRunner\.type"):
        await run.do(COMMANDS, commands=["true"], taskRunner={"type": "io.kestra.Batch"})


async def test_a_timeout_leaves_no_files_in_the_storage(run: FakeRun) -> None:
    with pytest.raises(TimeoutError):
        async with asyncio.timeout(0.2):
            await run.do(COMMANDS, commands=["echo x > x.txt; sleep 100"], outputFiles=["*.txt"])
    assert [file async for file in run.services.files.list("company")] == []
