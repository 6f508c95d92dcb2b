"""Builds the main content anew from the nodes that were kept: whole blocks, and what belongs between them.

Nothing is deleted in place: a small tree grows beside the page's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from lxml import etree
from lxml.etree import _Element

from crawler.extract.codeblock import code_language, code_text, is_code
from crawler.extract.formula import formula_of
from crawler.extract.hidden import is_hidden
from crawler.extract.inline import (
    append_text,
    copy_children,
    copy_image,
    copy_inline,
    copy_words,
    image_source,
    is_skipped,
)
from crawler.extract.pictures import is_content
from crawler.extract.plaintext import BLOCKS
from crawler.extract.structured import short_text
from crawler.extract.watermark import TextNode
from crawler.extract.weights import Weights
from crawler.extract.wording import xml_safe

HEADINGS = frozenset({"h1", "h2", "h3", "h4", "h5", "h6"})
FRAME = frozenset({"nav", "aside", "footer", "form", "header"})
CONTROLS = frozenset({"nav", "form"})
LISTS = frozenset({"ul", "ol", "dl"})
ITEMS = frozenset({"li", "dt", "dd", "td", "th", "figcaption", "summary", "caption"})
FILLING = frozenset({"p", "ul", "ol", "dl"})
LEAVES = HEADINGS | {"li", "dt", "dd", "p", "figcaption", "blockquote", "summary", "address"}
WRAPPERS = LISTS | {"blockquote", "li", "dt", "dd", "figcaption", "details", "summary"}
LEAST_SHARE, MOST_DENSITY = 0.3, 0.5
LITTLE_TEXT, LONG_CELL = 200, 600
TEASER_HEADING = re.compile(
    r"^(?:related|more (?:on|from|about|stories|news|like)|read (?:more|also|next)|see also|also read|"
    r"most (?:read|popular)|recommended|you (?:may|might) (?:also )?like|popular|trending|latest|newsletter|"
    r"share|comments?|tags?|topics?|advertisement|about the author|mehr (?:zum|zu|aus|von)|lesen sie|"
    r"auch interessant|beliebte?|meistgelesen|verwandte|weitere|kommentare?|schlagw|newsletter|à lire|"
    r"lire aussi|sur le même|les plus lus|voir aussi|en savoir plus|articles? (?:liés|similaires)|commentaires|"
    r"leer más|le puede interesar|te puede|lo más|relacionad|más (?:noticias|sobre)|comentarios|leia (?:também|"
    r"mais)|mais lidas|leggi anche|potrebbe interess|correlati|lees ook|meer over|meest gelezen|läs (?:mer|"
    r"också)|les også|læs også|czytaj|zobacz|читайте|по теме|相关|相關|推荐|延伸阅读|関連|あわせて|관련)",
    re.IGNORECASE,
)


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
        """Whether there is nothing in a run."""
        return self.block is None and not self.nodes and (self.lead is None or not self.lead.text.strip())


@dataclass(frozen=True, slots=True)
class Planter:
    """Copies what is kept. base: what addresses are resolved against."""

    weights: Weights
    base: str

    def plant(self, element: _Element, target: _Element, *, is_whole: bool = False) -> None:
        """Add what is kept of an element at the end of target. is_whole: all of it, whatever was kept."""
        tag = str(element.tag)
        if is_skipped(element) or (is_whole and tag in CONTROLS):
            return
        formula = formula_of(element)
        if formula is not None:
            etree.SubElement(target, "p").text = xml_safe(formula)
        elif tag == "pre" or (tag == "code" and target.tag != "pre"):
            self.plant_code(element, target)
        elif tag == "table" and self.is_data_table(element):
            self.plant_table(element, target, is_whole=is_whole)
        elif tag == "figure" and self.is_picture(element):
            self.plant_figure(element, target)
        elif tag == "hr":
            etree.SubElement(target, "hr")
        elif tag in HEADINGS or (tag not in WRAPPERS and not self.weights[element].has_block):
            self.plant_leaf(element, target)
        else:
            holder = etree.SubElement(target, tag) if tag in WRAPPERS else target
            self.plant_parts(element, holder, is_whole=is_whole)
            drop_if_empty(holder, unless=target)

    def plant_leaf(self, element: _Element, target: _Element) -> None:
        """Add a block that holds no other, whole."""
        tag = str(element.tag) if element.tag in LEAVES else "p"
        holder = etree.SubElement(target, tag)
        copy_children(element, holder, base=self.base)
        drop_if_empty(holder, unless=target)

    def plant_parts(self, container: _Element, target: _Element, *, is_whole: bool) -> None:
        """Add the parts of a container that are kept, or belong between those that are."""
        parts = parts_of(container, self.weights)
        kept = [is_whole or self.is_kept(part) for part in parts]
        kept = kept if is_whole else [k and not self.is_dangling(parts, kept, n) for n, k in enumerate(kept)]
        chosen = kept if is_whole else [k or self.belongs(container, parts, kept, n) for n, k in enumerate(kept)]
        is_single = target.tag in ITEMS and sum(chosen) == 1
        for part, is_chosen, was_kept in zip(parts, chosen, kept, strict=True):
            if is_chosen and part.block is not None and not was_kept and self.is_picture(part.block):
                self.plant_figure(part.block, target)
            elif is_chosen and part.block is not None:
                self.plant(part.block, target, is_whole=is_whole or not was_kept)
            elif is_chosen:
                holder = target if is_single else etree.SubElement(target, "p")
                copy_run(part, holder, base=self.base)
                drop_if_empty(holder, unless=target)

    def is_kept(self, part: Part) -> bool:
        """Whether some of a part's text was kept."""
        if part.block is not None:
            return self.weights[part.block].kept > 0
        if part.lead is not None and self.weights.keeps(part.lead):
            return True
        return any(self.weights[node].kept or self.weights.keeps(TextNode(node, True)) for node in part.nodes)

    def is_dangling(self, parts: Sequence[Part], kept: Sequence[bool], place: int) -> bool:
        """Whether a part is the heading of teasers, of which nothing else was kept."""
        block = parts[place].block
        heading = heading_of(block) if block is not None else None
        if heading is None or any(kept[place + 1 : place + 2]):
            return False
        return TEASER_HEADING.match(short_text(heading)) is not None

    def belongs(self, container: _Element, parts: Sequence[Part], kept: Sequence[bool], place: int) -> bool:
        """Whether a part that was not kept belongs to those around it that were."""
        if self.weights[container].share < LEAST_SHARE and container.tag not in LISTS:
            return False
        part, before, after = parts[place], any(kept[place - 1 : place]), any(kept[place + 1 : place + 2])
        if part.block is None:
            return before and after and not self.is_linked(part)
        if part.block.tag in FRAME or is_hidden(part.block):
            return False
        heading = heading_of(part.block)
        if heading is not None:
            following = next(
                (k for p, k in zip(parts[place + 1 :], kept[place + 1 :], strict=True) if k or not is_heading(p)), False
            )
            return following and not TEASER_HEADING.match(short_text(heading))
        if before and after and part.block.tag in FILLING | {"li", "dt", "dd", "tr"}:
            return self.weights[part.block].density < MOST_DENSITY
        return (before or after) and self.is_structure(part.block)

    def is_linked(self, part: Part) -> bool:
        """Whether a run of text is mostly links."""
        total = sum(self.weights[node].total for node in part.nodes) + len(part.lead.text.strip() if part.lead else "")
        linked = sum(self.weights[node].linked for node in part.nodes)
        return linked >= MOST_DENSITY * max(total, 1)

    def is_structure(self, block: _Element) -> bool:
        """Whether a block is what extractors overlook: code, a formula, a table, a quote, a picture."""
        weight = self.weights[block]
        if block.tag == "hr" or formula_of(block) is not None or next(block.iter("pre"), None) is not None:
            return weight.density < MOST_DENSITY
        if block.tag in ("table", "blockquote") or next(block.iter("table"), None) is not None:
            return weight.total > 0 and weight.density < MOST_DENSITY
        return self.is_picture(block)

    def is_picture(self, block: _Element) -> bool:
        """Whether a block is a picture with little more than its caption."""
        weight = self.weights[block]
        captions = sum(self.weights[caption].total for caption in block.iter("figcaption"))
        is_small = weight.total - captions <= LITTLE_TEXT and weight.density < MOST_DENSITY
        return is_small and not holds_structure(block) and has_picture(block, self.base)

    def plant_figure(self, block: _Element, target: _Element) -> None:
        """Add the pictures of a block, with its words as their caption."""
        figure = etree.SubElement(target, "figure")
        for image in block.iter("img"):
            copy_image(image, figure, base=self.base)
        if not len(figure):
            target.remove(figure)
            return
        caption = next(block.iter("figcaption"), block)
        if caption is block and self.weights[block].linked:  # words around a picture that lead elsewhere
            return
        holder = etree.SubElement(figure, "figcaption")
        copy_words(caption, holder, base=self.base)
        drop_if_empty(holder, unless=target)

    def is_data_table(self, table: _Element) -> bool:
        """Whether a table holds data and is no frame for a layout."""
        if (table.get("role") or "") in ("presentation", "none") or next(
            table.iterdescendants("table", "pre"), None
        ) is not None:
            return False
        cells = sum(1 for _ in table.iter("td", "th"))
        rows = sum(1 for _ in table.iter("tr"))
        return cells > rows and all(self.weights[cell].total <= LONG_CELL for cell in table.iter("td", "th"))

    def plant_table(self, table: _Element, target: _Element, *, is_whole: bool) -> None:
        """Add a data table with all its rows; of one that is mostly links only the rows that were kept."""
        holder = etree.SubElement(target, "table")
        takes_all = is_whole or self.weights[table].density < MOST_DENSITY
        for row in table.iter("tr", "caption"):
            if takes_all or self.weights[row].kept:
                self.plant_row(row, holder)
        drop_if_empty(holder, unless=target)

    def plant_row(self, row: _Element, table: _Element) -> None:
        """Add one row, or the caption, of a data table."""
        holder = etree.SubElement(table, str(row.tag))
        if row.tag == "caption":
            copy_children(row, holder, base=self.base)
        for cell in row.iterchildren("td", "th"):
            spans = {name: cell.get(name) or "" for name in ("colspan", "rowspan")}
            copied = etree.SubElement(
                holder, str(cell.tag), {name: xml_safe(span) for name, span in spans.items() if span}
            )
            self.plant_parts(cell, copied, is_whole=True)

    def plant_code(self, element: _Element, target: _Element) -> None:
        """Add a block of code with its language; a pre that is no code keeps its lines."""
        if element.tag == "pre" and not is_code(element):
            holder = etree.SubElement(target, "p")
            for number, line in enumerate(code_text(element).strip("\n").split("\n")):
                if number:
                    etree.SubElement(holder, "br")
                append_text(holder, xml_safe(line))
            drop_if_empty(holder, unless=target)
            return
        text, language = xml_safe(code_text(element).strip("\n")), code_language(element)
        if text.strip():
            marks = {"class": f"language-{language}"} if language else {}
            block = etree.SubElement(target, "pre", marks)
            etree.SubElement(block, "code", marks).text = text


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
    if element.tag in BLOCKS or element.tag == "figcaption":
        return True
    if element.tag == "code":
        return "\n" in "".join(map(str, element.itertext())).strip()
    return weights[element].has_block


def copy_run(run: Part, target: _Element, *, base: str) -> None:
    """Add a run of text at the end of target."""
    append_text(target, run.lead.text if run.lead else "")
    for node in run.nodes:
        copy_inline(node, target, base=base)
        append_text(target, node.tail)


def heading_of(block: _Element) -> _Element | None:
    """Return the heading that a block is, or holds with nothing beside it."""
    found = block if block.tag in HEADINGS else next(block.iter(*HEADINGS), None)
    if found is None or found is block:
        return found
    return found if len(short_text(block)) <= len(short_text(found)) + 3 else None


def is_heading(part: Part) -> bool:
    """Whether a part is a heading."""
    return part.block is not None and heading_of(part.block) is not None


def has_picture(block: _Element, base: str) -> bool:
    """Whether a block shows a picture that may belong to the article."""
    return any(is_content(image) and image_source(image, base) for image in block.iter("img"))


def holds_structure(block: _Element) -> bool:
    """Whether a block holds code, a table or a quote."""
    return next(block.iter("pre", "table", "blockquote"), None) is not None


def drop_if_empty(holder: _Element, *, unless: _Element) -> None:
    """Remove an element that came to hold nothing."""
    if holder is unless or len(holder) or (holder.text or "").strip():
        return
    parent = holder.getparent()
    if parent is not None:
        parent.remove(holder)
