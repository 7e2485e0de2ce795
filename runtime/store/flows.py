"""Reading flows and their revisions."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class FlowRecord:
    """One revision of a flow, without its YAML. `created_at` is when the revision was saved."""

    namespace: str
    flow_id: str
    revision: int
    latest_revision: int
    description: str | None
    disabled: bool
    deleted: bool
    labels: Mapping[str, str]
    created_at: datetime
    created_by: str | None
