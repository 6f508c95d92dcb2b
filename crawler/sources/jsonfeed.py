"""JSON Feed 1.0 and 1.1 (https://www.jsonfeed.org/version/1.1/)."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.language import language_tag
from crawler.extract.moments import parse_moment
from crawler.extract.plaintext import text_of_fragment
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import one_line, xml_safe
from crawler.sources.entry import MAX_SUMMARY_CHARACTERS, MAX_TITLE_CHARACTERS, text_at, unique
from crawler.sources.feedbody import MAX_ENTRIES
from crawler.sources.fulltext import MAX_CONTENT_CHARACTERS, html_of_text, told_of

Item = Mapping[str, object]


def is_json_feed(body: bytes) -> bool:
    """Whether a body is a JSON object that calls itself a JSON Feed."""
    if not body[:1024].lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"{"):
        return False
    return b"jsonfeed.org/version" in body.replace(b"\\/", b"/")


def read_json_feed(body: bytes, *, url: str) -> Listing:
    """Return the items of a JSON Feed; those that name no address have an empty url.

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
    found = [item for item in items if isinstance(item, dict)]
    now = datetime.now(UTC)
    return Listing(
        kind="feed",
        title=one_line(text_at(feed, "title")),
        candidates=tuple(item_candidate(item, feed, base=url, now=now) for item in found[:MAX_ENTRIES]),
        truncated=len(found) > MAX_ENTRIES,
    )


def item_candidate(item: Item, feed: Item, *, base: str, now: datetime) -> Candidate:
    """Return the candidate of an item. Its title and summary are plain text, says the standard."""
    content = text_at(item, "content_html") or html_of_text(text_at(item, "content_text"))
    content = content[:MAX_CONTENT_CHARACTERS]
    told = told_of(content)
    summary = one_line(text_at(item, "summary")) or text_of_fragment(content)
    return Candidate(
        url=item_url(item, base),
        origin="feed",
        title=one_line(text_at(item, "title"))[:MAX_TITLE_CHARACTERS],
        summary=summary[:MAX_SUMMARY_CHARACTERS],
        published_at=parse_moment(text_at(item, "date_published"), now=now),
        updated_at=parse_moment(text_at(item, "date_modified"), now=now),
        authors=authors_of(item) or authors_of(feed),
        tags=unique(one_line(tag) for tag in list_at(item, "tags") if isinstance(tag, str)),
        language=language_tag(text_at(item, "language")) or language_tag(text_at(feed, "language")),
        content_html=content,
        has_full_text=told.is_whole,
        told_words=told.words,
        image=item_image(item, base),
    )


def item_url(item: Item, base: str) -> str:
    """The item's address, else what it points at, else its id; where none leads to the web, the first as it stands."""
    named = [address for name in ("url", "external_url") if (address := xml_safe(text_at(item, name)).strip())]
    links = (urljoin_safely(base, address) for address in named)
    found = next((link for link in (*links, text_at(item, "id").strip()) if is_web(link)), "")
    return found or next(iter(named), "")


def item_image(item: Item, base: str) -> str:
    found = (urljoin_safely(base, text_at(item, name)) for name in ("image", "banner_image") if text_at(item, name))
    return next((link for link in found if is_web(link)), "")


def authors_of(thing: Item) -> tuple[str, ...]:
    """``authors`` of version 1.1, or ``author`` of version 1."""
    people = list_at(thing, "authors") or [thing.get("author")]
    return unique(one_line(text_at(person, "name")) for person in people if isinstance(person, dict))


def list_at(thing: Item, name: str) -> list[object]:
    value = thing.get(name)
    return value if isinstance(value, list) else []
