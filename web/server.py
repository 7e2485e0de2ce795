"""Start uvicorn around the application, say where it listens, and stop it in order."""

import asyncio
import gc
import logging
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
import uvloop

from runtime.config import Settings
from runtime.engine.lifespan import Runtime, running
from runtime.errors import Forbidden, Unavailable
from web.app import build_app
from web.examples import load_examples
from web.middleware import is_loopback
from web.protocol import Bounded

_BACKLOG = 2_048
_BIGGEST_MESSAGE = 1 << 20
_OBJECTS = 10_000
"""So many more objects have to be there before garbage is looked for."""


def serve(settings: Settings, *, examples: bool = False) -> int:
    """Serve until somebody stops it. Raises FlowdeckErrors that say how to mend the start."""
    _check(settings)
    logging.basicConfig(
        level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s"
    )
    logging.getLogger("httpx").setLevel(logging.WARNING)
    with (
        _listening(settings.host, settings.port) as listener,
        asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner,
    ):
        runner.run(_run(settings, listener, examples))
    return 0


async def _run(settings: Settings, listener: socket.socket, examples: bool) -> None:
    async with running(settings) as runtime:
        if examples:
            print(f"{await load_examples(runtime)} example flows are new.", file=sys.stderr)
        server = _Server(server_config(settings, runtime))
        for each in (signal.SIGINT, signal.SIGTERM):
            asyncio.get_running_loop().add_signal_handler(each, server.stop)
        spare_the_collector()
        print(f"Flowdeck is at {address(settings, listener)}", flush=True)
        await server.serve(sockets=[listener])


def spare_the_collector() -> None:
    """Never look again for garbage in what is there now, and seldom in what comes.

    Whatever a step or an answer makes is gone soon without being looked for. Looking after every
    700 objects, as Python does by itself, took a tenth of the processor's time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS, 10, 10)


class _Server(uvicorn.Server):
    """Leaves the signals to us: uvicorn would send itself the signal again when it has ended, and
    the runtime below would never be closed."""

    def stop(self) -> None:
        """Finish what is being answered, then end; asked a second time, at once."""
        self.force_exit = self.should_exit
        self.should_exit = True

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        yield


def server_config(settings: Settings, runtime: Runtime) -> uvicorn.Config:
    """uvicorn, as this application wants it."""
    return uvicorn.Config(
        build_app(settings, runtime),
        loop="none",
        http=Bounded,
        ws="websockets-sansio",
        ws_max_size=_BIGGEST_MESSAGE,
        ws_ping_interval=20,
        ws_ping_timeout=20,
        backlog=_BACKLOG,
        access_log=False,
        log_level="warning",
        server_header=False,
        timeout_graceful_shutdown=3,
    )


def address(settings: Settings, listener: socket.socket) -> str:
    """Where people reach the server."""
    if settings.url:
        return settings.url
    port = listener.getsockname()[1]
    host = settings.host
    shown = "localhost" if host in ("0.0.0.0", "::") else host  # noqa: S104 - only compared
    return f"http://[{shown}]:{port}" if ":" in shown else f"http://{shown}:{port}"


def _check(settings: Settings) -> None:
    if settings.token is None and not is_loopback(settings.host):
        raise Forbidden(
            f"Listening on {settings.host} would let everybody in the network run commands here.",
            hint="Set FLOWDECK_TOKEN to a long secret, or listen on 127.0.0.1.",
        )


def _listening(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host.strip("[]"), port))
        listener.listen()  # from now on callers wait; none is refused between the word and uvicorn
    except OSError as error:
        listener.close()
        raise Unavailable(
            f"Cannot listen on {host}:{port}: {error.strerror}.",
            hint="Is another Flowdeck running? Choose another port with --port.",
        ) from error
    return listener
