"""Settings, read once from the environment: the only place that looks at `FLOWDECK_*`."""

import base64
import json
import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path

from runtime.errors import InvalidInput

_MEGABYTE = 1 << 20
_SHORTEST_LEASE = 3
_LAST_PORT = 65_535
WEB, ENGINE, SCHEDULER = "web", "engine", "scheduler"
_ROLES = (WEB, ENGINE, SCHEDULER)


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set. A field `redis_url` is read from `FLOWDECK_REDIS_URL`."""

    database_url: str | None = None
    """A PostgreSQL 15 or newer; without it Flowdeck runs one of its own under `data_dir`."""
    redis_url: str | None = None
    """Joins the live streams of several servers; without it they stay in this process."""
    data_dir: Path = Path(".flowdeck")
    storage_url: str | None = None
    """Where files live: `s3://…`, `gs://…`, `az://…` or `file:///…`; without it a folder under
    `data_dir`. `files/addresses.py` says what each needs."""
    host: str = "127.0.0.1"
    port: int = 8080
    token: str | None = None
    """What callers must show; demanded when `host` is not loopback."""
    url: str | None = None
    """The address under which people reach this server, for links in answers."""
    allowed_origins: tuple[str, ...] = ()
    """Further origins whose pages may call the API."""
    roles: tuple[str, ...] = _ROLES
    slots: int = 64
    """How many task runs may work at once in this process."""
    database_connections: int = 16
    """How many may work for what runs, and as many again for those who look on; what is written has
    some of its own."""
    encryption_key: str | None = None
    """32 bytes in base64 for secrets at rest; made and kept under `data_dir` when absent."""
    environment: str | None = None
    """The name of this installation, as `kestra.environment` in expressions."""
    output_limit: int = 2 * _MEGABYTE
    """Bytes of JSON that the outputs of one task run may have; larger things belong into files."""
    log_line_limit: int = 64 * 1024
    """Bytes of one log line; what is longer is split."""
    log_limit: int = 256 * _MEGABYTE
    """Bytes of log that one task run may write; what comes after is counted and dropped."""
    depth_limit: int = 20
    """How deep executions may start each other."""
    chain_limit: int = 100
    """How many executions may follow one another by Flow triggers: flows that start each other in a
    circle end there."""
    max_upload: int = 1024 * _MEGABYTE
    """Bytes of one uploaded file."""
    retention_days: int | None = None
    """Days after their end for which executions are kept, with all that belongs to them; without
    it they are kept for ever."""
    lease: int = 30
    """Seconds without a sign of life after which others take over what a server holds."""
    bulk_limit: int = 100_000
    """How many executions one operation may be about."""
    introspection: bool = True
    """Whether callers may ask for the schema, and are told what a wrong name may have meant."""
    documents: Path | None = None
    """A JSON file of trusted documents: ids with their operations."""
    free_documents: bool = True
    """Whether other operations than trusted ones are answered; the web client's own are trusted."""
    max_operations_per_socket: int = 200
    max_sockets: int = 10_000
    """How many sockets may be open at once on this server; one more is refused."""
    max_sockets_per_address: int | None = None
    """How many of them may come from one address; any number unless it is set. Behind a proxy all
    have its address."""
    globals: Mapping[str, object] = field(default_factory=dict)
    """What expressions see as `globals`; JSON in `FLOWDECK_GLOBALS`."""
    envs: Mapping[str, str] = field(default_factory=dict)
    """What expressions see as `envs`: variables that begin with `ENV_` (or `KESTRA_`, as flows
    of earlier versions have it), in lower case, without the prefix."""
    secrets: Mapping[str, str] = field(default_factory=dict, repr=False)
    """What `secret()` gives: variables that begin with `SECRET_`, decoded from base64."""


def settings_from(environment: Mapping[str, str] = os.environ, **given: object) -> Settings:
    """Settings from `FLOWDECK_*`; `given` (from the command line) wins where it is not None.

    Raises InvalidInput for a value that cannot be read, naming the variable.
    """
    values: dict[str, object] = {}
    for each in (f for f in fields(Settings) if f.name not in ("envs", "secrets")):
        name = f"FLOWDECK_{each.name.upper()}"
        if name in environment and environment[name] != "":
            values[each.name] = _read(name, each.type, environment[name])
    values["envs"] = _prefixed(environment, "KESTRA_") | _prefixed(environment, "ENV_")
    values["secrets"] = {
        name.removeprefix("SECRET_"): _decoded(name, value)
        for name, value in environment.items()
        if name.startswith("SECRET_")
    }
    values |= {name: value for name, value in given.items() if value is not None}
    settings = Settings(**values)  # type: ignore[arg-type]  # each value was read by its field's type
    _check(settings)
    return settings


def _check(settings: Settings) -> None:
    """Refuse what can be read and makes no sense."""
    unknown = [role for role in settings.roles if role not in _ROLES]
    if unknown or not settings.roles:
        raise InvalidInput(
            f"There is no role {', '.join(unknown) or 'at all'}.",
            hint=f"Choose among {', '.join(_ROLES)}, with commas between them.",
            path=("FLOWDECK_ROLES",),
        )
    if settings.retention_days is not None and settings.retention_days < 1:
        raise InvalidInput(
            f"Nothing is kept for {settings.retention_days} days.",
            hint="Choose a number of days, or unset the variable to keep everything.",
            path=("FLOWDECK_RETENTION_DAYS",),
        )
    if settings.lease < _SHORTEST_LEASE:
        raise InvalidInput(
            f"A lease of {settings.lease} s is too short: a server shows itself every second.",
            hint="Choose a number of seconds; 30 is usual.",
            path=("FLOWDECK_LEASE",),
        )
    if settings.database_connections < 1:
        raise InvalidInput(
            f"Nobody can be answered with {settings.database_connections} connections.",
            hint="Choose a number of connections to the database; 16 is usual.",
            path=("FLOWDECK_DATABASE_CONNECTIONS",),
        )
    if not 0 <= settings.port <= _LAST_PORT:
        raise InvalidInput(
            f"{settings.port} is not a port.",
            hint=f"Choose one from 1 to {_LAST_PORT}, or 0 for any that is free.",
            path=("FLOWDECK_PORT",),
        )


def _prefixed(environment: Mapping[str, str], prefix: str) -> dict[str, str]:
    return {
        name.removeprefix(prefix).lower(): value
        for name, value in environment.items()
        if name.startswith(prefix)
    }


def _decoded(name: str, value: str) -> str:
    try:
        return base64.b64decode(value, validate=True).decode()
    except ValueError:
        raise InvalidInput(
            f"{name} is not base64 text.",
            hint="Secrets are given in base64, as by: printf %s VALUE | base64",
            path=(name,),
        ) from None


def _read(name: str, kind: object, text: str) -> object:
    wanted = str(kind)
    try:
        if wanted.startswith(("<class 'int'", "int |")):
            return int(text)
        if wanted.startswith("<class 'bool'"):
            return {"true": True, "1": True, "false": False, "0": False}[text.lower()]
        if wanted.startswith("tuple"):
            return tuple(part.strip() for part in text.split(",") if part.strip())
        if "Mapping" in wanted:
            return dict(json.loads(text))
    except (ValueError, KeyError, TypeError):
        raise InvalidInput(
            f"{name} is {text!r}, which cannot be read.",
            hint="Write a number, true or false, a list with commas, or JSON, as it needs.",
            path=(name,),
        ) from None
    return Path(text) if "Path" in wanted else text
