"""HTML where a source's document should be: what it is said to be, and that it settles no kind."""

import pytest

from crawler.errors import UnreadableDocument
from crawler.sources.document import SourceDocument, read_document
from storage.source import SourceKind

URL = "https://news.example.org/feed"
WORDS = "<p>Perhaps the address was mistyped, or what stood here has been taken away.</p>"
LINKS = "".join(f"<h2><a href='/a/story-number-{n}-of-many'>Story number {n} of many</a></h2>" for n in range(9))


def page(title: str, body: str = WORDS, head: str = "") -> bytes:
    return f"<!DOCTYPE html><html><head><title>{title}</title>{head}</head><body>{body}</body></html>".encode()


FEED_LINK = "<link rel='alternate' type='application/rss+xml' href='/real.xml'>"
LOGIN = "<h1>Sign in</h1><form><input name=u><input type=password></form>"
CONSENT = "<h1>Before you continue to The Ledger</h1><p>We use cookies.</p><button>Accept all</button>"
OBSTACLES = {
    "challenge": (
        page("Just a moment...", head="<script>window._cf_chl_opt = {}</script>"),
        "a challenge page of Cloudflare stood in the way: ",
    ),
    "consent": (page("The Ledger", CONSENT), "a consent page stood in the way: "),
    "login": (page("The Ledger", LOGIN), "the site asks for a login: "),
    "maintenance": (page("Site under maintenance"), "it is a page of a site under maintenance: "),
    "a broken server": (page("Database Error"), "it is the page of a broken database or server: "),
    "a parked domain": (page("example.org is for sale"), "it is the page of a parked domain: "),
    "a soft 404": (page("Page not found"), "the server answers 200, but its title says"),
    "a soft 404 above the news": (page("Page not found", WORDS + LINKS), "the server answers 200, but its title says"),
}
NO_OBSTACLES = {
    "a page with a feed": (
        page("The Ledger", LINKS, FEED_LINK),
        "it is an HTML page; it declares a feed, https://news.example.org/real.xml; "
        f"`bowerbird sources discover {URL}` compares what the site offers",
    ),
    "a page without": (page("The Ledger", LINKS), "it is an HTML page, which declares no feed"),
}


def why_unreadable(body: bytes, kind: SourceKind) -> str:
    with pytest.raises(UnreadableDocument) as caught:
        read_document(SourceDocument(body=body, url=URL, content_type="text/html"), kind)
    return caught.value.why


@pytest.mark.parametrize(
    ("body", "why"), [*OBSTACLES.values(), *NO_OBSTACLES.values()], ids=[*OBSTACLES, *NO_OBSTACLES]
)
@pytest.mark.parametrize("kind", [SourceKind.FEED, SourceKind.SITEMAP])
def test_html_in_a_document_s_place_is_named(body: bytes, why: str, kind: SourceKind) -> None:
    assert why_unreadable(body, kind).startswith(f"it is no {kind}: {why}")


@pytest.mark.parametrize(("body", "why"), OBSTACLES.values(), ids=OBSTACLES)
def test_an_obstacle_settles_no_kind(body: bytes, why: str) -> None:
    assert why_unreadable(body, SourceKind.AUTO).startswith(why)


@pytest.mark.parametrize(("body", "_"), NO_OBSTACLES.values(), ids=NO_OBSTACLES)
def test_a_page_of_headlines_is_a_section(body: bytes, _: str) -> None:
    document = SourceDocument(body=body, url=URL, content_type="text/html")
    assert read_document(document, SourceKind.AUTO).kind == SourceKind.SECTION
