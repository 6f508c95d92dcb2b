"""Blocks of code: which elements are one, and their text line by line. What stands beside it: gutter.py."""

import re
from dataclasses import dataclass, field

from lxml.etree import _Element

from crawler.extract.gutter import is_beside_code, is_column_of_numbers, is_gutter, running_numbers
from crawler.extract.wording import CJK

CODE_CLASS = re.compile(r"code|highlight|prism|hljs|lang", re.IGNORECASE)
CODE_BOX = re.compile(r"(?:^|\s)(?:code-?block|code-?snippet|codehilite|sourceCode|highlight)(?:\s|$)", re.IGNORECASE)
EDITOR = re.compile(r"(?:^|\s)(?:cm-editor|CodeMirror|ace_editor|monaco-editor)(?:\s|$)")
EDITOR_TEXT = re.compile(r"(?:^|\s)(?:cm-content|CodeMirror-code|ace_text-layer|view-lines)(?:\s|$)")
LINE_TAGS = frozenset({"div", "p", "li", "tr"})
LINE_CLASS = re.compile(
    r"(?:^|\s)(?:line|code-line|token-line|cm-line|CodeMirror-line|ace_line|view-line)(?:\s|$)", re.IGNORECASE
)
CODE_CELL = re.compile(r"(?:^|[\s_-])(?:code|blob-code|lntd|line|source)(?:$|[\s_-])", re.IGNORECASE)
PRESERVED = re.compile(r"white-space\s*:\s*(?:break-spaces|pre)", re.IGNORECASE)
BLOCK_STYLE = re.compile(r"display\s*:\s*block", re.IGNORECASE)
SENTENCE = re.compile(r"[^\W\d_]{2,}[,;]?\s+[^\W\d_]+[.!?…](?:\s|$)")
PROSE_WORDS, PROSE_LETTERS = 20, 0.85


@dataclass(slots=True)
class Lines:
    """The text of a block of code as it is gathered. is_open: something stands in its last line."""

    skipped: set[_Element]
    parts: list[str] = field(default_factory=list)
    is_open: bool = False

    def add(self, text: str | None) -> None:
        """Add text as it is."""
        if text:
            self.parts.append(text)
            self.is_open = not text.endswith("\n")

    def end(self) -> None:
        """End the last line, unless it has ended."""
        if self.is_open:
            self.add("\n")


def is_code(pre: _Element) -> bool:
    """Whether a pre is code, not a poem or e-mail that was set with line breaks; inner pres are left alone."""
    if next(pre.iterancestors("pre"), None) is not None:
        return False
    if next(pre.iterdescendants("pre", "p", "img", "blockquote"), None) is not None:
        return False
    parent = pre.getparent()
    marks = f"{pre.get('class') or ''} {parent.get('class') or '' if parent is not None else ''}"
    if next(pre.iterdescendants("code", "span"), None) is not None or CODE_CLASS.search(marks):
        return True
    return not is_prose("".join(map(str, pre.itertext())))


def is_prose(text: str) -> bool:
    """Whether a text is sentences."""
    letters = sum(character.isalpha() or character in " \n,.'’" for character in text)
    if len(text.split()) < PROSE_WORDS and not CJK.search(text):
        return False
    return letters >= PROSE_LETTERS * len(text) and (SENTENCE.search(text) is not None or "。" in text)


def is_code_block(element: _Element) -> bool:
    """Whether an element that is no pre is a block of code: an editor, a table of lines, a code of several lines."""
    marks = element.get("class") or ""
    match element.tag:
        case "code":
            return is_standing_code(element)
        case "table":
            return is_code_table(element)
        case "div" | "figure" | "section":
            return bool(EDITOR.search(marks)) or is_code_box(element, marks)
    return False


def is_standing_code(code: _Element) -> bool:
    """Whether a code element, outside of a pre, stands on lines of its own."""
    style = code.get("style") or ""
    if PRESERVED.search(style) or BLOCK_STYLE.search(style) or "block" in (code.get("class") or "").split():
        return True
    return "\n" in "".join(map(str, code.itertext())).strip()


def is_code_box(element: _Element, marks: str) -> bool:
    """Whether an element is named a block of code and holds nothing but its text."""
    if (
        not CODE_BOX.search(marks)
        or next(element.iterdescendants("div", "p", "pre", "table", "code", "ul"), None) is not None
    ):
        return False
    return "\n" in "".join(map(str, element.itertext())).strip()


def is_code_table(table: _Element) -> bool:
    """Whether each row of a table is line numbers and code."""
    count = 0
    for row in table.iter("tr"):
        cells = [cell for cell in row if cell.tag in ("td", "th")]
        if len(cells) not in (2, 3) or not is_code_row(cells):
            return False
        count += 1
    return count > 0


def is_code_row(cells: list[_Element]) -> bool:
    """Whether the last cell is code, and those before it number it."""
    last = cells[-1]
    if last.tag != "td" or not (CODE_CELL.search(last.get("class") or "") or next(last.iter("pre"), None) is not None):
        return False
    return all(is_number_cell(cell) for cell in cells[:-1])


def is_number_cell(cell: _Element) -> bool:
    """Whether a cell holds line numbers."""
    text = "".join(map(str, cell.itertext()))
    has_number = cell.get("data-line-number") is not None or is_gutter(cell)
    return is_column_of_numbers(text) or (has_number and not text.strip())


def sole_code(element: _Element) -> _Element | None:
    """Return the block of code that a block holds and nothing beside it."""
    code = next(element.iterdescendants("code"), None)
    if code is None or not is_standing_code(code):
        return None
    return code if len("".join(map(str, element.itertext())).strip()) == len(text_of(code).strip()) else None


def text_of(element: _Element) -> str:
    """Return all text within an element."""
    return "".join(map(str, element.itertext()))


def code_text(block: _Element) -> str:
    """Return the code, with a line end for each br and line element that has none of its own, without line numbers."""
    inner = next((e for e in block.iterdescendants("div") if EDITOR_TEXT.search(e.get("class") or "")), block)
    if inner.tag == "table" and is_code_table(inner):
        rows = ([cell for cell in row if cell.tag in ("td", "th")] for row in inner.iter("tr"))
        return "\n".join(code_text(cells[-1]).strip("\n") for cells in rows if cells)
    lines = Lines(running_numbers(inner))
    add_code(inner, lines)
    return "".join(lines.parts).replace("\ufeff", "")


def add_code(element: _Element, lines: Lines) -> None:
    """Add what an element holds."""
    lines.add(element.text)
    for child in element:
        if child.tag == "br":
            lines.add("\n")
        elif isinstance(child.tag, str) and child not in lines.skipped and not is_beside_code(child):
            if child.tag in LINE_TAGS or LINE_CLASS.search(child.get("class") or ""):
                add_line(child, lines)
            else:
                add_code(child, lines)
        lines.add(child.tail)


def add_line(element: _Element, lines: Lines) -> None:
    """Add an element that is a line; one without anything in it is an empty line, unless a line end follows anyway."""
    lines.end()
    count = len(lines.parts)
    add_code(element, lines)
    if len(lines.parts) == count and count and "\n" not in (element.tail or ""):
        lines.add("\n")
