"""The footnotes of a content tree: numbered as they are first referred to, their texts at its end."""

import re

from lxml import etree
from lxml.etree import _Element

from crawler.extract.notemarks import ASIDE, DEFINITION, REFERENCE
from crawler.extract.query import elements_at

LEADING = re.compile(r"^\s*[\[(]?\s*(?:\d{1,4}|[a-z]|[*†‡§¶^]{1,3})\s*[\])]?\s*[.:)\]]?\s+|^\s*[\^↑]\s*", re.IGNORECASE)
EMPTIED = frozenset({"ol", "ul", "dl", "div", "blockquote"})
ARROWS = re.compile(r"[\s\u00a0]*(?:[↩↑⤴↵⏎^]\ufe0e?|\[?(?:back|return|jump up)\]?)[\s\u00a0]*\Z", re.IGNORECASE)


def references_of(content: _Element) -> list[str]:
    """Return the numbers of the footnotes that a content refers to, in its order, each once."""
    found = (mark.get(REFERENCE) or "" for mark in content.iter("sup"))
    return list(dict.fromkeys(number for number in found if number))


def number_references(content: _Element, order: list[str]) -> None:
    """Write the numbers anew, in the order of first reference."""
    numbers = {old: str(new) for new, old in enumerate(order, start=1)}
    for mark in elements_at(content, f".//sup[@{REFERENCE}]"):
        new = numbers.get(mark.get(REFERENCE) or "")
        if new is None:
            del mark.attrib[REFERENCE]
        else:
            mark.set(REFERENCE, new)


def notes_holder(content: _Element) -> _Element:
    """Add the list of footnotes at the end of a content."""
    return etree.SubElement(content, "ol", {DEFINITION: ""})


def new_note(holder: _Element, *, is_kept: bool) -> _Element:
    """Add a footnote to the list. is_kept: the extractor took it for text of the article."""
    return etree.SubElement(holder, "li", {} if is_kept else {ASIDE: ""})


def move_note(note: _Element, holder: _Element, number: str) -> None:
    """Put a footnote at the end of the list; the list that it came from goes once it is empty."""
    parent = note.getparent()
    drop(note)
    holder.append(note)
    note.tag = "li"
    note.set(DEFINITION, number)
    clean_note(note)
    while parent is not None and parent.tag in EMPTIED and not len(parent) and not (parent.text or "").strip():
        emptied, parent = parent, parent.getparent()
        drop(emptied)


def clean_note(note: _Element) -> None:
    """Take the number before a footnote's text away, and the links that lead back from it."""
    for link in list(note.iter("a")):
        text = "".join(map(str, link.itertext())).strip()
        if ARROWS.fullmatch(text or "x") or ("#" in (link.get("href") or "") and LEADING.fullmatch(f"{text} ")):
            drop(link)
    for mark in list(note.iter("sup"))[:1]:
        if LEADING.fullmatch("".join(map(str, mark.itertext())).strip() + " ") and not before(mark, note).strip():
            drop(mark)
    strip_label(note)


def drop(element: _Element) -> None:
    """Remove an element, not the text behind it."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail, element.tail = element.tail or "", None
    if previous is not None:
        previous.tail = (previous.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)


def before(element: _Element, note: _Element) -> str:
    """Return the text of a note that stands before one of its elements."""
    parts: list[str] = []
    for event, each in etree.iterwalk(note, events=("start", "end")):
        if event == "start" and each is element:
            break
        parts.append((each.text if event == "start" else each.tail) or "")
    return "".join(parts)


def strip_label(note: _Element) -> None:
    """Take a number away that the first text of a note begins with."""
    for element in note.iter("*"):
        if (element.text or "").strip():
            element.text = LEADING.sub("", element.text or "", count=1)
            return
        if len(element) and (element[0].tail or "").strip() and element[0].tag == "a" and not len(element[0]) and not element[0].text:
            element[0].tail = LEADING.sub("", element[0].tail or "", count=1)
            return
