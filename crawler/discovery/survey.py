"""What one document of a site gives and where it points to: the task of discovery that a worker runs."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from urllib.parse import urlsplit

from crawler.candidate import Candidate, Listing
from crawler.extract.structured import is_feed_type, is_web, read_clues, short_text, urljoin_safely
from crawler.sources.detect import declared_feeds, parse_html
from crawler.sources.document import SourceDocument, read_document
from crawler.url_date import url_date
from storage.source import SourceKind

WEEK = timedelta(days=7)
FEED_PATH = re.compile(
    r"(?:^|[/_.-])(?:feeds?|rss2?|atom)(?:[/.]|$)|\.(?:rss|atom|rdf)$|(?:^|/)index\.xml$|[?&](?:feed|format)=(?:rss|atom)",
    re.IGNORECASE,
)
FEED_WORD = re.compile(r"\b(?:rss|atom|(?:news)?feed)\b", re.IGNORECASE)
LINK = re.compile(r"<([^>]*)>((?:\s*;\s*[\w-]+\s*=\s*(?:\"[^\"]*\"|[^\s;,]*))*)")
MAX_LINKED = 8


@dataclass(frozen=True, slots=True, kw_only=True)
class Survey:
    """What a document says. declared, linked: addresses of feeds that an HTML page names; children: of an index."""

    kind: SourceKind
    title: str = ""
    entries: int = 0
    newest: datetime | None = None
    in_week: int = 0
    is_dated: bool = False
    is_news: bool = False
    has_full_text: bool = False
    declared: tuple[str, ...] = ()
    linked: tuple[str, ...] = ()
    children: tuple[str, ...] = ()


def survey_document(document: SourceDocument, now: datetime) -> Survey:
    """Return what document gives.

    Raises:
        UnreadableDocument: it is nothing that could be watched.
    """
    listing = read_document(document, SourceKind.AUTO)
    kind = SourceKind(listing.kind)
    is_html = kind in (SourceKind.SECTION, SourceKind.PAGE)
    feeds = declared_feeds(document.body, url=document.url) if is_html else ()
    moments = [moment for each in listing.candidates if (moment := moment_of(each))]
    return Survey(
        kind=kind,
        title=listing.title,
        entries=1 if kind is SourceKind.PAGE else len(listing.candidates),
        newest=max((moment for moment in moments if moment <= now), default=None),
        in_week=sum(now - WEEK <= moment <= now for moment in moments),
        is_dated=is_mostly([each.published_at is not None for each in listing.candidates]),
        is_news=is_news(listing),
        has_full_text=is_mostly([each.has_full_text for each in listing.candidates]),
        declared=tuple(feed.url for feed in feeds),
        linked=linked_feeds(document) if is_html else (),
        children=listing.children,
    )


def moment_of(candidate: Candidate) -> datetime | None:
    """Return when a candidate was published or, failing that, changed; what only its address says comes last."""
    moment = candidate.published_at or candidate.updated_at or url_date(candidate.url)
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return datetime.combine(moment, time.min, tzinfo=UTC)
    return moment


def is_mostly(facts: Sequence[bool]) -> bool:
    """Whether at least half of the facts are so, and there are any."""
    return bool(facts) and 2 * sum(facts) >= len(facts)


def is_news(listing: Listing) -> bool:
    """Whether a sitemap is one of news: only those give titles and days of publication."""
    if listing.kind != SourceKind.SITEMAP:
        return False
    return is_mostly([bool(each.title) and each.published_at is not None for each in listing.candidates])


def linked_feeds(document: SourceDocument) -> tuple[str, ...]:
    """Return what a page links with ``<a>`` and looks like a feed by its address, its type or its words."""
    page = parse_html(document.body, url=document.url)
    base = read_clues(page.tree, url=document.url).base or document.url
    found: dict[str, None] = {}
    for element in page.tree.iter("a"):
        target = urljoin_safely(base, element.get("href") or "").partition("#")[0]
        if not is_web(target) or len(found) >= MAX_LINKED:
            continue
        parts = urlsplit(target)
        has_path = FEED_PATH.search(f"{parts.path}?{parts.query}" if parts.query else parts.path)
        is_said = FEED_WORD.search(short_text(element)) or FEED_WORD.search(element.get("title") or "")
        if is_feed_type(element.get("type") or "") or (has_path and (is_said or parts.hostname == host_of(base))):
            found.setdefault(target)
    return tuple(found)


def host_of(url: str) -> str | None:
    """Return the host of a URL that can be read."""
    return urlsplit(url).hostname


def header_feeds(value: str, *, base: str) -> tuple[str, ...]:
    """Return the feeds that a Link header names (RFC 8288): relation alternate, type of a feed."""
    found = []
    for target, parameters in LINK.findall(value):
        pairs = (part.partition("=") for part in parameters.split(";") if "=" in part)
        said = {name.strip().lower(): text.strip(' "') for name, _, text in pairs}
        address = urljoin_safely(base, target)
        if (
            "alternate" in said.get("rel", "").lower().split()
            and is_feed_type(said.get("type", ""))
            and is_web(address)
        ):
            found.append(address)
    return tuple(dict.fromkeys(found))
