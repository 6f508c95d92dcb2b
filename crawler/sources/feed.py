"""RSS, Atom and JSON Feed: from bytes to what they offer. Fetches nothing; what an entry says is in entry.py."""

from dataclasses import replace
from datetime import UTC, datetime
from io import BytesIO
from typing import Any
from xml.sax import SAXException, SAXParseException

import feedparser

from crawler.candidate import Listing
from crawler.errors import UnreadableDocument
from crawler.extract.filetype import name_of_non_html
from crawler.extract.plaintext import text_of_fragment
from crawler.sources.depth import is_deeper
from crawler.sources.entry import Channel, candidate_of, text_at
from crawler.sources.feedbody import MAX_ENTRIES, fit_body
from crawler.sources.gzipped import decode_gzip
from crawler.sources.jsonfeed import is_json_feed, read_json_feed
from crawler.sources.webpage import is_html, what_page

MAX_BYTES = 10 * 1024 * 1024
MAX_DEPTH = 2000  # feedparser's time grows with the square of it
# An entity of HTML, which feedparser knows.
HARMLESS = frozenset({"undefined entity"})
# What feedparser lets through on broken or hostile feeds: absurd encodings and dates, names without a namespace.
FEED_FAILURES = (
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    SAXException,
    TypeError,
    ValueError,
    feedparser.exceptions.UndeclaredNamespace,
)


def read_feed(body: bytes, *, url: str, content_type: str | None) -> Listing:
    """Return the entries of a feed, in its order. A feed without entries gives an empty listing.

    url: after redirects; relative links are resolved against it and xml:base. Entries without a link are counted
    in a note.

    Raises:
        UnreadableDocument: it is no feed, or broken beyond reading.
    """
    listing = read_entries(body, url=url, content_type=content_type)
    found = tuple(candidate for candidate in listing.candidates if candidate.url)
    nameless = len(listing.candidates) - len(found)
    notes = (f"{nameless} of its entries name no address",) if nameless else ()
    return replace(listing, candidates=found, notes=(*listing.notes, *notes))


def read_entries(body: bytes, *, url: str, content_type: str | None) -> Listing:
    """Return all entries of a feed, those without an address too: their url is empty.

    Raises:
        UnreadableDocument: it is no feed, or broken beyond reading.
    """
    plain = decode_gzip(body, url=url, room=MAX_BYTES)
    if is_json_feed(plain.body):
        return read_json_feed(plain.body, url=url)
    fit = fit_body(plain.body)
    if is_deeper(fit.data, MAX_DEPTH):
        raise UnreadableDocument(url, f"its elements are nested more than {MAX_DEPTH} levels deep")
    parsed = parse_feed(fit.data, url=url, content_type=content_type)
    entries = [entry for entry in parsed.get("entries", ()) if isinstance(entry, dict)]
    if not (parsed.get("version") or entries or "title" in (parsed.get("feed") or ())):  # CDF has no version
        raise UnreadableDocument(url, f"it is no feed: {what_it_is(plain.body, url=url)}")
    # What was cut here is told as truncated.
    broken = "" if plain.is_cut or fit.is_cut else why_broken(parsed, fit.data)
    channel = Channel(url, str(parsed.get("version") or ""), parsed.get("feed") or {}, datetime.now(UTC))
    return Listing(
        kind="feed",
        title=text_of_fragment(text_at(channel.values, "title")),
        candidates=tuple(candidate_of(entry, channel) for entry in entries[:MAX_ENTRIES]),
        truncated=plain.is_cut or fit.is_cut or len(entries) > MAX_ENTRIES,
        notes=(broken,) if broken else (),
    )


def parse_feed(body: bytes, *, url: str, content_type: str | None) -> dict[str, Any]:
    """feedparser's result. It is given a stream: text could be taken for an address, and even bytes for a file."""
    headers = {"content-location": url, **({"content-type": content_type} if content_type else {})}
    try:
        return dict(
            feedparser.parse(BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False)
        )
    except FEED_FAILURES as error:
        raise UnreadableDocument(url, f"feedparser failed ({type(error).__name__}: {error})") from error


def what_it_is(body: bytes, *, url: str) -> str:
    """Say what a body is that is no feed."""
    if not body.strip():
        return "it is empty"
    if is_html(body):
        return what_page(body, url=url)
    name = name_of_non_html(body)
    return f"it looks like {name}" if name else "it starts with " + repr(body[:40].decode("ascii", "replace"))


def why_broken(parsed: dict[str, Any], body: bytes) -> str:
    """Say where a feed's XML is broken and what the parser says of it, or nothing."""
    fault = parsed.get("bozo_exception")
    if not isinstance(fault, SAXParseException) or fault.getMessage() in HARMLESS:
        return ""
    added = 0 if body.startswith(b"<?xml") else 1  # feedparser puts a declaration on a line of its own
    place = f"at line {(fault.getLineNumber() or 0) - added}: {fault.getMessage()}"
    return f"its XML is broken or cut {place}; what stands after it may be missing"
