"""Files that come along with an operation, as the multipart request specification has them.

https://github.com/jaydenseric/graphql-multipart-request-spec: `operations` holds the request with
a null for each file, `map` says which part of the form belongs where.
"""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import UploadFile


class Misplaced(Exception):
    """The form does not say, or says wrongly, what it brings and where that belongs."""


def filled(operations: object, places: object, parts: Mapping[str, object]) -> Any:
    """The operations with the files in their places. Raises Misplaced."""
    if not isinstance(places, dict):
        raise Misplaced("The part `map` is not an object with the names of parts as keys.")
    if isinstance(operations, list):
        raise Misplaced("Operations in a batch are not taken: send one at a time.")
    for name, paths in places.items():
        file = parts.get(name)
        if not isinstance(file, UploadFile):
            raise Misplaced(f"The form has no file `{name[:100]}`, which its map names.")
        if not isinstance(paths, list) or not all(isinstance(path, str) for path in paths):
            raise Misplaced(f"The places of `{name[:100]}` are not a list of texts.")
        for path in paths:
            _put(operations, path, file)
    return operations


def _put(operations: object, path: str, file: UploadFile) -> None:
    *way, last = path.split(".")
    here = operations
    if way[:1] != ["variables"]:
        raise Misplaced(f"`{path[:100]}` is no place for a file: it begins with `variables.`")
    for step in way:
        here = _below(here, step, path)
    if _below(here, last, path) is not None:
        raise Misplaced(f"`{path[:100]}` has a value already: a file takes the place of a null.")
    if isinstance(here, list):
        here[int(last)] = file
    elif isinstance(here, dict):
        here[last] = file


def _below(here: object, step: str, path: str) -> object:
    if isinstance(here, dict) and step in here:
        return here[step]
    if isinstance(here, list) and step.isascii() and step.isdigit() and len(step) < 10:
        index = int(step)
        if index < len(here):
            return here[index]
    raise Misplaced(f"There is no `{path[:100]}` in the operations.")
