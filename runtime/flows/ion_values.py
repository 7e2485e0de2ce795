"""ION text to values that JSON can hold."""

import base64
from collections.abc import Mapping
from datetime import datetime
from decimal import Decimal


def parse_ion(text: str) -> object:
    """Maps, lists and scalars; timestamps become ISO 8601 text, blobs base 64.

    Raises ValueError when the text is not ION.
    """
    # Imported when wanted: it takes a tenth of a second, and few flows use ION.
    from amazon.ion import simpleion
    from amazon.ion.exceptions import IonException

    try:
        value: object = simpleion.loads(text)
    except (IonException, ValueError, TypeError, RecursionError) as error:
        raise ValueError(f"it must be ION ({error})") from None
    return _simple(value)


def _simple(value: object) -> object:
    if value is None or type(value).__name__ == "IonPyNull":
        return None
    if type(value).__name__ == "IonPyBool":
        return bool(value)
    if isinstance(value, Mapping):
        return {str(key): _simple(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_simple(item) for item in value]
    return _scalar(value)


def _scalar(value: object) -> object:
    if isinstance(value, bool | str):
        return value if isinstance(value, bool) else str(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float | Decimal):
        return float(value)
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return str(getattr(value, "text", value))
