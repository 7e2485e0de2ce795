"""Secrets in values of users: sealed at rest, shown as a marker and never in clear."""

from runtime.files.vault import SEALED_TYPE

MARKER = "******"


def masked(value: object) -> object:
    """The value with the marker wherever a sealed secret is, at any depth."""
    if isinstance(value, dict):
        if value.get("type") == SEALED_TYPE:
            return MARKER
        return {key: masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [masked(each) for each in value]
    return value
