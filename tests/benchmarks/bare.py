"""The limit for live streams: a server that knows nothing and sends ready frames to everybody.

Run as a program: frames a client, bytes a frame. It prints its port and waits for `go` on stdin.
"""

import asyncio
import socket
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.routing import WebSocketRoute
from starlette.websockets import WebSocket


@contextmanager
def bare_server(frames: int, size: int) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    """The server in a process of its own: its address, and the process that waits for `go`."""
    arguments = [sys.executable, "-m", "tests.benchmarks.bare", str(frames), str(size)]
    process = subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        yield f"ws://127.0.0.1:{process.stdout.readline().strip()}/", process
    finally:
        process.kill()
        process.wait()


async def _serve(frames: int, size: int) -> None:
    text, go = "x" * size, asyncio.Event()

    async def endpoint(websocket: WebSocket) -> None:
        await websocket.accept()
        await go.wait()
        for _ in range(frames):
            await websocket.send_text(text)
            await asyncio.sleep(0)
        await websocket.receive()

    app = Starlette(routes=[WebSocketRoute("/", endpoint)])
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen(2_048)
    config = uvicorn.Config(
        app, loop="none", ws="websockets-sansio", log_level="warning", ws_per_message_deflate=False
    )
    asyncio.get_running_loop().add_reader(sys.stdin, go.set)
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(_serve(int(sys.argv[1]), int(sys.argv[2])))
