"""What stands on a page and is no part of its text: taken out before that is chosen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.folding import is_folded, revealed_names
from crawler.extract.hidden import hidden_parts, outermost, text_length
from crawler.extract.hints import Hints
from crawler.extract.query import elements_at

WITH_ROLE, DIALOGS = "descendant::*[@role]", frozenset({"dialog", "alertdialog"})
BOXES = ("div", "section", "ul", "ol", "aside", "article")
NO_PRODUCT = re.compile(
    r"(?:^|[\s_-])(?:reviews?|related|recommend\w*|recently-?viewed|upsells?|cross-?sells?|also-?(?:like|bought|viewed)|"
    r"similar(?:-?\w+)?)(?:$|[\s_-])",
    re.IGNORECASE,
)
PRODUCT_ITSELF = "descendant-or-self::h1 | .//*[@itemprop='description']"
MOST_OF_PAGE, MOST_OF_DIALOGS = 0.6, 0.3


@dataclass(frozen=True, slots=True)
class Clutter:
    """One element to take out. why: in words."""

    element: _Element
    why: str


def clutter_of(body: _Element, hints: Hints) -> list[Clutter]:
    """Return what is to be taken out below body, the outermost elements."""
    found = [Clutter(element, "it is a dialog") for element in dialogs(body)]
    if hints.is_article:
        found += hidden_clutter(body)
    elif not hints.is_product:  # which hides its longer descriptions, often by a script alone
        found += never_shown(body)
    if hints.is_product:
        found += [Clutter(element, "it is about other products, or a review") for element in beside_product(body)]
    kept = set(outermost([each.element for each in found]))
    return list({each.element: each for each in found if each.element in kept}.values())


def hidden_clutter(body: _Element) -> list[Clutter]:
    """Return what a page hides."""
    return [Clutter(element, "the page hides it") for element in hidden_parts(body)]


def never_shown(body: _Element) -> list[Clutter]:
    """Return what a page hides, without what a reader can open."""
    found = hidden_clutter(body)
    revealed = revealed_names(body) if found else frozenset()
    return [each for each in found if not holds_folded(each.element, revealed)]


def holds_folded(element: _Element, revealed: frozenset[str]) -> bool:
    """Whether a hidden element, or a part of it, is shown at a click."""
    return any(is_folded(each, revealed) for each in element.iter("*"))


def dialogs(body: _Element) -> list[_Element]:
    """Return what asks for consent, an address or a size, unless it holds much of the page."""
    found = [*body.iter("dialog"), *(each for each in elements_at(body, WITH_ROLE) if each.get("role") in DIALOGS)]
    found = outermost(found)
    if not found:
        return []
    most = MOST_OF_DIALOGS * text_length(body)
    return [element for element in found if text_length(element) < most]


def beside_product(body: _Element) -> Iterator[_Element]:
    """Give the reviews of a product and what is sold beside it."""
    found = outermost([element for element in body.iterdescendants(*BOXES) if is_beside_product(element)])
    most = MOST_OF_PAGE * text_length(body) if found else 0
    return (each for each in found if text_length(each) < most and not elements_at(each, PRODUCT_ITSELF))


def is_beside_product(element: _Element) -> bool:
    """Whether an element calls itself reviews, or other products."""
    if element.get("itemprop") == "review":
        return True
    return NO_PRODUCT.search(f"{element.get('class') or ''} {element.get('id') or ''}") is not None
