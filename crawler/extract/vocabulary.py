"""From trafilatura's element names to HTML's. Changes the tree it is given."""

from collections.abc import Callable

from lxml import etree
from lxml.etree import _Element

from crawler.extract.wording import xml_safe

RENDITIONS = {"#b": "strong", "#i": "em", "#t": "code", "#sub": "sub", "#sup": "sup", "#u": "u"}
BLOCKS = frozenset({"p", "head", "list", "table", "quote", "div", "code", "figure", "item", "row", "cell"})


def to_html(body: _Element) -> _Element:
    """Return the same tree as plain HTML under a ``body`` element."""
    for element in list(body.iter("*")):
        rename = RENAMES.get(element.tag)
        if rename is not None:
            rename(element)
        elif element.tag not in KEPT:
            element.attrib.clear()
    etree.strip_tags(body, "unwrap")
    body.tag = "body"
    return body


def to_heading(element: _Element) -> None:
    level = (element.get("rend") or "h3")[-1]
    retag(element, f"h{level}" if level in "123456" else "h3")


def to_emphasis(element: _Element) -> None:
    retag(element, RENDITIONS.get(element.get("rend") or "", "span"))


def to_link(element: _Element) -> None:
    target = element.get("target")
    retag(element, "a")
    if target:
        element.set("href", target)


def to_list(element: _Element) -> None:
    kind = element.get("rend")
    retag(element, kind if kind in ("ol", "dl") else "ul")
    if kind == "dl" and not all((child.get("rend") or "")[:2] in ("dt", "dd") for child in element):
        element.tag = "ul"


def to_item(element: _Element) -> None:
    parent, kind = element.getparent(), (element.get("rend") or "")[:2]
    retag(element, kind if kind in ("dt", "dd") and parent is not None and parent.tag == "dl" else "li")


def to_code(element: _Element) -> None:
    """A code element within a line stays one; one that stands alone or has lines becomes a pre."""
    parent = element.getparent()
    if parent is not None and parent.tag in ("pre", "code"):
        retag(element, "unwrap")
        return
    text = "".join(str(part) for part in element.itertext())
    is_block = "\n" in text.strip() or parent is None or is_alone(element)
    for child in list(element):
        element.remove(child)
    element.text = xml_safe(text)
    retag(element, "pre" if is_block else "code")


def is_alone(element: _Element) -> bool:
    """Whether a code element is a child of a container with no text of its own around it."""
    parent = element.getparent()
    if parent is None or parent.tag not in ("body", "div", "quote", "blockquote", "section"):
        return False
    before = element.getprevious()
    lead = before.tail if before is not None else parent.text
    is_lead_inline = before is not None and before.tag not in BLOCKS and before.tag not in HTML_BLOCKS
    return not (lead or "").strip() and not (element.tail or "").strip() and not is_lead_inline


def to_cell(element: _Element) -> None:
    role, span = element.get("role"), element.get("span")
    retag(element, "th" if role == "head" else "td")
    if span and span.isdigit():
        element.set("colspan", span)


def to_plain(tag: str) -> Callable[[_Element], None]:
    def rename(element: _Element) -> None:
        retag(element, tag)

    return rename


def retag(element: _Element, tag: str) -> None:
    element.tag = tag
    element.attrib.clear()


HTML_BLOCKS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6", "ul", "ol", "dl", "blockquote", "pre", "tr", "li"})
KEPT = frozenset({"img", "figure", "figcaption"})
RENAMES: dict[str, Callable[[_Element], None]] = {
    "head": to_heading,
    "hi": to_emphasis,
    "ref": to_link,
    "list": to_list,
    "item": to_item,
    "code": to_code,
    "cell": to_cell,
    "quote": to_plain("blockquote"),
    "row": to_plain("tr"),
    "lb": to_plain("br"),
    "main": to_plain("div"),
}
