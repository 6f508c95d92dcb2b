"""Boxes beside the text (notes, tips, warnings): which elements are one, of what kind, and under which title."""

import re
from dataclasses import dataclass
from functools import lru_cache
from itertools import islice

from lxml.etree import _Element

from crawler.extract.elements import HEADINGS

KINDS = {
    "note": "note", "info": "info", "information": "info", "tip": "tip", "hint": "tip", "important": "important",
    "warning": "warning", "warn": "warning", "attention": "warning", "caution": "caution", "danger": "danger",
    "error": "danger", "success": "success", "check": "success", "question": "question", "faq": "faq",
    "example": "example", "abstract": "abstract", "summary": "abstract", "tldr": "abstract", "todo": "todo",
    "bug": "bug", "failure": "failure", "seealso": "seealso", "quote": "quote", "cite": "quote",
}  # fmt: skip
BOXES = (
    "callout", "admonition", "alert", "markdown-alert", "theme-admonition", "custom-block", "admonitionblock", "hint",
    "starlight-aside", "confluence-information-macro", "aside", "notice",
)  # fmt: skip
ASIDE_KINDS = frozenset(
    {"note", "tip", "important", "warning", "caution", "danger"}
)  # no "quote": those repeat the text
PREFIXED = re.compile(r"^(?:" + "|".join(BOXES) + r")(?:--?|__|_)([a-z]+)$")
TITLE = re.compile(
    r"(?:^|\s)(?:admonition-?title|callout-title(?:-inner)?|callout-heading|alert-(?:heading|title)|markdown-alert-title|"
    r"custom-block-title|admonition-heading\w*|admonitionHeading\w*|starlight-aside__title|title)(?:\s|$)",
    re.IGNORECASE,
)
LONGEST_TITLE, MOST_BEFORE_TITLE = 120, 30
TAGS = frozenset({"div", "aside", "section", "details", "blockquote", "p"})


@dataclass(frozen=True, slots=True)
class Callout:
    """A box. kind: one word; title: the element that holds it, where there is one; fold: "-" for one that is closed."""

    kind: str
    title: _Element | None = None
    fold: str = ""


def callout_of(element: _Element) -> Callout | None:
    """Return the box that an element is, or None."""
    if element.tag not in TAGS:
        return None
    stated = (element.get("data-callout") or "").strip().lower()
    if stated.isalpha() and len(stated) <= 20:
        return Callout(stated, title_of(element), "-" if element.get("data-callout-fold") == "-" else "")
    kind = kind_of(element)
    return Callout(kind, title_of(element)) if kind else None


def kind_of(element: _Element) -> str:
    """Return the kind of box that an element's classes name."""
    marks = element.get("class")
    kind, is_bare = named_kind(marks) if marks else ("", False)
    is_said = (element.tag == "aside" and kind in ASIDE_KINDS) or not is_bare or says_kind(element, kind)
    return kind if is_said else ""


@lru_cache(maxsize=4096)
def named_kind(names: str) -> tuple[str, bool]:
    """Return the kind that classes name, and whether it is all that they say: ``<div class="NOTE">``."""
    marks = names.lower().split()
    prefixed = (found[1] for mark in marks if (found := PREFIXED.match(mark)))
    kind = next((KINDS[name] for name in prefixed if name in KINDS), "")
    bare = next((KINDS[mark] for mark in marks if mark in KINDS and mark not in BOXES), "")
    if kind or any(mark in BOXES for mark in marks):
        return kind or bare or ("note" if "admonition" in marks else ""), False
    return (bare, True) if len(marks) <= 2 else ("", False)


def says_kind(element: _Element, kind: str) -> bool:
    """Whether the first words of an element are the kind of box that its class names."""
    first = next((child for child in element.iterchildren("*")), None)
    words = (
        " ".join("".join(map(str, islice(first.itertext(), 9))).split()).lower().rstrip(":")
        if first is not None
        else ""
    )
    return bool(kind) and element.tag != "p" and KINDS.get(words) == kind


def title_of(element: _Element) -> _Element | None:
    """Return the element with a box's title: one that is named so, a summary, or a first line that is a kind."""
    for child in islice(element.iterdescendants("*"), MOST_BEFORE_TITLE):
        if child.tag == "summary" or (child.tag in HEADINGS or TITLE.search(child.get("class") or "")):
            text = " ".join("".join(map(str, child.itertext())).split())
            return child if 0 < len(text) <= LONGEST_TITLE else None
        if child.tag == "p" or (child.tail or "").strip():
            break
    first = next(element.iterchildren("p"), None)
    text = " ".join("".join(map(str, first.itertext())).split()).lower().rstrip(":") if first is not None else ""
    return first if text in KINDS else None
