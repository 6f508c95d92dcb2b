"""One walk over the whole page for what may be a by-line or a date, for pages that state neither. Judges nothing."""

import re
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.clues import Clues, once_a_page

AUTHOR_HINT = re.compile(r"uthor|yline")
DATE_HINT = re.compile(r"[Dd]at(?:e|um|a)|ublish|posted|time|fecha")
# A day and a year, or the other way round, in a short text.
NUMBERS = re.compile(r"\d\D.{0,30}?\d\d|\d\d\D.{0,30}?\d")
ROOMY, MAX_MARKED = 200, 80


@dataclass(frozen=True, slots=True)
class Survey:
    """Elements marked as an author's or a date's, and short texts with numbers, each with what it stands in."""

    authors: tuple[_Element, ...]
    dates: tuple[_Element, ...]
    texts: tuple[tuple[_Element, str], ...]


@once_a_page
def survey_of(clues: Clues) -> Survey:
    authors: list[_Element] = []
    dates: list[_Element] = []
    texts: list[tuple[_Element, str]] = []
    for element in clues.tree.iter("*"):
        words = f"{element.get('class') or ''} {element.get('id') or ''}"
        item = element.get("itemprop")
        if (len(words) > 1 and AUTHOR_HINT.search(words)) or item == "author" or "author" in (element.get("rel") or ""):
            authors.append(element)
        if (len(words) > 1 and DATE_HINT.search(words)) or element.get("datetime") or (item and "date" in item):
            dates.append(element)
        texts += numbered_texts(element)
    return Survey(tuple(authors[:MAX_MARKED]), tuple(dates[:MAX_MARKED]), tuple(texts))


def numbered_texts(element: _Element) -> list[tuple[_Element, str]]:
    """The element's own text and the one behind it, with what they stand in, if they are short and have numbers."""
    found = []
    text, tail = element.text, element.tail
    if text and 6 <= len(text) <= ROOMY and NUMBERS.search(text):
        found.append((element, text.strip()))
    if tail and 6 <= len(tail) <= ROOMY and NUMBERS.search(tail):
        parent = element.getparent()
        found.append((element if parent is None else parent, tail.strip()))
    return found
