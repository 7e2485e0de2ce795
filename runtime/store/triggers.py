"""Reading triggers."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class TriggerRecord:
    """One trigger of a flow's newest revision, and when it is due."""

    namespace: str
    flow_id: str
    trigger_id: str
    type: str
    flow_revision: int
    disabled: bool
    next_at: datetime | None
    last_at: datetime | None
    execution_id: str | None
    backfill: Mapping[str, object] | None
    updated_at: datetime
