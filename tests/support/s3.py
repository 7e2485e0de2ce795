"""A real S3 server on this machine, in a process of its own."""

import os
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import httpx

from tests.support.waiting import blocking_until


@contextmanager
def s3_server() -> Iterator[str]:
    """Its address; any key is accepted."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    address = f"http://127.0.0.1:{port}"
    server = subprocess.Popen(
        [sys.executable, "-m", "moto.server", "-H", "127.0.0.1", "-p", str(port)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        env={**os.environ, "PYTHONWARNINGS": "ignore"},
    )
    try:
        blocking_until(lambda: _answers(address), within=60, what="the S3 server")
        yield address
    finally:
        server.terminate()
        server.wait()


def make_bucket(address: str, name: str) -> None:
    httpx.put(f"{address}/{name}").raise_for_status()


def _answers(address: str) -> bool:
    try:
        return httpx.get(address).is_success
    except httpx.TransportError:
        return False
