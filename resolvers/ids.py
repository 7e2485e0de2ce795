"""Global ids of what has none of its own: flows and triggers are found again by their names."""

import base64
import binascii


def id_of(prefix: str, *names: object) -> str:
    """The id that stands for these names, none of which has a slash."""
    text = "/".join(map(str, names))
    return prefix + base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


def names_of(prefix: str, node_id: str) -> list[str]:
    """The names again; those of nothing for what is no such id."""
    text = node_id.removeprefix(prefix)
    try:
        padded = text + "=" * (-len(text) % 4)
        return base64.b64decode(padded, b"-_", validate=True).decode().split("/")
    except (binascii.Error, ValueError):
        return []
