"""Builds the main content anew from the nodes that were kept: whole blocks, and what belongs between them.

Nothing is deleted in place: a small tree grows beside the page's own.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from lxml import etree
from lxml.etree import _Element

from crawler.extract.callouts import callout_of
from crawler.extract.codeblock import code_text, is_code, is_code_block, sole_code, text_of
from crawler.extract.codelanguage import code_language
from crawler.extract.elements import CELLS, HEADINGS, LISTS
from crawler.extract.figures import is_picture, plant_figure
from crawler.extract.footnotes import mark_footnotes
from crawler.extract.formula import formula_of
from crawler.extract.gutter import is_column_of_numbers
from crawler.extract.hidden import is_hidden
from crawler.extract.inline import append_text, copy_children, is_skipped
from crawler.extract.notemarks import DEFINITION, is_definition
from crawler.extract.notes import move_note, new_note, notes_holder, number_references, references_of
from crawler.extract.parts import (
    Part,
    beside_kept,
    copy_run,
    drop_if_empty,
    heading_of,
    is_heading,
    is_hollow,
    parts_of,
)
from crawler.extract.pictures import pictures_of
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.tables import is_data_table, plant_table
from crawler.extract.watermark import TextNode
from crawler.extract.weights import Weights
from crawler.extract.wording import xml_safe

FRAME = frozenset({"nav", "aside", "footer", "form", "header"})
CONTROLS = frozenset({"nav", "form"})
ITEMS = frozenset({"li", "dt", "dd", "td", "th", "figcaption", "summary", "caption"})
FILLING = frozenset({"p", "ul", "ol", "dl", "details"})
LEAVES = HEADINGS | {"li", "dt", "dd", "p", "figcaption", "blockquote", "summary", "address"}
WRAPPERS = LISTS | {"blockquote", "li", "dt", "dd", "figcaption", "details", "summary"}
KEPT_ATTRIBUTES = {"ol": ("start", "reversed"), "li": ("value",)}
LEAST_SHARE, MOST_DENSITY, MOST_HEADINGS = 0.3, 0.5, 4
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


@dataclass(frozen=True, slots=True)
class Planter:
    """Copies what is kept. base: what addresses are resolved against."""

    weights: Weights
    base: str

    def plant(self, element: _Element, target: _Element, *, is_whole: bool = False) -> None:
        """Add what is kept of an element at the end of target. is_whole: all of it, whatever was kept.

        The texts of the footnotes that it refers to follow at the very end, wherever the page has them.
        """
        texts = mark_footnotes(element if is_whole else element.getroottree().getroot())
        for heading in [] if is_whole else headings_before(element):
            self.plant_leaf(heading, target, str(heading.tag))
        self.plant_block(element, target, is_whole=is_whole)
        if texts:
            self.plant_notes(texts, target)

    def plant_block(self, element: _Element, target: _Element, *, is_whole: bool) -> None:
        """Add what is kept of one element, footnotes left out."""
        tag = tag_of(element)
        if (is_skipped(element) and tag != "noscript") or (is_whole and tag in CONTROLS):
            return
        formula = formula_of(element)
        if is_definition(element):
            self.plant_definition(element, target)
        elif formula is not None:
            etree.SubElement(target, "p").text = xml_safe(formula)
        elif self.plant_code(element, target) or self.plant_callout(element, target, is_whole=is_whole):
            return
        elif tag == "table" and is_data_table(element, self.weights):
            plant_table(element, target, self.weights, is_whole=is_whole, plant_cell=self.plant_cell, base=self.base)
        elif tag == "figure" and is_picture(element, self.weights, self.base):
            plant_figure(element, target, self.weights, self.base)
        elif tag == "hr":
            etree.SubElement(target, "hr")
        elif tag in HEADINGS or (tag not in WRAPPERS and not self.weights[element].has_block):
            self.plant_leaf(element, target, tag)
        else:
            self.plant_container(element, target, tag, is_whole=is_whole)

    def plant_container(self, element: _Element, target: _Element, tag: str, *, is_whole: bool) -> None:
        """Add a block with others in it. A quote around nothing but code only sets it in."""
        is_inset = tag == "blockquote" and is_only_code(element)
        attributes = {name: value for name in KEPT_ATTRIBUTES.get(tag, ()) if (value := element.get(name)) is not None}
        holder = etree.SubElement(target, tag, attributes) if tag in WRAPPERS and not is_inset else target
        self.plant_parts(element, holder, is_whole=is_whole)
        drop_if_empty(holder, unless=target)

    def plant_leaf(self, element: _Element, target: _Element, tag: str) -> None:
        """Add a block that holds no other, whole."""
        code = sole_code(element) if tag not in HEADINGS else None
        if code is not None:
            self.plant_code(code, target)
            return
        holder = etree.SubElement(target, tag if tag in LEAVES else "p")
        copy_children(element, holder, base=self.base)
        drop_if_empty(holder, unless=target)

    def plant_cell(self, cell: _Element, target: _Element) -> None:
        """Add all that a cell of a table holds."""
        self.plant_parts(cell, target, is_whole=True)

    def plant_parts(self, container: _Element, target: _Element, *, is_whole: bool) -> None:
        """Add the parts of a container that are kept, or belong between those that are."""
        parts = parts_of(container, self.weights)
        kept = [is_whole or self.is_kept(part) for part in parts]
        kept = kept if is_whole else [k and not self.is_dangling(parts, kept, n) for n, k in enumerate(kept)]
        chosen = kept if is_whole else self.chosen(container, parts, kept)
        is_single = target.tag in ITEMS and sum(chosen) == 1
        for part, is_chosen, was_kept in zip(parts, chosen, kept, strict=True):
            if (
                is_chosen
                and part.block is not None
                and not was_kept
                and is_picture(part.block, self.weights, self.base)
            ):
                plant_figure(part.block, target, self.weights, self.base)
            elif is_chosen and part.block is not None:
                self.plant_block(part.block, target, is_whole=is_whole or not was_kept)
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
        heading = heading_of(block, self.weights) if block is not None else None
        if heading is None or any(kept[place + 1 : place + 2]):
            return False
        return TEASER_HEADING.match(short_text(heading)) is not None

    def chosen(self, container: _Element, parts: Sequence[Part], kept: Sequence[bool]) -> list[bool]:
        """Whether each part is kept, or belongs to those that are; of structure a whole run does."""
        if self.share_of(container, parts) < LEAST_SHARE and container.tag not in LISTS:
            return list(kept)
        joins = [not k and self.joins(part) for k, part in zip(kept, parts, strict=True)]
        beside = beside_kept(kept, joins)
        return [near or self.belongs(parts, kept, place) for place, near in enumerate(beside)]

    def share_of(self, container: _Element, parts: Sequence[Part]) -> float:
        """Return the share of a container's text that was kept; captions, which extractors overlook, do not count."""
        whole = self.weights[container]
        figures = [self.weights[part.block] for part in parts if part.block is not None and part.block.tag == "figure"]
        missed = sum(figure.total for figure in figures if not figure.kept)
        return whole.kept / max(whole.total - missed, 1)

    def joins(self, part: Part) -> bool:
        """Whether a part is structure that belongs to a text beside it."""
        block = part.block
        if block is None:
            return self.shows_structure(part)
        if is_framed(block, self.weights) or is_hidden(block) or heading_of(block, self.weights) is not None:
            return False
        return self.is_structure(block)

    def belongs(self, parts: Sequence[Part], kept: Sequence[bool], place: int) -> bool:
        """Whether a part that was not kept, and is no structure, belongs to those around it that were."""
        part, before, after = parts[place], any(kept[place - 1 : place]), any(kept[place + 1 : place + 2])
        if part.block is None:
            return before and after and not self.is_linked(part)
        if is_framed(part.block, self.weights) or is_hidden(part.block):
            return False
        heading = heading_of(part.block, self.weights)
        if heading is not None:
            following = next(
                (
                    k
                    for p, k in zip(parts[place + 1 :], kept[place + 1 :], strict=True)
                    if k or not is_heading(p, self.weights)
                ),
                False,
            )
            return following and not TEASER_HEADING.match(short_text(heading))
        if part.block.tag in LISTS and before and is_announced(parts, place):
            return after or self.weights[part.block].density < MOST_DENSITY
        if part.block.tag in CELLS and not self.weights[part.block].has_block:
            return (before or after) and self.weights[part.block].density < MOST_DENSITY
        is_between = before and after and part.block.tag in FILLING | {"li", "dt", "dd", "tr"}
        return is_between and self.weights[part.block].density < MOST_DENSITY

    def is_linked(self, part: Part) -> bool:
        """Whether a run of text is mostly links."""
        total = sum(self.weights[node].total for node in part.nodes) + len(part.lead.text.strip() if part.lead else "")
        linked = sum(self.weights[node].linked for node in part.nodes)
        return linked >= MOST_DENSITY * max(total, 1)

    def shows_structure(self, part: Part) -> bool:
        """Whether a run is pictures or formulas and nothing else."""
        if part.lead is not None and part.lead.text.strip():
            return False
        shown = [node for node in part.nodes if not is_hollow(node)]
        is_bare = not any((node.tail or "").strip() for node in part.nodes)
        return is_bare and all(formula_of(node) is not None or pictures_of(node, self.base) for node in shown)

    def is_structure(self, block: _Element) -> bool:
        """Whether a block is what extractors overlook: code, a formula, a table, a quote, a box, a picture."""
        weight = self.weights[block]
        if block.tag == "hr" or formula_of(block) is not None or next(block.iter("pre"), None) is not None:
            return weight.density < MOST_DENSITY
        is_marked = (
            block.tag in ("table", "blockquote") or is_code_block(block) or callout_of(unwrapped(block)) is not None
        )
        if is_marked or next(block.iter("table"), None) is not None:
            return weight.total > 0 and weight.density < MOST_DENSITY
        return is_picture(block, self.weights, self.base)

    def plant_code(self, element: _Element, target: _Element) -> bool:
        """Add a block of code with its language; a pre that is no code keeps its lines. False for what is no code."""
        if element.tag == "pre":
            if not is_code(element) and next(element.iterdescendants("pre", "p", "blockquote"), None) is None:
                plant_lines(element, target)
                return True
            if not is_code(element) and not is_code_block(next(element.iterdescendants("div"), element)):
                return False
        elif not is_code_block(element) or (element.tag == "code" and next(element.iter("pre"), None) is not None):
            return False
        text, language = xml_safe(code_text(element).strip("\n")), code_language(element)
        if target.tag in ("td", "th") and "\n" not in text:
            etree.SubElement(target, "code").text = text.strip()
        elif text.strip() and not is_column_of_numbers(text):
            marks = {"class": f"language-{language}"} if language else {}
            block = etree.SubElement(target, "pre", marks)
            etree.SubElement(block, "code", marks).text = text
        return True

    def plant_callout(self, element: _Element, target: _Element, *, is_whole: bool) -> bool:
        """Add a box beside the text as a quote of its kind. False for what is none."""
        box = callout_of(element)
        if box is None:
            return False
        holder = etree.SubElement(target, "blockquote", {"data-callout": box.kind, "data-fold": box.fold})
        if box.title is not None:
            title = etree.SubElement(holder, "p", {"data-callout": "title"})
            copy_children(box.title, title, base=self.base)
            drop_if_empty(title, unless=holder)
            box.title.set(DEFINITION, "")  # it has been read
        self.plant_box(element, holder, is_whole=is_whole)
        drop_if_empty(holder, unless=target)
        return True

    def plant_box(self, element: _Element, holder: _Element, *, is_whole: bool) -> None:
        """Add the contents of a box, its title left out."""
        cells = [cell for cell in element.iter("td") if "content" in (cell.get("class") or "").split()]
        inner = cells[0] if cells else element
        if not self.weights[inner].has_block:
            copy_children(inner, etree.SubElement(holder, "p"), base=self.base)
        else:
            self.plant_parts(inner, holder, is_whole=is_whole)

    def plant_definition(self, text: _Element, target: _Element) -> None:
        """Add the text of a footnote where the page has it; it is moved later."""
        number = text.get(DEFINITION) or ""
        if number:  # the title of a box is marked without one: it has been read
            note = etree.SubElement(target, "li" if text.tag == "li" else "div", {DEFINITION: number})
            self.plant_note(text, note)

    def plant_note(self, text: _Element, note: _Element) -> None:
        """Add all that the text of a footnote holds."""
        self.plant_parts(text, note, is_whole=True)

    def plant_notes(self, texts: dict[str, _Element], target: _Element) -> None:
        """Move the footnotes that the target refers to to its end; add those that the extractor left out."""
        planted = {note.get(DEFINITION) or "": note for note in elements_at(target, f".//*[@{DEFINITION}]")}
        labels = {number: label for number, label in references_of(target).items() if number in texts}
        number_references(target, labels)
        for note in planted.values():
            del note.attrib[DEFINITION]
        holder = notes_holder(target) if labels else target
        for number, (old, label) in enumerate(labels.items(), start=1):
            note = planted.get(old, holder)
            if note is holder:
                note = new_note(holder, is_kept=self.weights[texts[old]].kept > 0)
                self.plant_note(texts[old], note)
            move_note(note, holder, number=str(number), label=label)


def tag_of(element: _Element) -> str:
    """Return an element's tag; of one that says it is a heading, that of the heading."""
    tag = str(element.tag)
    if element.get("role") != "heading" or tag in HEADINGS or tag in LISTS:
        return tag
    level = element.get("aria-level") or "2"
    return f"h{level}" if level in "123456" else "h2"


def headings_before(region: _Element) -> list[_Element]:
    """Return the headings that stand directly before what is planted."""
    found: list[_Element] = []
    previous = region.getprevious()
    while previous is not None and previous.tag in HEADINGS and not (previous.tail or "").strip():
        found.append(previous)
        previous = previous.getprevious() if len(found) < MOST_HEADINGS else None
    return [] if any(TEASER_HEADING.match(short_text(heading)) for heading in found) else found[::-1]


def is_framed(block: _Element, weights: Weights) -> bool:
    """Whether a block belongs to the page's frame; a header with a heading alone, and a box, are of the text."""
    is_text = (block.tag == "header" and heading_of(block, weights) is not None) or callout_of(block) is not None
    return block.tag in FRAME and not is_text


def is_announced(parts: Sequence[Part], place: int) -> bool:
    """Whether the part before a list ends with a colon."""
    return parts[place - 1].text.rstrip().endswith((":", "："))


def unwrapped(block: _Element) -> _Element:
    """Return the element within wrappers that hold nothing else."""
    while (
        len(block) == 1 and isinstance(block[0].tag, str) and not ((block.text or "") + (block[0].tail or "")).strip()
    ):
        if callout_of(block) is not None:
            break
        block = block[0]
    return block


def is_only_code(quote: _Element) -> bool:
    """Whether a quote holds a block of code and nothing else."""
    pre = next(quote.iterdescendants("pre"), None)
    return pre is not None and is_code(pre) and len(text_of(quote).strip()) == len(text_of(pre).strip())


def plant_lines(pre: _Element, target: _Element) -> None:
    """Add a pre that is no code as a paragraph with its line breaks."""
    holder = etree.SubElement(target, "p")
    for number, line in enumerate(code_text(pre).strip("\n").split("\n")):
        if number:
            etree.SubElement(holder, "br")
        append_text(holder, xml_safe(line))
    drop_if_empty(holder, unless=target)
