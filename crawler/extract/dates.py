"""When it was published and changed: the sources of a date. The forms a date is written in are in moments.py."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from lxml.etree import _Element

from crawler.extract.article_node import article_node, page_node, video_node
from crawler.extract.clues import Clues
from crawler.extract.moments import day_of, is_plausible, parse_moment
from crawler.extract.query import elements_at
from storage.article import Moment

PUBLISHED_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "datepublished",
    "citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "dcterms.created",
    "dc.date", "dcterms.date", "parsely-pub-date", "sailthru.date", "article.published", "publish-date",
    "publishdate", "publication_date", "pubdate", "date", "last-published", "originalpublicationdate",
    "cxenseparse:recs:publishtime", "rnews:datepublished", "created", "article_date_original", "pdate",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "datemodified", "dcterms.modified",
    "dc.date.modified", "lastmod", "last-modified", "article.updated", "revised",
)  # fmt: skip
URL_DATE = re.compile(r"[/_.-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
TEASER_PLACES = ("aside", "nav", "footer", "li", "form")
TEASER_CLASS = re.compile(r"teaser|related|sidebar|comment|widget|recommend|more-|latest|card", re.IGNORECASE)
MAX_TIMES = 60


def parsed(values: Iterable[str], clues: Clues) -> Moment | None:
    """The first of some values that is a date."""
    return next((moment for value in values if (moment := parse_moment(value, now=clues.now))), None)


def jsonld_date(clues: Clues, *names: str) -> Moment | None:
    nodes = [node for node in (article_node(clues), page_node(clues), video_node(clues)) if node]
    return parsed((clues.graph.text(node, name) for node in nodes for name in names), clues)


def jsonld_published(clues: Clues) -> Moment | None:
    return jsonld_date(clues, "datePublished", "uploadDate") or jsonld_date(clues, "dateCreated")


def jsonld_modified(clues: Clues) -> Moment | None:
    return jsonld_date(clues, "dateModified")


def meta_published(clues: Clues) -> Moment | None:
    return parsed((value for name in PUBLISHED_META for value in clues.meta.get(name, ())), clues)


def meta_modified(clues: Clues) -> Moment | None:
    return parsed((value for name in MODIFIED_META for value in clues.meta.get(name, ())), clues)


def item_published(clues: Clues) -> Moment | None:
    return parsed((v for name in ("datepublished", "datecreated") for v in clues.items.get(name, ())[:3]), clues)


def item_modified(clues: Clues) -> Moment | None:
    return parsed(clues.items.get("datemodified", ())[:3], clues)


def time_published(clues: Clues) -> Moment | None:
    """The first time element of the article's head: after the h1, not in a teaser, not the time of an update."""
    times = [e for e, _ in zip(clues.tree.iter("time"), range(MAX_TIMES), strict=False) if not is_teaser_time(e)]
    marked = [e for e in times if e.get("pubdate") is not None or "publish" in (e.get("class") or "").lower()]
    usual = [e for e in times if not re.search(r"updat|modif", (e.get("class") or "").lower())]
    return parsed((time_value(e) for e in (*marked, *behind_heading(usual, clues)[:3])), clues)


def behind_heading(times: list[_Element], clues: Clues) -> list[_Element]:
    """The times after the first h1, or all where there is no h1."""
    heading = next(clues.tree.iter("h1"), None)
    if heading is None or not times:
        return times
    near = set(elements_at(heading, "following::time | preceding::time[position() <= 2]"))
    return [element for element in times if element in near]


def is_teaser_time(element: _Element) -> bool:
    """Whether a time belongs to some other article's teaser, a comment or the page's frame."""
    if next(element.iterancestors(TEASER_PLACES), None) is not None:
        return True
    parents = [parent for parent, _ in zip(element.iterancestors(), range(6), strict=False)]
    if any(TEASER_CLASS.search(parent.get("class") or "") for parent in parents):
        return True
    return any(parent.tag == "a" for parent in parents) and element.getprevious() is None


def time_value(element: _Element) -> str:
    return element.get("datetime") or element.get("content") or (element.text or "").strip()


def url_published(clues: Clues) -> date | None:
    """A whole date in the URL's path."""
    found = URL_DATE.search(clues.url or clues.first_rel("canonical"))
    if not found:
        return None
    try:
        day = date(*map(int, found.groups()))
    except ValueError:
        return None
    return day if is_plausible(day, now=clues.now) else None


def refined(day: Moment, others: Iterable[Moment | None]) -> Moment:
    """The same day with its hour, where another sure source has that."""
    if isinstance(day, datetime):
        return day
    return next((m for m in others if isinstance(m, datetime) and day_of(m) == day), day)
