import pytest

from crawler.errors import UnreadableDocument
from crawler.sources.detect import declared_feeds, detect_kind
from crawler.sources.headlines import experience_of
from crawler.sources.section import SectionRules, read_section
from storage.outcome import Ended
from storage.source import SourceKind
from storage.verdict import Verdict

URL = "https://example.org/birds/"
SECTION = """<html><head><title>Birds</title><link rel="alternate" type="application/rss+xml" title="All"
 href="/feed.xml">
<link rel="alternate" type="application/atom+xml" href="feed.atom">
<link rel="alternate" hreflang="de" href="/de"></head><body>
<header><a href="/birds/the-header-link-with-a-slug">A link of the page's head with words</a></header>
<nav><a href="/about">About us</a><a href="/birds/2026/04/a-menu-link-to-nothing">A menu link to nothing much</a></nav>
<main>
<article><h2><a href="/birds/bowers-of-blue-and-gold">Bowers of blue and gold</a></h2>
<a href="/birds/bowers-of-blue-and-gold#more">more</a></article>
<article><h2><a href="2026/04/02/nests">Nests in spring, by the hundred</a></h2><a href="/tag/nests">nests</a></article>
<div class="teaser"><a href="/birds/why-do-they-dance-1234567"><img src="x.jpg"><h3>Why do they dance?</h3></a></div>
<div class="teaser"><a href="/story?id=445566">What the old gardener saw last night</a></div>
<a href="https://elsewhere.example.com/a-story-of-another-site">A story of another site altogether</a>
<a href="/author/ada-bower">Ada Bower</a> <a href="/login">Log in to read more of this</a>
<a href="/birds/page/2">Next page of this</a>
<a href="/files/the-big-report-of-2026.pdf">The big report of the year</a>
</main><footer><a href="/privacy-policy-of-this-site">Privacy policy of this site</a></footer></body></html>"""


def test_a_section_gives_its_articles_in_order() -> None:
    listing = read_section(SECTION.encode(), url=URL, charset=None)
    assert (listing.kind, listing.title) == ("section", "Birds")
    assert [(candidate.url, candidate.title) for candidate in listing.candidates] == [
        ("https://example.org/birds/bowers-of-blue-and-gold", "Bowers of blue and gold"),
        ("https://example.org/birds/2026/04/02/nests", "Nests in spring, by the hundred"),
        ("https://example.org/birds/why-do-they-dance-1234567", "Why do they dance?"),
        ("https://example.org/story?id=445566", "What the old gardener saw last night"),
    ]


@pytest.mark.parametrize("body", [b"", b"%PDF", b"<rss version='2.0'/>"])
def test_what_is_no_html_is_said(body: bytes) -> None:
    with pytest.raises(UnreadableDocument):
        read_section(body, url=URL, charset=None)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<?xml version='1.0'?><!-- c --><rss version='2.0'/>", SourceKind.FEED),
        (b"<feed xmlns='http://www.w3.org/2005/Atom'/>", SourceKind.FEED),
        (b"<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#'/>", SourceKind.FEED),
        (b'{"version": "https:\\/\\/jsonfeed.org\\/version\\/1", "items": []}', SourceKind.FEED),
        ("<rss version='2.0'/>".encode("utf-16"), SourceKind.FEED),
        (b"<urlset xmlns='x'/>", SourceKind.SITEMAP),
        (b"<sitemapindex/>", SourceKind.SITEMAP),
        (b"https://example.org/a\nhttps://example.org/b\n", SourceKind.SITEMAP),
        (SECTION.replace("</main>", "<h2><a href='/birds/one-more-tale'>One more tale</a></h2></main>").encode(),
         SourceKind.SECTION),
        (b"<html><body><p>Only words.</p></body></html>", SourceKind.PAGE),
        (b"<html><head><meta property='og:type' content='article'></head><body>x</body></html>", SourceKind.PAGE),
    ],
)  # fmt: skip
def test_the_kind_is_told_from_the_bytes(body: bytes, kind: SourceKind) -> None:
    assert detect_kind(body, url=URL, content_type="text/html") is kind


def test_what_cannot_be_watched_is_said() -> None:
    with pytest.raises(UnreadableDocument, match="PNG"):
        detect_kind(b"\x89PNG\r\n\x1a\n" + bytes(99), url=URL, content_type="image/png")


def test_declared_feeds_are_found() -> None:
    feeds = declared_feeds(SECTION.encode(), url=URL)
    assert [(feed.url, feed.title) for feed in feeds] == [
        ("https://example.org/feed.xml", "All"),
        ("https://example.org/birds/feed.atom", ""),
    ]


def test_a_section_with_patterns_gives_what_fits_them_wherever_it_stands_and_leads_to() -> None:
    rules = SectionRules(include=("https://elsewhere.example.com/*", "*/a-menu-link-*", "re:/author/"))
    listing = read_section(SECTION.encode(), url=URL, charset=None, rules=rules)
    assert [(candidate.url, candidate.title) for candidate in listing.candidates] == [
        ("https://example.org/birds/2026/04/a-menu-link-to-nothing", "A menu link to nothing much"),
        ("https://elsewhere.example.com/a-story-of-another-site", "A story of another site altogether"),
        ("https://example.org/author/ada-bower", "Ada Bower"),
    ]


def test_what_was_learned_of_a_site_counts() -> None:
    ended = [Ended(f"https://example.org/birds/a-tale-of-{n}-nests", Verdict.NOT_AN_ARTICLE) for n in range(3)]
    ended += [Ended(f"https://example.org/go/{n}", Verdict.CAPTURED) for n in range(1000, 1003)]
    body = SECTION.replace("</main>", "<p><a href='/go/1234'>Go</a> <a href='/stay/1234'>Stay</a></p></main>").encode()
    listing = read_section(body, url=URL, charset=None, rules=SectionRules(known=experience_of(ended)))
    assert [candidate.url for candidate in listing.candidates] == [
        "https://example.org/birds/2026/04/02/nests",
        "https://example.org/story?id=445566",
        "https://example.org/go/1234",
    ]
    assert listing.notes == ("2 links like /birds/s were left out: what was fetched of them was no article",)
