"""Seals secrets at rest: AES-256-GCM under one key of the installation.

The key is FLOWDECK_ENCRYPTION_KEY, 32 bytes in base64. Without it one is made and kept beside the
data, readable by its owner only. A sealed text is a fresh nonce of 12 bytes and the ciphertext with
its tag, in base64 (NIST SP 800-38D); values in outputs carry it as Kestra writes them:
`{"type": "io.kestra.datatype:aes_encrypted", "value": "…"}`.
"""

import base64
import binascii
import contextlib
import json
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from runtime.config import Settings
from runtime.errors import InvalidInput

SEALED_TYPE = "io.kestra.datatype:aes_encrypted"
_FORM, _MAP = "form", "map"
"""What marks a sealed text as the JSON of a map and of the secrets in it."""
_PLAIN = frozenset({str, int, float, bool, type(None)})
_KEY_BYTES = 32
_NONCE_BYTES = 12


class Vault:
    """Seals and opens texts with one key."""

    def __init__(self, key: bytes) -> None:
        if len(key) != _KEY_BYTES:
            raise InvalidInput(
                f"The encryption key has {len(key)} bytes instead of {_KEY_BYTES}.",
                hint="Make one with: openssl rand -base64 32",
                path=("FLOWDECK_ENCRYPTION_KEY",),
            )
        self._cipher = AESGCM(key)

    @classmethod
    def of(cls, settings: Settings) -> "Vault":
        """By the key of the settings, or by the one kept in `<data_dir>/encryption.key`."""
        if settings.encryption_key:
            return cls(_decoded(settings.encryption_key))
        return cls(_kept(settings.data_dir / "encryption.key"))

    def seal(self, text: str) -> str:
        nonce = os.urandom(_NONCE_BYTES)
        return base64.b64encode(nonce + self._cipher.encrypt(nonce, text.encode(), None)).decode()

    def open(self, sealed: str) -> str:
        """The text again. Raises InvalidInput when it was sealed with another key or changed."""
        try:
            data = base64.b64decode(sealed, validate=True)
            return self._cipher.decrypt(data[:_NONCE_BYTES], data[_NONCE_BYTES:], None).decode()
        except (InvalidTag, ValueError) as error:
            raise InvalidInput(
                "A sealed value cannot be opened.",
                hint="It was sealed with another key: set the former FLOWDECK_ENCRYPTION_KEY.",
            ) from error

    def sealed_value(self, text: str) -> dict[str, object]:
        """The form in which sealed values stand in inputs and outputs."""
        return {"type": SEALED_TYPE, "value": self.seal(text)}

    def sealed_map(
        self, entries: Mapping[str, object], secrets: Sequence[str]
    ) -> dict[str, object]:
        """A map as a whole, for one whose keys hold secrets."""
        text = json.dumps([entries, secrets], default=str)
        return {**self.sealed_value(text), _FORM: _MAP}

    def unsealed(self, sealed: Mapping[str, object]) -> tuple[object, Sequence[str]]:
        """What a sealed value holds, and the secrets in it."""
        text = self.open(str(sealed["value"]))
        if sealed.get(_FORM) != _MAP:
            return text, [text]
        entries, secrets = json.loads(text)
        return entries, secrets

    def opened(self, value: object) -> object:
        """Any value with every sealed value in it opened; the same one when nothing is sealed."""
        return self._opened(value) if any_within(value, is_sealed) else value

    def _opened(self, value: object) -> object:
        match value:
            case Mapping() if is_sealed(value):
                return self.unsealed(value)[0]
            case Mapping():
                return {key: self._opened(item) for key, item in value.items()}
            case list():
                return [self._opened(item) for item in value]
        return value


def is_sealed(value: object) -> bool:
    """Whether it is the form in which a sealed value is kept."""
    if not isinstance(value, dict | Mapping):
        return False
    return value.get("type") == SEALED_TYPE and "value" in value


def any_within(value: object, is_wanted: Callable[[object], bool]) -> bool:
    """Whether a value, or anything in it that is no plain text, number or truth, is wanted.

    Values may be megabytes: this is what it costs to learn that nothing is to be done with one.
    """
    left = [value]
    while left:
        each = left.pop()
        if is_wanted(each):
            return True
        if isinstance(each, dict | Mapping):
            left += [item for item in each.values() if type(item) not in _PLAIN]
        elif isinstance(each, list | tuple):
            left += [item for item in each if type(item) not in _PLAIN]
    return False


def _decoded(text: str) -> bytes:
    try:
        return base64.b64decode(text, validate=True)
    except binascii.Error:
        return b""


def _kept(path: Path) -> bytes:
    """The key in a file; the first of several servers that start at once makes it, whole."""
    path.parent.mkdir(parents=True, exist_ok=True)
    if not path.exists():
        handle, fresh = tempfile.mkstemp(dir=path.parent)  # readable by its owner only
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(base64.b64encode(os.urandom(_KEY_BYTES)))
                file.flush()
                os.fsync(file.fileno())
            with contextlib.suppress(FileExistsError):
                os.link(fresh, path)
        finally:
            os.unlink(fresh)
    return _decoded(path.read_text().strip())
