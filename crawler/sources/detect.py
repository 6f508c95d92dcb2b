"""What kind of source a document is, and which feeds an HTML page declares. Looks at bytes, asks no server."""

import re
from dataclasses import dataclass

from lxml import etree

from crawler.errors import UnreadableDocument
from crawler.extract.article_node import is_declared_article
from crawler.extract.document import ParsedPage, parse_page
from crawler.extract.extraction import RawPage
from crawler.extract.filetype import name_of_non_html
from crawler.extract.page import extract_page
from crawler.extract.structured import is_feed_type, is_web, read_clues, urljoin_safely
from crawler.extract.wording import plain_line
from crawler.sources.gzipped import decode_gzip
from crawler.sources.headlines import headlines
from crawler.sources.jsonfeed import is_json_feed
from crawler.sources.prolog import end_of_prolog, root_at, text_of
from crawler.sources.section import section_anchors
from storage.source import SourceKind
from storage.verdict import Verdict

KINDS = {
    **dict.fromkeys(("rss", "feed", "rdf", "channel"), SourceKind.FEED),
    **dict.fromkeys(("urlset", "sitemapindex"), SourceKind.SITEMAP),
}
# A root behind what is no part of the document: a warning of PHP, a stray line.
LATE_ROOT = re.compile(r"<(?:[\w-]+:)?(rss|feed|rdf|urlset|sitemapindex)[\s>/]")
URL_LINE = re.compile(r"\s{0,1000}https?://\S{1,2000}\s*(?:\n|$)")
HEAD_CHARACTERS = 8192
FEWEST_LINKS = 5
MAX_FEEDS = 20


@dataclass(frozen=True, slots=True)
class DeclaredFeed:
    """A feed that a page links in its head. type: its media type as declared."""

    url: str
    title: str
    type: str


def detect_kind(body: bytes, *, url: str, content_type: str | None) -> SourceKind:
    """Return what a source's document is; an HTML page of links to articles is a section.

    content_type: only believed where the bytes do not tell.

    Raises:
        UnreadableDocument: it is neither XML, JSON Feed, a list of URLs nor HTML.
    """
    plain = decode_gzip(body, url=url).body
    if is_json_feed(plain):
        return SourceKind.FEED
    text = text_of(plain)
    start = end_of_prolog(text)
    head = text[start : start + HEAD_CHARACTERS].lower()
    kind = xml_kind(root_at(text, start), head)
    if kind is not None:
        return kind
    if URL_LINE.match(head):
        return SourceKind.SITEMAP
    if is_feed_type(content_type or "") and "<html" not in head:
        return SourceKind.FEED
    return html_kind(body, url=url)


def xml_kind(root: str, head: str) -> SourceKind | None:
    """The kind that a root element tells, or None for HTML and what is no XML. head: what follows the prolog."""
    if root in KINDS or root == "html":
        return KINDS.get(root)
    late = LATE_ROOT.search(head)
    return KINDS[late[1]] if late and "<html" not in head[: late.start()] else None


def html_kind(body: bytes, *, url: str) -> SourceKind:
    page = parse_html(body, url=url)
    clues = read_clues(page.tree, url=url)
    if is_declared_article(clues):
        return SourceKind.PAGE
    links = headlines(section_anchors(page.tree, base=clues.base or url, url=url), section=url).chosen
    if not links:
        return SourceKind.PAGE
    if len(links) >= FEWEST_LINKS:
        return SourceKind.SECTION
    is_article = extract_page(RawPage(html=body, url=url)).verdict is not Verdict.NOT_AN_ARTICLE
    return SourceKind.PAGE if is_article else SourceKind.SECTION


def declared_feeds(body: bytes, *, url: str) -> tuple[DeclaredFeed, ...]:
    """Return the feeds that a page declares with ``<link rel=alternate>``, in its order.

    Raises:
        UnreadableDocument: it is no HTML.
    """
    page = parse_html(body, url=url)
    base = read_clues(page.tree, url=url).base or url
    found: dict[str, DeclaredFeed] = {}
    for element in page.tree.iter("link"):
        kind, target = element.get("type") or "", urljoin_safely(base, element.get("href") or "")
        is_alternate = "alternate" in (element.get("rel") or "").lower().split()
        if is_alternate and is_feed_type(kind) and is_web(target):
            found.setdefault(target, DeclaredFeed(target, plain_line(element.get("title") or ""), kind))
    return tuple(found.values())[:MAX_FEEDS]


def parse_html(body: bytes, *, url: str) -> ParsedPage:
    other = name_of_non_html(body)
    if other:
        raise UnreadableDocument(url, f"it is no page that can be watched: it looks like {other}")
    try:
        page = parse_page(body)
    except (etree.LxmlError, AssertionError, RecursionError) as error:
        raise UnreadableDocument(url, f"the parser failed ({type(error).__name__}: {error})") from error
    if page is None:
        raise UnreadableDocument(url, "it is empty")
    return page
