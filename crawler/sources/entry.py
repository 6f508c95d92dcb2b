"""One entry of an RSS, RDF or Atom feed, as feedparser reads it, to a candidate. Not for JSON Feed."""

from calendar import timegm
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from time import struct_time

from crawler.candidate import Candidate
from crawler.extract.language import language_tag
from crawler.extract.moments import is_plausible, parse_moment
from crawler.extract.plaintext import text_of_fragment
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import one_line, plain_line
from crawler.sources.fulltext import MAX_CONTENT_CHARACTERS, html_of_text, told_of
from storage.article import Moment

MAX_SUMMARY_CHARACTERS = 2000
MAX_TITLE_CHARACTERS = 1000
MAX_NAMES = 100
HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
Entry = Mapping[str, object]


@dataclass(frozen=True, slots=True)
class Channel:
    """What a feed says for all of its entries. url: after redirects. version: as feedparser names it, ``atom10``."""

    url: str
    version: str
    values: Entry
    now: datetime

    @property
    def is_atom(self) -> bool:
        return self.version.startswith("atom")

    @property
    def language(self) -> str | None:
        return language_tag(text_at(self.values, "language"))


def candidate_of(entry: Entry, channel: Channel) -> Candidate:
    """Return the candidate of an entry; one that names no address has an empty url."""
    content = html_content(entry, channel)
    told = told_of(content)
    return Candidate(
        url=entry_url(entry, channel.url),
        origin="feed",
        title=plain_text(entry, "title", channel)[:MAX_TITLE_CHARACTERS],
        summary=plain_text(entry, "summary", channel)[:MAX_SUMMARY_CHARACTERS],
        published_at=entry_published(entry, channel),
        updated_at=entry_moment(entry, "updated", now=channel.now),
        authors=entry_authors(entry, channel),
        tags=entry_tags(entry),
        language=entry_language(entry) or channel.language,
        content_html=content,
        has_full_text=told.is_whole,
        told_words=told.words,
        image=entry_image(entry, channel.url),
    )


def plain_text(entry: Entry, name: str, channel: Channel) -> str:
    """The words of a title or summary. In Atom a text is no HTML unless its type says so; RSS leaves it open."""
    detail = entry.get(f"{name}_detail") if f"{name}_detail" in entry else None
    if not isinstance(detail, Mapping):
        detail = next(iter(dicts_at(entry, "content")), {}) if name == "summary" else {}
    text = text_at(entry, name)
    if text_at(detail, "type") in HTML_TYPES:
        return text_of_fragment(text)
    return one_line(text) if channel.is_atom else plain_line(text)


def html_content(entry: Entry, channel: Channel) -> str:
    """The text that the entry carries as HTML: its content, or in RSS the description, which may be all of it."""
    found = next((each for each in dicts_at(entry, "content") if text_at(each, "value")), None)
    if found is not None:
        return as_html(text_at(found, "value"), text_at(found, "type"))[:MAX_CONTENT_CHARACTERS]
    detail = entry.get("summary_detail") if "summary_detail" in entry else None
    if channel.is_atom or not isinstance(detail, Mapping):
        return ""
    return as_html(text_at(entry, "summary"), text_at(detail, "type"))[:MAX_CONTENT_CHARACTERS]


def as_html(text: str, content_type: str) -> str:
    """Text of a media type as HTML; what is neither HTML nor plain is none."""
    if content_type in HTML_TYPES:
        return text
    return html_of_text(text) if content_type == "text/plain" else ""


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
    return next((text_at(link, "href") for link in dicts_at(entry, "links") if link.get("rel") == "alternate"), "")


def entry_published(entry: Entry, channel: Channel) -> Moment | None:
    """The date of publication: pubDate, published, issued; created; in RSS what dc:date says, its only date."""
    named = ("published", "created") if channel.is_atom else ("published", "created", "updated")
    return next((found for name in named if (found := entry_moment(entry, name, now=channel.now))), None)


def entry_moment(entry: Entry, name: str, *, now: datetime) -> Moment | None:
    """A date in the offset the feed gives; without any, feedparser's reading of it, which is UTC."""
    text = text_at(entry, name)
    stated = parse_moment(text, now=now)
    parsed = entry.get(f"{name}_parsed") if f"{name}_parsed" in entry else None
    if isinstance(stated, datetime) or not isinstance(parsed, struct_time):
        return stated
    try:
        moment = datetime.fromtimestamp(timegm(parsed), UTC)
    except (ValueError, OverflowError, OSError):
        return stated
    has_time = ":" in text or stated is None
    return moment if has_time and is_plausible(moment, now=now) else stated


def entry_authors(entry: Entry, channel: Channel) -> tuple[str, ...]:
    """The names of an entry's authors; in Atom those of its source, then of the feed, speak for one that has none."""
    named = names_of(entry)
    if named or not channel.is_atom:
        return named
    source = entry.get("source") if "source" in entry else None
    return (names_of(source) if isinstance(source, Mapping) else ()) or names_of(channel.values)


def names_of(thing: Entry) -> tuple[str, ...]:
    """The names of a thing's authors; an e-mail address alone is no name."""
    names = [text_at(person, "name") for person in dicts_at(thing, "authors")]
    names = [name for name in names if name] or [text_at(thing, "author")]
    return unique(name for raw in names if "@" not in (name := text_of_fragment(raw)))


def entry_tags(entry: Entry) -> tuple[str, ...]:
    return unique(text_of_fragment(text_at(tag, "label") or text_at(tag, "term")) for tag in dicts_at(entry, "tags"))


def entry_language(entry: Entry) -> str | None:
    details = (entry.get(name) for name in ("title_detail", "summary_detail") if name in entry)
    holders = (entry, *dicts_at(entry, "content"), *(detail for detail in details if isinstance(detail, Mapping)))
    return next((tag for holder in holders if (tag := language_tag(text_at(holder, "language")))), None)


def entry_image(entry: Entry, base: str) -> str:
    """The entry's own picture: of Media RSS, iTunes or an enclosure."""
    media = [each for each in dicts_at(entry, "media_content") if is_picture(each)]
    links = [each for each in dicts_at(entry, "links") if each.get("rel") == "enclosure" and is_picture(each)]
    image = entry.get("image") if "image" in entry else None
    own = [image] if isinstance(image, Mapping) else []
    found = (*media, *dicts_at(entry, "media_thumbnail"), *own, *links)
    targets = (urljoin_safely(base, text_at(each, "url") or text_at(each, "href")) for each in found)
    return next((target for target in targets if is_web(target)), "")


def is_picture(thing: Entry) -> bool:
    return text_at(thing, "medium") == "image" or text_at(thing, "type").startswith("image/")


def unique(words: Iterable[str]) -> tuple[str, ...]:
    """Those that say something, each once, at most MAX_NAMES."""
    return tuple(dict.fromkeys(word for word in words if word))[:MAX_NAMES]


def dicts_at(thing: Entry, name: str) -> list[Entry]:
    """The parts of a value that is a list of mappings."""
    value = thing.get(name) if name in thing else None
    return [part for part in value if isinstance(part, Mapping)] if isinstance(value, list) else []


def text_at(thing: Entry, name: str) -> str:
    """A value that is text, or an empty string. ``in`` first: feedparser answers for names that are not there."""
    value = thing.get(name) if name in thing else None
    return value if isinstance(value, str) else ""
