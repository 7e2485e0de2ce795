"""Which form of answer a caller wants, by its Accept header (RFC 9110, section 12.5.1)."""

from collections.abc import Iterable
from dataclasses import dataclass

RESPONSE = "application/graphql-response+json"
JSON = "application/json"
EVENTS = "text/event-stream"
PARTS = "multipart/mixed"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A media type with its parameters in lower case, and how much it is liked, from 0 to 1."""

    kind: str
    parameters: dict[str, str]
    quality: float


def wanted(accept: str) -> list[Wanted]:
    """What a header lists, the best first; in its order where it likes several as much."""
    found = [_read(part) for part in accept.split(",") if part.strip()]
    return sorted(found, key=lambda each: -each.quality)


def answer_of(accept: str) -> str | None:
    """The media type of an answer at once; None when none of ours is taken. Callers that say
    nothing get plain JSON, and the newer type goes before it where both are as welcome."""
    listed = wanted(accept)
    if not listed:
        return JSON
    liked = {kind: _quality(listed, kind) for kind in (RESPONSE, JSON)}
    if RESPONSE not in (each.kind for each in listed):
        liked[RESPONSE] = 0.0
    best = max(liked, key=lambda kind: liked[kind])
    return best if liked[best] > 0 else None


def stream_of(accept: str) -> str | None:
    """The media type of a stream, the best liked that we have; None when none is taken."""
    for each in wanted(accept):
        if each.quality > 0 and (each.kind == EVENTS or _is_subscription(each)):
            return each.kind
    return None


def _quality(listed: Iterable[Wanted], kind: str) -> float:
    """How much a type is liked: by its own name, by its family, or as anything."""
    by_name = {each.kind: each.quality for each in listed}
    family = kind.partition("/")[0] + "/*"
    return by_name.get(kind, by_name.get(family, by_name.get("*/*", 0.0)))


def _is_subscription(each: Wanted) -> bool:
    # As Apollo writes it; multipart/mixed alone means @defer, which is not offered.
    return each.kind == PARTS and each.parameters.get("subscriptionspec", "").startswith("1.0")


def _read(part: str) -> Wanted:
    kind, *rest = (piece.strip() for piece in part.split(";"))
    parameters = {}
    for piece in rest:
        name, _, value = piece.partition("=")
        parameters[name.strip().lower()] = value.strip().strip("\"'").lower()
    try:
        quality = min(max(float(parameters.pop("q", "1")), 0.0), 1.0)
    except ValueError:
        quality = 1.0
    return Wanted(kind.lower(), parameters, quality)
