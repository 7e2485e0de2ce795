"""Secrets in values of users: sealed at rest, shown as a marker and never in clear."""

from collections.abc import Mapping

from runtime.files.vault import SEALED_TYPE

MARKER = "******"


def masked_entries(values: Mapping[str, object]) -> dict[str, object]:
    """A map of values, masked one by one; when its names hold secrets it is sealed as a whole."""
    if values.get("type") == SEALED_TYPE:
        return {MARKER: MARKER}
    return {key: masked(value) for key, value in values.items()}


def masked(value: object) -> object:
    """The value with the marker wherever a sealed secret is, at any depth."""
    if isinstance(value, dict):
        if value.get("type") == SEALED_TYPE:
            return MARKER
        return {key: masked(each) for key, each in value.items()}
    if isinstance(value, list):
        return [masked(each) for each in value]
    return value
