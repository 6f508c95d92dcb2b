"""Which text of a page is its article: the one place that knows trafilatura and htmldate.

What comes out is a small tree of plain HTML elements, whoever chose it: the walkers that write text and Markdown know
nothing of where it came from.
"""

from datetime import date, datetime

from cssselect import SelectorError
from htmldate import find_date
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element
from trafilatura import bare_extraction
from trafilatura.metadata import extract_author

from crawler.errors import UnreadableDocument
from crawler.extract.pictures import best_source
from crawler.extract.preparation import FRAME_TAGS, name_languages, prepare
from crawler.extract.query import elements_at
from crawler.extract.vocabulary import to_html
from crawler.extract.wording import xml_safe

# What the two libraries have been seen to raise on hostile or broken pages, beside their own errors.
LIBRARY_FAILURES = (
    etree.LxmlError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


def find_body(tree: _Element, *, base: str, selector: str | None = None, is_huge: bool = False) -> _Element | None:
    """Return the main content as a tree of plain HTML under a ``body``, or None where there is none.

    Links are absolute. tree is changed: links, code blocks. selector: a CSS selector that overrides the choice.
    is_huge: settle for trafilatura's first extractor; comparing three of them takes seconds on a page of that size.

    Raises:
        UnreadableDocument: trafilatura cannot cope with the page, or the selector is no CSS.
    """
    languages = prepare(tree, base=base)
    body = chosen_by_hand(tree, selector, base) if selector else chosen_by_library(tree, base, is_huge=is_huge)
    if body is not None:
        name_languages(body, languages)
    return body


def chosen_by_library(tree: _Element, base: str, *, is_huge: bool) -> _Element | None:
    """trafilatura's choice. Pictures are put back afterwards (pictures.py)."""
    try:
        document = bare_extraction(
            tree, include_comments=False, include_formatting=True, include_links=True, fast=is_huge
        )
    except LIBRARY_FAILURES as error:
        raise UnreadableDocument(base, f"its text cannot be found ({type(error).__name__}: {error})") from error
    body = getattr(document, "body", None)
    return to_html(body) if isinstance(body, _Element) else None


def chosen_by_hand(tree: _Element, selector: str, base: str) -> _Element | None:
    """What a person's CSS selector matches, without scripts, forms and navigation."""
    try:
        matches = elements_at(tree, CSSSelector(selector).path)
    except (SelectorError, etree.XPathError) as error:
        raise UnreadableDocument(base, f"{selector!r} is not a CSS selector ({error})") from error
    body = etree.Element("body")
    for element in outermost(matches):
        etree.strip_elements(element, *FRAME_TAGS, with_tail=False)
        for image in element.iter("img"):
            image.set("src", xml_safe(best_source(image, base)))
        element.tail = None
        body.append(element)
    return body if len(body) else None


def outermost(elements: list[_Element]) -> list[_Element]:
    """The elements that do not lie in another of them."""
    chosen = set(elements)
    return [element for element in elements if not any(parent in chosen for parent in element.iterancestors())]


def guess_author(tree: _Element) -> str:
    """The name that trafilatura's patterns find, several joined by ``; ``, or an empty string."""
    try:
        return str(extract_author(tree) or "")
    except LIBRARY_FAILURES:
        return ""


def guess_date(tree: _Element, *, url: str, now: datetime) -> date | None:
    """The day htmldate takes for the day of publication. Never better than a guess: it may be any date on the page."""
    try:
        found = find_date(
            tree, extensive_search=False, original_date=True, url=url or None, max_date=now.replace(tzinfo=None)
        )
        return date.fromisoformat(found) if found else None
    except LIBRARY_FAILURES:
        return None
