"""`scripts.python`: Python code, with dependencies and a helper library of outputs and metrics."""

import asyncio
import contextlib
import hashlib
import shlex
import shutil
import sys
from collections.abc import Sequence
from pathlib import Path
from tempfile import mkdtemp

from pydantic import Field

from runtime.executions.model import LogLevel
from runtime.tasks.properties import Text, Texts
from runtime.tasks.scripts.process import Command, run_process
from runtime.tasks.scripts.script_task import ScriptTask
from runtime.tasks.task import Run, TaskFailed

_LIBRARY = Path(__file__).with_name("library")
_CACHE = "python"
_SHOWN = 2000


class PythonTask(ScriptTask):
    """What both tasks share. `dependencies` are installed once and kept for later runs.

    `from kestra import Kestra` offers `Kestra.outputs({…})`, `Kestra.counter(name, value, tags)`
    and `Kestra.timer(name, seconds, tags)`. Variables of `env` that begin with `PIP_` or `UV_` say
    where dependencies come from.
    """

    dependencies: Texts = Field(default_factory=list)
    dependency_cache_enabled: bool = True
    python_version: Text | None = None

    def libraries(self) -> Sequence[Path]:
        return (_LIBRARY,)

    async def environment_of(self, run: Run) -> dict[str, str]:
        library = str(_LIBRARY)
        if self.dependencies and not self.in_container():
            library += f":{await self._installed(run)}"
        return {"PYTHONPATH": library, "PYTHONUNBUFFERED": "1", "PYTHONDONTWRITEBYTECODE": "1"}

    def setup(self) -> Sequence[str]:
        if not self.dependencies or not self.in_container():
            return ()
        return [f"python -m pip install --quiet {shlex.join(self.dependencies)}"]

    def program(self) -> str:
        if self.in_container():
            return "python"
        wanted = [f"python{self.python_version}"] if self.python_version else []
        for name in (*wanted, "python3", "python"):
            if shutil.which(name):
                return name
            if wanted and name == wanted[0]:
                raise TaskFailed(f"There is no {name} on this server; take out `pythonVersion`.")
        return sys.executable

    def cached(self, run: Run) -> Path:
        """Where these dependencies are kept between runs."""
        sources = [f"{name}={value}" for name, value in sorted(self._sources().items())]
        parts = [self.program(), *sources, *sorted(self.dependencies)]
        name = hashlib.sha256("\n".join(parts).encode())
        return run.services.settings.data_dir.absolute() / _CACHE / name.hexdigest()[:24]

    def _sources(self) -> dict[str, str]:
        """What the flow says to the installer."""
        return {k: v for k, v in self.env.items() if k.startswith(("PIP_", "UV_"))}

    async def _installed(self, run: Run) -> Path:
        """The folder with the dependencies, installed when they are not there yet."""
        program, target = self.program(), self.cached(run)
        if _is_there(target) and self.dependency_cache_enabled:
            return target
        fresh = _new_folder(target.parent)
        try:
            await self._install(run, program, fresh)
            await asyncio.to_thread(_take_place, fresh, target)
        finally:
            await asyncio.to_thread(shutil.rmtree, fresh, ignore_errors=True)
        return target

    async def _install(self, run: Run, program: str, target: Path) -> None:
        said: list[str] = []
        uv = shutil.which("uv")
        install = [uv, "pip", "install", "--python", program] if uv else []
        install = install or [program, "-m", "pip", "install", "--disable-pip-version-check"]
        run.log(LogLevel.INFO, f"Installing {', '.join(self.dependencies)}")
        arguments = [*install, "--target", str(target), *self.dependencies]
        command = Command(arguments, run.directory, self._sources())
        code = await run_process(command, said.extend, said.extend, run.flowing)
        if code != 0:
            end = "\n".join(said)[-_SHOWN:]
            raise TaskFailed(
                f"The dependencies {', '.join(self.dependencies)} cannot be installed; is the "
                f"package index reachable from this server?\n{end}"
            )


class Commands(PythonTask):
    """Run commands, such as `python main.py`, with the helper library and dependencies at hand."""

    type_name = "io.kestra.plugin.scripts.python.Commands"

    commands: Texts

    async def commands_of(self, run: Run) -> Sequence[str]:
        return self.commands


class Script(PythonTask):
    """Run a Python script that is written in the flow."""

    type_name = "io.kestra.plugin.scripts.python.Script"

    script: Text

    async def commands_of(self, run: Run) -> Sequence[str]:
        return [f"{self.program()} {await self.written(run, self.script, '.py')}"]


def _is_there(folder: Path) -> bool:
    return folder.is_dir()


def _new_folder(parent: Path) -> Path:
    parent.mkdir(parents=True, exist_ok=True)
    return Path(mkdtemp(dir=parent, prefix="new-"))


def _take_place(fresh: Path, target: Path) -> None:
    """Put a fresh folder where the cache looks; one that another run made meanwhile is as good."""
    with contextlib.suppress(OSError):
        fresh.replace(target)
