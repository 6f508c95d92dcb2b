"""How much text lies below each element of a page: all of it, what an extractor kept of it, and what is linked."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from crawler.extract.elements import BLOCKS, CELLS
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
    """The weights of all elements below one, its text nodes, and those that were kept."""

    of: dict[_Element, Weight]
    kept: set[TextNode] = field(default_factory=set)
    nodes: Sequence[TextNode] = ()

    def __getitem__(self, element: _Element) -> Weight:
        return self.of.get(element, NOTHING)

    def keeps(self, node: TextNode) -> bool:
        """Whether one text node was kept."""
        return node in self.kept


def weigh(body: _Element, nodes: Sequence[TextNode], numbers: set[int]) -> Weights:
    """Return the weights below body. nodes: all that have words; numbers: those that were kept."""
    of = {element: Weight() for element in body.iter("*")}
    kept: set[TextNode] = set()
    for number, node in enumerate(nodes):
        element, is_tail = node
        holder = element.getparent() if is_tail else element
        weight = of.get(holder) if holder is not None else None
        if weight is None:
            continue
        length = len(node.text.strip())
        weight.total += length
        if number in numbers:
            weight.kept += length
            kept.add(node)
    add_to_parents(of)
    return Weights(of, kept, nodes)


def add_to_parents(of: dict[_Element, Weight]) -> None:
    """Add the weight of each element, whole by then, to that of what it lies in. of: in the order of the page."""
    for element, own in reversed(of.items()):
        tag = element.tag
        if tag == "a":
            own.linked = own.total
        parent = element.getparent()
        weight = of.get(parent) if parent is not None else None
        if weight is None:
            continue
        if own.total:
            weight.total += own.total
            weight.kept += own.kept
            weight.linked += own.linked
        if own.has_block or tag in BLOCKS or tag in CELLS:
            weight.has_block = True
