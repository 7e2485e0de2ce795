"""The embedded PostgreSQL: shared while needed, gone when not, and no folder opened for it."""

import asyncio
import os
import shutil
import signal
import stat
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import asyncpg
import pytest

from runtime.errors import Unavailable
from runtime.store.embedded import embedded_database
from tests.support.database import scratch_folder
from tests.support.waiting import blocking_until, until

OWNER = """
import asyncio, sys
from pathlib import Path
from runtime.store.embedded import embedded_database

async def main():
    async with embedded_database(Path(sys.argv[1]), grace=float(sys.argv[2])) as dsn:
        print(dsn, flush=True)
        await asyncio.sleep(600)

asyncio.run(main())
"""

as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root hands the database to another")


@pytest.fixture(scope="module")
def made() -> Iterator[Path]:
    """A cluster that was made and stopped: what a second start finds."""
    with scratch_folder() as folder:
        directory = folder / "postgres"
        asyncio.run(_start_and_stop(directory))
        yield directory


@pytest.fixture
def directory() -> Iterator[Path]:
    with scratch_folder() as folder:
        yield folder / "postgres"


async def _start_and_stop(directory: Path) -> float:
    begun = time.monotonic()
    async with embedded_database(directory):
        return time.monotonic() - begun


@contextmanager
def owner(directory: Path, grace: float = 20.0) -> Iterator[subprocess.Popen[str]]:
    """Another process that needs the same database."""
    process = subprocess.Popen(
        [sys.executable, "-c", OWNER, str(directory), str(grace)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).parents[3],
    )
    try:
        assert process.stdout is not None
        assert process.stdout.readline().startswith("postgresql://")
        yield process
    finally:
        process.kill()
        process.communicate(timeout=10)


def postmaster(directory: Path) -> int:
    return int((directory / "data" / "postmaster.pid").read_text().splitlines()[0])


def is_gone(directory: Path) -> bool:
    return not (directory / "data" / "postmaster.pid").exists()


async def test_what_is_written_is_there_after_a_restart(made: Path) -> None:
    async with embedded_database(made) as dsn:
        connection = await asyncpg.connect(dsn)
        await connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        await connection.close()
    assert is_gone(made)
    async with embedded_database(made) as dsn:
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SELECT answer FROM kept") == 42
        await connection.close()


async def test_commits_are_durable_unless_a_test_says_otherwise(made: Path) -> None:
    async with embedded_database(made) as dsn:
        connection = await asyncpg.connect(dsn)
        for setting in ("fsync", "full_page_writes", "synchronous_commit"):
            assert await connection.fetchval(f"SHOW {setting}") == "on"
        await connection.close()


async def test_a_second_start_is_quick(made: Path) -> None:
    assert min([await _start_and_stop(made) for _ in range(3)]) < 1.0


async def test_it_listens_on_no_port_and_in_a_folder_closed_to_others(made: Path) -> None:
    async with embedded_database(made) as dsn:
        connection = await asyncpg.connect(dsn)
        assert await connection.fetchval("SHOW listen_addresses") == ""
        sockets = Path(await connection.fetchval("SHOW unix_socket_directories"))
        assert stat.S_IMODE(sockets.stat().st_mode) == 0o700
        await connection.close()


async def test_two_owners_share_one_cluster_and_the_last_one_stops_it(made: Path) -> None:
    with owner(made):
        shared = postmaster(made)
        async with embedded_database(made):
            assert postmaster(made) == shared
        assert postmaster(made) == shared
        async with embedded_database(made):
            pass
        assert not is_gone(made)
    async with embedded_database(made):
        assert postmaster(made) == shared
    assert is_gone(made)


async def test_many_that_start_at_once_get_the_same_new_cluster(directory: Path) -> None:
    everybody = asyncio.Barrier(4)

    async def one() -> int:
        async with embedded_database(directory) as dsn:
            connection = await asyncpg.connect(dsn)
            await connection.close()
            await everybody.wait()
            return postmaster(directory)

    assert len(set(await asyncio.gather(*(one() for _ in range(4))))) == 1
    assert is_gone(directory)


async def test_a_killed_owner_leaves_a_cluster_that_the_next_one_adopts(made: Path) -> None:
    with owner(made) as process:
        left = postmaster(made)
        process.send_signal(signal.SIGKILL)
        process.wait(10)
    async with embedded_database(made):
        assert postmaster(made) == left
    assert is_gone(made)


def test_a_cluster_that_nobody_adopts_is_stopped_in_order(made: Path) -> None:
    with owner(made, grace=0.2) as process:
        process.send_signal(signal.SIGKILL)
    blocking_until(lambda: is_gone(made), what="the orphan to be stopped")
    assert "database system is shut down" in (made / "postgres.log").read_text()


async def test_it_comes_back_when_it_is_killed_under_its_owner(made: Path) -> None:
    async with embedded_database(made) as dsn:
        killed = postmaster(made)
        os.kill(killed, signal.SIGKILL)

        assert await until(lambda: _answers(dsn), within=20, what="the database to be back")
        assert postmaster(made) != killed


async def test_it_comes_back_however_often_it_could_not_start(made: Path) -> None:
    async with embedded_database(made) as dsn:
        # No room for the pidfile, say: whatever it is, it takes a while and passes.
        settings = made / "data" / "postgresql.auto.conf"
        before = settings.read_text()
        settings.write_text("no such setting = at all\n")
        os.kill(postmaster(made), signal.SIGKILL)
        await until((made / "failure").exists, within=20, what="the last of the quick tries")
        settings.write_text(before)
        assert await until(lambda: _answers(dsn), within=20, what="the database to be back")


async def test_without_its_keeper_it_comes_back_as_well(made: Path) -> None:
    async with embedded_database(made) as dsn:
        os.kill(int((made / "keeper.lock").read_text()), signal.SIGKILL)
        os.kill(postmaster(made), signal.SIGKILL)
        assert await until(lambda: _answers(dsn), within=20, what="the database to be back")


async def _answers(dsn: str) -> bool:
    try:
        connection = await asyncpg.connect(dsn, timeout=1)
    except (OSError, asyncpg.PostgresError, TimeoutError):
        return False
    await connection.close()
    return True


async def test_without_its_keeper_it_is_still_adopted_and_stopped(made: Path) -> None:
    with owner(made) as process:
        os.kill(int((made / "keeper.lock").read_text()), signal.SIGKILL)
        process.kill()
        process.wait(10)
        left = postmaster(made)
    async with embedded_database(made):
        assert postmaster(made) == left
    assert is_gone(made)


async def test_a_pidfile_of_before_a_reboot_does_not_stop_it(made: Path) -> None:
    with subprocess.Popen(["sleep", "60"]) as stranger:
        pidfile = made / "data" / "postmaster.pid"
        pidfile.write_text(f"{stranger.pid}\n{made / 'data'}\n0\n5432\n\n\n")
        shutil.chown(pidfile, *_owner_of(made / "data"))
        async with embedded_database(made):
            assert postmaster(made) != stranger.pid
        assert stranger.poll() is None
        stranger.kill()


async def test_damaged_data_are_explained(directory: Path) -> None:
    await _start_and_stop(directory)
    (directory / "data" / "global" / "pg_control").write_bytes(b"not a control file")
    with pytest.raises(Unavailable, match="does not start") as caught:
        await _start_and_stop(directory)
    assert "restore" in caught.value.hint
    assert str(directory) in caught.value.hint


async def test_a_socket_held_by_another_program_is_explained(directory: Path) -> None:
    await _start_and_stop(directory)
    lock = directory / "run" / ".s.PGSQL.5432.lock"
    lock.mkdir()
    with pytest.raises(Unavailable) as caught:
        await _start_and_stop(directory)
    assert "socket" in caught.value.hint


async def test_a_place_that_cannot_be_used_is_explained(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    with pytest.raises(Unavailable, match="cannot use") as caught:
        await _start_and_stop(blocked / "postgres")
    assert "FLOWDECK_DATABASE_URL" in caught.value.hint


@as_root
async def test_a_full_disk_is_explained(directory: Path) -> None:
    small = directory.parent / "small"
    small.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=8m,mode=755", "none", small], check=False
    )
    if mounted.returncode:
        pytest.skip("no small disk can be mounted here")
    try:
        with pytest.raises(Unavailable) as caught:
            await _start_and_stop(small / ".flowdeck" / "postgres")
        assert "free some space" in caught.value.hint
    finally:
        subprocess.run(["umount", small], check=True)


@as_root
async def test_no_folder_above_the_data_is_opened(tmp_path: Path) -> None:
    home = tmp_path / "closed" / "project"
    home.mkdir(parents=True)
    (tmp_path / "closed").chmod(0o700)
    above = [home, *home.parents]
    before = [(path.stat().st_mode, path.stat().st_uid) for path in above]
    directory = home / ".flowdeck" / "postgres"
    try:
        await _start_and_stop(directory)
        assert [(path.stat().st_mode, path.stat().st_uid) for path in above] == before
        assert directory.is_symlink(), "the account cannot reach the folder, so data lie elsewhere"
        assert await _start_and_stop(directory) < 1.0, "the same data are found again"
    finally:
        shutil.rmtree(directory.resolve())


@as_root
async def test_a_lost_folder_of_data_is_not_silently_made_anew(directory: Path) -> None:
    directory.symlink_to("/var/lib/flowdeck/unmounted")
    with pytest.raises(Unavailable, match="gone") as caught:
        await _start_and_stop(directory)
    assert "Bring that folder back" in caught.value.hint
    directory.unlink()


@as_root
async def test_binaries_in_a_closed_environment_are_copied_once(
    directory: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from runtime.store import cluster

    closed = tmp_path / "site-packages"
    shutil.copytree(cluster._wheel(), closed / cluster.WHEEL)
    shutil.copytree(
        cluster._wheel().with_name(f"{cluster.WHEEL}.libs"), closed / f"{cluster.WHEEL}.libs"
    )
    closed.chmod(0o700)
    shelf = directory.parent / "shelf"
    monkeypatch.setattr(cluster, "_wheel", lambda: closed / cluster.WHEEL)
    monkeypatch.setattr(cluster, "SHELVES", (shelf,))
    await _start_and_stop(directory)
    copies = list(shelf.iterdir())
    await _start_and_stop(directory)
    assert len(copies) == 1
    assert list(shelf.iterdir()) == copies


@as_root
async def test_the_server_process_has_no_rights_of_root(made: Path) -> None:
    async with embedded_database(made):
        status = Path(f"/proc/{postmaster(made)}/status").read_text()
    uids = next(line for line in status.splitlines() if line.startswith("Uid:"))
    assert "0" not in uids.split()[1:]


def _owner_of(path: Path) -> tuple[int, int]:
    found = path.stat()
    return found.st_uid, found.st_gid
