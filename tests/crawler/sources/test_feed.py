import json
from datetime import UTC, date, datetime, timedelta, timezone

import pytest

from crawler.candidate import Candidate
from crawler.errors import UnreadableDocument
from crawler.sources.feed import read_feed

URL = "https://example.org/feed"
RSS = b"""<?xml version="1.0"?><rss version="2.0" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:feedburner="http://rssnamespace.org/feedburner/ext/1.0"><channel><title>Bower &amp;amp; Co</title>
<language>en-AU</language>
<item><title>Blue &lt;b&gt;things&lt;/b&gt; &amp;amp; more</title><link>/blue</link>
<description>&lt;p&gt;All of it.&lt;/p&gt;</description>
<pubDate>Thu, 02 Apr 2026 09:30:00 +1000</pubDate><dc:creator>Ada Bower</dc:creator>
<category>birds</category><category>birds</category></item>
<item><title>By guid</title><guid isPermaLink="true">https://example.org/guid</guid></item>
<item><title>Burnt</title><link>https://feeds.example.com/x</link><feedburner:origLink>https://example.org/real</feedburner:origLink></item>
<item><title>No link</title><guid isPermaLink="false">tag:1</guid></item>
</channel></rss>"""
ATOM = b"""<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://example.org/blog/"><title>T</title>
<entry xml:base="sub/"><title type="html">A &lt;i&gt;b&lt;/i&gt;</title>
<link rel="alternate" href="post"/><id>tag:x</id>
<published>2026-04-02T09:30:00+02:00</published><updated>2026-04-03T00:00:00Z</updated>
<author><name>Ben Nest</name></author></entry></feed>"""


def test_rss_gives_its_items() -> None:
    listing = read_feed(RSS, url=URL, content_type="application/rss+xml")
    assert (listing.kind, listing.title) == ("feed", "Bower & Co")
    assert [candidate.url for candidate in listing.candidates] == [
        "https://example.org/blue", "https://example.org/guid", "https://example.org/real",
    ]  # fmt: skip
    assert listing.candidates[0] == Candidate(
        url="https://example.org/blue",
        origin="feed",
        title="Blue things & more",
        summary="All of it.",
        published_at=datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=10))),
        authors=("Ada Bower",),
        tags=("birds",),
        language="en-AU",
        content_html="<p>All of it.</p>",
        told_words=3,
    )


def test_atom_gives_its_entries_with_their_own_base() -> None:
    entry = read_feed(ATOM, url=URL, content_type=None).candidates[0]
    assert (entry.url, entry.title, entry.authors) == ("https://example.org/blog/sub/post", "A b", ("Ben Nest",))
    assert entry.published_at == datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=2)))
    assert entry.updated_at == datetime(2026, 4, 3, tzinfo=UTC)


def test_json_feed_gives_its_items() -> None:
    feed = {
        "version": "https://jsonfeed.org/version/1.1",
        "title": "T",
        "authors": [{"name": "Ada"}],
        "items": [
            {
                "id": "1",
                "url": "/a",
                "title": "A",
                "content_html": "<p>x</p>",
                "date_published": "2026-04-02",
                "tags": ["b"],
            },
            {"id": "https://example.org/c", "title": "C"},
            {"id": "3"},
            "nonsense",
        ],
    }
    listing = read_feed(json.dumps(feed).encode(), url=URL, content_type="application/feed+json")
    assert [candidate.url for candidate in listing.candidates] == ["https://example.org/a", "https://example.org/c"]
    first = listing.candidates[0]
    assert (first.summary, first.published_at, first.authors, first.tags) == ("x", date(2026, 4, 2), ("Ada",), ("b",))


def test_a_feed_without_entries_is_empty_not_unreadable() -> None:
    assert (
        read_feed(
            b"<rss version='2.0'><channel><title>x</title></channel></rss>", url=URL, content_type=None
        ).candidates
        == ()
    )


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "empty"),
        (b"<!doctype html><html><body>Hi</body></html>", "HTML page"),
        (b'{"a": 1}', "JSON"),
        (b"%PDF-1.7", "PDF"),
        (b"<urlset><url><loc>https://e.org</loc></url></urlset>", "urlset"),
        (b"<?xml version='1.0' encoding='punycode'?><rss version='2.0'><channel/></rss>", "UnicodeError"),
        (b'{"version": "https://jsonfeed.org/version/1", "items": 3}', "items"),
    ],
)
def test_what_is_no_feed_says_what_it_is(body: bytes, why: str) -> None:
    with pytest.raises(UnreadableDocument, match=why):
        read_feed(body, url=URL, content_type=None)


def test_entities_do_not_multiply() -> None:
    entities = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10}">' for n in range(1, 9))
    body = f'<!DOCTYPE x [<!ENTITY e0 "ha">{entities}]><rss version="2.0"><channel><title>&e8;</title></channel></rss>'
    assert len(read_feed(body.encode(), url=URL, content_type=None).title) < 10_000


def test_what_leads_nowhere_is_offered_all_the_same_and_what_names_nothing_is_noted() -> None:
    items = "".join(f"<item>{link}</item>" for link in ("<link>javascript:alert(1)</link>", "<title>No link</title>"))
    listing = read_feed(f"<rss version='2.0'><channel>{items}</channel></rss>".encode(), url=URL, content_type=None)
    assert [candidate.url for candidate in listing.candidates] == ["javascript:alert(1)"]
    assert listing.notes == ("1 of its entries name no address",)
