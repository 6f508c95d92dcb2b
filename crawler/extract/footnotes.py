"""Footnotes: which links refer to one, and which element is its text. Marks both on the page's own tree.

A link is a reference if it is a number or a sign, leads to a place in the page, and what stands there says that it is a
note: by its name, by that of what holds it, or by a link back. References to equations and sections do not.
"""

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice

from lxml.etree import _Element

from crawler.extract.notemarks import DEFINITION, REFERENCE
from crawler.extract.plainnotes import mark_plain_footnotes
from crawler.extract.query import elements_at

LABEL = re.compile(r"[\[(]?\s*(?:note\s+)?(\d{1,4}|[a-zA-Z]|[ivxlc]{2,6}|[*†‡§¶]{1,3})\s*[\])]?[.:]?", re.IGNORECASE)
NOTE_ID = re.compile(
    r"(?:^|[^a-z])_?(?:fn|ftnt?|foot(?:note)?s?|(?:end|side)?notes?|cite|bib|ref(?:erence)?s?|r)(?:[^a-z]|$|(?=text|def))",
    re.IGNORECASE,
)
NOTES = re.compile(
    r"(?:^|[\s_-])(?:foot-?notes?|end-?notes?|references?|reflist|bibliography|doc-(?:endnotes?|footnotes?|biblioentry)|"
    r"footdef|fn-?list|ltx_bib\w+|notes)(?:$|[\s_-])",
    re.IGNORECASE,
)
NAMES = ("class", "id", "role", "data-type", "{http://www.idpf.org/2007/ops}type", "epub:type")
HOLDERS = frozenset({"li", "p", "div", "dd", "aside", "section", "td", "tr", "blockquote", "span"})
INLINE = frozenset({"a", "sup", "b", "strong", "em", "i", "small"})
MAX_NOTES, LONGEST_NOTE, MOST_ELEMENTS, NAMED_WITHIN = 2000, 4000, 400, 4


@dataclass(frozen=True, slots=True)
class Reference:
    """A link to a footnote, as the page labels it; anchor: what it leads to."""

    link: _Element
    label: str
    anchor: str


@dataclass(slots=True)
class Page:
    """A page's elements by their names, and their places in it."""

    by_name: dict[str, _Element] = field(default_factory=dict)
    places: dict[_Element, int] = field(default_factory=dict)


def mark_footnotes(root: _Element) -> dict[str, _Element]:
    """Mark references and texts of footnotes below root, each pair with the same number; return the texts by it."""
    references = list(references_in(root))[:MAX_NOTES]
    texts = mark_linked(root, references) if references else {}
    return {**texts, **mark_plain_footnotes(root)}


def mark_linked(root: _Element, references: list[Reference]) -> dict[str, _Element]:
    """Mark the footnotes that links lead to; return their texts."""
    page = page_of(root)
    texts: dict[str, _Element] = {}
    for reference in references:
        if reference.anchor not in texts:
            text = text_of_note(reference, page)
            if text is not None:
                texts[reference.anchor] = text
    return mark(references, sole_texts(texts))


def sole_texts(texts: dict[str, _Element]) -> dict[str, _Element]:
    """Return the texts that belong to one footnote each, and lie in no other's."""
    counts = Counter(texts.values())
    return {
        anchor: text
        for anchor, text in texts.items()
        if counts[text] == 1 and not any(parent in counts for parent in text.iterancestors())
    }


def mark(references: list[Reference], texts: dict[str, _Element]) -> dict[str, _Element]:
    """Write the numbers on both sides. A link within a footnote's text is none: it leads back."""
    numbers = {anchor: str(number) for number, anchor in enumerate(texts, start=1)}
    elements = set(texts.values())
    for reference in references:
        number = numbers.get(reference.anchor)
        if number is not None and not any(parent in elements for parent in reference.link.iterancestors()):
            whole(reference.link).set(REFERENCE, number)
    for anchor, text in texts.items():
        text.set(DEFINITION, numbers[anchor])
    return {numbers[anchor]: text for anchor, text in texts.items()}


def whole(link: _Element) -> _Element:
    """Return the sup or brackets that a reference stands in alone, else the link."""
    element = link
    while True:
        parent = element.getparent()
        if parent is None or parent.tag not in ("sup", "span", "small") or len(parent) != 1:
            return element
        around = (parent.text or "") + (element.tail or "")
        if around.strip(" \n\t\r[]()") or len("".join(map(str, parent.itertext()))) > 12:
            return element
        element = parent


def references_in(root: _Element) -> Iterator[Reference]:
    """Give the links that may refer to a footnote."""
    for link in elements_at(root, ".//a[contains(@href, '#')]"):
        anchor = (link.get("href") or "").rpartition("#")[2]
        if anchor:
            text = " ".join("".join(map(str, link.itertext())).split())
            found = LABEL.fullmatch(text) if len(text) <= 12 else None
            if found:
                yield Reference(link, found[1], anchor)


def page_of(root: _Element) -> Page:
    """Return the elements of a page by id, and anchors by name."""
    page = Page()
    for place, element in enumerate(root.iter("*")):
        page.places[element] = place
        name = element.get("id") or (element.get("name") if element.tag == "a" else None)
        if name:
            page.by_name.setdefault(name, element)
    return page


def text_of_note(reference: Reference, page: Page) -> _Element | None:
    """Return the element with the text of the footnote that a link refers to, or None where it leads to none."""
    target = page.by_name.get(reference.anchor)
    text = holder_of(target) if target is not None else None
    if target is None or text is None or page.places[text] <= page.places[reference.link]:
        return None
    if not is_short(text) or reference.link in set(text.iterdescendants("a")):
        return None
    is_named = NOTE_ID.search(reference.anchor) or is_named_note(text)
    return text if is_named or leads_back(text, reference.link) else None


def is_short(text: _Element) -> bool:
    """Whether an element has the text of one footnote."""
    if next(islice(text.iter("*"), MOST_ELEMENTS, None), None) is not None:
        return False
    return 0 < len("".join(map(str, text.itertext())).strip()) <= LONGEST_NOTE


def holder_of(target: _Element) -> _Element | None:
    """Return the block that a place in the page stands in, or begins."""
    element = target
    while element.tag in INLINE or (element.tag == "span" and not is_wordy(element)):
        parent = element.getparent()
        if parent is None:
            return None
        element = parent
    return element if element.tag in HOLDERS else None


def is_wordy(span: _Element) -> bool:
    """Whether an inline element holds a footnote's whole text, not its number."""
    return len("".join(map(str, span.itertext())).split()) > 2


def is_named_note(text: _Element) -> bool:
    """Whether an element, or one that it lies in, is named as footnotes are."""
    holders = [text, *(parent for parent, _ in zip(text.iterancestors(), range(NAMED_WITHIN), strict=False))]
    return any(NOTES.search(element.get(name) or "") for element in holders for name in NAMES if element.get(name))


def leads_back(text: _Element, link: _Element) -> bool:
    """Whether a link within a text leads back to a reference."""
    names = {element.get(name) for element in (link, *link.iterancestors("sup", "span")) for name in ("id", "name")}
    return any((back.get("href") or "").rpartition("#")[2] in names - {None, ""} for back in text.iter("a"))
