"""The command line. Every command imports what it needs when it runs."""

import argparse
import asyncio
import gc
import sys
from collections.abc import Sequence


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; the exit status."""
    from runtime.errors import FlowdeckError

    given = _parser().parse_args(arguments)
    try:
        status: int = given.run(given)
    except FlowdeckError as error:
        print(f"flowdeck: {error.message}", file=sys.stderr)
        if error.hint:
            print(f"  {error.hint}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return status


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="flowdeck", description="Run YAML flows; track, inspect and manage them, live."
    )
    commands = parser.add_subparsers(required=True, metavar="command")

    serve = commands.add_parser("serve", help="run the server")
    serve.add_argument("--host", help="the address to listen on (FLOWDECK_HOST, 127.0.0.1)")
    serve.add_argument(
        "--port", type=int, help="the port (FLOWDECK_PORT, 8080; 0 takes a free one)"
    )
    serve.add_argument(
        "--role", help="what this server does: web,engine,scheduler (FLOWDECK_ROLES)"
    )
    serve.add_argument(
        "--examples", action="store_true", help="save the example flows and start one of them"
    )
    serve.set_defaults(run=_serve)

    migrate = commands.add_parser("migrate", help="bring the database to this version")
    migrate.set_defaults(run=_migrate)

    schema = commands.add_parser("schema", help="print the GraphQL schema")
    schema.add_argument("--output", help="write it to this file")
    schema.set_defaults(run=_schema)
    return parser


def _serve(given: argparse.Namespace) -> int:
    gc.disable()  # what is imported stays: to look through it meanwhile takes a sixth of the start
    from runtime.config import settings_from
    from web.server import serve

    gc.enable()
    roles = tuple(given.role.split(",")) if given.role else None
    settings = settings_from(host=given.host, port=given.port, roles=roles)
    return serve(settings, examples=given.examples)


def _migrate(_given: argparse.Namespace) -> int:
    from runtime.config import settings_from
    from runtime.errors import InvalidInput
    from runtime.store.migrate import migrate

    settings = settings_from()
    if settings.database_url is None:
        raise InvalidInput(
            "There is no database to migrate.",
            hint="Set FLOWDECK_DATABASE_URL. A database of Flowdeck's own is migrated by `serve`.",
        )
    asyncio.run(migrate(settings.database_url))
    print("The database is up to date.")
    return 0


def _schema(given: argparse.Namespace) -> int:
    from pathlib import Path

    from schema.root import printed

    if given.output:
        Path(given.output).write_text(printed(), "utf-8")
    else:
        sys.stdout.write(printed())
    return 0


if __name__ == "__main__":
    sys.exit(main())
