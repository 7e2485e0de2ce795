"""Why something waits or failed."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Explanation:
    kind: str
    summary: str
    hint: str | None = None
    task_run_id: str | None = None
    task_id: str | None = None
