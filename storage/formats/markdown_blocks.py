"""Markdown as a sequence of plain blocks: headings, paragraphs, pictures, code. Not for HTML pages."""

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Literal

from markdown_it import MarkdownIt
from markdown_it.token import Token

from storage.formats.characters import code_line, one_line

# Linear whatever the text: an open comment runs to the end, a tag holds no other.
TAG = re.compile(r"<!--.*?(?:-->|\Z)|<[^<>]*>", re.DOTALL)
MAX_NESTING = 100
# The parser's time grows with the square of those that are never closed.
MAX_OPEN_BRACKETS = 2000


@dataclass(frozen=True, slots=True)
class Block:
    """One group of lines; a picture has its alt text and its caption, as far as they are known.

    Lines of code keep their indentation; those that are empty are left out, for an empty line ends a group.
    """

    kind: Literal["heading", "paragraph", "picture", "code"]
    lines: tuple[str, ...]


@cache
def parser() -> MarkdownIt:
    """Return the parser: CommonMark with tables and struck text."""
    return MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"])


def is_readable(markdown: str) -> bool:
    """Whether the parser is done with it in good time: few brackets are not the links' or pictures' own."""
    return markdown.count("[") - markdown.count("](") <= MAX_OPEN_BRACKETS


def markdown_blocks(markdown: str, *, captions: Mapping[str, str]) -> Iterator[Block]:
    """Yield the blocks in reading order, without marks; no block is empty.

    captions: of pictures, by URL, for those whose Markdown has no title.
    """
    is_heading = False
    cells: list[str] | None = None
    for token in parser().parse(markdown):
        if token.type == "heading_open":
            is_heading = True
        elif token.type == "tr_open":
            cells = []
        elif token.type == "tr_close" and cells is not None:
            yield from paragraph(" | ".join(cell for cell in cells if cell))
            cells = None
        elif token.type == "inline" and cells is not None:
            cells.append(one_line(words(token)))
        elif token.type == "inline":
            yield from inline_blocks(token, is_heading=is_heading, captions=captions)
            is_heading = False
        elif token.type in ("fence", "code_block"):
            yield from code(token.content)
        elif token.type == "html_block":
            yield from paragraph(html.unescape(TAG.sub(" ", token.content)))


def without_repeated_captions(blocks: Iterable[Block]) -> Iterator[Block]:
    """Leave out a paragraph that says again what the picture before it said: Markdown has no place for a caption."""
    before: Block | None = None
    for block in blocks:
        is_caption = before is not None and before.kind == "picture" and block.lines[0] in before.lines
        if block.kind != "paragraph" or not is_caption:
            yield block
            before = block


def paragraph(text: str) -> Iterator[Block]:
    """Yield text as a paragraph, if it says something."""
    line = one_line(text)
    if line:
        yield Block("paragraph", (line,))


def code(text: str) -> Iterator[Block]:
    """Yield the lines of a code block as one group, if any says something."""
    lines = tuple(line for line in map(code_line, text.split("\n")) if line)
    if lines:
        yield Block("code", lines)


def inline_blocks(token: Token, *, is_heading: bool, captions: Mapping[str, str]) -> Iterator[Block]:
    """Yield the words of a paragraph or heading, then its pictures."""
    line = one_line(words(token))
    if line:
        yield Block("heading" if is_heading else "paragraph", (line,))
    for child in token.children or []:
        if child.type == "image":
            yield from picture(child, captions=captions)


def words(token: Token) -> str:
    """Return the text of an inline token without marks, addresses and pictures."""
    parts = []
    for child in token.children or []:
        if child.type in ("text", "text_special", "code_inline"):
            parts.append(child.content)
        elif child.type in ("softbreak", "hardbreak") or (child.type == "html_inline" and child.content[:3] == "<br"):
            parts.append(" ")
    return "".join(parts)


def picture(token: Token, *, captions: Mapping[str, str]) -> Iterator[Block]:
    """Yield a picture's alt text and caption, where it has any."""
    title, source = token.attrs.get("title") or "", str(token.attrs.get("src") or "")
    alt, caption = one_line(token.content), one_line(str(title) or captions.get(source, ""))
    lines = tuple(line for line in dict.fromkeys([alt, caption]) if line)
    if lines:
        yield Block("picture", lines)
