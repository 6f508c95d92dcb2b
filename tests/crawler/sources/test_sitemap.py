import gzip
from datetime import date, datetime, timedelta, timezone

import pytest

from crawler.candidate import Candidate
from crawler.errors import UnreadableDocument
from crawler.sources.gzipped import decode_gzip
from crawler.sources.sitemap import read_sitemap

URL = "https://example.org/sitemap.xml"
NEWS = b"""<?xml version="1.0"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"
 xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">
<url><loc> https://example.org/a </loc><lastmod>2026-04-03</lastmod>
<news:news><news:publication><news:name>Bower</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2026-04-02T09:30:00+10:00</news:publication_date><news:title>Blue &amp;amp; more</news:title>
<news:keywords>birds, blue</news:keywords></news:news>
<image:image><image:loc>https://example.org/i.jpg</image:loc><image:title>Picture</image:title></image:image></url>
<url><loc>/b</loc></url><url><loc>ftp://example.org/c</loc></url><url><loc>https://example.org/a</loc></url></urlset>"""


def test_a_news_sitemap_gives_titles_and_dates() -> None:
    listing = read_sitemap(NEWS, url=URL, limit=10)
    offered = ["https://example.org/a", "https://example.org/b", "ftp://example.org/c"]
    assert [candidate.url for candidate in listing.candidates] == offered
    assert listing.candidates[0] == Candidate(
        url="https://example.org/a",
        origin="sitemap",
        title="Blue & more",
        published_at=datetime(2026, 4, 2, 9, 30, tzinfo=timezone(timedelta(hours=10))),
        updated_at=date(2026, 4, 3),
        tags=("birds", "blue"),
        language="en",
    )
    assert not listing.truncated


def test_an_index_gives_children() -> None:
    body = b"<sitemapindex><sitemap><loc>https://example.org/1.xml</loc></sitemap></sitemapindex>"
    listing = read_sitemap(body, url=URL, limit=10)
    assert (listing.children, listing.candidates) == (("https://example.org/1.xml",), ())


def test_gzip_is_taken_off() -> None:
    assert len(read_sitemap(gzip.compress(NEWS), url=URL, limit=10).candidates) == 3


def test_a_gzip_bomb_is_cut_and_said() -> None:
    decoded = decode_gzip(gzip.compress(b"x" * 10_000_000), url=URL, room=2000)
    assert (len(decoded.body), decoded.is_cut) == (2000, True)


def test_more_urls_than_the_limit_are_cut_and_said() -> None:
    listing = read_sitemap(NEWS, url=URL, limit=1)
    assert (len(listing.candidates), listing.truncated) == (1, True)


def test_a_text_sitemap_is_read() -> None:
    listing = read_sitemap(b"\xef\xbb\xbfhttps://example.org/a\r\nhttps://example.org/b\n", url=URL, limit=10)
    assert len(listing.candidates) == 2


def test_a_broken_sitemap_gives_what_can_be_read() -> None:
    assert len(read_sitemap(NEWS[:-60], url=URL, limit=10).candidates) >= 1


@pytest.mark.parametrize(
    "body",
    [b"", b"<html><body>x</body></html>", b"just words\nand more", b"\x1f\x8bbroken", b"<rss/>", b"<<<", b'{"a": 1}'],
)
def test_what_is_no_sitemap_is_said(body: bytes) -> None:
    with pytest.raises(UnreadableDocument, match=URL):
        read_sitemap(body, url=URL, limit=10)


def test_entities_are_not_expanded() -> None:
    body = b'<!DOCTYPE u [<!ENTITY x SYSTEM "file:///etc/passwd">]><urlset><url><loc>https://example.org/&x;</loc></url></urlset>'
    assert all("root" not in candidate.url for candidate in read_sitemap(body, url=URL, limit=10).candidates)
