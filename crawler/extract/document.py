"""Bytes to an lxml tree of bounded size and depth. Not for choosing what on the page is the article."""

import re
from dataclasses import dataclass

from lxml import etree, html
from lxml.etree import _Element

from crawler.extract.elements import BLOCKS, CELLS
from crawler.extract.encoding import decode_html
from crawler.extract.hidden import outermost
from crawler.extract.mending import mend
from crawler.extract.query import count_below, elements_at
from crawler.extract.silent import take_out_silent

MAX_ELEMENTS = 50_000
MAX_ATTRIBUTES = 500
# libxml2 drops what is nested deeper than 2048 levels; code that recurses over a tree fails long before.
MAX_DEPTH = 200
SPARE_DEPTH = 3  # levels for what is lifted
LEAVES = frozenset({"p", "pre", "h1", "h2", "h3", "h4", "h5", "h6", "br", "img", "script"})
PARTED = BLOCKS | CELLS
DEEPEST = 2040

# What the parser, unlike a browser, leaves open over paragraphs: an anchor that is no link, a drawing, a formula.
# Source: HTML 13.2.6.5, as far as it names blocks; what may hold them all the same are its integration points.
OPENED = frozenset({"a", "svg", "math"})
ENDING = (
    "p", "div", "ul", "ol", "li", "dl", "dt", "dd", "table", "blockquote", "pre", "h1", "h2", "h3", "h4", "h5", "h6",
)  # fmt: skip
HOLDING = frozenset({"foreignobject", "desc", "title", "annotation-xml", "mtext"})
FLOODED = f"//@*[{MAX_ATTRIBUTES + 1}]/.."

# What cannot nest, or is needed for the head: all other tags may nest beyond what the parser reads.
NESTING_TAG = re.compile(
    r"</?(?!(?:html|head|body|title|meta|link|base|script|style|h[1-6]|p|br|hr|img)\b)[a-z][^<>]*>", re.IGNORECASE
)


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedPage:
    """A page's tree. elements: counted before trimming. cuts: what was left out, in words; mostly empty."""

    tree: _Element
    elements: int
    cuts: tuple[str, ...] = ()


def parse_page(body: bytes, *, charset: str | None = None) -> ParsedPage | None:
    """Return the tree of a page, or None for a body without anything in it.

    The tree has at most MAX_ELEMENTS elements, MAX_DEPTH levels and MAX_ATTRIBUTES attributes an element.

    Raises:
        lxml.etree.LxmlError: lxml cannot read it at all.
    """
    mended = mend(decode_html(body, charset=charset))
    if not mended.text.strip():
        return None
    cuts: list[str] = []
    tree = parse_text(mended.text)
    is_deep = tree is not None and has_depth(tree, MAX_DEPTH)
    if tree is not None and is_deep and has_depth(tree, DEEPEST):
        tree = parse_text(NESTING_TAG.sub("<p>", mended.text))
        cuts.append(f"it is nested more than {DEEPEST} levels deep; its structure was taken out")
    if tree is None:
        return None
    if is_deep:
        flatten(tree)
    open_up(tree)
    row_cells(tree)
    dropped = drop_attributes(tree)
    if dropped:
        most = max(mended.most_attributes, dropped)
        cuts.append(f"an element has {most:,} attributes; only the first {MAX_ATTRIBUTES} were read")
    elements = count_below(tree) + 1
    if elements > MAX_ELEMENTS:
        cut_after(tree, count=MAX_ELEMENTS)
        cuts.append(f"it has {elements:,} elements; only the first {MAX_ELEMENTS:,} were read")
    return ParsedPage(tree=tree, elements=elements, cuts=tuple(cuts))


def parse_text(text: str) -> _Element | None:
    """The tree of HTML text, or None where it holds nothing but comments or white space."""
    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=new_parser())
    except etree.ParserError as error:
        if "empty" in str(error):
            return None
        raise


def new_parser() -> html.HTMLParser:
    """A parser whose elements are all of one class: lxml.html's own asks a function of Python for each of them."""
    parser = html.HTMLParser(encoding="utf-8", huge_tree=True, remove_comments=True, remove_pis=True)
    parser.set_element_class_lookup(etree.ElementDefaultClassLookup(element=html.HtmlElement))
    return parser


def open_up(tree: _Element) -> None:
    """Make a plain container of what is open over paragraphs only because its end tag is missing or was overlooked."""
    opened = [e for e in tree.iter(*OPENED) if e.tag != "a" or e.get("href") is None]
    left_open, passed = set(opened), set[_Element]()
    for block in [block for each in outermost(opened) for block in each.iterdescendants(*ENDING)]:
        for outer in block.iterancestors():
            if outer in passed or outer.tag in HOLDING:
                break
            passed.add(outer)
            if outer in left_open:
                outer.tag = "div"


def row_cells(tree: _Element) -> None:
    """Put the cells of a table that stand in no row into one, those that follow each other into the same."""
    rows: set[_Element] = set()
    for cell in list(tree.iter("td", "th")):
        parent = cell.getparent()
        if parent is None or parent.tag == "tr" or next(cell.iterancestors("table"), None) is None:
            continue
        row = cell.getprevious()
        if row is None or row not in rows:
            row = etree.Element("tr")
            rows.add(row)
            cell.addprevious(row)
        row.append(cell)


def drop_attributes(tree: _Element) -> int:
    """Remove every element's attributes after the first MAX_ATTRIBUTES; return the most that one had, or 0."""
    most = 0
    for element in elements_at(tree, FLOODED):
        attributes = list(element.attrib.items())
        most = max(most, len(attributes))
        element.attrib.clear()
        element.attrib.update(attributes[:MAX_ATTRIBUTES])
    return most


def has_depth(tree: _Element, levels: int) -> bool:
    """Whether some element lies that many levels deep."""
    return bool(tree.xpath(f"boolean({'/*' * levels})"))


def flatten(tree: _Element) -> None:
    """Lift what lies deeper than MAX_DEPTH levels to that depth, paragraphs as such.

    No text is lost, and none of a script becomes one.
    """
    for element in elements_at(tree, "/*" * (MAX_DEPTH - SPARE_DEPTH)):
        take_out_silent(element)
        for block in element.iterdescendants(*PARTED):
            block.tail = f" {block.tail or ''}"  # or its words would run into those behind it
        etree.strip_tags(element, *{str(inner.tag) for inner in element.iterdescendants("*")} - LEAVES)
    for element in elements_at(tree, "/*" * MAX_DEPTH):
        etree.strip_tags(element, "*")


def cut_after(tree: _Element, *, count: int) -> None:
    """Remove every element after the first count of them, in document order, with the text behind it."""
    rest = list(tree.iter("*"))[count:]
    for element in reversed(rest):
        parent = element.getparent()
        if parent is not None:
            parent.remove(element)
