"""Bytes to an lxml tree of bounded size and depth. Not for choosing what on the page is the article."""

import re
from dataclasses import dataclass

from lxml import etree, html
from lxml.etree import _Element

from crawler.extract.encoding import decode_html
from crawler.extract.query import elements_at

MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 500
# libxml2 takes quadratic time for the attributes of an element; from here on that would be seconds.
UNPARSABLE_ATTRIBUTES = 5000
# libxml2 drops what is nested deeper than 2048 levels; code that recurses over a tree fails long before.
MAX_DEPTH = 200
DEEPEST = 2040

# A cheap test for a tag that may hold too many attributes, and the tag itself, quoted ">" included. Scripts and
# comments, in which "a<b" is no tag, are matched whole and left alone.
CROWDED = re.compile(
    r"""<[a-zA-Z][^<>]{15000}|(?:=\s*+(?:"[^"]{0,200}+"|'[^']{0,200}+')\s*+[^\s=<>"']{1,100}+\s*+){2000}"""
)
TAG = re.compile(
    r"""<(script|style|textarea|title|xmp)\b[^>]*>.*?</\1\s*>|<!--.*?-->|"""
    r"""(?P<tag><[a-zA-Z](?:[^<>"']++|"[^"]{0,2000}+"|'[^']{0,2000}+')*+)""",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""[^\s=/"'>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
# Control characters and references to them: no lxml string may hold one.
CONTROL = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]|&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])"
    "|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]))(?:;|(?![0-9a-fA-F]))"
)
# A doctype within the page ends up as a node that lxml cannot wrap (AssertionError).
DOCTYPE = re.compile(r"<!doctype[^<>]*>", re.IGNORECASE)
NESTING_TAG = re.compile(
    r"</?(?:div|section|article|blockquote|center|main|table|tbody|tr|td|ul|ol|li|span|font|b|i|u|em|strong|a)\b[^<>]*>",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """A page's tree. elements: counted before trimming. cuts: what was left out, in words; mostly empty."""

    tree: _Element
    elements: int
    cuts: tuple[str, ...] = ()


def parse_page(body: bytes, *, charset: str | None = None) -> ParsedPage | None:
    """Return the tree of a page, or None for a body without anything in it.

    The tree has at most MAX_ELEMENTS elements, MAX_DEPTH levels and, as far as a scan before the parser can tell,
    MAX_ATTRIBUTES attributes an element (libxml2 is quadratic in them).

    Raises:
        lxml.etree.LxmlError: lxml cannot read it at all.
    """
    text = DOCTYPE.sub("", CONTROL.sub("", decode_html(body, charset=charset)))
    if not text.strip():
        return None
    text, most = without_attribute_flood(text)
    cuts: list[str] = []
    tree = parse_text(text)
    if tree is not None and has_depth(tree, DEEPEST):
        tree = parse_text(NESTING_TAG.sub("<p>", text))
        cuts.append(f"it is nested more than {DEEPEST} levels deep; its structure was taken out")
    if tree is None:
        return None
    flatten(tree)
    dropped = drop_attributes(tree)
    if dropped:
        cuts.append(f"an element has {max(most, dropped):,} attributes; only the first {MAX_ATTRIBUTES} were read")
    elements = count_elements(tree)
    if elements > MAX_ELEMENTS:
        cut_after(tree, count=MAX_ELEMENTS)
        cuts.append(f"it has {elements:,} elements; only the first {MAX_ELEMENTS:,} were read")
    return ParsedPage(tree=tree, elements=elements, cuts=tuple(cuts))


def parse_text(text: str) -> _Element | None:
    """The tree of HTML text, or None where it holds nothing but comments or white space."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=parser)
    except etree.ParserError as error:
        if "empty" in str(error):
            return None
        raise


def without_attribute_flood(text: str) -> tuple[str, int]:
    """The text without an element's attributes beyond what libxml2 can read, and the most that one element had."""
    most = 0

    def shortened(tag: re.Match[str]) -> str:
        nonlocal most
        if tag["tag"] is None:
            return tag[0]
        found = list(ATTRIBUTE.finditer(tag[0], 1))
        most = max(most, len(found) - 1)
        return tag[0] if len(found) <= UNPARSABLE_ATTRIBUTES else tag[0][: found[UNPARSABLE_ATTRIBUTES - 1].end()]

    if CROWDED.search(text):
        text = TAG.sub(shortened, text)
    return text, most


def drop_attributes(tree: _Element) -> int:
    """Remove every element's attributes after the first MAX_ATTRIBUTES; return the most that one had, or 0."""
    most = 0
    for element in elements_at(tree, f"//*[@*[{MAX_ATTRIBUTES + 1}]]"):
        attributes = list(element.attrib.items())
        most = max(most, len(attributes))
        element.attrib.clear()
        element.attrib.update(attributes[:MAX_ATTRIBUTES])
    return most


def count_elements(tree: _Element) -> int:
    return int(float(str(tree.xpath("count(//*)"))))


def has_depth(tree: _Element, levels: int) -> bool:
    """Whether some element lies that many levels deep."""
    return bool(tree.xpath(f"boolean({'/*' * levels})"))


def flatten(tree: _Element) -> None:
    """Lift what lies deeper than MAX_DEPTH levels to that depth; no text is lost."""
    if not has_depth(tree, MAX_DEPTH):
        return
    for element in elements_at(tree, "/*" * MAX_DEPTH):
        etree.strip_tags(element, "*")


def cut_after(tree: _Element, *, count: int) -> None:
    """Remove every element after the first count of them, in document order, with the text behind it."""
    rest = list(tree.iter("*"))[count:]
    for element in reversed(rest):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
