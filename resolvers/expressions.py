"""Expressions, tried on an execution."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Evaluation:
    value: object
    text: str | None
    error: str | None
