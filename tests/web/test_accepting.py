"""The Accept header as RFC 9110 has it, and as clients write it."""

import pytest

from web.accepting import EVENTS, JSON, PARTS, RESPONSE, answer_of, stream_of

APOLLO = 'multipart/mixed;boundary="graphql";subscriptionSpec=1.0,application/json'
URQL = (
    "application/graphql-response+json, application/graphql+json, application/json, "
    "text/event-stream, multipart/mixed"
)


@pytest.mark.parametrize(
    ("accept", "answer", "stream"),
    [
        ("", JSON, None),
        ("*/*", JSON, None),
        ("application/*", JSON, None),
        (JSON, JSON, None),
        (RESPONSE, RESPONSE, None),
        (f"{JSON}, {RESPONSE}", RESPONSE, None),
        (f"{JSON}, {RESPONSE};q=0.1", JSON, None),
        (f"{RESPONSE};q=0, {JSON}", JSON, None),
        (f"{JSON};q=0", None, None),
        (f"{JSON};q=much", JSON, None),
        ("APPLICATION/JSON; charset=utf-8", JSON, None),
        ("text/csv", None, None),
        (EVENTS, None, EVENTS),
        (URQL, RESPONSE, EVENTS),
        (APOLLO, JSON, PARTS),
        ("multipart/mixed", None, None),
        (f'{EVENTS};q=0.1, multipart/mixed;subscriptionSpec="1.0"', None, PARTS),
        (f"{EVENTS};q=0", None, None),
    ],
)
def test_a_caller_gets_the_form_that_it_likes_best(
    accept: str, answer: str | None, stream: str | None
) -> None:
    assert (answer_of(accept), stream_of(accept)) == (answer, stream)
