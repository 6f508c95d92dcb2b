"""Sitemaps (https://www.sitemaps.org/protocol.html): urlset, index, news, text; gzipped or not."""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.language import language_tag
from crawler.extract.moments import parse_moment
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import plain_line

GZIP = b"\x1f\x8b"
MAX_DECODED_BYTES = 50 * 1024 * 1024  # the protocol's own limit
ROOTS = frozenset({"urlset", "sitemapindex"})


@dataclass(slots=True)
class Decoded:
    """A document's bytes without its compression. is_cut: there was more than we take."""

    body: bytes
    is_cut: bool = False


@dataclass(slots=True)
class Offers:
    """What has been read so far."""

    candidates: dict[str, Candidate] = field(default_factory=dict)
    children: dict[str, None] = field(default_factory=dict)

    def __len__(self) -> int:
        return len(self.candidates) + len(self.children)


def read_sitemap(body: bytes, *, url: str, limit: int) -> Listing:
    """Return the URLs of a sitemap, or as children the sitemaps of an index; at most ``limit`` of them.

    A broken or cut document gives what can be read of it. lastmod becomes updated_at.

    Raises:
        UnreadableDocument: it is no sitemap.
    """
    decoded = decode_sitemap(body, url=url)
    if b"<" not in decoded.body[:2048]:
        return read_text_sitemap(decoded, url=url, limit=limit)
    offers = Offers()
    is_full = False
    for element in entries(decoded.body, url=url):
        if len(offers) >= limit:
            is_full = True
            break
        add_entry(element, offers, url)
    return Listing(
        kind="sitemap",
        candidates=tuple(offers.candidates.values()),
        children=tuple(offers.children),
        truncated=is_full or decoded.is_cut,
    )


def decode_sitemap(body: bytes, *, url: str, room: int = MAX_DECODED_BYTES) -> Decoded:
    """Take the gzip coding off, as far as ``room`` bytes."""
    if not body.startswith(GZIP):
        return Decoded(body)
    parts: list[bytes] = []
    while body.startswith(GZIP) and room > 0:
        decoder = zlib.decompressobj(wbits=31)
        try:
            parts.append(decoder.decompress(body, room))
        except zlib.error as error:
            raise UnreadableDocument(url, f"its gzip coding is broken ({error})") from error
        room -= len(parts[-1])
        body = decoder.unused_data
        if decoder.unconsumed_tail:
            return Decoded(b"".join(parts), is_cut=True)
    return Decoded(b"".join(parts), is_cut=room <= 0)


def entries(body: bytes, *, url: str) -> Iterator[_Element]:
    """The url and sitemap elements, one at a time; each is emptied once the next is asked for.

    Entities are not resolved, nothing is loaded from elsewhere, mistakes are mended where libxml2 can.
    """
    events = etree.iterparse(
        BytesIO(body.lstrip()),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )
    root = ""
    try:
        for event, element in events:
            if not root:
                root = local_name(element)
                check_root(root, url=url)
            if event == "end" and local_name(element) in ("url", "sitemap"):
                yield element
                element.clear()
    except etree.XMLSyntaxError as error:
        if not root:
            raise UnreadableDocument(url, f"it is no XML ({error})") from error
    if not root:
        raise UnreadableDocument(url, "it is no XML: it has no root element")


def check_root(name: str, *, url: str) -> None:
    if name not in ROOTS:
        raise UnreadableDocument(
            url, f"it is no sitemap: its root element is {name[:40]!r}, not urlset or sitemapindex"
        )


def local_name(element: _Element) -> str:
    return element.tag.rsplit("}", 1)[-1].lower() if isinstance(element.tag, str) else ""


def add_entry(element: _Element, offers: Offers, base: str) -> None:
    """Add one entry, each address once."""
    values = values_of(element)
    named = values.get("loc", "").strip()
    joined = urljoin_safely(base, named)
    address = joined if is_web(joined) else named  # as it stands, it is refused with a verdict
    if not address:
        return
    if local_name(element) == "sitemap":
        offers.children.setdefault(address)
        return
    now = datetime.now(UTC)
    offers.candidates.setdefault(
        address,
        Candidate(
            url=address,
            origin="sitemap",
            title=plain_line(values.get("title", "")),
            published_at=parse_moment(values.get("publication_date", ""), now=now),
            updated_at=parse_moment(values.get("lastmod", ""), now=now),
            tags=tuple(word for part in values.get("keywords", "").split(",") if (word := plain_line(part))),
            language=language_tag(values.get("language", "")),
        ),
    )


def values_of(element: _Element) -> dict[str, str]:
    """Texts below an entry by local name, the first of each; those of image and video extensions are left out."""
    values: dict[str, str] = {}
    for child in element.iter("*"):
        namespace = str(child.tag).partition("}")[0]
        if "sitemap-image" not in namespace and "sitemap-video" not in namespace:
            text = " ".join((child.text or "").split())
            if text:
                values.setdefault(local_name(child), text)
    return values


def read_text_sitemap(decoded: Decoded, *, url: str, limit: int) -> Listing:
    """One URL a line, in UTF-8."""
    lines = [line.strip() for line in decoded.body.decode("utf-8-sig", "replace").splitlines() if line.strip()]
    urls = list(dict.fromkeys(line for line in lines if is_web(line)))
    if not urls or len(urls) * 2 < len(set(lines)):
        raise UnreadableDocument(url, "it is no sitemap: neither XML nor a list of URLs")
    candidates = tuple(Candidate(url=address, origin="sitemap") for address in urls[:limit])
    return Listing(kind="sitemap", candidates=candidates, truncated=len(urls) > limit or decoded.is_cut)
