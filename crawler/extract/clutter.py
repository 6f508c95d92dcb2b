"""What stands on a page and is no part of its text: taken out before that is chosen."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.hidden import hidden_parts, outermost, text_length
from crawler.extract.hints import Hints
from crawler.extract.query import elements_at

DIALOGS = "//body//*[@role='dialog' or @role='alertdialog' or @aria-modal='true' or self::dialog]"
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
    """Return what is to be taken out below body, the outermost elements.

    What an article hides is for other readers, or for nobody; other pages hide folded sections and tabs.
    """
    found = [Clutter(element, "it is a dialog") for element in dialogs(body)]
    if hints.is_article:
        found += hidden_clutter(body)
    if hints.is_product:
        found += [Clutter(element, "it is about other products, or a review") for element in beside_product(body)]
    kept = set(outermost([each.element for each in found]))
    return list({each.element: each for each in found if each.element in kept}.values())


def hidden_clutter(body: _Element) -> list[Clutter]:
    """Return what a page hides."""
    return [Clutter(element, "the page hides it") for element in hidden_parts(body)]


def dialogs(body: _Element) -> list[_Element]:
    """Return what asks for consent, an address or a size, unless it holds much of the page."""
    found = outermost(elements_at(body, DIALOGS))
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
