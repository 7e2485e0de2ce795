"""The addresses of stored files, and the one gate that keeps them inside the storage.

An address is printed as `kestra:///<namespace as path>/<flow>/executions/<id>/…`, since flows
written for Kestra compare, log and pass it on; `flowdeck:///…` is read as the same.
Behind it stands a *key*: the same path without the scheme, decoded once. A key never holds an empty
segment, `.`, `..`, a backslash or a control character, neither plainly nor hidden by percent signs.
"""

import re
from urllib.parse import quote, unquote, urlsplit

from runtime.errors import InvalidInput

SCHEME = "kestra"
SCHEMES = frozenset({SCHEME, "flowdeck"})
NAMESPACE_SCHEME = "nsfile"

_LONGEST = 1024
_LONGEST_SEGMENT = 255
_REFUSED = re.compile(r"[\x00-\x1f\x7f\\]")
_SAFE = "/-._~!$&'()*+,;=:@"
_HINT = "Use an address that a task gave out, such as {{ outputs.download.uri }}."


def uri_of(key: str) -> str:
    """The address of a key, percent-encoded where needed."""
    return f"{SCHEME}:///{quote(checked_key(key), safe=_SAFE)}"


def is_stored(text: str) -> bool:
    """Whether a text is meant as the address of a stored file (it may still be a wrong one)."""
    scheme, colon, _ = text.partition(":")
    return bool(colon) and scheme in SCHEMES


def key_of(uri: str) -> str:
    """The key behind an address. Raises InvalidInput for anything that is not one."""
    try:
        parts = urlsplit(uri)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in SCHEMES or parts.netloc or parts.query or parts.fragment:
        raise InvalidInput(f"{_shown(uri)} is not the address of a stored file.", hint=_HINT)
    return checked_key(unquote(parts.path, errors="replace").removeprefix("/"))


def checked_key(key: str) -> str:
    """The key as it is, or InvalidInput when it could leave the storage."""
    if not key or len(key.encode("utf-8", "replace")) > _LONGEST:
        raise InvalidInput(f"A path must have 1 to {_LONGEST} bytes.", hint=_HINT)
    if "�" in key or _REFUSED.search(key) or not all(map(_is_plain, key.split("/"))):
        raise InvalidInput(
            f"The path {_shown(key)} is not allowed.",
            hint="Write names between single slashes, without `.`, `..` or control characters.",
        )
    return key


def checked_name(name: str) -> str:
    """A relative path that a user chose (`data/in.csv`), without a leading `/` or `./`."""
    return checked_key(name.strip().removeprefix("./").lstrip("/"))


def _is_plain(segment: str) -> bool:
    decoded = segment
    for _ in range(3):
        if decoded in {"", ".", ".."} or "/" in decoded or _REFUSED.search(decoded):
            return False
        decoded = unquote(decoded)
    return len(segment.encode("utf-8", "replace")) <= _LONGEST_SEGMENT


def _shown(text: str) -> str:
    return repr(text if len(text) <= 120 else text[:120] + "…")
