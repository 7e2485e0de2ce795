"""Filters that encode and hash, and the functions that encrypt."""

import hashlib
from base64 import b64decode, b64encode
from binascii import Error as Base64Error
from typing import Any
from urllib.parse import quote_plus, unquote_plus

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.expressions.access import describe
from runtime.expressions.names import Table
from runtime.expressions.printing import to_text
from runtime.expressions.problems import ExpressionError
from runtime.expressions.state import State

_NONCE_BYTES = 12


def url_encode(value: Any) -> str | None:
    """As in a form: a space becomes `+`."""
    return None if value is None else quote_plus(to_text(value), safe="*").replace("~", "%7E")


def url_decode(value: Any) -> str | None:
    return None if value is None else unquote_plus(to_text(value))


def base64_encode(value: Any) -> str | None:
    if value is None:
        return None
    return b64encode(value if isinstance(value, bytes) else _bytes(value)).decode()


def base64_decode(value: Any) -> str | None:
    """The text inside; bytes that are no text are replaced."""
    if value is None:
        return None
    return _from_base64(to_text(value), "the text").decode("utf-8", "replace")


def _from_base64(text: str, what: str) -> bytes:
    try:
        return b64decode(text.strip(), validate=True)
    except (Base64Error, ValueError):
        raise ExpressionError(f"{what} is not base64") from None


def _bytes(value: Any) -> bytes:
    return to_text(value).encode("utf-8", "surrogatepass")


def md5(value: Any) -> str | None:
    return None if value is None else hashlib.md5(_bytes(value), usedforsecurity=False).hexdigest()


def sha1(value: Any) -> str | None:
    return None if value is None else hashlib.sha1(_bytes(value), usedforsecurity=False).hexdigest()


def sha256(value: Any) -> str | None:
    return None if value is None else hashlib.sha256(_bytes(value)).hexdigest()


def sha512(value: Any) -> str | None:
    return None if value is None else hashlib.sha512(_bytes(value)).hexdigest()


def encrypt(state: State, key: Any, plaintext: Any) -> str:
    """AES-GCM with a base64 key of 16, 24 or 32 bytes; base64 of nonce and ciphertext."""
    nonce = state.scope.entropy(_NONCE_BYTES)
    sealed = _cipher(key).encrypt(nonce, _bytes(plaintext), None)
    return b64encode(nonce + sealed).decode()


def decrypt(state: State, key: Any, encrypted: Any) -> str:
    """What `encrypt` has written; the result counts as a secret."""
    data = _from_base64(to_text(encrypted), "the encrypted text")
    try:
        opened = _cipher(key).decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None)
        text = opened.decode()
    except (InvalidTag, ValueError):
        raise ExpressionError(
            "the text cannot be decrypted", hint="It was encrypted with another key, or altered."
        ) from None
    state.scope.secrets.add(text)
    return text


def _cipher(key: Any) -> AESGCM:
    if not isinstance(key, str):
        raise ExpressionError(f"the key must be a base64 string, not {describe(key)}")
    try:
        return AESGCM(_from_base64(key, "the key"))
    except ValueError:
        raise ExpressionError("the key must have 16, 24 or 32 bytes, written in base64") from None


FILTERS: Table = {
    "base64decode": base64_decode,
    "base64encode": base64_encode,
    "md5": md5,
    "sha1": sha1,
    "sha256": sha256,
    "sha512": sha512,
    "urldecode": url_decode,
    "urlencode": url_encode,
}

FUNCTIONS: Table = {"decrypt": decrypt, "encrypt": encrypt}
