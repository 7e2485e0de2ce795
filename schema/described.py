"""Put a runtime enum into the schema, with a sentence for each of its values."""

from collections.abc import Mapping
from enum import EnumMeta

import strawberry
from strawberry.types.enum import StrawberryEnumDefinition


def described(
    enum: EnumMeta, description: str, values: Mapping[str, str], name: str | None = None
) -> None:
    """Make `enum` a GraphQL enum. `values` holds a sentence for each member, by name."""
    strawberry.enum(enum, name=name, description=description)
    definition: StrawberryEnumDefinition = enum.__strawberry_definition__  # type: ignore[attr-defined]  # just put there
    for value in definition.values:
        value.description = values[value.name]
