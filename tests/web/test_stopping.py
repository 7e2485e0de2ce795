"""A server that is asked to stop closes everything in order and leaves nothing running."""

import signal
from pathlib import Path

import pytest

from tests.support.server import serving
from tests.support.waiting import blocking_until


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
def test_a_signal_ends_the_server_in_order(
    database_url: str, tmp_path: Path, asked: signal.Signals
) -> None:
    with serving(database_url, tmp_path) as server:
        server.process.send_signal(asked)
        code = blocking_until(
            lambda: (server.process.poll() is not None) and [server.process.returncode],
            what="the end of the server",
        )
        assert code == [0]
