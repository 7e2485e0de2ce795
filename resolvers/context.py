"""What one request may reach."""

from dataclasses import dataclass


@dataclass(slots=True)
class Context:
    """One for each HTTP request, and one for each operation on a socket."""

    request_id: str
