"""Which part of a page its main content is planted from, once an extractor has said which text it keeps."""

from collections.abc import Sequence

from lxml import etree
from lxml.etree import _Element

from crawler.extract.elements import LISTS
from crawler.extract.hints import Hints
from crawler.extract.inline import copy_children
from crawler.extract.planting import Planter
from crawler.extract.watermark import TextNode, text_nodes
from crawler.extract.weights import Weights, weigh
from crawler.extract.wording import squeezed

LEAST_OF_KEPT, MOST_TRIMMED = 0.95, 2000
LONE_BLOCKS = frozenset({"p", "pre", "div", "article", "section", "main", "td"})
WHOLE = LISTS | {"blockquote", "pre"}  # what stands before them belongs to them
LEAD_KEY, LEAST_KEY, LEAST_LEAD = 45, 30, 50


def plant_kept(root: _Element, weights: Weights, *, base: str, hints: Hints) -> _Element:
    """Return the main content: what was kept, with what belongs to it, and the lead where the page says which it is."""
    body = etree.Element("body")
    region = region_of(root, weights)
    lead = lead_of(weights.nodes, hints.descriptions)
    if lead is not None and not lead_is_kept(lead, weights):
        holder = etree.SubElement(body, "p")
        copy_children(lead, holder, base=base)
    Planter(weights, base).plant(region, body)
    return body


def plant_all(elements: Sequence[_Element], *, base: str) -> _Element | None:
    """Return elements whole as a main content, or None where there are none."""
    body = etree.Element("body")
    for element in elements:
        Planter(weigh(element, list(text_nodes(element)), set()), base).plant(element, body, is_whole=True)
    return body if len(body) else None


def region_of(root: _Element, weights: Weights) -> _Element:
    """Return the smallest element that holds nearly all of what was kept."""
    least = max(LEAST_OF_KEPT * weights[root].kept, weights[root].kept - MOST_TRIMMED)
    region = root
    while True:
        inner = next((child for child in region.iterchildren("*") if weights[child].kept >= least), None)
        if (
            inner is None
            or inner.tag in WHOLE
            or not (weights[inner].has_block or is_all(inner, weights[inner].kept, of=weights[root].kept))
        ):
            return region
        region = inner


def is_all(element: _Element, kept: int, *, of: int) -> bool:
    """Whether a block without others in it holds all that was kept."""
    return element.tag in LONE_BLOCKS and kept == of


def lead_of(nodes: Sequence[TextNode], descriptions: Sequence[str]) -> _Element | None:
    """Return the element that begins with a page's own description of itself: the lead, or the first paragraph."""
    keys = [key for text in descriptions if len(key := squeezed(text)[:LEAD_KEY]) >= LEAST_KEY]
    if not keys:
        return None
    for node in nodes:
        text = node.text.strip() if not node.is_tail else ""
        if len(text) >= LEAST_LEAD and squeezed(text[: 3 * LEAD_KEY]).startswith(tuple(keys)):
            return node.element
    return None


def lead_is_kept(lead: _Element, weights: Weights) -> bool:
    """Whether the lead was kept already."""
    return weights.keeps(TextNode(lead, is_tail=False))
