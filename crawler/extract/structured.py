"""Reads what a page's mark-up states: meta, OpenGraph, Dublin Core, microdata, link relations, headings."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import UTC, datetime
from urllib.parse import urljoin, urlsplit

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.jsonld import read_graph
from crawler.extract.microdata import read_items
from crawler.extract.query import strings_at
from crawler.extract.wording import one_line, plain_line

MAX_HEADINGS = 20
MAX_VALUES = 500  # of one name
# A page links far more than these: styles, scripts, fonts.
RELATIONS = frozenset({"canonical", "alternate", "amphtml", "icon", "apple-touch-icon", "license", "next", "prev"})
Values = Mapping[str, tuple[str, ...]]


def read_clues(tree: _Element, *, url: str, now: datetime | None = None) -> Clues:
    """Return what the page states. url: after redirects, or empty: then the page's own canonical link is taken."""
    meta = read_meta(tree)
    base = urljoin_safely(url, first_href(tree.find(".//base")))
    rels = read_rels(tree, base=base)
    own = url or next((u for u in (*rels.get("canonical", ()), *meta.get("og:url", ())) if is_web(u)), "")
    return Clues(
        url=own,
        base=base if is_web(base) else own,
        tree=tree,
        scripts=tuple(tree.iter("script")),
        graph=read_graph(tree),
        meta=meta,
        items=read_items(tree),
        rels=rels if is_web(base) else read_rels(tree, base=own),
        page_title=read_page_title(tree),
        headings=read_headings(tree),
        now=now or datetime.now(UTC),
    )


def read_meta(tree: _Element) -> Values:
    found: dict[str, dict[str, None]] = defaultdict(dict)
    for element in tree.iter("meta"):
        content = plain_line(element.get("content") or "")
        for attribute in ("property", "name", "http-equiv"):
            for name in (element.get(attribute) or "").lower().split():
                if content and len(found[name]) < MAX_VALUES:
                    found[name][content] = None
    return {name: tuple(values) for name, values in found.items()}


def read_rels(tree: _Element, *, base: str) -> Values:
    """Targets of link elements by relation; feeds under ``feed``, by their type."""
    found: dict[str, list[str]] = defaultdict(list)
    for element in tree.iter("link"):
        names = [name for name in (element.get("rel") or "").lower().split() if name in RELATIONS]
        if not names:
            continue
        target = urljoin_safely(base, first_href(element))
        if "alternate" in names and is_feed_type(element.get("type") or ""):
            names = [*names, "feed"]
        for name in names if is_web(target) else ():
            found[name].append(target)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def is_feed_type(content_type: str) -> bool:
    return content_type.split(";")[0].strip().lower() in {
        "application/rss+xml",
        "application/atom+xml",
        "application/rdf+xml",
        "application/feed+json",
    }


def read_page_title(tree: _Element) -> str:
    """The title element's text; svg has titles too, so the first outside of one."""
    for element in tree.iter("title"):
        if next(element.iterancestors("svg"), None) is None:
            return plain_line(short_text(element))
    return ""


def read_headings(tree: _Element) -> tuple[str, ...]:
    """The h1 elements' texts, as a reader sees them: an escaped ``<b>`` in one is a word."""
    texts = (short_text(element) for element, _ in zip(tree.iter("h1"), range(MAX_HEADINGS), strict=False))
    return tuple(text for text in texts if text)


def short_text(element: _Element) -> str:
    """The element's text in one line, without scripts and styles, at most 1000 characters."""
    parts = strings_at(element, ".//text()[not(parent::script or parent::style or parent::svg)]")
    return one_line(" ".join(parts))[:1000]


def first_href(element: _Element | None) -> str:
    return (element.get("href") or "").strip() if element is not None else ""


def urljoin_safely(base: str, target: str) -> str:
    """The absolute form of a target, or an empty string for one that cannot be read ("http://[")."""
    try:
        return urljoin(base, "".join(target.split("\n")).strip())
    except ValueError:
        return ""


def is_web(url: str) -> bool:
    """Whether a URL is http or https with a host."""
    try:
        parts = urlsplit(url)
        return parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        return False
