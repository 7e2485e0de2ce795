"""Binding strength of the operators, from Pebble's own table with Kestra's additions.

Higher binds tighter, all are left associative. Two rows surprise: a filter binds tighter than
arithmetic (`1 + 2 | string` is `1 + (2 | string)`) but looser than `~` and `??`, and a unary
operator binds tighter than everything (`not a == b` is `(not a) == b`).
"""

UNARY_LEVEL = 500
FILTER_LEVEL = 100
TEST_LEVEL = 20

# token (a word is written `name:word`) -> (level, function that computes it)
BINARY = {
    "name:or": (10, "or"),
    "name:and": (15, "and"),
    "name:contains": (20, "x_contains"),
    "name:in": (20, "x_in"),
    "name:isIn": (20, "x_in"),
    "eq": (30, "x_equals"),
    "name:equals": (30, "x_equals"),
    "ne": (30, "x_differs"),
    "gt": (30, "x_greater"),
    "lt": (30, "x_less"),
    "gteq": (30, "x_greater_or_equal"),
    "lteq": (30, "x_less_or_equal"),
    "add": (40, "x_add"),
    "sub": (40, "x_subtract"),
    "mul": (60, "x_multiply"),
    "div": (60, "x_divide"),
    "mod": (60, "x_remainder"),
    "tilde": (110, "x_concat"),
    "range": (120, "x_range"),
    "null_or": (120, "x_null_or"),
    "undefined_or": (120, "x_undefined_or"),
}

CONSTANTS: dict[str, bool | None] = {
    "true": True,
    "TRUE": True,
    "false": False,
    "FALSE": False,
    "null": None,
    "NULL": None,
    "none": None,
    "NONE": None,
}

# What yields true or false by itself and needs no conversion where a condition is expected.
CONDITIONS = frozenset(
    {
        "x_contains",
        "x_in",
        "x_equals",
        "x_differs",
        "x_greater",
        "x_less",
        "x_greater_or_equal",
        "x_less_or_equal",
        "x_is_defined",
    }
)

REMOVED_TAGS = frozenset(
    {"autoescape", "cache", "embed", "extends", "flush", "from", "import", "include", "parallel"}
)
TAGS = ("block", "filter", "for", "if", "macro", "set", "raw", "verbatim")
