"""RSS, Atom and JSON Feed: from bytes to what they offer, as plain text. Fetches nothing, keeps no HTML."""

from calendar import timegm
from collections.abc import Mapping
from datetime import UTC, datetime
from time import struct_time
from typing import Any
from xml.sax import SAXException

import feedparser

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.filetype import name_of_non_html
from crawler.extract.language import language_tag
from crawler.extract.moments import is_plausible, parse_moment
from crawler.extract.plaintext import text_of_fragment
from crawler.extract.structured import is_web, urljoin_safely
from crawler.sources.jsonfeed import is_json_feed, read_json_feed
from storage.article import Moment

# What feedparser lets through on broken or hostile feeds: huge character references, absurd encodings and dates.
FEED_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
)
MAX_SUMMARY_CHARACTERS = 2000
MAX_ENTRIES = 50_000
Entry = Mapping[str, object]


def read_feed(body: bytes, *, url: str, content_type: str | None) -> Listing:
    """Return the entries of a feed, in its order. A feed without entries gives an empty listing.

    url: after redirects; relative links are resolved against it and xml:base. Entries without a link are counted
    in a note.

    Raises:
        UnreadableDocument: it is no feed, or broken beyond reading.
    """
    if is_json_feed(body):
        return read_json_feed(body, url=url)
    parsed = parse_feed(body, url=url, content_type=content_type)
    entries = [entry for entry in parsed.get("entries", ()) if isinstance(entry, dict)]
    if not parsed.get("version") and not entries:
        raise UnreadableDocument(url, f"it is no feed: {looks_like(body)}")
    channel = parsed.get("feed") or {}
    language = language_tag(text_at(channel, "language"))
    found = [candidate_of(entry, url, language) for entry in entries[:MAX_ENTRIES]]
    return Listing(
        kind="feed",
        title=text_of_fragment(text_at(channel, "title")),
        candidates=tuple(candidate for candidate in found if candidate),
        truncated=len(entries) > MAX_ENTRIES,
        notes=nameless_note(found.count(None)),
    )


def nameless_note(count: int) -> tuple[str, ...]:
    """What is said of entries that name no address."""
    return (f"{count} of its entries name no address",) if count else ()


def parse_feed(body: bytes, *, url: str, content_type: str | None) -> dict[str, Any]:
    """feedparser's result. It is given bytes only: a string could be taken for an address or a file."""
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        return dict(feedparser.parse(body, response_headers=headers, sanitize_html=False, resolve_relative_uris=False))
    except FEED_FAILURES as error:
        raise UnreadableDocument(url, f"feedparser failed ({type(error).__name__}: {error})") from error


def looks_like(body: bytes) -> str:
    """What a body that is no feed looks like, in words."""
    start = body[:2048].lstrip().lower()
    if not start:
        return "it is empty"
    if b"<html" in start or start.startswith(b"<!doctype html"):
        return "it looks like an HTML page; with `kind: auto` the feeds that it names are found"
    name = name_of_non_html(body)
    return f"it looks like {name}" if name else "it starts with " + repr(body[:40].decode("ascii", "replace"))


def candidate_of(entry: Entry, url: str, language: str | None) -> Candidate | None:
    link = entry_url(entry, url)
    if not link:
        return None
    return Candidate(
        url=link,
        origin="feed",
        title=text_of_fragment(text_at(entry, "title")),
        summary=text_of_fragment(text_at(entry, "summary"))[:MAX_SUMMARY_CHARACTERS],
        published_at=entry_moment(entry, "published"),
        updated_at=entry_moment(entry, "updated"),
        authors=entry_authors(entry),
        tags=entry_tags(entry),
        language=language_tag(text_at(entry, "language")) or language,
    )


def entry_url(entry: Entry, base: str) -> str:
    """The article's address: what FeedBurner replaced, else the link, else a guid that is a permalink.

    Where none leads to the web, the first as it stands: it is refused with a verdict, not left out in silence.
    """
    named = (text_at(entry, "feedburner_origlink"), text_at(entry, "link"), alternate_link(entry), text_at(entry, "id"))
    for position, value in enumerate(named):
        target = urljoin_safely(base, value.strip()) if value.strip() and (position < 3 or is_web(value)) else ""
        if is_web(target):
            return target
    return next((value.strip() for value in named[:3] if value.strip()), "")


def alternate_link(entry: Entry) -> str:
    links = entry.get("links")
    found = [link for link in links if isinstance(link, dict)] if isinstance(links, list) else []
    return next((str(link.get("href", "")) for link in found if link.get("rel") == "alternate"), "")


def entry_moment(entry: Entry, name: str) -> Moment | None:
    """A date in the offset the feed gives; without any, feedparser's reading of it, which is UTC."""
    now = datetime.now(UTC)
    text = text_at(entry, name)
    stated = parse_moment(text, now=now)
    parsed = entry.get(f"{name}_parsed") if name in entry or f"{name}_parsed" in entry else None
    if isinstance(stated, datetime) or not isinstance(parsed, struct_time):
        return stated
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return stated
    has_time = ":" in text or stated is None
    return moment if has_time and is_plausible(moment, now=now) else stated


def entry_authors(entry: Entry) -> tuple[str, ...]:
    """The names of an entry's authors; an e-mail address alone is no name."""
    people = entry.get("authors")
    named = [person for person in people if isinstance(person, dict)] if isinstance(people, list) else []
    names = [str(person.get("name") or "") for person in named] or [text_at(entry, "author")]
    return tuple(dict.fromkeys(name for raw in names if (name := text_of_fragment(raw)) and "@" not in name))


def entry_tags(entry: Entry) -> tuple[str, ...]:
    tags = entry.get("tags")
    named = [tag for tag in tags if isinstance(tag, dict)] if isinstance(tags, list) else []
    terms = (text_of_fragment(str(tag.get("label") or tag.get("term") or "")) for tag in named)
    return tuple(dict.fromkeys(term for term in terms if term))


def text_at(entry: Entry, name: str) -> str:
    """A value that is text, or an empty string. ``in`` first: feedparser answers for names that are not there."""
    value = entry.get(name) if name in entry else None
    return value if isinstance(value, str) else ""
