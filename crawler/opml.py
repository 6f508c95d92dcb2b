"""OPML 2.0 (http://opml.org/spec2.opml): the list of feeds that readers exchange. Knows neither store nor settings.

Folders and categories are tags. What is written comes back the same: the first tag is a folder, so that other readers
show one, and all tags stand in ``category``; a kind that OPML has no word for stands in a namespace of ours.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from lxml import etree
from lxml.etree import _Element

from crawler.errors import BadOpml
from storage.source import Source, SourceKind

OURS = "https://github.com/bowerbird-news/bowerbird"
KIND = f"{{{OURS}}}kind"
MAX_BYTES = 64 * 1024 * 1024
NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
QUOTED = {"%": "%25", ",": "%2C", "/": "%2F"}
UNQUOTED = {code: mark for mark, code in QUOTED.items()}
CODES = re.compile("|".join(UNQUOTED))
MARKS = re.compile("[%,/]")
FEED_SCHEME = re.compile(r"feed:(?://)?(https?://)?", re.IGNORECASE)
LISTED = frozenset({SourceKind.SECTION, SourceKind.SITEMAP, SourceKind.PAGE})


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """One entry of a list. url: empty where it names no feed. line: in the file, from 1."""

    title: str
    url: str
    kind: SourceKind = SourceKind.FEED
    tags: tuple[str, ...] = ()
    line: int = 0


def read_opml(body: bytes, *, path: str) -> list[Subscription]:
    """Return the entries in their order; empty folders are none. Nothing is loaded from elsewhere.

    Raises:
        BadOpml: it is no OPML, broken, or declares entities, which no list of feeds needs.
    """
    if len(body) > MAX_BYTES:
        raise BadOpml(path, None, f"it is larger than {MAX_BYTES // 1024**2} MiB")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(body.lstrip(), parser)
    except etree.XMLSyntaxError as error:
        raise BadOpml(path, error.lineno, error.msg or "it is empty") from error
    except ValueError as error:
        raise BadOpml(path, None, str(error)) from error
    declared: Any = root.getroottree().docinfo.internalDTD  # whose stubs know nothing of its entities
    if declared is not None and next(declared.iterentities(), None) is not None:
        raise BadOpml(path, None, "it declares entities")
    if name_of(root) != "opml":
        raise BadOpml(path, line_of(root), f"its root element is {name_of(root)[:40]!r}, not opml")
    return list(subscriptions(root))


def subscriptions(root: _Element) -> Iterator[Subscription]:
    """Yield the entries below an element, without recursion."""
    stack: list[tuple[_Element, tuple[str, ...]]] = [(root, ())]
    while stack:
        element, tags = stack.pop()
        inner = tags
        if name_of(element) == "outline":
            values = attributes_of(element)
            entry = entry_of(element, values, tags)
            if entry is not None:
                yield entry
            inner = (*tags, *([] if entry is not None and entry.url else filter(None, [title_of(values)])))
        stack += [(child, inner) for child in reversed(element) if name_of(child) in ("body", "outline")]


def entry_of(element: _Element, values: Mapping[str, str], tags: tuple[str, ...]) -> Subscription | None:
    """Return the entry that an outline is, or None for a folder."""
    url, kind = values.get("xmlurl", ""), kind_of(element)
    if not url and kind is not None:
        url = values.get("url", "")
    if not url and len(element):
        return None
    return Subscription(
        title=title_of(values),
        url=web_url(url),
        kind=kind or SourceKind.FEED,
        tags=tuple(dict.fromkeys([*tags, *categories_in(values.get("category", ""))])),
        line=line_of(element),
    )


def name_of(element: _Element) -> str:
    """Return an element's name in lower case, without its namespace."""
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def line_of(element: _Element) -> int:
    """Return the line of the file where an element begins, or 0 where that is not known."""
    line: object = element.sourceline
    return line if isinstance(line, int) else 0


def attributes_of(element: _Element) -> dict[str, str]:
    """Return the attributes by their names in lower case: xmlUrl is often written otherwise."""
    return {str(name).lower(): " ".join(str(value).split()) for name, value in element.attrib.items()}


def title_of(values: Mapping[str, str]) -> str:
    """Return what an outline is called."""
    return values.get("title") or values.get("text") or ""


def kind_of(element: _Element) -> SourceKind | None:
    """Return the kind that a list of ours names."""
    value = element.get(KIND)
    return SourceKind(value) if value in set(SourceKind) else None


def web_url(url: str) -> str:
    """Return ``feed://…`` and ``feed:https://…`` as the web knows them."""
    found = FEED_SCHEME.match(url)
    return (found[1] or "http://") + url[found.end() :] if found else url


def categories_in(value: str) -> Iterator[str]:
    """Yield the words of ``category``: a list with commas of paths with slashes."""
    for part in re.split("[,/]", value):
        word = CODES.sub(lambda found: UNQUOTED[found[0]], part).strip()
        if word:
            yield word


def write_opml(listed: Iterable[tuple[Source, SourceKind]]) -> bytes:
    """Return sources, each with the kind that was found of it, as a list of feeds."""
    root = etree.Element("opml", {"version": "2.0"}, nsmap={"bowerbird": OURS})
    etree.SubElement(etree.SubElement(root, "head"), "title").text = "Bowerbird's sources"
    body = etree.SubElement(root, "body")
    folders: dict[str, _Element] = {}
    for source, found in listed:
        parent = body
        if source.tags:
            folder = source.tags[0]
            if folder not in folders:
                folders[folder] = etree.SubElement(body, "outline", {"text": clean(folder)})
            parent = folders[folder]
        etree.SubElement(parent, "outline", outline_of(source, found))
    return etree.tostring(root, encoding="UTF-8", xml_declaration=True, pretty_print=True)


def outline_of(source: Source, found: SourceKind) -> dict[str, str]:
    """Return the attributes of one source."""
    is_listed = (source.kind if source.kind is not SourceKind.AUTO else found) in LISTED
    place = {"type": "link", "url": source.url} if is_listed else {"type": "rss", "xmlUrl": source.url}
    values = {"text": source.name, "title": source.name, **place}
    if source.tags:
        words = (MARKS.sub(lambda mark: QUOTED[mark[0]], clean(tag)) for tag in source.tags)
        values["category"] = ",".join(words)
    return values | ({KIND: source.kind.value} if source.kind is not SourceKind.FEED else {})


def clean(text: str) -> str:
    """Return text without what XML cannot hold."""
    return NO_XML.sub("", text)
