"""When a rendered condition holds.

Kestra's rule: false is exactly the text "", "0", "-0" or "false" after rendering; so "False" and
"null" are true. A rendered null, which has no text, counts as false.
"""

_FALSE = frozenset({"", "0", "-0", "false"})


def is_true(rendered: object) -> bool:
    """Whether a condition holds, from its rendered text or typed value."""
    if rendered is None:
        return False
    if isinstance(rendered, str):
        return rendered.strip() not in _FALSE
    return bool(rendered)
