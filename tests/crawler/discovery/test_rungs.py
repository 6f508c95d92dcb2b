"""Where discovery looks: names read from pages, headers and robots.txt, and the closed lists of guesses."""

from datetime import UTC, datetime

import pytest

from crawler.discovery.rungs import narrow_of, own_feeds, sitemaps_in, usual_feeds, usual_sitemaps
from crawler.discovery.survey import header_feeds, survey_document
from crawler.sources.document import SourceDocument
from storage.source import SourceKind

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
HOME = "https://example.org/"


def test_the_guesses_are_few_and_each_is_made_once() -> None:
    for asked in (HOME, "https://example.org/politics/", "https://example.org/a/b.html"):
        guesses = own_feeds(asked) + usual_feeds(asked)
        assert len(guesses) == len(set(guesses)) <= 12
    assert own_feeds("https://example.org/politics/")[0] == "https://example.org/politics/feed/"
    assert own_feeds("https://example.org/a/b.html") == own_feeds(HOME) == ()
    assert len(usual_sitemaps(HOME)) <= 4


@pytest.mark.parametrize(
    ("robots", "urls"),
    [
        (b"", []),
        (b"User-agent: *\nSitemap: https://example.org/a.xml\nsitemap:/b.xml\n", ["a.xml", "b.xml"]),
        (b"SITEMAP : /posts.xml\nSitemap: /x.xml\nSitemap: /news.xml\n", ["news.xml", "posts.xml", "x.xml"]),
        (b"\xef\xbb\xbfSitemap: /a.xml # here\nSitemap: /a.xml\nNot-a-Sitemap: /c.xml", ["a.xml"]),
        (b"# Sitemap: /a.xml", []),
    ],
)
def test_robots_names_sitemaps_those_of_news_first(robots: bytes, urls: list[str]) -> None:
    assert sitemaps_in(robots, url=HOME) == tuple(HOME + url for url in urls)


@pytest.mark.parametrize(
    ("value", "urls"),
    [
        ("", []),
        ('</feed>; rel="alternate"; type="application/rss+xml"', ["feed"]),
        ("</f>; type=application/atom+xml; rel=alternate, </g>; rel=next", ["f"]),
        ('</a,b>; rel="alternate home"; title="x; y, z"; type="application/feed+json"', ["a,b"]),
        ('</de>; rel="alternate"; hreflang="de"', []),
        ('<javascript:alert(1)>; rel=alternate; type="application/rss+xml"', []),
    ],
)
def test_a_link_header_names_feeds(value: str, urls: list[str]) -> None:
    assert header_feeds(value, base=HOME) == tuple(HOME + url for url in urls)


@pytest.mark.parametrize(
    ("url", "title", "asked", "narrow"),
    [
        ("feed/", "Example", HOME, ""),
        ("comments/feed/", "", HOME, "comments"),
        ("feed/x", "Comments on: A story", HOME, "comments"),
        ("tag/birds/feed/", "", HOME, "birds"),
        ("category/politics/feed/", "", HOME, "politics"),
        ("category/politics/feed/", "", "https://example.org/category/politics/", ""),
        ("author/ada/rss", "", HOME, "ada"),
    ],
)
def test_a_feed_of_a_part_is_told(url: str, title: str, asked: str, narrow: str) -> None:
    assert narrow_of(HOME + url, title, asked=asked) == narrow


PAGE = b"""<html><head><link rel="alternate" type="application/rss+xml" href="/all.rss"></head><body><main>
<h2><a href="/2026/11/25/a-story-about-the-birds">A story about the birds</a></h2>
<h2><a href="/2026/11/26/the-bowers-of-the-north">The bowers of the north</a></h2>
<h2><a href="/2026/09/01/an-older-story-of-nests">An older story of nests</a></h2>
<h2><a href="/one-more-story-without-a-day">One more story without a day</a></h2>
<h2><a href="/and-the-last-of-the-stories">And the last of the stories</a></h2>
</main><a href="/feeds/">RSS</a> <a href="/blog.atom">Subscribe</a> <a href="https://feeds.example.net/x">RSS feed</a>
<a href="/feeding-the-birds">Feed the birds</a> <a href="https://other.example/feed">Other</a></body></html>"""


def test_a_page_is_surveyed() -> None:
    survey = survey_document(SourceDocument(body=PAGE, url=HOME), NOW)
    assert (survey.kind, survey.entries, survey.in_week, survey.is_dated) == (SourceKind.SECTION, 5, 2, False)
    assert survey.newest == datetime(2026, 11, 26, tzinfo=UTC)
    assert survey.declared == ("https://example.org/all.rss",)
    assert survey.linked == ("https://example.org/feeds/", "https://example.org/blog.atom")


def test_a_news_sitemap_is_known_by_what_it_gives() -> None:
    ns = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:n="http://www.google.com/schemas/sitemap-news/0.9"'
    entry = "<n:news><n:publication_date>2026-11-26</n:publication_date><n:title>A</n:title></n:news>"
    for inner, is_news in ((entry, True), ("<lastmod>2026-11-26</lastmod>", False)):
        body = f"<urlset {ns}><url><loc>https://example.org/a</loc>{inner}</url></urlset>".encode()
        survey = survey_document(SourceDocument(body=body, url=HOME), NOW)
        assert (survey.kind, survey.is_news, survey.in_week) == (SourceKind.SITEMAP, is_news, 1)


def test_full_text_is_seen() -> None:
    text = "The ferry left the harbour at noon and came back with news of the storm. " * 20
    for description, is_full in ((text, True), ("A few words.", False)):
        item = f"<item><title>A</title><link>/a</link><description>{description}</description></item>"
        body = f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode()
        assert survey_document(SourceDocument(body=body, url=HOME), NOW).has_full_text is is_full
