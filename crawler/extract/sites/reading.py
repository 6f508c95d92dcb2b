"""Carries out a site's rule on a page. Not for the rules themselves."""

import re
from collections.abc import Iterable
from copy import deepcopy

from cssselect import HTMLTranslator
from lxml import etree
from lxml.etree import _Element

from crawler.extract.cleanhtml import write_html
from crawler.extract.clues import Clues
from crawler.extract.moments import parse_moment
from crawler.extract.pictures import best_source
from crawler.extract.query import elements_at
from crawler.extract.sites.registry import find_site
from crawler.extract.sites.site import NO_SITE, Pick, Site, SiteValues
from crawler.extract.structured import short_text, urljoin_safely
from crawler.extract.wording import BIDI_CONTROLS, xml_safe
from storage.article import Moment
from storage.formats.characters import one_line

MAX_VALUES, MAX_CHARACTERS = 50, 300
CHINESE_DAY = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)日")


def read_site(clues: Clues, *, is_wanted: bool = True) -> SiteValues:
    """Return what the rule of the page's site finds, NO_SITE where there is none or the page lacks its main text.

    The tree loses what the rule drops. is_wanted: whether a rule may be taken at all.
    """
    site = find_site(clues.url) if is_wanted else None
    main = next(iter(elements_at(clues.tree, xpath_of(site.main))), None) if site else None
    if site is None or main is None:
        return NO_SITE
    for selector in site.dropped:
        for element in elements_at(main, xpath_of(selector)):
            element.drop_tree()  # type: ignore[attr-defined]  # every element of an HTML parser has it
    found = site.address.match(clues.url)
    return SiteValues(
        main=site.main,
        html=main_html(main, base=clues.base),
        address=found[0] if found else "",
        title=first_text(site.title, clues),
        authors=tuple(texts(site.authors, clues)),
        published=first_moment(site.published, site, clues),
        published_late=first_moment(site.published_late, site, clues),
        modified=first_moment(site.modified, site, clues),
        tags=None if site.tags is None else labels(site.tags, clues),
        categories=None if site.categories is None else labels(site.categories, clues),
        excerpt=meta_as_it_is(clues.tree, "description") if site.keeps_meta else "",
        keywords=split_keywords(meta_as_it_is(clues.tree, "keywords")) if site.keeps_meta else None,
    )


def xpath_of(path: str) -> str:
    """Return the XPath of a path that may be CSS."""
    return path if path.startswith("/") else HTMLTranslator().css_to_xpath(path, prefix="descendant::")


def texts(picks: Iterable[Pick], clues: Clues) -> list[str]:
    """Return the values that the first pick with any finds, each on one line, not repeated."""
    for pick in picks:
        elements = picked(clues.tree, pick)[:MAX_VALUES]
        values = (one_line(BIDI_CONTROLS.sub("", value_of(element, pick))) for element in elements)
        found = list(dict.fromkeys(value[:MAX_CHARACTERS] for value in values if value))
        if found:
            return found
    return []


def picked(tree: _Element, pick: Pick) -> list[_Element]:
    """Return the elements of a pick in document order; of labelled ones those behind its label."""
    path = xpath_of(pick.path)
    if pick.label is None:
        return elements_at(tree, path)
    # In one pass: asking each element for the label before it would take the square of the page.
    labels_path = xpath_of(pick.label.path)
    are_labels = set(elements_at(tree, labels_path))
    found: list[_Element] = []
    is_behind = False
    for element in elements_at(tree, f"{path} | {labels_path}"):
        if element in are_labels:
            is_behind = pick.label.word in short_text(element)
        elif is_behind:
            found.append(element)
    return found


def value_of(element: _Element, pick: Pick) -> str:
    """Return what a pick takes from an element, or nothing."""
    text = element.get(pick.attribute) or "" if pick.attribute else "".join(map(str, element.itertext()))
    if pick.pattern is None:
        return text
    found = pick.pattern.search(text)
    return found[1] if found else ""


def first_text(picks: Iterable[Pick], clues: Clues) -> str:
    return next(iter(texts(picks, clues)), "")


def labels(picks: Iterable[Pick], clues: Clues) -> tuple[str, ...]:
    """Return tags or categories: some sites print them with a ``#``."""
    return tuple(filter(None, (text.lstrip("#").strip() for text in texts(picks, clues))))


def first_moment(picks: Iterable[Pick], site: Site, clues: Clues) -> Moment | None:
    """Return the first time that can be read, in the site's zone."""
    stamps = (CHINESE_DAY.sub(r"\1-\2-\3", text) for pick in picks for text in texts([pick], clues))
    return next((moment for stamp in stamps if (moment := parse_moment(f"{stamp}{site.zone}", now=clues.now))), None)


def meta_as_it_is(tree: _Element, name: str) -> str:
    """Return what a meta element holds, white space included."""
    return next(
        (content for meta in tree.iter("meta") if meta.get("name") == name and (content := meta.get("content"))), ""
    )


def split_keywords(content: str) -> tuple[str, ...]:
    """Return the keywords, split at commas and nowhere else: joined again they are what the page has."""
    return tuple(content.split(",")) if content else ()


def main_html(main: _Element, *, base: str) -> str:
    """Return the inside of the main element as clean HTML, before anything else has changed it.

    Links within the page stay such; every other address is absolute. A drawing leaves its place behind, so that the
    words around it stay apart; in code the colours go.
    """
    body = deepcopy(main)
    body.tail = None
    for image in body.iter("img"):
        image.set("src", xml_safe(best_source(image, base)))
    for link in body.iter("a"):
        href = (link.get("href") or "").strip()
        if href and not href.startswith("#"):
            link.set("href", xml_safe(urljoin_safely(base, href)))
    for drawing in list(body.iter("svg")):
        emptied(drawing).tag = "span"
    for pre in body.iter("pre"):
        etree.strip_tags(pre, "span")
    body.tag = "body"
    return write_html(body)


def emptied(element: _Element) -> _Element:
    """Return the element without anything in it; the text behind it stays."""
    tail = element.tail
    element.clear()
    element.tail = tail
    return element
