"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.language import language_tag
from crawler.extract.moments import parse_moment
from crawler.extract.plaintext import text_of_fragment
from crawler.extract.structured import is_web, urljoin_safely

MAX_SUMMARY_CHARACTERS = 2000
Item = Mapping[str, object]


def is_json_feed(body: bytes) -> bool:
    """Whether a body is a JSON object that calls itself a JSON Feed."""
    return body[:64].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{") and b"jsonfeed.org/version" in body.replace(
        b"\\/", b"/"
    )


def read_json_feed(body: bytes, *, url: str) -> Listing:
    """Return the items of a JSON Feed.

    Raises:
        UnreadableDocument: it is not JSON, or not of the shape the standard asks for.
    """
    try:
        feed = json.loads(body.decode("utf-8-sig", "replace"))
    except (ValueError, RecursionError) as error:
        raise UnreadableDocument(url, f"it is no JSON ({error})") from error
    items = feed.get("items") if isinstance(feed, dict) else None
    if not isinstance(feed, dict) or not isinstance(items, list):
        raise UnreadableDocument(url, "it is a JSON Feed without a list of items")
    found = [candidate_of(item, feed, url) for item in items if isinstance(item, dict)]
    return Listing(
        kind="feed", title=text_at(feed, "title"), candidates=tuple(candidate for candidate in found if candidate)
    )


def candidate_of(item: Item, feed: Item, base: str) -> Candidate | None:
    links = [urljoin_safely(base, text_at(item, name)) for name in ("url", "external_url") if text_at(item, name)]
    link = next((url for url in (*links, text_at(item, "id")) if is_web(url)), "")
    if not link:
        return None
    now = datetime.now(UTC)
    summary = (
        text_at(item, "summary") or text_of_fragment(text_at(item, "content_html")) or text_at(item, "content_text")
    )
    return Candidate(
        url=link,
        origin="feed",
        title=text_of_fragment(text_at(item, "title")),
        summary=" ".join(summary.split())[:MAX_SUMMARY_CHARACTERS],
        published_at=parse_moment(text_at(item, "date_published"), now=now),
        updated_at=parse_moment(text_at(item, "date_modified"), now=now),
        authors=authors_of(item) or authors_of(feed),
        tags=tuple(dict.fromkeys(tag for tag in list_at(item, "tags") if isinstance(tag, str) and tag)),
        language=language_tag(text_at(item, "language")) or language_tag(text_at(feed, "language")),
    )


def authors_of(thing: Item) -> tuple[str, ...]:
    """``authors`` of version 1.1, or ``author`` of version 1."""
    people: Iterable[object] = list_at(thing, "authors") or [thing.get("author")]
    names = (text_at(person, "name") for person in people if isinstance(person, dict))
    return tuple(dict.fromkeys(name for name in names if name))


def text_at(thing: Item, name: str) -> str:
    value = thing.get(name)
    return value.strip() if isinstance(value, str) else ""


def list_at(thing: Item, name: str) -> list[object]:
    value = thing.get(name)
    return value if isinstance(value, list) else []
