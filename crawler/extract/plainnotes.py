"""Footnotes whose references are no links: a number set high in the text, and a list of footnotes that counts them."""

import re
from collections.abc import Iterator
from itertools import islice

from lxml.etree import _Element

from crawler.extract.elements import HEADINGS
from crawler.extract.notemarks import DEFINITION, REFERENCE

NAMED = re.compile(r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?)(?:$|[\s_-])", re.IGNORECASE)
TITLES = frozenset({"footnotes", "notes", "endnotes", "fußnoten", "anmerkungen", "notas", "note", "noten", "fotnoter"})
NUMBER = re.compile(r"\[?(\d{1,3})\]?")
LEADING = re.compile(r"^\s*\[?(\d{1,3})\]?[.:)\s]")
MOST_MARKS, MOST_SECTIONS = 500, 20


def mark_plain_footnotes(root: _Element) -> dict[str, _Element]:
    """Mark references and texts of footnotes that no link joins, each pair with the same number; return the texts."""
    marks = {mark: number for mark in root.iter("sup") if (number := number_of(mark)) and is_plain(mark)}
    for section in islice(sections_of(root), MOST_SECTIONS if 0 < len(marks) <= MOST_MARKS else 0):
        texts = dict(texts_in(section))
        inside = set(section.iterdescendants("sup"))
        pairs = {
            f"plain-{number}": texts[number] for mark, number in marks.items() if mark not in inside and number in texts
        }
        for mark, number in marks.items():
            if mark not in inside and number in texts:
                mark.set(REFERENCE, f"plain-{number}")
        for name, text in pairs.items():
            text.set(DEFINITION, name)
        if pairs:
            return pairs
    return {}


def is_plain(mark: _Element) -> bool:
    """Whether a raised number has nothing to do with a link."""
    if mark.get(REFERENCE) is not None or next(mark.iter("a"), None) is not None:
        return False
    return next(mark.iterancestors("a"), None) is None


def number_of(mark: _Element) -> str:
    """Return the number that a raised text is, or nothing."""
    found = NUMBER.fullmatch("".join(map(str, mark.itertext())).strip())
    return found[1] if found else ""


def sections_of(root: _Element) -> Iterator[_Element]:
    """Give the elements that are named, or headed, footnotes."""
    for element in root.iter("div", "section", "ol", "aside", "footer"):
        if NAMED.search(f"{element.get('class') or ''} {element.get('id') or ''}"):
            yield element
    for heading in root.iter(*HEADINGS):
        following = heading.getnext()
        words = "".join(map(str, heading.itertext())).strip().lower().rstrip(":")
        if words in TITLES and following is not None and following.tag in ("ol", "div", "p"):
            yield following


def texts_in(section: _Element) -> Iterator[tuple[str, _Element]]:
    """Give the texts of footnotes under their numbers: the items of a list, or paragraphs that begin with one."""
    lists = [section] if section.tag == "ol" else list(section.iter("ol"))
    for each in lists:
        start = each.get("start") or "1"
        first = int(start) if start.isdecimal() and len(start) < 4 else 1
        yield from ((str(number), item) for number, item in enumerate(each.iterchildren("li"), start=first))
    for paragraph in [] if lists else section.iter("p"):
        found = LEADING.match("".join(map(str, paragraph.itertext())))
        if found:
            yield found[1], paragraph
