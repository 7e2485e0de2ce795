import asyncio
import shutil
import zipfile
from pathlib import Path

import pytest

from runtime.executions.model import LogLevel
from runtime.tasks.scripts.python import Script
from runtime.tasks.task import TaskFailed
from tests.support.running import FakeRun

SCRIPT = "io.kestra.plugin.scripts.python.Script"
COMMANDS = "io.kestra.plugin.scripts.python.Commands"


async def test_a_script_tells_outputs_and_metrics_by_the_helper_library(run: FakeRun) -> None:
    outputs = await run.do(
        SCRIPT,
        script="""
from kestra import Kestra
print("working")
Kestra.outputs({"rows": 2, "text": "Zoë"})
Kestra.counter("rows", 2, {"table": "people"})
Kestra.timer("load", 1.5)
Kestra.timer("call", lambda: None)
Kestra.logger().warning("careful")
""",
    )
    assert outputs["vars"] == {"rows": 2, "text": "Zoë"}
    assert (run.counters["rows"], run.tags["rows"]) == (2, {"table": "people"})
    assert run.timers["load"] == 1.5
    assert run.timers["call"] >= 0
    assert run.lines == [(LogLevel.INFO, "working"), (LogLevel.WARN, "careful")]


async def test_commands_find_input_files_and_the_library(run: FakeRun) -> None:
    outputs = await run.do(
        COMMANDS,
        inputFiles={"main.py": "from kestra import Kestra; Kestra.outputs({'a': 1})"},
        commands=["python3 main.py"],
    )
    assert outputs["vars"] == {"a": 1}


async def test_an_exception_fails_the_task_with_its_trace_in_the_log(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match="exit code 1"):
        await run.do(SCRIPT, script="raise ValueError('broken')")
    assert "ValueError: broken" in run.messages


async def test_a_stored_file_can_be_opened_by_its_address(run: FakeRun) -> None:
    uri = await run.store("in.txt", b"content")
    await run.do(SCRIPT, script=f"print(open({uri!r}).read())")
    assert run.messages == ["content"]


async def test_dependencies_that_cannot_be_had_are_a_clear_failure(run: FakeRun) -> None:
    with pytest.raises(TaskFailed, match=r"cannot be installed; is the\s+package index reachable"):
        await run.do(SCRIPT, script="pass", dependencies=["./no-such-package-here"])
    assert not list((run.services.settings.data_dir / "python").glob("new-*"))


async def test_dependencies_that_were_installed_before_are_used_again(run: FakeRun) -> None:
    folder = Script.of({"script": "", "dependencies": ["greeting"]}).cached(run)
    folder.mkdir(parents=True)
    (folder / "greeting.py").write_text("HELLO = 'Hello'")
    await run.do(SCRIPT, script="import greeting; print(greeting.HELLO)", dependencies=["greeting"])
    assert run.messages == ["Hello"]


def wheel(folder: Path, version: str) -> None:
    """A package `greeting` that says its version."""
    info = f"greeting-{version}.dist-info"
    with zipfile.ZipFile(folder / f"greeting-{version}-py3-none-any.whl", "w") as archive:
        archive.writestr("greeting.py", f"HELLO = 'Hello {version}'")
        archive.writestr(
            f"{info}/METADATA", f"Metadata-Version: 2.1\nName: greeting\nVersion: {version}\n"
        )
        archive.writestr(
            f"{info}/WHEEL",
            "Wheel-Version: 1.0\nGenerator: test\nRoot-Is-Purelib: true\nTag: py3-none-any\n",
        )
        archive.writestr(f"{info}/RECORD", "")


async def test_dependencies_are_installed_once_from_where_the_flow_says(
    run: FakeRun, tmp_path: Path
) -> None:
    shelf = tmp_path / "shelf"
    shelf.mkdir()
    wheel(shelf, "1.0")
    wheel(shelf, "2.0")
    given = {
        "script": "import greeting; print(greeting.HELLO)",
        "dependencies": ["greeting<2"],
        "env": {
            "UV_FIND_LINKS": str(shelf),
            "UV_NO_INDEX": "1",
            "UV_OFFLINE": "1",
            "PIP_FIND_LINKS": str(shelf),
            "PIP_NO_INDEX": "1",
        },
    }
    await asyncio.gather(run.do(SCRIPT, **given), run.do(SCRIPT, **given))
    installing = "Installing greeting<2"
    assert [line for line in run.messages if line != installing] == ["Hello 1.0"] * 2
    shutil.rmtree(shelf)
    run.lines.clear()
    await run.do(SCRIPT, **given)
    assert run.messages == ["Hello 1.0"], "kept from the first time"
    with pytest.raises(TaskFailed, match="cannot be installed"):
        await run.do(SCRIPT, **given, dependencyCacheEnabled=False)
