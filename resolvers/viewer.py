"""Who asks."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Viewer:
    """`name` is null where nobody is asked for one."""

    name: str | None
    version: str
    environment: str | None
