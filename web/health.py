"""Whether the server lives, and whether it can work."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.engine.lifespan import Runtime
from runtime.errors import Unavailable
from runtime.store.outage import outage
from runtime.store.pool import is_away

_PATIENCE = 2.0


async def alive(_: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> Response:
    """The database answers and takes what is written, and what this server does; 503 says that it
    does not, and why."""
    runtime: Runtime = request.app.state.runtime
    if (trouble := runtime.engine.trouble or await _trouble(runtime)) is not None:
        return JSONResponse(
            {"status": "unavailable", "reason": trouble.message, "hint": trouble.hint}, 503
        )
    return JSONResponse(
        {
            "status": "ready",
            "roles": list(runtime.settings.roles),
            "position": str(runtime.events.position),
        }
    )


async def _trouble(runtime: Runtime) -> Unavailable | None:
    try:
        async with asyncio.timeout(_PATIENCE):
            await runtime.pool.fetchval("SELECT 1")
    except Exception as error:
        if not is_away(error):  # a TimeoutError is one of these
            raise
        return outage(error)
    return None
