"""Requests that name their document by an id instead of bringing it.

`documentId` is what GraphQL over HTTP proposes; `extensions.persistedQuery` is what Apollo's
clients say, who send the document along when the answer is PERSISTED_QUERY_NOT_FOUND.
"""

from typing import Any

from schema.trusted import Trusted

NAMES = ("query", "documentId", "extensions")
"""Parameters of an address that may say which document is meant."""


class UnknownDocument(Exception):
    """The id is none of a trusted document; `message` and `extensions` make the error."""

    def __init__(self, id_: str, trusted: Trusted) -> None:
        message = f"There is no trusted document {id_[:80]}."
        code = "PERSISTED_QUERY_NOT_FOUND" if trusted.by_id else "PERSISTED_QUERY_NOT_SUPPORTED"
        super().__init__(message)
        self.message = message
        self.extensions = {"code": code, "hint": "Send the document itself as `query`."}


def filled_in(request: Any, trusted: Trusted) -> Any:
    """A request with the document that it names. Raises UnknownDocument."""
    if not isinstance(request, dict) or request.get("query"):
        return request
    id_ = _id(request)
    if id_ is None:
        return request
    text = trusted.by_id.get(id_.removeprefix("sha256:"))
    if text is None:
        raise UnknownDocument(id_, trusted)
    return {**request, "query": text}


def _id(request: dict[str, Any]) -> str | None:
    if isinstance(request.get("documentId"), str):
        return str(request["documentId"])
    extensions = request.get("extensions")
    persisted = extensions.get("persistedQuery") if isinstance(extensions, dict) else None
    hash_ = persisted.get("sha256Hash") if isinstance(persisted, dict) else None
    return hash_ if isinstance(hash_, str) else None
