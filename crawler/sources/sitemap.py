"""Sitemaps (https://www.sitemaps.org/protocol.html): urlset, index, news, text; gzipped or not."""

from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO
from urllib.parse import urldefrag

from lxml.etree import _Element

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.language import language_tag
from crawler.extract.moments import parse_moment
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import plain_line
from crawler.sources.gzipped import Decoded, decode_gzip
from crawler.sources.lastmod import latest_instant
from crawler.sources.prolog import text_of
from crawler.sources.sitemap_xml import SitemapXml, local_name, space_of, text_in

OTHER_SPACES = ("image", "video")  # their loc, title and so on are a picture's
MAX_TITLE_CHARACTERS = 1000
MAX_LINE_BYTES = 8192
MAX_TAGS = 100


@dataclass(slots=True)
class Offers:
    """What has been read so far. children: each with the last instant that its lastmod may mean."""

    url: str
    now: datetime
    candidates: dict[str, Candidate] = field(default_factory=dict)
    children: dict[str, datetime | None] = field(default_factory=dict)
    names_itself: bool = False

    def __len__(self) -> int:
        return len(self.candidates) + len(self.children)


def read_sitemap(body: bytes, *, url: str, limit: int, since: datetime | None = None) -> Listing:
    """Return the URLs of a sitemap, or as children the sitemaps of an index; at most ``limit`` of them.

    A broken or cut document gives what can be read of it. lastmod becomes updated_at. Children come newest first,
    where the index dates them; those it dates before ``since`` are left out, with a note.

    Raises:
        UnreadableDocument: it is no sitemap.
    """
    decoded = decode_gzip(body, url=url)
    if "<" not in text_of(decoded.body[:8192]):
        return read_text_sitemap(decoded, url=url, limit=limit)
    offers, document, is_full = Offers(url, datetime.now(UTC)), SitemapXml(decoded.body, url), False
    for element in document.entries():
        if len(offers) >= limit:
            is_full = True
            break
        add_entry(element, offers)
    children = newest_first(offers.children, since)
    return Listing(
        kind="sitemap",
        candidates=tuple(offers.candidates.values()),
        children=children,
        truncated=is_full or decoded.is_cut or document.is_cut,
        notes=notes_on(offers, old=len(offers.children) - len(children), since=since),
    )


def newest_first(children: dict[str, datetime | None], since: datetime | None) -> tuple[str, ...]:
    """The children that are not too old, the dated ones newest first, then the others as they come."""
    fresh = {url: at for url, at in children.items() if at is None or since is None or at >= since}
    return tuple(sorted(fresh, key=lambda url: -at.timestamp() if (at := fresh[url]) else 0.0))


def notes_on(offers: Offers, *, old: int, since: datetime | None) -> tuple[str, ...]:
    """What a person should know of what was left out."""
    notes = ["it names itself as one of its sitemaps"] if offers.names_itself else []
    if old and since is not None:
        many = f"{old} of its sitemaps were" if old > 1 else "one of its sitemaps was"
        notes.append(f"{many} last changed before {since:%Y-%m-%d}, the source's since window, and not read")
    return tuple(notes)


def add_entry(element: _Element, offers: Offers) -> None:
    """Add one entry, each address once."""
    values = values_of(element)
    named = values.get("loc", "")
    if not named:
        return
    joined = urljoin_safely(offers.url, named)
    address = joined if is_web(joined) else named  # as it stands, it is refused with a verdict
    if local_name(element) == "sitemap":
        add_child(urldefrag(address).url, values.get("lastmod", ""), offers)
    elif address not in offers.candidates:
        offers.candidates[address] = candidate_of(address, values, now=offers.now)


def add_child(address: str, lastmod: str, offers: Offers) -> None:
    """Add one sitemap of an index. One that names itself would be read for ever, each time under another #."""
    if address == urldefrag(offers.url).url:
        offers.names_itself = True
    else:
        offers.children.setdefault(address, latest_instant(lastmod, now=offers.now))


def candidate_of(address: str, values: dict[str, str], *, now: datetime) -> Candidate:
    words = (plain_line(part) for part in values.get("keywords", "")[:10_000].split(","))
    return Candidate(
        url=address,
        origin="sitemap",
        title=plain_line(values.get("title", "")[:MAX_TITLE_CHARACTERS]),
        published_at=parse_moment(values.get("publication_date", ""), now=now),
        updated_at=parse_moment(values.get("lastmod", ""), now=now),
        tags=tuple(dict.fromkeys(word for word in words if word))[:MAX_TAGS],
        language=language_tag(values.get("language", "")),
    )


def values_of(element: _Element) -> dict[str, str]:
    """Texts below an entry by local name, the first of each; those of image and video extensions are left out."""
    values: dict[str, str] = {}
    for child in element.iter("*"):
        space = space_of(child)
        if not any(other in space for other in OTHER_SPACES):
            text = text_in(child)
            if text:
                values.setdefault(local_name(child), text)
    return values


def read_text_sitemap(decoded: Decoded, *, url: str, limit: int) -> Listing:
    """One URL a line, in UTF-8, as the protocol has it."""
    found: dict[str, None] = {}
    others = 0
    for raw in BytesIO(decoded.body):
        line = raw[:MAX_LINE_BYTES].decode("utf-8-sig", "replace").strip()
        if is_web(line):
            found[line] = None
        else:
            others += bool(line)
        if len(found) > limit or others > limit:
            break
    if not found or others > len(found):
        raise UnreadableDocument(url, "it is no sitemap: neither XML nor a list of URLs")
    urls = list(found)
    candidates = tuple(Candidate(url=address, origin="sitemap") for address in urls[:limit])
    return Listing(kind="sitemap", candidates=candidates, truncated=len(urls) > limit or decoded.is_cut)
