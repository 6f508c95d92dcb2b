"""How much text lies below each element of a page: all of it, what an extractor kept of it, and what is linked."""

from collections.abc import Iterable
from dataclasses import dataclass, field

from lxml.etree import _Element

from crawler.extract.elements import BLOCKS
from crawler.extract.watermark import TextNode


@dataclass(slots=True)
class Weight:
    """Characters below one element. has_block: a block lies within it."""

    total: int = 0
    kept: int = 0
    linked: int = 0
    has_block: bool = False

    @property
    def share(self) -> float:
        """The share of its text that was kept."""
        return self.kept / self.total if self.total else 0.0

    @property
    def density(self) -> float:
        """The share of its text that lies in links."""
        return self.linked / self.total if self.total else 0.0


NOTHING = Weight()


@dataclass(slots=True)
class Weights:
    """The weights of all elements below one, and the text nodes that were kept."""

    of: dict[_Element, Weight]
    kept: set[TextNode] = field(default_factory=set)

    def __getitem__(self, element: _Element) -> Weight:
        return self.of.get(element, NOTHING)

    def keeps(self, node: TextNode) -> bool:
        """Whether one text node was kept."""
        return node in self.kept


def weigh(body: _Element, nodes: Iterable[TextNode], numbers: set[int]) -> Weights:
    """Return the weights below body. nodes: all that have words; numbers: those that were kept."""
    of = {element: Weight() for element in body.iter("*")}
    kept: set[TextNode] = set()
    for number, node in enumerate(nodes):
        holder = node.element.getparent() if node.is_tail else node.element
        if holder is None or holder not in of:
            continue
        length = len(node.text.strip())
        of[holder].total += length
        if number in numbers:
            of[holder].kept += length
            kept.add(node)
    for element in reversed(of):
        add_to_parent(element, of)
    return Weights(of, kept)


def add_to_parent(element: _Element, of: dict[_Element, Weight]) -> None:
    """Add the weight of an element, whole by now, to that of what it lies in."""
    own = of[element]
    if element.tag == "a":
        own.linked = own.total
    parent = element.getparent()
    weight = of.get(parent) if parent is not None else None
    if weight is not None:
        weight.total += own.total
        weight.kept += own.kept
        weight.linked += own.linked
        weight.has_block |= own.has_block or element.tag in BLOCKS
