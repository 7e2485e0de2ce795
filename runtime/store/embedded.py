"""The embedded PostgreSQL: start it or join the one that runs, and stop it when nobody is left.

Every process that uses the cluster holds a lock in common; a keeper (keeper.py) starts PostgreSQL
and stops it when the last holder is gone. So several servers share one cluster, a server that
was killed leaves neither an orphan (the keeper waits `GRACE` seconds and ends it in order) nor
a wait for its successor (which, coming earlier, finds the cluster running and warm).
PostgreSQL listens on a unix socket in a private folder and on no port at all.
"""

import asyncio
import fcntl
import json
import os
import re
import shutil
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import asdict
from functools import partial
from pathlib import Path
from subprocess import DEVNULL, run
from urllib.parse import quote

import asyncpg

from runtime.clock import SystemClock
from runtime.errors import Unavailable
from runtime.loop import Loop
from runtime.store import keeper
from runtime.store.cluster import Cluster, alone, make_data_folder, settle

NAME = "flowdeck"  # of the role and of the database
GRACE = 20.0  # seconds a cluster outlives its last owner when that was killed
PATIENCE = 120.0  # seconds until ready: after a crash PostgreSQL first replays its journal
_LOOK = 2.0  # seconds between two looks whether there is a keeper
LOG_LIMIT = 4_000_000  # bytes of log kept from one start to the next

SETTINGS = {
    "listen_addresses": "",
    "unix_socket_permissions": "0700",
    "max_connections": "200",
    "shared_buffers": "64MB",
    "effective_cache_size": "1GB",
    "random_page_cost": "1.1",
    "jit": "off",  # compiling costs more than our longest statement takes
    "io_method": "sync",  # no extra processes; the data fit the system's cache
    "max_wal_senders": "0",
    "wal_level": "minimal",
    "wal_compression": "on",
    "max_wal_size": "2GB",
    "checkpoint_timeout": "15min",
    "autovacuum_naptime": "15s",  # queues make dead rows quickly
    "log_min_messages": "warning",
    "log_timezone": "UTC",
    "timezone": "UTC",
}
NOT_DURABLE = {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}

_FULL = "The disk is full: free some space and start again."
_DAMAGED = (
    "Its files are damaged: restore {data} from a backup, "
    "or remove {place} to begin with an empty database."
)
MENDING = {  # what PostgreSQL logs, in lower case, and what helps
    "no space left on device": _FULL,
    "disk quota exceeded": _FULL,
    "initialized by postgresql version": "Another PostgreSQL release made these data: "
    "go back to the Flowdeck that made them, dump them, and load them into the new one.",
    ".s.pgsql": "Another program holds the socket in {sockets}: end it and start again.",
    "shared memory": "The system grants too little shared memory: give /dev/shm more room.",
    "permission denied": "Its files belong to another user, or a folder above them lets nobody "
    "through: run as that user, or give {data} back to this one.",
    "checkpoint record": _DAMAGED,
    "control file": _DAMAGED,
    "could not open file": _DAMAGED,
    "could not read file": _DAMAGED,
    "invalid data in file": _DAMAGED,
    "is not a valid data directory": _DAMAGED,
}
_GRAVE = re.compile(r"^.*?(FATAL|PANIC|error): +")


@asynccontextmanager
async def embedded_database(
    directory: Path, *, durable: bool = True, grace: float = GRACE
) -> AsyncIterator[str]:
    """A running database with its data in `directory`, as a DSN for asyncpg.

    The first call makes the cluster (about a second), later ones start it or join the running one.
    `durable=False` gives up safety at a power failure for speed: tests only.
    Raises Unavailable, which says how to mend it, when PostgreSQL does not start.
    """
    cluster = await asyncio.to_thread(settle, directory)
    held = await asyncio.to_thread(_hold, cluster.place / "owners.lock")
    try:
        await asyncio.to_thread(_make_data, cluster)
        settings = SETTINGS if durable else SETTINGS | NOT_DURABLE
        plan = _plan(cluster, settings, grace)
        await _ready(cluster, plan)
        async with Loop("keeper", partial(_look_for_keeper, cluster, plan), SystemClock()):
            yield dsn(cluster, NAME)
    finally:
        await asyncio.shield(asyncio.to_thread(_let_go, held, cluster, grace))


def dsn(cluster: Cluster, database: str) -> str:
    return f"postgresql://{NAME}@/{database}?host={quote(str(cluster.sockets), safe='')}"


def _hold(path: Path) -> int:
    """Hold a lock in common with others for as long as this process lives; its descriptor."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    fcntl.flock(descriptor, fcntl.LOCK_SH)
    return descriptor


def _make_data(cluster: Cluster) -> None:
    """Make the cluster's data, whole or not at all."""
    with alone(cluster.place / "making.lock"):
        if cluster.data.exists():
            return
        unfinished = cluster.place / "data.new"
        make_data_folder(cluster, unfinished)
        made = cluster.run(
            "initdb",
            f"--pgdata={unfinished}",
            f"--username={NAME}",
            "--auth-local=trust",
            "--auth-host=reject",
            "--encoding=UTF8",
            "--locale=C",
            "--locale-provider=builtin",
            "--builtin-locale=C.UTF-8",
        )
        if made.returncode != 0:
            shutil.rmtree(unfinished, ignore_errors=True)
            raise _explained(cluster, made.stderr, "could not be created")
        unfinished.rename(cluster.data)


def _plan(cluster: Cluster, settings: dict[str, str], grace: float) -> keeper.Plan:
    options = [f"--{name}={value}" for name, value in settings.items()]
    place = cluster.place
    return keeper.Plan(
        command=[
            str(cluster.binaries / "postgres"),
            "-D",
            str(cluster.data),
            "-k",
            str(cluster.sockets),
            *options,
        ],
        user=cluster.account.uid if cluster.account else None,
        group=cluster.account.gid if cluster.account else None,
        pidfile=str(cluster.data / "postmaster.pid"),
        owners=str(place / "owners.lock"),
        lock=str(place / "keeper.lock"),
        failure=str(place / "failure"),
        log=str(cluster.log),
        grace=grace,
    )


async def _ready(cluster: Cluster, plan: keeper.Plan) -> None:
    """Return once the database answers, having seen to it that a keeper is there."""
    try:
        async with asyncio.timeout(PATIENCE):
            await asyncio.to_thread(_forget_failure, cluster)
            while not (await _answers(cluster) and _keeper(cluster)):
                await asyncio.to_thread(_see_to_a_keeper, cluster, plan)
                await asyncio.sleep(0.01)
    except TimeoutError as error:
        raise _explained(cluster, _tail(cluster.log), "does not answer") from error


async def _answers(cluster: Cluster) -> bool:
    if not (cluster.sockets / ".s.PGSQL.5432").exists():
        return False
    try:
        connection = await asyncpg.connect(dsn(cluster, NAME), timeout=5)
    except asyncpg.InvalidCatalogNameError:
        await _create_database(cluster)
        return True
    except (OSError, asyncpg.CannotConnectNowError, asyncpg.ConnectionDoesNotExistError):
        return False
    await connection.close()
    return True


async def _create_database(cluster: Cluster) -> None:
    connection = await asyncpg.connect(dsn(cluster, "postgres"), timeout=5)
    try:
        with suppress(asyncpg.DuplicateDatabaseError, asyncpg.UniqueViolationError):
            await connection.execute(f"CREATE DATABASE {NAME}")
    finally:
        await connection.close()


def _keeper(cluster: Cluster) -> int | None:
    """The keeper's process id, if there is one: its lock tells, not the number in the file."""
    try:
        descriptor = os.open(cluster.place / "keeper.lock", os.O_RDWR | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return int(os.read(descriptor, 20) or 0) or None
    finally:
        os.close(descriptor)
    return None


async def _look_for_keeper(cluster: Cluster, plan: keeper.Plan) -> None:
    """It may have been killed, or PostgreSQL stopped by hand. One turn of a Loop."""
    await SystemClock().sleep(_LOOK)
    if not await asyncio.to_thread(_keeper, cluster):
        await asyncio.to_thread(_send_keeper, cluster, plan)


def _forget_failure(cluster: Cluster) -> None:
    (cluster.place / "failure").unlink(missing_ok=True)


def _see_to_a_keeper(cluster: Cluster, plan: keeper.Plan) -> None:
    """Raises when one has tried since we came, again and again."""
    if (cluster.place / "failure").exists():
        raise _explained(cluster, _tail(cluster.log), "does not start")
    if not _keeper(cluster):
        _send_keeper(cluster, plan)


def _send_keeper(cluster: Cluster, plan: keeper.Plan) -> None:
    """Start a keeper; it is there, or another one is, when this returns."""
    with suppress(FileNotFoundError):
        if cluster.log.stat().st_size > LOG_LIMIT:
            os.truncate(cluster.log, 0)
    run(  # noqa: S603 - our own interpreter and file
        [sys.executable, "-I", "-S", keeper.__file__, json.dumps(asdict(plan))],
        check=True,
        stdin=DEVNULL,
        stdout=DEVNULL,
        stderr=DEVNULL,
        start_new_session=True,
    )


def _let_go(held: int, cluster: Cluster, grace: float) -> None:
    """Give the lock back; the last one stops the database and waits until it has ended."""
    try:
        fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return
    else:
        if (cluster.data / "postmaster.pid").exists() and not _keeper(cluster):
            _send_keeper(cluster, _plan(cluster, SETTINGS, grace))
        if pid := _keeper(cluster):
            with suppress(ProcessLookupError):
                os.kill(pid, signal.SIGTERM)
            with alone(cluster.place / "keeper.lock"):
                pass
    finally:
        os.close(held)


def _tail(log: Path) -> str:
    with suppress(OSError):
        return log.read_text(errors="replace")[-4000:]
    return ""


def _explained(cluster: Cluster, output: str, what: str) -> Unavailable:
    """The last thing PostgreSQL said, and what helps against it."""
    lines = [line.strip() for line in output.splitlines() if line.strip()]
    grave = [line for line in lines if _GRAVE.search(line)]
    reason = _GRAVE.sub("", (grave or lines or ["it said nothing"])[-1])
    hints = (hint for sign, hint in MENDING.items() if sign in reason.lower())
    hint = next(hints, "See {place}/postgres.log, or set FLOWDECK_DATABASE_URL to another server.")
    return Unavailable(
        f"The embedded database in {cluster.place} {what}: {reason}.",
        hint=hint.format(data=cluster.data, place=cluster.place, sockets=cluster.sockets),
    )
