"""When it was published and changed: the sources of a date. The forms a date is written in are in moments.py."""

import re
from collections.abc import Iterable
from datetime import date, datetime

from lxml.etree import _Element

from crawler.extract.article_node import article_node, is_declared_article, page_node, video_node
from crawler.extract.clues import Clues, once_a_page
from crawler.extract.jsonld import Node
from crawler.extract.masthead import class_words, masthead_of
from crawler.extract.microdata import OF_POST
from crawler.extract.moments import date_in_path, day_of, is_plausible, parse_moment
from crawler.extract.provider import is_home
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.written_date import LATER, date_in
from storage.article import Moment

# Names of meta elements that speak of an article, and those that any page has.
ARTICLE_META = (
    "article:published_time", "og:published_time", "og:article:published_time", "article:published", "datepublished",
    "citation_publication_date", "citation_online_date", "dc.date.issued", "dcterms.issued", "parsely-pub-date",
    "sailthru.date", "article.published", "publish-date", "publish_date", "publishdate", "publication_date",
    "publicationdate", "published_time", "published_date", "publish_time", "publishtime", "published-date",
    "article_date_original", "pubdate", "pub_date", "originalpublicationdate", "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime", "rnews:datepublished", "article:publicationdate", "bt:pubdate", "vr:published_time",
    "displaydate", "dcterms.available", "prism.publicationdate", "news_date", "og:pubdate",
)  # fmt: skip
LOOSE_META = (
    "dcterms.created", "dc.date", "dcterms.date", "dc.date.created", "date", "last-published", "created", "pdate",
    "datecreated", "og:regdate", "article:post_date", "release_date", "og:release_date", "datum", "fecha", "time",
)  # fmt: skip
MODIFIED_META = (
    "article:modified_time", "og:updated_time", "og:article:modified_time", "article:modified", "datemodified",
    "dcterms.modified", "dc.date.modified", "lastmod", "last-modified", "article.updated", "revised", "moddate",
    "updated_time", "modified_time",
)  # fmt: skip
DATE_NAME = re.compile(r"date|publish|created|uploaded|posted")
OTHER_DATE_NAME = re.compile(r"updat|modif|expir|valid|revis|last|event|start|end|review|birth")
TEASER_PLACES = ("aside", "nav", "footer", "li", "form", "blockquote")
TEASER_CLASS = re.compile(r"teaser|related|sidebar|comment|widget|recommend|more-|latest|card", re.IGNORECASE)
MAX_TIMES = 60


def parsed(values: Iterable[str], clues: Clues) -> Moment | None:
    """The first of some values that is a date."""
    return next((moment for value in values if (moment := parse_moment(value, now=clues.now))), None)


def jsonld_published(clues: Clues) -> Moment | None:
    """Of the article; on a page that is about a video, of that."""
    nodes = [node for node in (article_node(clues), video_node(clues)) if node]
    return node_date(nodes[:1], clues, "datePublished", "uploadDate", "dateCreated")


def page_published(clues: Clues) -> Moment | None:
    """Of the page's own node: on pages that are no articles it says when somebody set up the page."""
    nodes = [node for node in (page_node(clues), video_node(clues)) if node]
    return node_date(nodes, clues, "datePublished", "uploadDate", "dateCreated")


def jsonld_modified(clues: Clues) -> Moment | None:
    return node_date(
        [n for n in (article_node(clues), page_node(clues), video_node(clues)) if n], clues, "dateModified"
    )


def node_date(nodes: Iterable[Node], clues: Clues, *names: str) -> Moment | None:
    nodes = list(nodes)
    return parsed((clues.graph.text(node, name) for name in names for node in nodes), clues)


def meta_published(clues: Clues) -> Moment | None:
    """What meta elements say that speak of an article; on a home page it is not that."""
    if is_home(clues.url) and article_node(clues) is None:
        return None
    names = (*ARTICLE_META, *LOOSE_META) if is_declared_article(clues) else ARTICLE_META
    return named(names, clues)


def loose_published(clues: Clues) -> Moment | None:
    """What meta elements say that may speak of the page as well: known names, then any that sounds like one."""
    others = (name for name in clues.meta if DATE_NAME.search(name) and not OTHER_DATE_NAME.search(name))
    return named((*ARTICLE_META, *LOOSE_META, *others), clues)


def named(names: Iterable[str], clues: Clues) -> Moment | None:
    return parsed((value for name in names for value in clues.meta.get(name, ())), clues)


def meta_modified(clues: Clues) -> Moment | None:
    return named(MODIFIED_META, clues)


def item_published(clues: Clues) -> Moment | None:
    return parsed((v for name in ("datepublished", "datecreated") for v in clues.items.get(name, ())[:3]), clues)


def post_published(clues: Clues) -> Moment | None:
    """Of the first post, where nothing but posts is marked."""
    return parsed(clues.items.get(OF_POST + "datepublished", ()), clues)


def item_modified(clues: Clues) -> Moment | None:
    return parsed(clues.items.get("datemodified", ())[:3], clues)


def time_published(clues: Clues) -> Moment | None:
    """A time element in the article's head; on a home page it is not an article's."""
    return None if is_home(clues.url) else loose_time(clues)


def loose_time(clues: Clues) -> Moment | None:
    return parsed((time_value(element, now=clues.now) for element in head_times(clues)), clues)


@once_a_page
def head_times(clues: Clues) -> list[_Element]:
    """The time elements of the article's head, the likeliest first: not in a teaser, not the time of an update."""
    near = [e for e in masthead_of(clues).elements if e.tag == "time"]
    every = [e for e, _ in zip(clues.tree.iter("time"), range(MAX_TIMES), strict=False)]
    likeliest = sorted(near, key=lambda e: not is_marked_time(e))
    chosen = dict.fromkeys((*likeliest, *filter(is_marked_time, every), *behind_heading(every, clues)[:3]))
    return [e for e in chosen if not is_teaser_time(e) and not is_update(e)]


def is_update(element: _Element) -> bool:
    """Whether a time, the element around it or the words before it speak of a change."""
    parent = element.getparent()
    around = class_words(parent) if parent is not None else ""
    before = element.getprevious()
    words = (before.tail if before is not None else parent.text if parent is not None else "") or ""
    return bool(
        LATER.search(
            f"{class_words(element)} {around} {words[-40:]} {short_text(before) if before is not None else ''}"[:400]
        )
    )


def is_marked_time(element: _Element) -> bool:
    return element.get("pubdate") is not None or "publish" in (element.get("class") or "").lower()


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
    if any(TEASER_CLASS.search(f"{parent.get('class') or ''} {parent.get('id') or ''}") for parent in parents):
        return True
    return any(parent.tag == "a" for parent in parents) and element.getprevious() is None


def time_value(element: _Element, *, now: datetime) -> str:
    """What a time element states; what it shows, where that is another day: its machine's form is then of a change."""
    stated, text = element.get("datetime") or element.get("content") or "", short_text(element)
    shown = date_in(text) if stated and "/" not in text else None
    moment = parse_moment(stated, now=now) if shown else None
    if shown and moment and abs((shown - day_of(moment)).days) > 1:
        return shown.isoformat()
    return stated or (element.text or "").strip()


def url_published(clues: Clues) -> date | None:
    """A whole date in the URL's path."""
    day = date_in_path(clues.url or clues.first_rel("canonical"))
    return day if day is not None and is_plausible(day, now=clues.now) else None


def any_modified(clues: Clues) -> Moment | None:
    """The time of the last change, where none of publication is to be found: it was there by then."""
    return jsonld_modified(clues) or meta_modified(clues) or item_modified(clues)


def refined(day: Moment, others: Iterable[Moment | None]) -> Moment:
    """The same day with its hour, where another sure source has that."""
    if isinstance(day, datetime):
        return day
    return next((m for m in others if isinstance(m, datetime) and day_of(m) == day), day)
