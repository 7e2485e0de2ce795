"""Named SQL statements, read once from the `.sql` file beside a module.

A statement begins with a line `-- name: its_name`; comment lines below it describe it.
"""

from importlib.resources import files


class Statements:
    """The statements of one file by name: `SQL = Statements("logs")`, then `SQL["insert"]`."""

    def __init__(self, room: str) -> None:
        self._room = room
        self._texts = _parse(files("runtime.store").joinpath(f"{room}.sql").read_text("utf-8"))

    def __getitem__(self, name: str) -> str:
        try:
            return self._texts[name]
        except KeyError:
            raise LookupError(f"{self._room}.sql has no statement named {name}") from None


def _parse(text: str) -> dict[str, str]:
    statements: dict[str, str] = {}
    for part in text.split("-- name:")[1:]:
        name, _, body = part.partition("\n")
        statements[name.strip()] = body.strip().rstrip(";")
    return statements
