"""Which blocks of a page became its main content, which did not, and why as far as that is known."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TypedDict

from lxml.etree import _Element

from crawler.extract.elements import BLOCKS
from crawler.extract.structured import short_text
from crawler.extract.watermark import TextNode, numbers_in, text_nodes, watermarked
from crawler.extract.weights import Weights, weigh
from crawler.extract.witness import Plant
from crawler.extract.wording import one_line, squeezed

BORDERS = BLOCKS | {"td", "th", "figcaption"}
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
FRAME = {
    "nav": "a menu",
    "aside": "an aside",
    "footer": "a footer",
    "form": "a form",
    "header": "a header",
    "button": "a button",
}
MOSTLY_LINKS = 0.5
LEAST_LEFT_OUT, MOST_KEPT, MOST_LEFT_OUT = 40, 500, 50
BEGINNING, LONGEST_STEP, STEPS = 80, 40, 3


class BlockReport(TypedDict):
    """One block. path: tags with id and classes, the innermost last. characters: of its text; kept: those that were.

    text: how it begins.
    """

    path: str
    text: str
    characters: int
    kept: int
    why: str


@dataclass(frozen=True, slots=True)
class Choice:
    """What became of the text below root. first: what an extractor chose; final: what the main content was made of.

    nodes: all text nodes with words. is_by_hand: a selector chose.
    """

    root: _Element
    nodes: Sequence[TextNode]
    first: Weights | None
    final: Weights

    @property
    def is_by_hand(self) -> bool:
        """Whether a selector chose."""
        return self.first is None


def trace(root: _Element, plant: Plant, first: Weights | None) -> Choice:
    """Return which text nodes below root the main content is planted from: it is planted once more, with marks."""
    with watermarked(root) as nodes:
        numbers = numbers_in(all_text(plant()))
    # A mark hides from the planter how the heading of teasers begins.
    plain = squeezed(all_text(plant()))
    numbers = {number for number in numbers if not is_heading(nodes[number]) or squeezed(nodes[number].text) in plain}
    return Choice(root, nodes, first, weigh(root, nodes, numbers))


def all_text(content: _Element | None) -> str:
    return "".join(map(str, content.itertext())) if content is not None else ""


def is_heading(node: TextNode) -> bool:
    """Whether a text stands in a heading."""
    return node.element.tag in HEADINGS or next(node.element.iterancestors(HEADINGS), None) is not None


@dataclass(slots=True)
class Block:
    """An element with the text that stands in it and in no block within it."""

    element: _Element
    nodes: list[TextNode] = field(default_factory=list)


def kept_blocks(choice: Choice, *, title: str = "") -> list[BlockReport]:
    """Return the blocks of which something was kept, in the order of the page. title: stands apart from the text."""
    reports = (kept_report(block, choice, title) for block in blocks_of(choice.nodes))
    return [report for report in reports if report is not None]


def blocks_of(nodes: Sequence[TextNode]) -> list[Block]:
    """Return text nodes by the block that they stand in."""
    found: dict[_Element, Block] = {}
    for node in nodes:
        holder = node.element.getparent() if node.is_tail else node.element
        while holder is not None and holder.tag not in BORDERS and holder.getparent() is not None:
            holder = holder.getparent()
        if holder is not None:
            found.setdefault(holder, Block(holder)).nodes.append(node)
    return list(found.values())


def kept_report(block: Block, choice: Choice, title: str) -> BlockReport | None:
    """Return a block of which something was kept, or None."""
    kept = [node for node in block.nodes if choice.final.keeps(node)]
    if not kept:
        return None
    text = one_line(" ".join(node.text for node in kept))
    return BlockReport(
        path=path_of(block.element),
        text=text[:BEGINNING],
        characters=sum(len(node.text.strip()) for node in block.nodes),
        kept=sum(len(node.text.strip()) for node in kept),
        why=why_kept(block, choice, is_title=text == title),
    )


def why_kept(block: Block, choice: Choice, *, is_title: bool) -> str:
    """Say why a block is part of the main content."""
    if is_title:
        return "it is the title, a field of its own"
    if choice.first is None:
        return "the selector chose it"
    is_first = any(choice.first.keeps(node) for node in block.nodes)
    return "chosen" if is_first else "it belongs to what was chosen"


def left_out(choice: Choice) -> list[BlockReport]:
    """Return the largest elements without anything that was kept, in the order of the page."""
    found = [element for element in untouched(choice) if choice.final[element].total >= LEAST_LEFT_OUT]
    return [left_report(element, choice.final[element].total, why_left_out(element, choice)) for element in found]


def untouched(choice: Choice) -> Iterator[_Element]:
    """Give the outermost elements with text of which nothing was kept."""
    waiting = [choice.root]
    while waiting:
        element = waiting.pop()
        weight = choice.final[element]
        if weight.total and not weight.kept:
            yield element
        elif weight.kept:
            waiting += [child for child in reversed(element) if isinstance(child.tag, str)]


def why_left_out(element: _Element, choice: Choice) -> str:
    """Say why an element is no part of the main content, as far as it shows."""
    if choice.is_by_hand:
        return "outside of what the selector chose"
    if choice.first is not None and choice.first[element].kept:
        return "chosen at first, but apart from the rest, or a heading of teasers"
    frame = next((FRAME[str(each.tag)] for each in (element, *element.iterancestors()) if each.tag in FRAME), "")
    if frame:
        return f"not chosen: it is part of {frame}"
    density = choice.final[element].density
    return f"not chosen: {density:.0%} of it are links" if density >= MOSTLY_LINKS else "not chosen"


def removed_reports(elements: Sequence[_Element], why: str) -> list[BlockReport]:
    """Return elements that are taken out before the text is chosen. why: in words."""
    sizes = [(each, sum(len(node.text.strip()) for node in text_nodes(each))) for each in elements]
    return [left_report(element, size, why) for element, size in sizes if size]


def left_report(element: _Element, characters: int, why: str) -> BlockReport:
    """Return an element of which nothing was kept."""
    return BlockReport(
        path=path_of(element), text=short_text(element)[:BEGINNING], characters=characters, kept=0, why=why
    )


def largest(reports: Sequence[BlockReport], most: int) -> list[BlockReport]:
    """Return the largest of some blocks, in their order."""
    ranked = sorted(range(len(reports)), key=lambda place: -reports[place]["characters"])[:most]
    return [reports[place] for place in sorted(ranked)]


def path_of(element: _Element) -> str:
    """Return where an element stands, such as ``main > div#text.wide > p``."""
    steps = [each for each in (*reversed(list(element.iterancestors())), element) if each.tag not in ("html", "body")]
    return " > ".join(step_of(each) for each in steps[-STEPS:] or [element])


def step_of(element: _Element) -> str:
    """Return one element as a selector would name it."""
    classes = "".join(f".{name}" for name in (element.get("class") or "").split()[:2])
    name = f"#{element.get('id')}" if element.get("id") else ""
    return one_line(f"{element.tag}{name}{classes}"[:LONGEST_STEP])
