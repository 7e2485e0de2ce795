"""A run of one task without the engine: real files and processes, and a list of what it told."""

from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any, cast

import orjson
from pydantic import BaseModel

from runtime.clock import SystemClock
from runtime.config import Settings
from runtime.engine.secrecy import Secrecy
from runtime.executions.messages import TaskResult
from runtime.executions.model import LogLevel
from runtime.expressions.render import Renderer
from runtime.expressions.scope import Scope
from runtime.expressions.secrets import Secrets
from runtime.files.scope import FileScope
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.store.pool import Pool
from runtime.tasks.http_client import open_http_client
from runtime.tasks.registry import REGISTRY, find_task
from runtime.tasks.services import Executions, Services
from runtime.tasks.task import InlineTask, WorkTask

EXECUTION = "ex_1"


@dataclass
class FakeRun:
    """Implements `Run`; what the task told is in `lines`, `counters` and `timers`."""

    services: Services
    files: FileScope
    directory: Path
    variables: Mapping[str, object] = field(default_factory=dict)
    execution_id: str = EXECUTION
    namespace: str = "company.team"
    flow_id: str = "demo"
    flow_revision: int = 1
    task_id: str = "work"
    task_run_id: str = "tr_1"
    attempt: int = 1
    value: str | None = None
    lines: list[tuple[LogLevel, str]] = field(default_factory=list)
    counters: dict[str, float] = field(default_factory=dict)
    timers: dict[str, float] = field(default_factory=dict)
    tags: dict[str, Mapping[str, str]] = field(default_factory=dict)
    secrets: Secrets = field(default_factory=Secrets)

    def now(self) -> datetime:
        return self.services.clock.now()

    def log(self, level: LogLevel, message: str) -> None:
        self.lines.append((level, message))

    def log_lines(self, level: LogLevel, messages: Sequence[str]) -> None:
        self.lines += [(level, message) for message in messages]

    async def flowing(self) -> None:
        return None

    def counter(self, name: str, value: float, tags: Mapping[str, str] | None = None) -> None:
        self.counters[name] = value
        self.tags[name] = tags or {}

    def timer(self, name: str, seconds: float, tags: Mapping[str, str] | None = None) -> None:
        self.timers[name] = seconds
        self.tags[name] = tags or {}

    async def render(self, template: str, more: Mapping[str, object] | None = None) -> object:
        return Renderer().value(template, Scope({**self.variables, **(more or {})}))

    def mask(self, text: str) -> str:
        return self.secrecy.mask(text)

    def seal(self, value: object) -> object:
        return self.secrecy.seal(value)

    def open(self, value: object) -> object:
        return self.secrecy.open(value)

    @property
    def secrecy(self) -> Secrecy:
        return Secrecy(self.services.vault, self.secrets)

    @property
    def messages(self) -> list[str]:
        return [message for _, message in self.lines]

    async def do(self, type_name: str, **properties: object) -> dict[str, Any]:
        """Run a task of that type; its outputs as expressions see them."""
        return outputs_of(await self.result(type_name, **properties))

    async def result(self, type_name: str, **properties: object) -> object:
        kind = find_task(type_name)
        assert kind is not None, f"{type_name} is not registered"
        task = kind.of(properties)
        assert isinstance(task, WorkTask), f"{type_name} is no working task"
        return await task.run(self)

    async def store(self, name: str, content: bytes) -> str:
        return await self.files.put(name, content)

    async def read(self, uri: str) -> bytes:
        return b"".join([chunk async for chunk in self.files.open(uri)])


def outputs_of(result: object) -> dict[str, Any]:
    """The outputs as JSON would carry them."""
    if isinstance(result, TaskResult):
        result = result.outputs
    if isinstance(result, BaseModel):
        result = result.model_dump(mode="json", by_alias=True)
    return cast("dict[str, Any]", orjson.loads(orjson.dumps(result or {})))


@dataclass(frozen=True)
class FakeStep:
    """Implements `Step` for tiny tasks."""

    now: datetime
    execution_id: str = EXECUTION
    namespace: str = "company.team"
    flow_id: str = "demo"
    task_run_id: str = "tr_1"
    task_id: str = "tiny"
    attempt: int = 1
    variables: Mapping[str, object] = field(default_factory=dict)


def tiny(
    type_name: str, *, there: Mapping[str, object] | None = None, **given: object
) -> TaskResult:
    """Run a tiny task with these properties, in an execution whose `vars` are `there`."""
    kind = find_task(type_name)
    assert kind is not None, f"{type_name} is not registered"
    task = kind.of(given)
    assert isinstance(task, InlineTask), f"{type_name} is no tiny task"
    return task.run(FakeStep(SystemClock().now(), variables=there or {}))


@asynccontextmanager
async def running(
    place: Path,
    *,
    pool: Pool | None = None,
    executions: Executions | None = None,
    relatives: frozenset[str] = frozenset(),
    **settings: Any,
) -> AsyncIterator[FakeRun]:
    """A run with a storage and a directory below `place`."""
    chosen = Settings(data_dir=place / "data", **settings)
    store = FileStore.of(chosen)
    directory = place / "work"
    directory.mkdir()

    async def is_relative(other: str) -> bool:
        return other in relatives

    async with AsyncExitStack() as stack:
        services = Services(
            pool=cast("Pool", pool),
            files=store,
            http=await stack.enter_async_context(open_http_client()),
            executions=cast("Executions", executions),
            clock=SystemClock(),
            vault=Vault.of(chosen),
            settings=chosen,
            types=REGISTRY,
        )
        scope = FileScope(
            store, "company.team", "demo", EXECUTION, is_relative, folder="tasks/work/tr_1"
        )
        yield FakeRun(services, scope, directory)
