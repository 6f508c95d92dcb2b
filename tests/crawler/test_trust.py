"""What a server's word on what has changed is worth."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from scrapy.http import Response

from crawler.response import body_hash
from crawler.trust import Question, after_not_modified, conditions, is_same_version, learned
from storage.outcome import Validator

URL = "https://example.org/feed"
AT = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)
DATE = "Sun, 01 Mar 2026 08:00:00 GMT"
EARLIER = "Sun, 01 Mar 2026 07:59:59 GMT"
KNOWN = Validator(url=URL, etag='"x"', last_modified=EARLIER, checked_at=AT)


def answer(said: dict[str, str], status: int = 200, body: bytes = b"<rss/>") -> Response:
    return Response(URL, status=status, body=body, headers=said)


@pytest.mark.parametrize(
    ("known", "every", "expected"),
    [
        pytest.param(None, 10, {}, id="never fetched"),
        pytest.param(Validator(url=URL), 10, {}, id="no validator was given"),
        pytest.param(Validator(url=URL, etag='W/"x"'), 10, {"If-None-Match": 'W/"x"'}, id="a weak tag"),
        pytest.param(KNOWN, 10, {"If-None-Match": '"x"', "If-Modified-Since": EARLIER}, id="both"),
        pytest.param(replace(KNOWN, is_distrusted=True), 10, {}, id="its server has lied"),
        pytest.param(replace(KNOWN, unchanged_answers=9), 10, {}, id="the tenth visit"),
        pytest.param(replace(KNOWN, unchanged_answers=8), 10, conditions(KNOWN), id="the ninth visit"),
        pytest.param(KNOWN, 1, {}, id="each visit in full"),
    ],
)
def test_a_url_is_asked_with_what_may_be_believed(
    known: Validator | None, every: int, expected: dict[str, str]
) -> None:
    question = Question(known, every)
    assert question.headers == expected
    assert question.is_conditional is bool(expected)


def test_an_urgent_question_is_not_conditional() -> None:
    assert not Question(KNOWN, 10, is_urgent=True).is_conditional


@pytest.mark.parametrize(
    ("said", "etag", "last_modified"),
    [
        pytest.param({"ETag": '"x"', "Last-Modified": EARLIER, "Date": DATE}, '"x"', EARLIER, id="as it should be"),
        pytest.param({"ETag": "x-1"}, "x-1", None, id="a tag without quotes is the server's own to compare"),
        pytest.param({"ETag": '""'}, None, None, id="an empty tag"),
        pytest.param({"ETag": 'W/""'}, None, None, id="an empty weak tag"),
        pytest.param({"ETag": '"' + "x" * 600 + '"'}, None, None, id="an endless tag"),
        pytest.param({"ETag": '"\x9d"'}, None, None, id="a tag that cannot be written"),
        pytest.param({"Last-Modified": "some day"}, None, None, id="a date that cannot be read"),
        pytest.param({"Last-Modified": "-1"}, None, None, id="a number"),
        pytest.param({"Last-Modified": "Mon, 01 Mar 2066 08:00:00 GMT", "Date": DATE}, None, None, id="the future"),
        pytest.param({"Last-Modified": DATE, "Date": DATE}, None, None, id="this very second"),
        pytest.param({"Last-Modified": EARLIER, "Date": "now"}, None, EARLIER, id="our clock where it has none"),
    ],
)
def test_what_was_learned_is_what_may_be_asked_with(
    said: dict[str, str], etag: str | None, last_modified: str | None
) -> None:
    found = learned(answer(said), URL, at=AT, known=None, offers_hash="o")
    assert (found.etag, found.last_modified) == (etag, last_modified)
    assert (found.body_hash, found.offers_hash, found.checked_at) == (body_hash(b"<rss/>"), "o", AT)


def test_a_whole_body_starts_the_count_again_and_forgives_no_lie() -> None:
    known = replace(KNOWN, unchanged_answers=9, is_distrusted=True)
    found = learned(answer({"ETag": '"y"'}), URL, at=AT, known=known)
    assert (found.unchanged_answers, found.is_distrusted) == (0, True)


@pytest.mark.parametrize(
    ("said", "answers"),
    [
        pytest.param({}, 1, id="nothing but the status"),
        pytest.param({"ETag": '"x"'}, 1, id="the tag asked with"),
        pytest.param({"ETag": 'W/"x"'}, 1, id="the same, weak"),
        pytest.param({"ETag": '"x-gzip"'}, 1, id="the same, with its coding"),
        pytest.param({"Last-Modified": DATE}, 1, id="another date beside the tag that counts"),
        pytest.param({"ETag": '"y"'}, 10, id="another tag: the next request is in full"),
    ],
)
def test_a_304_is_counted_and_keeps_what_is_known(said: dict[str, str], answers: int) -> None:
    after = after_not_modified(KNOWN, answer(said, 304, b""), every=10)
    assert after == replace(KNOWN, unchanged_answers=answers)


@pytest.mark.parametrize(
    ("fresh", "known", "expected"),
    [
        (Validator(url=URL, etag='"x"'), Validator(url=URL, etag='W/"x"'), True),
        (Validator(url=URL, etag='"x"'), Validator(url=URL, etag='"x--gzip"'), True),
        (Validator(url=URL, etag='"x"'), Validator(url=URL, etag='"y"'), False),
        (Validator(url=URL, etag='"x"'), Validator(url=URL, last_modified=DATE), False),
        (Validator(url=URL, etag='"x"', last_modified=DATE), Validator(url=URL, etag='"y"', last_modified=DATE), False),
        (Validator(url=URL, last_modified=DATE), Validator(url=URL, last_modified=DATE), True),
        (Validator(url=URL, last_modified=DATE), Validator(url=URL, last_modified=EARLIER), False),
        (Validator(url=URL), Validator(url=URL), False),
    ],
)
def test_a_server_calls_two_bodies_one_by_their_tag_or_else_by_their_date(
    fresh: Validator, known: Validator, expected: bool
) -> None:
    assert is_same_version(fresh, known) is expected
