"""The files among outputs."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class FoundFile:
    """`output` leads to it through the outputs; `size` is None when the file is gone."""

    name: str
    output: str
    uri: str
    url: str
    size: int | None
