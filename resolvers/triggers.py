"""Triggers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Backfill:
    start: datetime
    end: datetime
    position: datetime | None
    paused: bool


@dataclass(frozen=True, slots=True)
class BackfillRequest:
    key: tuple[str, str, str]
    start: datetime
    end: datetime | None
    inputs: object
    labels: Mapping[str, str]
