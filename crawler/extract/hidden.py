"""What a page does not show, with a guard for pages that show it by script. Not for taking it out: see clutter.py."""

import re
from collections.abc import Iterable

from lxml.etree import _Element

from crawler.extract.query import elements_at
from crawler.extract.watermark import texts_below

STYLE = re.compile(r"(?:display\s*:\s*none|visibility\s*:\s*hidden)", re.IGNORECASE)
STYLED = "descendant::*[@hidden or @style]"
MOST_OF_PAGE, LEAST_LEFT = 0.3, 0.5
FORMULAS = frozenset({"math", "annotation"})


def hidden_parts(tree: _Element) -> list[_Element]:
    """Return what is hidden, but not what holds much of the page; nothing where little would be left."""
    found = [element for element in elements_at(tree, STYLED) if is_hidden(element)]
    if not found:
        return []
    whole = text_length(tree)
    chosen = [element for element in outermost(found) if text_length(element) < MOST_OF_PAGE * whole]
    return chosen if whole - sum(map(text_length, chosen)) >= LEAST_LEFT * whole else []


def is_hidden(element: _Element) -> bool:
    """Whether an element's own attributes hide it. Mathematics is hidden beside its picture, and is read."""
    state, style = element.get("hidden"), element.get("style")
    if (state is None or state == "until-found") and (style is None or not STYLE.search(style)):
        return False
    return next(element.iter(*FORMULAS), None) is None


def outermost(elements: list[_Element]) -> list[_Element]:
    """Return the elements that do not lie in another of them."""
    chosen = set(elements)
    return [element for element in elements if not any(parent in chosen for parent in element.iterancestors())]


def text_length(element: _Element) -> int:
    """Return how many characters of text lie below an element, scripts and the like left out."""
    return sum(map(len, map(str.strip, texts_below(element))))


def drop(elements: Iterable[_Element]) -> None:
    """Take elements out of their page; the text behind each stays."""
    for element in elements:
        if element.getparent() is not None:  # two selectors may find one element
            element.drop_tree()  # type: ignore[attr-defined]  # every element of an HTML parser has it
