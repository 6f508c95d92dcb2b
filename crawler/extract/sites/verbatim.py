"""What a page has, to the letter, for a rule that says so: the format ``post`` is written from it."""

from copy import deepcopy

from lxml import etree
from lxml.etree import _Element

from crawler.extract.cleanhtml import write_html
from crawler.extract.pictures import best_source
from crawler.extract.structured import urljoin_safely
from crawler.extract.wording import xml_safe


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
