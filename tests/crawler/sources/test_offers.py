"""When two documents offer the same."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from crawler.candidate import Candidate, Listing
from crawler.sources.document import SourceDocument, read_document
from crawler.sources.offers import is_stamped, offers_hash
from storage.source import SourceKind
from tests.crawler.raw_server import feed

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)


def listing(count: int = 3, **values: object) -> Listing:
    offered = [Candidate(url=f"https://example.org/{n}", origin="feed", title=f"T{n}") for n in range(count)]
    return Listing(kind="feed", candidates=tuple(replace(each, **values) for each in offered))  # type: ignore[arg-type]


def test_the_order_the_feeds_title_and_its_notes_do_not_count() -> None:
    one = listing()
    other = replace(one, candidates=one.candidates[::-1], title="Built at noon", notes=("2 entries name no address",))
    assert offers_hash(one) == offers_hash(other)


@pytest.mark.parametrize(
    "other",
    [
        listing(4),
        listing(2),
        listing(title="Another"),
        listing(published_at=NOON),
        listing(updated_at=NOON),
        replace(listing(), children=("https://example.org/map.xml",)),
    ],
    ids=["one more", "one less", "a title", "a date", "a date of change", "a sitemap"],
)
def test_what_is_offered_counts(other: Listing) -> None:
    assert offers_hash(listing()) != offers_hash(other)


def test_the_time_of_the_build_does_not_count_where_all_entries_bear_it() -> None:
    assert offers_hash(listing(30, updated_at=NOON)) == offers_hash(listing(30, updated_at=NOON + 5 * HOUR))
    assert offers_hash(listing(30, published_at=NOON)) == offers_hash(listing(30, published_at=NOON + 5 * HOUR))


def test_a_text_in_the_feed_counts_where_articles_are_taken_from_it() -> None:
    one, other = listing(content_html="<p>One"), listing(content_html="<p>Two")
    assert offers_hash(one) == offers_hash(other)
    assert offers_hash(one, with_texts=True) != offers_hash(other, with_texts=True)


def test_the_bytes_of_a_document_do_not_count() -> None:
    def hash_of(body: bytes) -> str:
        document = SourceDocument(body=body, url="https://example.org/feed")
        return read_document(document, SourceKind.AUTO).offers_hash

    body = feed("https://example.org/a", "https://example.org/b")
    built = b"<lastBuildDate>Sun, 01 Mar 2026 12:00:00 GMT</lastBuildDate><!-- generated in 0.3 s --><item>"
    assert hash_of(body) == hash_of(body.replace(b"<item>", built, 1))
    assert hash_of(body) != hash_of(feed("https://example.org/a"))


@pytest.mark.parametrize(
    ("moments", "expected"),
    [
        ([NOON] * 20, True),
        ([NOON] * 19, False),
        ([NOON] * 11 + [None] * 9, True),
        ([NOON] * 10 + [None] * 10, False),
        ([NOON + 2 * HOUR] + [NOON] * 19, False),
        ([date(2026, 3, 1)] * 20, True),
        ([date(2026, 3, 1 + day) for day in range(20)], False),
        ([None] * 20, False),
    ],
)
def test_a_document_dates_itself_where_most_entries_are_of_one_hour(
    moments: list[datetime | date | None], expected: bool
) -> None:
    assert is_stamped(moments) is expected
