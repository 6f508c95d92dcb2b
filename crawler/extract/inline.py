"""Copies runs of text with their marks, links, pictures and formulas. Not for blocks: those are planted around them."""

import re

from lxml import etree
from lxml.etree import _Element

from crawler.extract.codeblock import is_gutter
from crawler.extract.formula import formula_of
from crawler.extract.pictures import best_source, is_content
from crawler.extract.plaintext import BLOCKS
from crawler.extract.structured import urljoin_safely
from crawler.extract.wording import xml_safe

KEPT = {
    "strong": "strong", "b": "strong", "em": "em", "i": "em", "cite": "cite", "code": "code", "tt": "code",
    "samp": "samp",
    "sub": "sub", "sup": "sup", "del": "del", "s": "s", "strike": "s", "u": "u", "kbd": "kbd", "mark": "mark", "q": "q",
}  # fmt: skip
SKIPPED = frozenset(
    {
        "script", "style", "noscript", "template", "iframe", "svg", "button", "input", "select", "textarea", "rt", "rp",
        "object", "canvas", "video", "audio", "head", "meta", "link", "title",
    }
)  # fmt: skip
TOOL = re.compile(
    r"(?:^|\s)(?:mw-editsection|headerlink|header-anchor|heading-anchor|anchor-link|anchorjs-link|hash-link|permalink|copy-button|"
    r"katex-html|MathJax_Preview|sr-only|visually-hidden|screen-reader-text)(?:\s|$)",
    re.IGNORECASE,
)
WORDS = re.compile(r"[^\W\d]")  # "gutter" is a word of grids, too: line numbers hold none
PERMALINKS = frozenset({"", "#", "¶", "§", "🔗", "link"})


def is_skipped(element: _Element) -> bool:
    """Whether an element is no text of the page: a control, a permalink, a second rendering of a formula."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return True
    marks = element.get("class") or ""
    if TOOL.search(marks) or (is_gutter(element) and not WORDS.search("".join(map(str, element.itertext())))):
        return True
    return (
        element.tag == "a"
        and (element.get("href") or "").startswith("#")
        and element.text in PERMALINKS
        and not len(element)
    )


def append_text(target: _Element, text: str | None) -> None:
    """Add text at the end of target."""
    if not text:
        return
    last = next(target.iterchildren(reversed=True), None)  # at once; a count of the children would look at each
    if last is not None:
        last.tail = (last.tail or "") + text
    else:
        target.text = (target.text or "") + text


def copy_inline(element: _Element, target: _Element, *, base: str) -> None:
    """Add an inline element, without its tail, at the end of target."""
    formula = formula_of(element) if isinstance(element.tag, str) else None
    if formula is not None:
        append_text(target, xml_safe(formula))
    elif is_skipped(element):
        return
    elif element.tag == "br":
        etree.SubElement(target, "br")
    elif element.tag == "img":
        copy_image(element, target, base=base)
    else:
        copy_children(element, inline_target(element, target, base=base), base=base)


def inline_target(element: _Element, target: _Element, *, base: str) -> _Element:
    """Return where the contents of an inline element go: a copy of it, or target itself where it means nothing."""
    if element.tag == "a":
        address = urljoin_safely(base, (element.get("href") or "").strip())
        return etree.SubElement(target, "a", {"href": xml_safe(address)}) if address else target
    name = KEPT.get(str(element.tag))
    return etree.SubElement(target, name) if name else target


def copy_children(element: _Element, target: _Element, *, base: str) -> None:
    """Add the contents of an element at the end of target, blocks among them as inline text."""
    append_text(target, element.text)
    for child in element:
        copy_inline(child, target, base=base)
        append_text(target, child.tail)


def copy_words(element: _Element, target: _Element, *, base: str) -> None:
    """Add the contents of an element at the end of target, without pictures, blocks among them parted by a space."""
    append_text(target, element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag in BLOCKS:
            append_text(target, " ")
            copy_words(child, target, base=base)
            append_text(target, " ")
        elif child.tag != "img":
            copy_inline(child, target, base=base)
        append_text(target, child.tail)


def copy_image(image: _Element, target: _Element, *, base: str) -> None:
    """Add a picture, unless it is an icon or has no address."""
    source = image_source(image, base) if is_content(image) else ""
    if source:
        sizes = {name: image.get(name) or "" for name in ("width", "height")}
        values = {"src": source, "alt": (image.get("alt") or "").strip(), **sizes}
        etree.SubElement(target, "img", {name: xml_safe(value) for name, value in values.items() if value})


def image_source(image: _Element, base: str) -> str:
    """Return a picture's address; of one that waits for a script, that of its twin for readers without scripts."""
    source = best_source(image, base)
    twin = image.getnext()
    if not source and twin is not None and twin.tag == "noscript":
        source = next((best_source(inner, base) for inner in twin.iter("img")), "")
    return source
