"""The parts of a container: its blocks, and the runs of text between them. Not for which of them are kept."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml.etree import _Element

from crawler.extract.codeblock import is_code_block
from crawler.extract.elements import BLOCKS, CELLS, HEADINGS
from crawler.extract.formula import formula_of
from crawler.extract.inline import append_text, copy_inline
from crawler.extract.watermark import TextNode
from crawler.extract.weights import Weights

LONGEST_HEADING = 500
SHOWN = ("img", "math", "iframe", "video", "audio", "lite-youtube", "amp-youtube", "youtube-video")


@dataclass(slots=True)
class Part:
    """A block of a container, or a run of text between two blocks.

    block: the element of a block. lead: the text a run begins with; nodes: what follows it, with the texts behind.
    """

    block: _Element | None = None
    lead: TextNode | None = None
    nodes: list[_Element] = field(default_factory=list)

    @property
    def is_empty(self) -> bool:
        """Whether there is nothing in a run but line breaks."""
        if self.block is not None or (self.lead is not None and self.lead.text.strip()):
            return False
        return all(is_hollow(node) and not (node.tail or "").strip() for node in self.nodes)

    @property
    def text(self) -> str:
        """All its text."""
        if self.block is not None:
            return "".join(map(str, self.block.itertext()))
        inner = (
            "".join(map(str, node.itertext())) + (node.tail or "") for node in self.nodes if isinstance(node.tag, str)
        )
        return (self.lead.text if self.lead else "") + "".join(inner)


def is_hollow(node: _Element) -> bool:
    """Whether an inline element shows nothing."""
    if not isinstance(node.tag, str) or node.tag == "br":
        return True
    if node.tag in SHOWN or any((text or "").strip() for text in node.itertext()):
        return False
    return next(node.iter(*SHOWN), None) is None and formula_of(node) is None


def parts_of(container: _Element, weights: Weights) -> list[Part]:
    """Split the contents of a container into blocks and runs of text."""
    parts, run = list[Part](), Part(lead=TextNode(container, is_tail=False))
    for child in container:
        if is_block(child, weights):
            parts += [run, Part(block=child)]
            run = Part(lead=TextNode(child, is_tail=True))
        else:
            run.nodes.append(child)
    return [part for part in (*parts, run) if not part.is_empty]


def is_block(element: _Element, weights: Weights) -> bool:
    """Whether an element begins a block of its own."""
    if element.tag in BLOCKS or element.tag in CELLS or element.tag == "figcaption":
        return True
    if element.tag == "code":
        return is_code_block(element)
    return weights[element].has_block


def copy_run(run: Part, target: _Element, *, base: str) -> None:
    """Add a run of text at the end of target."""
    append_text(target, run.lead.text if run.lead else "")
    for node in run.nodes:
        copy_inline(node, target, base=base)
        append_text(target, node.tail)


def heading_of(block: _Element, weights: Weights) -> _Element | None:
    """Return the heading that a block is, or holds with nothing beside it."""
    if block.tag in HEADINGS:
        return block
    total = weights[block].total
    found = next(block.iter(*HEADINGS), None) if 0 < total <= LONGEST_HEADING else None
    return found if found is not None and total <= weights[found].total + 3 else None


def is_heading(part: Part, weights: Weights) -> bool:
    """Whether a part is a heading."""
    return part.block is not None and heading_of(part.block, weights) is not None


def beside_kept(kept: Sequence[bool], joins: Sequence[bool]) -> list[bool]:
    """Whether each part is kept, or in a run that reaches one that is. joins: which parts make up such runs.

    Four pictures in a row stand beside the paragraphs before and after them, the inner two as well.
    """
    found = [False] * len(kept)
    for order in (range(len(kept)), reversed(range(len(kept)))):
        reaches = False
        for place in order:
            reaches = kept[place] or (reaches and joins[place])
            found[place] = found[place] or reaches
    return found


def drop_if_empty(holder: _Element, *, unless: _Element) -> None:
    """Remove an element that came to hold nothing."""
    if holder is unless or len(holder) or (holder.text or "").strip():
        return
    parent = holder.getparent()
    if parent is not None:
        parent.remove(holder)
