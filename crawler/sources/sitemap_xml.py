"""The entries of a sitemap's XML, one at a time, in bounded memory and whatever is wrong with it."""

import re
from collections.abc import Iterator
from io import BytesIO

from lxml import etree
from lxml.etree import _Element

from crawler.errors import UnreadableDocument
from crawler.sources.webpage import is_html, what_page

ROOTS = frozenset({"urlset", "sitemapindex"})
ENTRIES = frozenset({"url", "sitemap"})
MAX_ENTRY_ELEMENTS = 20_000  # a page in a hundred languages has a hundred links
MAX_ELEMENTS = 5_000_000
# A tag of that size holds nothing but attributes, over which libxml2 takes a gigabyte and hours.
GIANT_TAG = re.compile(rb"<(?![!?])[^<>]{65536}")
# What libxml2 says where it leaves the rest of a document out: it ends too early, is too deep, a text is too long.
CUTS = frozenset({"ERR_TAG_NOT_FINISHED", "ERR_RESOURCE_LIMIT"})


class SitemapXml:
    """One document. is_cut: it ended before its root did, or held more elements than are read."""

    def __init__(self, body: bytes, url: str) -> None:
        self.url = url
        giant = GIANT_TAG.search(body)
        self.is_cut = True
        self._body = body[: giant.start()] if giant else body
        self._root = ""
        self._depth = 0
        self._since_entry = 0

    def entries(self) -> Iterator[_Element]:
        """The url and sitemap elements; each is emptied once the next is asked for.

        Entities are not resolved, nothing is loaded from elsewhere, mistakes are mended where libxml2 can.

        Raises:
            UnreadableDocument: it is no sitemap.
        """
        try:
            yield from self._read()
        except (etree.XMLSyntaxError, UnicodeDecodeError) as error:  # lxml gives names that are no UTF-8
            if not self._root:
                raise UnreadableDocument(self.url, f"it is no XML ({error})") from error
        if not self._root:
            raise UnreadableDocument(self.url, "it is no XML: it has no root element")

    def _read(self) -> Iterator[_Element]:
        events = events_of(self._body)
        for (event, element), _ in zip(events, range(MAX_ELEMENTS), strict=False):
            if not self._root:
                self._root = self._checked(local_name(element))
            if event == "start":
                self._depth += 1
                self._since_entry += 1
                if self._since_entry > MAX_ENTRY_ELEMENTS:
                    return
                continue
            self._depth -= 1
            if local_name(element) in ENTRIES and self._depth:
                yield element
                element.clear()
                self._since_entry = 0
            elif self._depth == 1:
                element.clear()
            if self._depth == 1:
                drop_earlier(element)
        self.is_cut = self._depth > 0 or any(entry.type_name in CUTS for entry in events.error_log)

    def _checked(self, name: str) -> str:
        if name in ROOTS:
            return name
        what = f"its root element is {name[:40]!r}, not urlset or sitemapindex"
        if is_html(self._body):
            what = what_page(self._body, url=self.url)
        raise UnreadableDocument(self.url, f"it is no sitemap: {what}")


def events_of(body: bytes) -> "etree.iterparse":
    return etree.iterparse(
        BytesIO(body if b"\x00" in body[:4] else body.lstrip()),
        events=("start", "end"),
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        remove_comments=True,
        remove_pis=True,
    )


def drop_earlier(element: _Element) -> None:
    """Take what has been read out of the tree, which would grow with the document."""
    parent = element.getparent()
    while parent is not None and element.getprevious() is not None:
        del parent[0]


def local_name(element: _Element) -> str:
    """The name without namespace or prefix, in lower case; a prefix that nobody declared is part of the tag."""
    return element.tag.rsplit("}", 1)[-1].rsplit(":", 1)[-1].lower() if isinstance(element.tag, str) else ""


def text_in(element: _Element) -> str:
    """The text before the first child, in one line; what lxml cannot decode is none."""
    try:
        return " ".join((element.text or "").split())
    except UnicodeDecodeError:
        return ""


def space_of(element: _Element) -> str:
    """The namespace, or the prefix that nobody declared, in lower case."""
    return element.tag[: -len(local_name(element)) or None].lower() if isinstance(element.tag, str) else ""
