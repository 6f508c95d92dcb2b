"""Copies runs of text with their marks, links, pictures and formulas. Not for blocks: those are planted around them."""

import re

from lxml import etree
from lxml.etree import _Element

from crawler.extract.elements import BLOCKS, HEADINGS
from crawler.extract.embeds import copy_embed, is_embed
from crawler.extract.formula import formula_of
from crawler.extract.gutter import is_gutter
from crawler.extract.notemarks import REFERENCE, is_definition
from crawler.extract.pictures import picture_of, scriptless_pictures
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
    r"(?:^|\s)(?:mw-editsection|mw-cite-backlink|headerlink|header-anchor|heading-anchor|anchor-link|anchorjs-link|hash-link|"
    r"permalink|copy-button|katex-html|MathJax_Preview|sr-only|visually-hidden|screen-reader-text|data-footnote-backref|"
    r"footnote-backref|reversefootnote|footnote-back)(?:\s|$)",
    re.IGNORECASE,
)
PICTURES = ("img", "noscript", "picture")
CARRIERS = frozenset({"a", "b", "center", "em", "font", "i", "small", "span", "strong", "u"})
WORDS = re.compile(r"[^\W\d]")  # "gutter" is a word of grids, too: line numbers hold none
PERMALINKS = frozenset({"", "#", "¶", "§", "🔗", "link"})


def is_skipped(element: _Element) -> bool:
    """Whether an element is no text of the page: a control, a permalink, a second rendering of a formula."""
    if not isinstance(element.tag, str) or element.tag in SKIPPED:
        return element.tag != "button" or not is_whole_heading(element)
    marks = element.get("class") or ""
    if marks and TOOL.search(marks) and not is_whole_heading(element):
        return True
    if is_gutter(element) and not WORDS.search("".join(map(str, element.itertext()))):
        return True
    return (
        element.tag == "a"
        and (element.get("href") or "").startswith("#")
        and element.text in PERMALINKS
        and not len(element)
    )


def is_whole_heading(element: _Element) -> bool:
    """Whether the words of a heading all stand in this link to it, or in this button that unfolds what is below."""
    heading = next(element.iterancestors(*HEADINGS), None) if element.tag in ("a", "button") else None
    if heading is None:
        return False
    own, whole = ("".join(map(str, each.itertext())).strip() for each in (element, heading))
    return bool(own) and own == whole


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
    elif element.tag == "noscript":
        copy_scriptless(element, target, base=base)
    elif is_embed(element):
        copy_embed(element, target, base=base)
    elif element.get(REFERENCE) is not None:
        copy_reference(element, target)
    elif element.tag == "input":
        copy_checkbox(element, target)
    elif is_skipped(element) or is_definition(element):
        return
    elif element.tag == "br":
        etree.SubElement(target, "br")
    elif element.tag == "img":
        copy_image(element, target, base=base)
    elif element.tag == "q":
        append_text(target, "“")
        copy_children(element, target, base=base)
        append_text(target, "”")
    else:
        copy_children(element, inline_target(element, target, base=base), base=base)


def inline_target(element: _Element, target: _Element, *, base: str) -> _Element:
    """Return where the contents of an inline element go: a copy of it, or target itself where it means nothing."""
    if element.tag == "a":
        href = (element.get("href") or "").strip()
        parent = element.getparent()
        if href in ("", "#") or (href.startswith("#") and parent is not None and parent.tag in HEADINGS):
            return target
        address = urljoin_safely(base, href)
        return etree.SubElement(target, "a", {"href": xml_safe(address)}) if address else target
    name = KEPT.get(str(element.tag))
    return etree.SubElement(target, name) if name else target


def copy_children(element: _Element, target: _Element, *, base: str) -> None:
    """Add the contents of an element at the end of target; blocks among them as inline text, parted by a space."""
    append_text(target, element.text)
    for child in element:
        is_block = child.tag in BLOCKS
        append_text(target, " " if is_block else "")
        copy_inline(child, target, base=base)
        append_text(target, " " if is_block else "")
        append_text(target, child.tail)


def copy_words(element: _Element, target: _Element, *, base: str) -> None:
    """Add the contents of an element at the end of target, without pictures, blocks among them parted by a space."""
    append_text(target, element.text)
    for child in element:
        if isinstance(child.tag, str) and child.tag in BLOCKS:
            append_text(target, " ")
            copy_words(child, target, base=base)
            append_text(target, " ")
        elif child.tag not in PICTURES:
            copy_around_pictures(child, target, base=base)
        append_text(target, child.tail)


def copy_around_pictures(element: _Element, target: _Element, *, base: str) -> None:
    """Add an inline element without its pictures; a link or a mark around nothing else goes with them."""
    if next(element.iterdescendants(*PICTURES), None) is None or element.tag not in CARRIERS:
        copy_inline(element, target, base=base)
        return
    if is_skipped(element) or is_definition(element):
        return
    holder = inline_target(element, target, base=base)
    copy_words(element, holder, base=base)
    if holder is not target and not len(holder) and not (holder.text or "").strip():
        target.remove(holder)


def copy_image(image: _Element, target: _Element, *, base: str) -> None:
    """Add a picture, unless it is an icon or has no address."""
    picture = picture_of(image, base)
    if picture is not None:
        etree.SubElement(target, "img", {name: xml_safe(value) for name, value in picture.attributes.items()})


def copy_scriptless(noscript: _Element, target: _Element, *, base: str) -> None:
    """Add the pictures for readers without scripts, where the page has no other of them."""
    for picture in scriptless_pictures(noscript, base):
        etree.SubElement(target, "img", {name: xml_safe(value) for name, value in picture.attributes.items()})


def copy_reference(element: _Element, target: _Element) -> None:
    """Add the reference to a footnote."""
    mark = etree.SubElement(target, "sup", {REFERENCE: element.get(REFERENCE) or ""})
    mark.text = xml_safe(" ".join("".join(map(str, element.itertext())).split()))


def copy_checkbox(element: _Element, target: _Element) -> None:
    """Add a box that is ticked or not, where one begins an item of a list."""
    if element.get("type") == "checkbox" and next(element.iterancestors("li"), None) is not None:
        etree.SubElement(target, "input", {"checked": ""} if element.get("checked") is not None else {})
