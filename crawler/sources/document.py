"""Read a source's own document, whatever its kind: the one task of this folder that a worker runs."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from crawler.candidate import Listing
from crawler.errors import UnreadableDocument
from crawler.sources.detect import declared_feeds, detect_kind
from crawler.sources.feed import read_feed
from crawler.sources.offers import offers_hash
from crawler.sources.section import NO_RULES, SectionRules, read_section
from crawler.sources.sitemap import read_sitemap
from crawler.sources.webpage import hint_at, why_in_the_way
from storage.source import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDocument:
    """A source's document as it was fetched. url: after redirects. limit: URLs read at most. rules: for a section.

    since: the sitemaps that an index dates before this are not read. with_texts: a text of an entry that is another is
    another offer.
    """

    body: bytes
    url: str
    content_type: str | None = None
    charset: str | None = None
    limit: int = 50_000
    rules: SectionRules = NO_RULES
    since: datetime | None = None
    with_texts: bool = False


def as_feed(document: SourceDocument) -> Listing:
    """Read document as RSS, Atom or JSON Feed."""
    return read_feed(document.body, url=document.url, content_type=document.content_type)


def as_sitemap(document: SourceDocument) -> Listing:
    """Read document as a sitemap or a sitemap index."""
    return read_sitemap(document.body, url=document.url, limit=document.limit, since=document.since)


def as_section(document: SourceDocument) -> Listing:
    """Read document as a page that lists articles."""
    return read_section(document.body, url=document.url, charset=document.charset, rules=document.rules)


def as_page(document: SourceDocument) -> Listing:
    """A single page offers nothing but itself, and that is its spider's matter."""
    return Listing(kind=SourceKind.PAGE)


READERS: dict[SourceKind, Callable[[SourceDocument], Listing]] = {
    SourceKind.FEED: as_feed,
    SourceKind.SITEMAP: as_sitemap,
    SourceKind.SECTION: as_section,
    SourceKind.PAGE: as_page,
}


def read_document(document: SourceDocument, kind: SourceKind) -> Listing:
    """Return what document offers. kind: AUTO looks at it first; the listing's kind says what it is.

    Raises:
        UnreadableDocument: it is not what kind says, or broken beyond reading; or for AUTO an obstacle.
    """
    listing = read_as(document, kind)
    return replace(listing, offers_hash=offers_hash(listing, with_texts=document.with_texts))


def read_as(document: SourceDocument, kind: SourceKind) -> Listing:
    """Return what document offers; a page that AUTO takes as it was named may declare a feed, which a note tells.

    Raises:
        UnreadableDocument: AUTO finds an obstacle, which says nothing of the kind of what it hides.
    """
    if kind is not SourceKind.AUTO:
        return READERS[kind](document)
    kind = detect_kind(document.body, url=document.url, content_type=document.content_type)
    if kind not in (SourceKind.SECTION, SourceKind.PAGE):
        return READERS[kind](document)
    obstacle = why_in_the_way(document.body, url=document.url, charset=document.charset)
    if obstacle:
        raise UnreadableDocument(document.url, obstacle)
    listing, feeds = READERS[kind](document), declared_feeds(document.body, url=document.url)
    return replace(listing, notes=(*listing.notes, *(hint_at(feed.url, document.url) for feed in feeds[:1])))
