"""Fetches what expressions ask of the outside world: stored values, files, secrets, HTTP, logs.

An expression is rendered synchronously; where it needs such a fact it stops, the fact is fetched
here, and it is rendered again. What cannot be had is a failure of that fact, which `??` may catch.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import httpx

from runtime.clock import Clock
from runtime.config import Settings
from runtime.engine.http_fact import NotAnswered, answer_of
from runtime.engine.row_pages import find_pages, read_page
from runtime.engine.secrecy import Secrecy
from runtime.errors import FlowdeckError
from runtime.executions.states import ExecutionState
from runtime.expressions.ion import as_text
from runtime.expressions.limits import TakesLong, hurried
from runtime.expressions.problems import ExpressionError
from runtime.expressions.scope import Carried, Fact, FactNeeded, Facts, Opened
from runtime.expressions.secrets import Secrets
from runtime.files.scope import FileScope, execution_prefix
from runtime.files.store import FileStore
from runtime.files.vault import Vault
from runtime.store import kv, relatives
from runtime.store.error_logs import error_logs
from runtime.store.pool import Pool

_MOST_FACTS = 1_000
_MOST_BYTES = 16 * 1024 * 1024
RunFlow = Callable[
    [str, str, Mapping[str, object], Mapping[str, str]],
    Awaitable[tuple[ExecutionState, Mapping[str, object]]],
]
"""Runs a flow (namespace, id, inputs, labels) to its end: its state and outputs."""
R = TypeVar("R")
_Fetch = Callable[["Asking", Mapping[str, object]], Awaitable[object]]


@dataclass(frozen=True, slots=True)
class Asking:
    """On whose behalf a fact is fetched."""

    namespace: str
    flow_id: str
    execution_id: str


class _Missing(Exception):
    """There is no such thing; the message says what and how to mend it."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.hint = hint


class FactFinder:
    """Finds facts for any execution of this server."""

    def __init__(
        self,
        pool: Pool,
        files: FileStore,
        http: httpx.AsyncClient,
        settings: Settings,
        vault: Vault,
        clock: Clock,
    ) -> None:
        self._pool = pool
        self._vault = vault
        self._clock = clock
        self._files = files
        self._http = http
        self._settings = settings
        self._kinds: dict[str, _Fetch] = {
            "kv": self._kv,
            "secret": self._secret,
            "read": self._read,
            "fileSize": self._size,
            "fileExists": self._exists,
            "isFileEmpty": self._is_empty,
            "http": self._request,
            "errorLogs": self._error_logs,
            "subflow": self._subflow,
            "store": self._store,
            "rowPages": self._row_pages,
            "rows": self._rows,
        }
        self._run_flow: RunFlow | None = None

    def open(self, run_flow: RunFlow) -> None:
        """Say how a flow is run to its end; `subflow()` needs it."""
        self._run_flow = run_flow

    async def fetch(self, fact: Fact, facts: Facts, asking: Asking) -> None:
        """Put the fact, or why it cannot be had, into `facts`."""
        find = self._kinds.get(fact.kind)
        try:
            if find is None:
                raise _Missing(f"`{fact.kind}()` cannot be used here.")
            facts.put(fact, await find(asking, fact.arguments))
        except _Missing as missing:
            facts.fail(fact, missing.message, missing.hint)
        except FlowdeckError as error:
            facts.fail(fact, error.message, error.hint)

    async def settle(self, compute: Callable[[], R], facts: Facts, asking: Asking) -> R:
        """What `compute` makes; it is called again after each fact that its expressions ask for.

        What takes long goes on in a thread. Raises whatever it raises, and ExpressionError when it
        asks without end.
        """
        is_long = False
        for _ in range(_MOST_FACTS):
            try:
                if is_long:
                    return await asyncio.to_thread(compute)
                with hurried():
                    return compute()
            except TakesLong:
                is_long = True
            except FactNeeded as needed:
                await self.fetch(needed.fact, facts, asking)
        raise ExpressionError(
            f"The expressions ask for more than {_MOST_FACTS:,} things from outside.",
            hint="Ask for fewer keys, secrets, files or addresses in one task.",
        )

    def file_scope(self, asking: Asking) -> FileScope:
        """The files that an execution may read."""

        async def is_relative(other: str) -> bool:
            return await relatives.are_related(self._pool, asking.execution_id, other)

        return FileScope(
            self._files, asking.namespace, asking.flow_id, asking.execution_id, is_relative
        )

    async def _kv(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        key = str(arguments["key"])
        namespace = str(arguments["namespace"] or asking.namespace)
        found = await kv.find(self._pool, kv.with_parents(namespace), key, self._clock.now())
        if found is None:
            raise _Missing(
                f"The key-value store of namespace {namespace} has no key `{key}`.",
                "Set it first, or say what else to take: kv('…') ?? 'default'.",
            )
        secrecy = Secrecy(self._vault, Secrets())
        value = secrecy.open(found.value)
        return Opened(value, frozenset(secrecy.secrets)) if secrecy.secrets else value

    async def _secret(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        key = str(arguments["key"])
        value = self._settings.secrets.get(key, self._settings.secrets.get(key.upper()))
        if value is None:
            raise _Missing(
                f"There is no secret `{key}`.",
                f"Start the server with SECRET_{key.upper()} set to the value in base64.",
            )
        subkey = arguments.get("subkey")
        return value if subkey is None else _part(value, key, str(subkey))

    async def _read(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        uri = _address(arguments, asking)
        scope = self.file_scope(asking)
        content = bytearray()
        async for chunk in scope.open(uri):
            content += chunk
            if len(content) > _MOST_BYTES:
                raise _Missing(
                    f"{uri} has more than {_MOST_BYTES >> 20} MiB, too much for an expression.",
                    "Give its address to a task that reads it in pieces.",
                )
        return await asyncio.to_thread(as_text, bytes(content))

    async def _store(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        folder = execution_prefix(asking.namespace, asking.flow_id, asking.execution_id)
        carried = arguments["text"]
        text = carried.text if isinstance(carried, Carried) else str(carried)
        stored = await self._files.put(f"{folder}/{arguments['name']}", text.encode())
        return stored.uri

    async def _row_pages(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        return await find_pages(self.file_scope(asking).open(str(arguments["path"])))

    async def _rows(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        uri, start, end = str(arguments["path"]), arguments["start"], arguments["end"]
        if not isinstance(start, int) or not isinstance(end, int):
            raise TypeError("rows are asked for by two numbers of bytes")
        return await read_page(await self.file_scope(asking).read(uri, start, end), uri, start)

    async def _size(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        found = await self.file_scope(asking).find(_address(arguments, asking))
        return found.size

    async def _exists(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        return await self.file_scope(asking).exists(_address(arguments, asking))

    async def _is_empty(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        return await self._size(asking, arguments) == 0

    async def _request(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        try:
            return await answer_of(self._http, arguments)
        except NotAnswered as error:
            raise _Missing(str(error)) from error

    async def _subflow(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        namespace = str(arguments["namespace"] or asking.namespace)
        flow_id = arguments["flowId"]
        if self._run_flow is None or flow_id is None:
            raise _Missing("`subflow()` needs the id of a flow: subflow(flowId='…').")
        inputs, labels = arguments.get("inputs"), arguments.get("labels")
        state, outputs = await self._run_flow(
            namespace,
            str(flow_id),
            inputs if isinstance(inputs, Mapping) else {},
            _mapping(labels),
        )
        if state not in (ExecutionState.SUCCESS, ExecutionState.WARNING):
            raise _Missing(f"The flow {namespace}.{flow_id} ended {state.value}.")
        return outputs

    async def _error_logs(self, asking: Asking, arguments: Mapping[str, object]) -> object:
        return await error_logs(self._pool, asking.execution_id)


def _address(arguments: Mapping[str, object], asking: Asking) -> str:
    """The address of a stored file, or of a file of a namespace by its path."""
    path = str(arguments["path"])
    if "://" in path or path.startswith("nsfile:"):
        return path
    namespace = str(arguments["namespace"] or asking.namespace)
    return f"nsfile://{namespace}/{path.lstrip('/')}"


def _part(value: str, key: str, subkey: str) -> object:
    try:
        parts = json.loads(value)
        return parts[subkey]
    except (ValueError, KeyError, TypeError):
        raise _Missing(f"The secret `{key}` has no part `{subkey}`.") from None


def _mapping(value: object) -> dict[str, str]:
    if not isinstance(value, Mapping):
        return {}
    return {str(name): str(each) for name, each in value.items()}
