"""Labels: keys and values that people put on flows and executions."""

from collections.abc import Mapping
from typing import Self

import strawberry
from strawberry import field


@strawberry.type(description="A key and a value that somebody put on a flow or an execution.")
class Label:
    key: str = field(description="The key, at most one of each; `system.` ones are the product's.")
    value: str = field(description="The value.")

    @classmethod
    def all_of(cls, labels: Mapping[str, str]) -> list[Self]:
        return [cls(key=key, value=value) for key, value in labels.items()]


@strawberry.input(description="A label to put on something.")
class LabelInput:
    key: str = field(description="The key.")
    value: str = field(description="The value.")


def label_map(labels: list[LabelInput]) -> dict[str, str]:
    """Labels as a map; the last of equal keys wins."""
    return {label.key: label.value for label in labels}
