"""Conditional requests, decided without a server."""

from datetime import UTC, datetime

import pytest

from bowerbird.demo.newsroom.answer import Answer, is_not_modified

ANSWER = Answer(body=b"text", modified_at=datetime(2026, 5, 1, 10, 0, tzinfo=UTC))
EARLIER, SAME = "Fri, 01 May 2026 09:59:59 GMT", "Fri, 01 May 2026 10:00:00 GMT"


@pytest.mark.parametrize(
    ("headers", "not_modified"),
    [
        ({}, False),
        ({"if-none-match": ANSWER.etag}, True),
        ({"if-none-match": ANSWER.etag.removeprefix("W/")}, True),
        ({"if-none-match": f'"other", {ANSWER.etag}'}, True),
        ({"if-none-match": "*"}, True),
        ({"if-none-match": '"other"'}, False),
        ({"if-modified-since": SAME}, True),
        ({"if-modified-since": EARLIER}, False),
        ({"if-modified-since": "yesterday"}, False),
        ({"if-none-match": '"other"', "if-modified-since": SAME}, False),
    ],
)
def test_a_visitor_who_has_it_gets_it_not_again(headers: dict[str, str], *, not_modified: bool) -> None:
    assert is_not_modified(ANSWER, headers) is not_modified


def test_an_answer_without_validators_is_always_sent() -> None:
    assert not is_not_modified(Answer(body=b"error"), {"if-none-match": "*"})


def test_another_text_has_another_tag() -> None:
    assert Answer(body=b"a").etag != Answer(body=b"b").etag
