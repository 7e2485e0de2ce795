"""The limit for reads: the same rows by asyncpg and orjson behind bare Starlette, nothing else.

Run as a program with the address of a database; it prints its port.
"""

import socket
import subprocess
import sys
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager

import asyncpg
import orjson
import uvicorn
import uvloop
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

_FIELDS = """id, namespace, flow_id, flow_revision, state, labels::text, created_at, started_at,
ended_at, attempt, version, sequence"""
_PAGE = f"SELECT {_FIELDS} FROM executions ORDER BY created_at DESC, id DESC LIMIT $1"  # noqa: S608 - constants
_FAILED = f"""SELECT {_FIELDS} FROM executions WHERE state = 'FAILED'
ORDER BY created_at DESC, id DESC LIMIT $1"""  # noqa: S608 - constants
_RUNS = """SELECT execution_id, id, task_id, state, started_at, ended_at, ordinal FROM task_runs
WHERE execution_id = ANY ($1) AND ordinal < 10 ORDER BY execution_id, ordinal"""


@contextmanager
def plain_server(dsn: str) -> Iterator[str]:
    """The server in a process of its own; its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.benchmarks.plain", dsn], stdout=subprocess.PIPE, text=True
    )
    try:
        assert process.stdout is not None
        yield f"http://127.0.0.1:{process.stdout.readline().strip()}"
    finally:
        process.kill()
        process.wait()


def _app(dsn: str) -> Starlette:
    @asynccontextmanager
    async def lifespan(app: Starlette) -> AsyncIterator[None]:
        async with asyncpg.create_pool(dsn, min_size=2, max_size=8) as pool:
            app.state.pool = pool
            yield

    async def page(request: Request) -> Response:
        statement = _FAILED if request.path_params["name"] == "failed" else _PAGE
        rows = await request.app.state.pool.fetch(statement, 26)
        return Response(orjson.dumps([dict(row) for row in rows]), media_type="application/json")

    async def nested(request: Request) -> Response:
        pool = request.app.state.pool
        nodes = {row["id"]: dict(row) | {"runs": []} for row in await pool.fetch(_PAGE, 51)}
        for row in await pool.fetch(_RUNS, list(nodes)):
            nodes[row["execution_id"]]["runs"].append(dict(row))
        return Response(orjson.dumps(list(nodes.values())), media_type="application/json")

    routes = [
        Route("/nested", nested, methods=["POST"]),
        Route("/{name}", page, methods=["POST"]),
    ]
    return Starlette(routes=routes, lifespan=lifespan)


async def _serve(dsn: str) -> None:
    listener = socket.socket()
    listener.bind(("127.0.0.1", 0))
    listener.listen()
    config = uvicorn.Config(_app(dsn), loop="none", http="httptools", log_level="warning")
    print(listener.getsockname()[1], flush=True)
    await uvicorn.Server(config).serve(sockets=[listener])


if __name__ == "__main__":
    uvloop.run(_serve(sys.argv[1]))
