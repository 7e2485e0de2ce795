import inspect
import sys
from dataclasses import replace
from importlib.metadata import EntryPoint
from pathlib import Path
from types import ModuleType

import pytest

from runtime.tasks import registry
from runtime.tasks.registry import BUILT_IN, REGISTRY, TASK_TYPES, find_task
from runtime.tasks.table import TypeTable
from runtime.tasks.task import InlineTask, TaskType, WorkTask
from tests.support.running import FakeRun

README = Path(registry.__file__).with_name("README.md")


def test_every_type_is_listed_once_and_under_its_name() -> None:
    assert len({kind.type_name for kind in BUILT_IN}) == len(BUILT_IN)
    assert all(TASK_TYPES[kind.type_name] is kind for kind in BUILT_IN)


@pytest.mark.parametrize("kind", BUILT_IN, ids=lambda kind: kind.type_name)
def test_every_type_is_documented_and_does_something(kind: type[TaskType]) -> None:
    spec = kind.spec()
    assert spec.title.endswith(".")
    assert spec.properties.model_json_schema()["type"] == "object"
    assert issubclass(kind, InlineTask | WorkTask)
    assert kind.run not in (InlineTask.run, WorkTask.run)
    assert inspect.iscoroutinefunction(kind.run) == issubclass(kind, WorkTask)


def test_types_are_found_by_name_alias_and_short_form() -> None:
    log = "io.kestra.plugin.core.log.Log"
    for name in (log, "core.log.Log", "io.kestra.core.tasks.debugs.Log"):
        found = REGISTRY.find(name)
        assert found is not None
        assert found.name == log
    assert find_task("io.kestra.plugin.fs.http.Request") is find_task("core.http.Request")
    assert REGISTRY.find("no.such.Type") is None
    assert find_task("no.such.Type") is None


def test_a_type_of_a_table_in_front_wins() -> None:
    (first,) = [spec for spec in REGISTRY.all() if spec.name.endswith("log.Log")]
    mine = replace(first, title="Mine.")
    assert TypeTable([mine], REGISTRY.all()).find(first.name) is mine


async def test_the_readme_s_task_type_works(run: FakeRun, monkeypatch: pytest.MonkeyPatch) -> None:
    source = README.read_text("utf-8").split("```python\n")[1].split("```")[0]
    module = ModuleType("example_tasks")
    monkeypatch.setitem(sys.modules, "example_tasks", module)
    exec(source, vars(module))  # noqa: S102 - the README's own text
    point = EntryPoint("greetings", "example_tasks", registry.ENTRY_POINTS)
    (kind,) = registry.installed([point])
    assert (kind.type_name, kind.spec().title) == ("com.example.Greet", "Greet somebody.")
    monkeypatch.setitem(TASK_TYPES, kind.type_name, kind)
    monkeypatch.setattr("tests.support.running.find_task", TASK_TYPES.get)
    assert await run.do("com.example.Greet", name="Ada") == {"greeting": "Hello Ada"}
    assert run.counters == {"letters": 3}


def test_a_package_that_cannot_be_loaded_does_not_stop_the_server(
    caplog: pytest.LogCaptureFixture,
) -> None:
    point = EntryPoint("broken", "no_such_package.tasks", registry.ENTRY_POINTS)
    assert registry.installed([point]) == []
    assert "no_such_package.tasks cannot be loaded" in caplog.text


def test_a_type_that_cannot_run_is_left_out_and_told_of(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    class Idle(WorkTask):
        """Does nothing."""

        type_name = "com.example.Idle"

    module = ModuleType("example_idle")
    vars(module).update(Idle=Idle, WorkTask=WorkTask)
    monkeypatch.setitem(sys.modules, "example_idle", module)
    point = EntryPoint("idle", "example_idle", registry.ENTRY_POINTS)
    assert registry.installed([point]) == []
    assert "com.example.Idle has no `run`" in caplog.text
