"""Named SQL statements, read once from the `.sql` file beside a module.

A statement begins with a line `-- name: its_name`; comment lines below it describe it. One whose
name has a word in braces, `prune_{log}`, is written once for several tables.
"""

from collections.abc import Iterable, Iterator, Mapping
from importlib.resources import files


class Statements:
    """The statements of one file by name: `SQL = Statements("logs")`, then `SQL["insert"]`.

    `words` are what the words in braces stand for: with `log=LogName` there is a `prune_events`,
    a `prune_logs` and a `prune_metrics`.
    """

    def __init__(self, room: str, **words: Iterable[str]) -> None:
        self._room = room
        self._texts = _parse(files("runtime.store").joinpath(f"{room}.sql").read_text("utf-8"))
        for word, values in words.items():
            self._texts = dict(_spelt_out(self._texts, f"{{{word}}}", tuple(values)))

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


def _spelt_out(
    texts: Mapping[str, str], word: str, values: Iterable[str]
) -> Iterator[tuple[str, str]]:
    """Every statement that has the word in its name once for each value; the others as they are."""
    for name, text in texts.items():
        if word in name:
            yield from ((name.replace(word, each), text.replace(word, each)) for each in values)
        else:
            yield name, text
