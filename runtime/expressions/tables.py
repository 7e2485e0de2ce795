"""All filters, tests and functions of the language, by the names that flows use."""

from collections.abc import Callable
from typing import Any

from runtime.expressions import (
    collection_filters,
    predicates,
    structured,
    text_filters,
)

FILTERS: dict[str, Callable[..., Any]] = {
    **text_filters.FILTERS,
    **collection_filters.FILTERS,
    **structured.FILTERS,
}

PREDICATES: dict[str, Callable[..., Any]] = dict(predicates.PREDICATES)

FUNCTIONS: dict[str, Callable[..., Any]] = {
    **structured.FUNCTIONS,
}
