"""Whether the server lives, and whether it can work."""

import asyncio

from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from runtime.engine.lifespan import Runtime
from runtime.store.pool import is_away

_PATIENCE = 2.0


async def alive(_: Request) -> Response:
    """The process answers."""
    return JSONResponse({"status": "alive"})


async def ready(request: Request) -> Response:
    """The database answers too, and what this server does; 503 says that it does not."""
    runtime: Runtime = request.app.state.runtime
    try:
        async with asyncio.timeout(_PATIENCE):
            await runtime.pool.fetchval("SELECT 1")
    except Exception as error:
        if not isinstance(error, TimeoutError) and not is_away(error):
            raise
        return JSONResponse(
            {"status": "unavailable", "reason": "The database does not answer."}, status_code=503
        )
    return JSONResponse(
        {
            "status": "ready",
            "roles": list(runtime.settings.roles),
            "position": str(runtime.events.position),
        }
    )
