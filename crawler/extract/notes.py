"""The footnotes of a content tree: numbered as they are first referred to, their texts at its end."""

import re
from collections.abc import Iterable

from lxml import etree
from lxml.etree import _Element

from crawler.extract.notemarks import ASIDE, DEFINITION, LABEL, REFERENCE
from crawler.extract.query import elements_at

EMPTIED = frozenset({"ol", "ul", "dl", "div", "blockquote"})
ARROWS = re.compile(r"[\s\u00a0]*(?:[↩↑⤴↵⏎^]\ufe0e?|\[?(?:back|return|jump up)\]?)[\s\u00a0]*\Z", re.IGNORECASE)


def references_of(content: _Element) -> dict[str, str]:
    """Return the numbers of the footnotes that a content refers to, in its order, each with its label on the page."""
    found: dict[str, str] = {}
    for mark in content.iter("sup"):
        number = mark.get(REFERENCE)
        if number:
            found.setdefault(number, mark.text or "")
    return found


def number_references(content: _Element, order: Iterable[str]) -> None:
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


def move_note(note: _Element, holder: _Element, *, number: str, label: str) -> None:
    """Put a footnote at the end of the list; the list that it came from goes once it is empty."""
    parent = note.getparent()
    drop(note)
    holder.append(note)
    note.tag = "li"
    note.set(DEFINITION, number)
    clean_note(note, label)
    while parent is not None and parent.tag in EMPTIED and not len(parent) and not (parent.text or "").strip():
        emptied, parent = parent, parent.getparent()
        drop(emptied)


def clean_note(note: _Element, label: str) -> None:
    """Set the number before a footnote's text apart from it, and take away the links that lead back."""
    is_labelled = False
    for link in list(note.iter("a", "sup")):
        text = "".join(map(str, link.itertext())).strip()
        leads_within = "#" in (link.get("href") or "") or link.tag == "sup"
        if ARROWS.fullmatch(text or "x"):
            drop(link)
        elif leads_within and bare(text) == bare(label) and not before(link, note).strip(" \n[("):
            drop(link, leaving=label_of(text))
            is_labelled = True
    if not is_labelled:
        set_label_apart(note, label)


def label_of(text: str) -> _Element:
    """Return an element for the number before a footnote."""
    mark = etree.Element("span", {LABEL: ""})
    mark.text = text.strip() + " "
    return mark


def bare(label: str) -> str:
    """Return a label without its brackets."""
    return label.strip(" \n[]().:").lower()


def drop(element: _Element, *, leaving: _Element | None = None) -> None:
    """Remove an element, not the text behind it. leaving: what takes its place."""
    parent, previous = element.getparent(), element.getprevious()
    if parent is None:
        return
    tail, element.tail = element.tail or "", None
    if leaving is not None:
        parent.replace(element, leaving)
        leaving.tail = tail
        return
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


def set_label_apart(note: _Element, label: str) -> None:
    """Set the label apart that the first text of a note begins with."""
    leading = re.compile(rf"\s*[\[(]?\s*{re.escape(bare(label))}\s*[\])]?\s*[.:)]?(?=\s|$)\s*", re.IGNORECASE)
    for event, element in etree.iterwalk(note, events=("start", "end")):
        text = (element.text if event == "start" else element.tail) or ""
        if not text.strip() or (element is note and event == "end"):
            continue
        found = leading.match(text)
        if found:
            mark = label_of(found[0])
            mark.tail = text[found.end() :]
            if event == "start":
                element.text = None
                element.insert(0, mark)
            else:
                element.tail = None
                element.addnext(mark)
        return
