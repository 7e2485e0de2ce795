"""The built client: hashed files are kept for ever, pages never; a kind word without a build."""

from contextlib import suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

STATIC = Path(__file__).parent / "static"
_FOR_EVER = "public, max-age=31536000, immutable"
_ASK_FIRST = "no-cache"
_NOT_BUILT = """<!doctype html>
<html lang="en"><meta charset="utf-8"><title>Flowdeck</title>
<body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 4rem auto; padding: 0 1rem">
<h1>Flowdeck runs, its pages are not built yet</h1>
<p>Build them with <code>make client</code>, then reload this page.
The API answers at <a href="/graphql">/graphql</a> meanwhile.</p>
"""


class _Hashed(StaticFiles):
    """Files whose names change with their content."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        response.headers["Cache-Control"] = _FOR_EVER
        return response


def page(name: str = "index.html", folder: Path = STATIC) -> Response:
    """One of the built pages; says how to build them when they are not there."""
    file = folder / name
    if not file.is_file():
        return HTMLResponse(_NOT_BUILT, headers={"Cache-Control": _ASK_FIRST})
    return FileResponse(file, headers={"Cache-Control": _ASK_FIRST})


def documents(given: Path | None, folder: Path = STATIC) -> list[Path]:
    """The lists of trusted documents: the client's own, and the one that was given."""
    own = folder / "documents.json"
    return [*([own] if own.is_file() else []), *([given] if given else [])]


def asset_routes(folder: Path = STATIC) -> list[BaseRoute]:
    """Every address that nothing else answers: a file of the build, or the client's page."""

    def anything(request: Request) -> Response:
        with suppress(OSError, ValueError):  # names that no file can have
            wanted = (folder / request.path_params["path"].lstrip("/")).resolve()
            if wanted.is_file() and wanted.is_relative_to(folder.resolve()):
                return FileResponse(wanted, headers={"Cache-Control": _ASK_FIRST})
        return page(folder=folder)

    hashed = _Hashed(directory=folder / "assets", check_dir=False)
    return [Mount("/assets", hashed), Route("/{path:path}", anything, methods=["GET"])]
