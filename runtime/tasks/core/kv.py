"""`core.kv`: values that outlive executions, by key and namespace."""

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Literal

import orjson
from pydantic import BaseModel, BeforeValidator

from runtime.flows.durations import parse_duration
from runtime.flows.types import Properties
from runtime.store import kv
from runtime.store.kv import KvKind, KvPurge
from runtime.tasks.core.http_options import Upper
from runtime.tasks.core.purging import PurgeOutputs, PurgeTask, like
from runtime.tasks.properties import Seconds, Structured, Text
from runtime.tasks.task import Outputs, Run, TaskFailed, WorkTask

_KEYS_AT_ONCE = 1000
Lower = BeforeValidator(lambda value: value.lower() if isinstance(value, str) else value)

KindName = Annotated[
    Literal["STRING", "NUMBER", "BOOLEAN", "DATETIME", "DATE", "DURATION", "JSON"], Upper
]


class Set(WorkTask):
    """Write a value under a key.

    With `kvType` a text is read as that type; without it the value keeps the type that it has.
    `ttl` is how long it lives. With `overwrite: false` a key that is there is a failure. A text
    that holds a secret is encrypted at rest, and opened again for `kv()` and the task `Get`.
    """

    type_name = "io.kestra.plugin.core.kv.Set"

    key: Text
    value: object
    namespace: Text | None = None
    overwrite: bool = True
    ttl: Seconds | None = None
    kv_type: KindName | None = None
    kv_description: Text | None = None

    async def run(self, run: Run) -> None:
        kind = KvKind(self.kv_type) if self.kv_type else kind_of(self.value)
        now = run.now()
        version = await kv.put(
            run.services.pool,
            self.namespace or run.namespace,
            checked_key(self.key),
            run.seal(typed(self.value, kind)),
            kind,
            now,
            description=self.kv_description,
            expires_at=now + timedelta(seconds=self.ttl) if self.ttl else None,
            overwrite=self.overwrite,
        )
        if version is None:
            raise TaskFailed(
                f"The key {self.key!r} is there already; write `overwrite: true` to replace it."
            )


class GetOutputs(Outputs):
    value: object = None


class Get(WorkTask):
    """Read the value of a key.

    Without `namespace` the flow's own namespace is asked first, then those above it.
    """

    type_name = "io.kestra.plugin.core.kv.Get"
    outputs = GetOutputs

    key: Text
    namespace: Text | None = None
    error_on_missing: bool = False

    async def run(self, run: Run) -> BaseModel:
        places = [self.namespace] if self.namespace else kv.with_parents(run.namespace)
        pair = await kv.find(run.services.pool, places, self.key, run.now())
        if pair is None and self.error_on_missing:
            raise TaskFailed(f"There is no key {self.key!r} in the namespace {places[0]}.")
        return GetOutputs(value=pair.value if pair else None)


class GetKeysOutputs(Outputs):
    keys: list[str]


class GetKeys(WorkTask):
    """List the keys of a namespace that begin with `prefix`."""

    type_name = "io.kestra.plugin.core.kv.GetKeys"
    outputs = GetKeysOutputs

    prefix: Text = ""
    namespace: Text | None = None

    async def run(self, run: Run) -> BaseModel:
        keys: list[str] = []
        namespace, now = self.namespace or run.namespace, run.now()
        while True:
            pairs = await kv.page(
                run.services.pool,
                namespace,
                now,
                prefix=self.prefix,
                after=keys[-1] if keys else "",
                limit=_KEYS_AT_ONCE,
            )
            keys += [pair.key for pair in pairs]
            if len(pairs) < _KEYS_AT_ONCE:
                return GetKeysOutputs(keys=keys)


class DeleteOutputs(Outputs):
    deleted: bool


class Delete(WorkTask):
    """Delete a key; `deleted` says whether it was there."""

    type_name = "io.kestra.plugin.core.kv.Delete"
    outputs = DeleteOutputs

    key: Text
    namespace: Text | None = None
    error_on_missing: bool = False

    async def run(self, run: Run) -> BaseModel:
        namespace = self.namespace or run.namespace
        deleted = await kv.delete(run.services.pool, namespace, self.key, run.now())
        if not deleted and self.error_on_missing:
            raise TaskFailed(f"There is no key {self.key!r} in the namespace {namespace}.")
        return DeleteOutputs(deleted=deleted)


class PurgeBehavior(Properties):
    """`key` deletes pairs; `version` deletes former versions, of which none are kept."""

    type: Annotated[Literal["key", "version"], Lower] = "key"
    expired_only: bool = True
    before: Text | None = None
    keep_amount: int | None = None


class PurgeKV(PurgeTask):
    """Delete pairs whose time is over, of all namespaces or of some.

    `namespaces` lists them (with `includeChildNamespaces` those below them, too), or
    `namespacePattern` describes them by `*` and `?`, as `keyPattern` does keys. With
    `behavior.expiredOnly: false` every pair that is meant goes.
    """

    type_name = "io.kestra.plugin.core.kv.PurgeKV"
    outputs = PurgeOutputs

    namespace: Text | None = None
    key_pattern: Text | None = None
    behavior: Annotated[PurgeBehavior, Structured] = PurgeBehavior()
    expired_only: bool | None = None

    async def run(self, run: Run) -> BaseModel:
        namespaces = self.namespaces_like([self.namespace] if self.namespace else [])
        if self.behavior.type == "version" and self.expired_only is None:
            return PurgeOutputs(size=0)
        behavior = self.behavior.expired_only
        what = KvPurge(
            namespaces,
            like(self.key_pattern or "*"),
            expired_only=behavior if self.expired_only is None else self.expired_only,
        )
        return PurgeOutputs(size=await kv.purge(run.services.pool, run.now(), what))


def checked_key(key: str) -> str:
    if not key or len(key) > 256 or not all(c.isalnum() or c in "._-" for c in key):
        raise TaskFailed(
            f"{key[:80]!r} cannot be a key; use 1 to 256 letters, digits, `.`, `-` and `_`."
        )
    return key


def kind_of(value: object) -> KvKind:
    """The kind that a value has by itself."""
    match value:
        case str():
            return KvKind.STRING
        case bool():
            return KvKind.BOOLEAN
        case int() | float():
            return KvKind.NUMBER
        case datetime():
            return KvKind.DATETIME
        case date():
            return KvKind.DATE
        case timedelta():
            return KvKind.DURATION
    return KvKind.JSON


def typed(value: object, kind: KvKind) -> object:
    """The value as JSON of that kind. Raises TaskFailed when the text does not say such a value."""
    if not isinstance(value, str):
        return str(value) if kind is KvKind.STRING else value
    try:
        return _READERS[kind](value)
    except ValueError:
        raise TaskFailed(f"{value[:80]!r} is not a {kind.value}.") from None


def _number(text: str) -> int | float:
    try:
        return int(text)
    except ValueError:
        return float(text)


def _boolean(text: str) -> bool:
    return {"true": True, "false": False}.get(text.strip().lower(), False)


def _datetime(text: str) -> str:
    moment = datetime.fromisoformat(text)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return aware.astimezone(UTC).isoformat().replace("+00:00", "Z")


def _duration(text: str) -> str:
    parse_duration(text)
    return text.strip()


_READERS: dict[KvKind, Callable[[str], object]] = {
    KvKind.STRING: str,
    KvKind.NUMBER: _number,
    KvKind.BOOLEAN: _boolean,
    KvKind.DATETIME: _datetime,
    KvKind.DATE: lambda text: date.fromisoformat(text).isoformat(),
    KvKind.DURATION: _duration,
    KvKind.JSON: orjson.loads,
}
