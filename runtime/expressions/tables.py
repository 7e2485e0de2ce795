"""All filters, tests and functions of the language, by the names that flows use."""

from runtime.expressions import (
    calendars,
    collection_filters,
    context_functions,
    dates,
    encoding,
    identifiers,
    ion,
    jq_filter,
    loops,
    number_filters,
    outside,
    predicates,
    structured,
    text_filters,
)
from runtime.expressions.names import Table

FILTERS: Table = {
    **text_filters.FILTERS,
    **collection_filters.FILTERS,
    **dates.FILTERS,
    **encoding.FILTERS,
    **ion.FILTERS,
    **jq_filter.FILTERS,
    **number_filters.FILTERS,
    **structured.FILTERS,
}

PREDICATES: Table = dict(predicates.PREDICATES)

FUNCTIONS: Table = {
    **calendars.FUNCTIONS,
    **context_functions.FUNCTIONS,
    **dates.FUNCTIONS,
    **encoding.FUNCTIONS,
    **identifiers.FUNCTIONS,
    **ion.FUNCTIONS,
    **loops.FUNCTIONS,
    **number_filters.FUNCTIONS,
    **outside.FUNCTIONS,
    **structured.FUNCTIONS,
}
