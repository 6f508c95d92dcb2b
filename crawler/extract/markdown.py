"""Markdown (CommonMark with GitHub's tables, footnotes and alerts) of a content tree. Not for choosing it."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from lxml.etree import _Element

from crawler.extract.elements import BLOCKS, HEADINGS
from crawler.extract.emphasis import CODE_START, LINE_BREAK, LINK_START, MARKS, WRITTEN_BREAK, marked, resolve
from crawler.extract.escaping import DISPLAYED, escape, escape_starts
from crawler.extract.grid import grid_of
from crawler.extract.notemarks import DEFINITION, LABEL, REFERENCE
from crawler.extract.plaintext import all_text

SILENT = frozenset({"script", "style", "noscript", "template", "iframe", "svg", "rt", "rp", "head"})
HTML_MARKS = frozenset({"sub", "sup", "u", "kbd", "mark"})
NO_RANK = frozenset({*MARKS, "mark", "u"})
CELL_LINES = frozenset({"li", "dt", "dd"})
UNSAFE_URL = re.compile(r"[\s<>()\\]")
LANGUAGE = re.compile(r"[\w+#.-]*")
PARAGRAPH_BREAK = re.compile(rf"(?:{LINE_BREAK}\s*){{2,}}")
NUMBER = re.compile(r"\d{1,8}")


class Block(NamedTuple):
    """One block of Markdown. kind: the tag of a list, else nothing."""

    text: str
    kind: str = ""


def write_markdown(content: _Element) -> str:
    """Return the Markdown of a content tree, without an end-of-line at the end."""
    return "\n\n".join(block.text for block in blocks_of(content))


def blocks_of(container: _Element, *, after: str = "") -> Iterator[Block]:
    """The Markdown of each block within a container; text between blocks becomes a paragraph. after: as for a block."""
    run, last = [escape(container.text or "")], after
    for child in container:
        if is_block(child):
            for each in (*paragraphs(run), *block(child, after=last)):
                last = each.kind
                yield each
            run = []
        elif isinstance(child.tag, str):
            run.append(inline(child))
        run.append(escape(child.tail or ""))
    yield from paragraphs(run)


def is_block(element: _Element) -> bool:
    """Whether an element is a block, or an inline element with a block inside."""
    if element.tag in BLOCKS or element.tag == "figcaption":
        return True
    return element.tag in ("a", "span", "font", "center") and next(element.iterdescendants(*BLOCKS), None) is not None


def block(element: _Element, *, after: str) -> Iterator[Block]:
    """The Markdown of one block. after: the kind of the block before it."""
    tag = str(element.tag)
    if tag in HEADINGS:
        text = heading_text(element)
        yield from [Block(f"{'#' * int(tag[1])} {text}")] if text else []
    elif tag == "pre":
        yield Block(fence(element))
    elif element.get(DEFINITION) is not None and tag == "ol":
        yield from notes(element)
    elif tag in ("ul", "ol"):
        yield from write_list(element, after=after)
    elif tag == "blockquote":
        yield from quoted(element)
    elif tag == "table":
        yield from write_table(element)
    elif tag == "hr":
        yield Block("---")
    elif tag in ("dt", "summary") and not any(is_block(child) for child in element):
        yield from paragraphs([marked(inline_children(element), "**")])
    elif tag == "figcaption":
        yield from paragraphs([marked(inline_children(element), "*")])
    else:
        yield from blocks_of(element, after=after)


def heading_text(element: _Element) -> str:
    """The text of a heading on one line. Marks around the whole of it say nothing that its rank does not."""
    inner = element
    while len(inner) == 1 and inner[0].tag in NO_RANK and not ((inner.text or "") + (inner[0].tail or "")).strip():
        inner = inner[0]
    text = squeeze(resolve(inline_children(inner).replace(LINE_BREAK, " ")))
    text = text.replace("<mark>", "").replace("</mark>", "")
    return f"{text[:-1]}\\#" if re.search(r"(?:^|\s)#+$", text) else text


def paragraphs(run: list[str]) -> Iterator[Block]:
    """A run of inline text as paragraphs, parted where two line breaks follow each other."""
    text = "".join(run)
    if not text.strip():
        return
    for part in PARAGRAPH_BREAK.split(text) if LINE_BREAK in text else [text]:
        line = squeeze(resolve(part))
        if line:
            yield Block(displayed(line) or escape_starts(line))


def displayed(line: str) -> str:
    """A formula that is all of a paragraph, on lines of its own; nothing for any other paragraph."""
    found = DISPLAYED.fullmatch(line) if line.startswith("$$") else None
    return f"$$\n{found[1].strip()}\n$$" if found else ""


def squeeze(text: str) -> str:
    """White space collapsed, line breaks written as Markdown's, none at either end."""
    lines = (" ".join(line.split()) for line in text.split(LINE_BREAK))
    return WRITTEN_BREAK.join(line for line in lines if line)


def inline(element: _Element) -> str:
    """The Markdown of an inline element, without its tail."""
    tag = str(element.tag)
    if tag in SILENT or not isinstance(element.tag, str) or element.get(LABEL) is not None:
        return ""
    if tag == "br":
        return LINE_BREAK
    if tag == "img":
        return image(element)
    if tag == "input":
        return "[x] " if element.get("checked") is not None else "[ ] "
    if element.get(REFERENCE) is not None:
        return f"{LINK_START}[^{element.get(REFERENCE)}]"
    if tag in ("code", "tt", "samp"):
        return code_span(" ".join(all_text(element).split()))
    text = inline_children(element)
    if tag == "a":
        return link(element, text)
    if tag in MARKS and not (tag == "cite" and is_reference(element)):
        return marked(text, MARKS[tag])
    return tagged(text, tag) if tag in HTML_MARKS else text


def is_reference(cite: _Element) -> bool:
    """Whether a cite holds a whole reference, in which the title is marked already."""
    return next(cite.iterdescendants("em", "cite", "a"), None) is not None


def inline_children(element: _Element) -> str:
    """The Markdown of what an element holds, as one run of text."""
    parts = [escape(element.text or "")]
    for child in element:
        parts += [inline(child), " " if child.tag in BLOCKS else "", escape(child.tail or "")]
    return "".join(parts)


def tagged(text: str, tag: str) -> str:
    """Text between the tags of HTML, white space outside them."""
    inner = text.strip()
    if not inner or LINE_BREAK in inner or inner.startswith(f"<{tag}>"):
        return text
    start = text.index(inner)
    return f"{text[:start]}<{tag}>{inner}</{tag}>{text[start + len(inner) :]}"


def link(element: _Element, text: str) -> str:
    """A link, or its text where it leads nowhere that Markdown can."""
    href, words = element.get("href") or "", squeeze(resolve(text.replace(LINE_BREAK, " ")))
    if not href or not words or not href.startswith(("http://", "https://", "mailto:")):
        return text
    start, end = " " * text[:1].isspace(), " " * text[-1:].isspace()
    return f"{start}{LINK_START}[{words}]({target(href)}){end}"


def image(element: _Element) -> str:
    """A picture, where it has an address on the web."""
    source = element.get("src") or ""
    alt = escape(" ".join((element.get("alt") or "").split()))
    return f"![{alt}]({target(source)})" if source.startswith(("http://", "https://")) else ""


def target(url: str) -> str:
    """A link's target; in angle brackets where it holds white space or brackets."""
    url = re.sub(r"&(?=#?\w+;)", "&amp;", url)
    if not UNSAFE_URL.search(url):
        return url
    return "<" + " ".join(url.split()).replace("<", "%3C").replace(">", "%3E").replace("\\", "%5C") + ">"


def code_span(text: str) -> str:
    """Code within a line, between more backticks than it holds in a row."""
    if not text:
        return ""
    marks = "`" * (longest_run(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{CODE_START}{marks}{pad}{text}{pad}{marks}"


def longest_run(text: str) -> int:
    """How many backticks stand in a row at most."""
    return max((len(run) for run in re.findall(r"`+", text)), default=0)


def fence(element: _Element) -> str:
    """A block of code."""
    text = all_text(element).strip("\n")
    marks = "`" * max(3, longest_run(text) + 1)
    language = (element.get("class") or "").removeprefix("language-")
    return f"{marks}{language if LANGUAGE.fullmatch(language) else ''}\n{text}\n{marks}"


def quoted(element: _Element) -> Iterator[Block]:
    """A quote; of a box the kind and title first, as GitHub and Obsidian write it."""
    blocks, kind = list(blocks_of(element)), element.get("data-callout")
    text = "\n\n".join(each.text for each in blocks)
    if kind:
        first = element[0] if len(element) else None
        has_title = first is not None and first.get("data-callout") == "title" and bool(blocks)
        title = blocks[0].text.replace("\n", " ") if has_title else kind.capitalize()
        rest = "\n\n".join(each.text for each in (blocks[1:] if has_title else blocks))
        text = f"[!{kind}]{element.get('data-fold') or ''} {title}\n{rest}".rstrip()
    if text:
        yield Block("\n".join(f"> {line}".rstrip() for line in text.split("\n")))


def write_list(element: _Element, *, after: str) -> Iterator[Block]:
    """A tight list; what belongs to an item is indented below it. Another sign parts it from a list before."""
    kind, lines = str(element.tag), list[str]()
    is_second = after == kind
    number = first_number(element)
    for item in element.iterchildren("*"):
        given = item.get("value") or ""
        number = int(given) if NUMBER.fullmatch(given) else number
        marker = f"{number}{')' if is_second else '.'} " if kind == "ol" else "* " if is_second else "- "
        text = item_text(item, indent=" " * len(marker))
        if text:
            lines.append(marker + text)
            number += 1
    if lines:
        yield Block("\n".join(lines), "" if is_second else kind)


def first_number(element: _Element) -> int:
    """The number that a list begins with."""
    start = element.get("start") or ""
    return int(start) if NUMBER.fullmatch(start) else 1


def item_text(item: _Element, *, indent: str) -> str:
    """The text of one item, all lines but the first indented."""
    parts = list(block(item, after="") if item.tag in ("ul", "ol") else blocks_of(item))
    text = ""
    for part in parts:
        is_tight = part.kind and (part.kind == "ul" or part.text.startswith("1"))
        shown = "___" if part.text == "---" and not text else part.text
        text += ("" if not text else "\n" if is_tight else "\n\n") + shown
    lines = text.split("\n")
    return "\n".join([*lines[:1], *(f"{indent}{line}" if line else "" for line in lines[1:])]).rstrip()


def notes(element: _Element) -> Iterator[Block]:
    """The texts of footnotes, each under its number."""
    for item in element:
        text = "\n\n".join(each.text for each in blocks_of(item))
        if text:
            lines = text.split("\n")
            yield Block(
                "\n".join([f"[^{item.get(DEFINITION)}]: {lines[0]}", *(f"    {line}".rstrip() for line in lines[1:])])
            )


def write_table(table: _Element) -> Iterator[Block]:
    """A table of GitHub's kind; one with a single column, or with tables or code inside, as the blocks it holds."""
    for caption in table.iterchildren("caption"):
        yield from paragraphs([inline_children(caption)])
    grid = grid_of(table)
    width = max(map(len, grid), default=0)
    if width < 2 or next(table.iterdescendants("table", "pre", "blockquote"), None) is not None:
        for cell in table.iter("td", "th"):
            yield from blocks_of(cell)
        return
    lines = [table_row(row) for row in grid]
    yield Block("\n".join([lines[0], "|" + " --- |" * width, *lines[1:]]))


def table_row(row: list[_Element | None]) -> str:
    """One row of a table."""
    return f"| {' | '.join(cell_text(cell) if cell is not None else '' for cell in row)} |"


def cell_text(cell: _Element) -> str:
    """The text of a cell on one line: its lines parted by ``<br>``."""
    text = squeeze(resolve("".join(cell_parts(cell))))
    return text.replace(WRITTEN_BREAK, "<br>").replace("|", "\\|")


def cell_parts(cell: _Element) -> Iterator[str]:
    """What a cell holds as one run: items on lines of their own, other blocks parted by a space."""
    yield escape(cell.text or "")
    for child in cell:
        if is_block(child):
            edge = LINE_BREAK if child.tag in CELL_LINES else " "
            yield from (edge, "- " if child.tag == "li" else "", *cell_parts(child), edge)
        elif isinstance(child.tag, str):
            yield inline(child)
        yield escape(child.tail or "")
