"""`FLOWDECK_STORAGE_URL`: which storages there are, what each needs, and what is wrong with one.

What a storage needs beside its URL stands in the variables that its own tools read.
"""

from dataclasses import dataclass
from pathlib import Path
from urllib.parse import SplitResult, unquote, urlsplit

from runtime.errors import InvalidInput

_S3 = (
    "s3://bucket/path needs AWS_ACCESS_KEY_ID, AWS_SECRET_ACCESS_KEY and AWS_REGION (or a role of "
    "the machine); for another S3 than Amazon's also AWS_ENDPOINT_URL, with AWS_ALLOW_HTTP=true "
    "where that is plain HTTP."
)
_GCS = (
    "gs://bucket/path needs GOOGLE_SERVICE_ACCOUNT (the path of a key file), "
    "GOOGLE_SERVICE_ACCOUNT_KEY (its JSON) or GOOGLE_APPLICATION_CREDENTIALS."
)
_AZURE = (
    "az://container/path needs AZURE_STORAGE_ACCOUNT_NAME, and AZURE_STORAGE_ACCOUNT_KEY, "
    "AZURE_STORAGE_SAS_KEY or the three of AZURE_STORAGE_CLIENT_ID, AZURE_STORAGE_CLIENT_SECRET "
    "and AZURE_STORAGE_TENANT_ID."
)
_HINTS = {
    **dict.fromkeys(("s3", "s3a"), _S3),
    "gs": _GCS,
    **dict.fromkeys(("az", "adl", "azure", "abfs", "abfss"), _AZURE),
}
_OTHERS = ("file", "memory")


@dataclass(frozen=True, slots=True)
class StorageAddress:
    """A storage by URL; `folder` where it is a local one."""

    url: str
    scheme: str
    folder: Path | None = None

    @classmethod
    def of(cls, url: str) -> "StorageAddress":
        """Raises InvalidInput, with what is wrong and how to mend it."""
        parts = _parts(url)
        address = cls(url, parts.scheme)
        if parts.scheme not in _HINTS and parts.scheme not in _OTHERS:
            kind = f"`{parts.scheme}:`" if parts.scheme else "no scheme"
            raise address.refused(f"no storage begins with {kind}")
        if parts.scheme in _HINTS and not parts.netloc:
            raise address.refused("it names no bucket or container")
        if parts.scheme != "file":
            return address
        if parts.netloc or not parts.path.strip("/"):
            raise address.refused("it names no folder; write three slashes: file:///var/flowdeck")
        return cls(url, parts.scheme, Path(unquote(parts.path)))

    def refused(self, reason: str) -> InvalidInput:
        known = "Write s3://bucket/path, gs://bucket/path, az://container/path or file:///folder."
        return InvalidInput(
            f"The storage URL {self.url!r} cannot be used: {reason}.",
            hint=_HINTS.get(self.scheme, known),
            path=("FLOWDECK_STORAGE_URL",),
        )


def reason_of(error: BaseException) -> str:
    """The sentence in an error of the storage library, without what it adds for its authors."""
    first = str(error).partition("\n\nDebug source")[0].partition("\n")[0]
    return first.removeprefix("Generic ").strip().rstrip(".")


def _parts(url: str) -> SplitResult:
    try:
        return urlsplit(url.strip())
    except ValueError:
        return urlsplit("")
