"""How deep values of users are nested: what is too deep can neither be stored nor shown."""

DEEPEST = 200
"""Levels of lists and maps; writers of JSON end at 254."""


def is_deep(value: object) -> bool:
    """Whether a value has more than 200 levels."""
    level = [value]
    for _ in range(DEEPEST):
        if not level:
            return False
        level = [each for one in level for each in _inside(one)]
    return bool(level)


def _inside(value: object) -> list[object]:
    """The lists and maps in a list or a map."""
    if isinstance(value, dict):
        return [each for each in value.values() if isinstance(each, dict | list)]
    if isinstance(value, list):
        return [each for each in value if isinstance(each, dict | list)]
    return []
