"""Markdown cut into its outermost blocks, no more of it parsed than is looked at. Not for what becomes of them.

Most blocks are paragraphs and headings between empty lines, and show as such by how their lines begin. All others
go to the parser, together with their neighbours that are not plain either, for a list may go on after an empty line.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from markdown_it.token import Token

from storage.formats.characters import one_line
from storage.formats.markdown_blocks import parser, words

EMPTY_LINES = re.compile(r"\n(?:[ \t]*\n)+")
# How a line begins that can be nothing but a paragraph's: no list, quote, heading, table, code or HTML.
PLAIN_LINE = r"(?:[^\W\d_]|[\"'“”‘’„«»(…—–¿¡€$£!\[]|\*{1,2}[^\s*]|`[^`\n]|\d{1,9}(?![\d.)]))[^\n]*"
PLAIN = re.compile(rf"{PLAIN_LINE}(?:\n{PLAIN_LINE})*")
HEADING = re.compile(r"#{1,6}[ \t][^\n]*")
# What may go on after an empty line whatever follows: fenced code, HTML.
OPEN_ENDED = re.compile(r"^ {0,3}(?:```|~~~|<)", re.MULTILINE)
# A link of plain words to a plain address, plain words between asterisks, and what may begin anything else but text.
LINK = re.compile(r"(?<![!\\])\[([^\[\]!&*<\\_`~]*)\]\(https?://[^()\s<>\\]*\)")
STRESSED = re.compile(r"(?<![\w*\\])(\*{1,2})(?=[^\W_])([^*\[\]!&<\\_`~]*[^\W_])\1(?![\w*])")
MARK = re.compile(r"!\[|&[#\w]|[*\[\\_`]|<[A-Za-z/!?]|~~")
OPENERS = frozenset({"paragraph_open", "bullet_list_open", "ordered_list_open", "blockquote_open"})
# A list or quote that holds one of these is left out whole, for it cannot be cut out.
UNFIT = frozenset({"heading_open", "fence", "code_block", "table_open", "html_block"})
# Enough for most that look at the beginning.
FIRST_PART = 2_500


@dataclass(frozen=True)
class OutlineBlock:
    """A paragraph, list or quote. source: its Markdown; lines: that of each paragraph within it."""

    source: str
    lines: tuple[str, ...]
    is_paragraph: bool
    environment: Mapping[str, Any] = field(default_factory=dict, compare=False)

    @cached_property
    def parsed(self) -> list[Token]:
        """The lines, each with what the parser finds within it."""
        return [parsed_line(line, self.environment) for line in self.lines]

    @cached_property
    def words(self) -> str:
        """The words without marks, on one line."""
        return one_line(" ".join(words(token) for token in self.parsed))

    @property
    def holds_picture(self) -> bool:
        """Whether there is a picture among the words."""
        return "![" in self.source and any(
            child.type == "image" for token in self.parsed for child in token.children or []
        )

    def with_source(self, source: str) -> "OutlineBlock":
        """Return a block of the same words with another source."""
        return replace(self, source=source)


def parsed_line(line: str, environment: Mapping[str, Any]) -> Token:
    """Return the lines of one paragraph, parsed; most hold no mark but plain ones, and are their own words."""
    children: list[Token] = []
    plain = STRESSED.sub(r"\2", LINK.sub(r"\1", line))
    if MARK.search(plain):
        parser().inline.parse(line, parser(), dict(environment), children)
    else:
        children.append(Token("text", "", 0, content=plain))
    return Token("inline", "", 0, content=line, children=children)


def outline(body: str) -> Iterator[OutlineBlock]:
    """Yield the paragraphs, lists and quotes, without those that hold headings, code, tables or HTML.

    body: with ``\\n`` for line ends. Definitions of links count wherever they stand, so a body that may have any is
    parsed as a whole.
    """
    if "]:" in body:
        yield from parsed_blocks(body, ends=(len(body),))
        return
    start = begun = 0
    while start < len(body):
        gap = EMPTY_LINES.search(body, start)
        end, following = gap.span() if gap else (len(body), len(body))
        if OPEN_ENDED.search(body, start, end):
            break
        is_plain = PLAIN.fullmatch(body, start, end)
        if is_plain or HEADING.fullmatch(body, start, end):
            yield from parsed_blocks(body[begun:start], ends=(start - begun,))
            begun = following
        if is_plain:
            source = body[start:end].strip().replace("\0", "\ufffd")
            yield OutlineBlock(source, (source,), is_paragraph=True)
        start = following
    yield from parsed_blocks(body[begun:], ends=part_ends(body[begun:]))


def part_ends(body: str) -> Iterator[int]:
    """Yield where the parts of a body end, each at a line's end and longer than the one before; the last is all."""
    wanted = FIRST_PART
    while 0 < (end := body.find("\n", wanted) + 1) < len(body):
        yield end
        wanted = end * 4
    yield len(body)


def parsed_blocks(body: str, *, ends: Iterable[int]) -> Iterator[OutlineBlock]:
    """Yield the blocks of a body as the parser finds them, part by part: more is parsed only where it is asked for.

    All blocks of a part are those of the whole but the last, which may go on.
    """
    given = 0
    for end in ends if body else ():
        environment: dict[str, Any] = {}
        tokens: list[Token] = []
        parser().block.parse(body[:end].replace("\0", "\ufffd"), parser(), environment, tokens)
        blocks = list(outer_blocks(tokens))
        whole = blocks if end == len(body) else blocks[:-1]
        lines = body.split("\n")
        for block in whole[given:]:
            if block[0].type in OPENERS and not any(each.type in UNFIT for each in block):
                yield outline_block(block, lines=lines, environment=environment)
        given = max(given, len(whole))


def outer_blocks(tokens: Iterable[Token]) -> Iterator[list[Token]]:
    """Yield the tokens of each outermost block."""
    block: list[Token] = []
    for token in tokens:
        block.append(token)
        if token.level == 0 and token.nesting <= 0:
            yield block
            block = []


def outline_block(tokens: list[Token], *, lines: list[str], environment: Mapping[str, Any]) -> OutlineBlock:
    """Return the block of these tokens."""
    first, last = tokens[0].map or (0, 0)
    return OutlineBlock(
        source="\n".join(lines[first:last]).strip(),
        lines=tuple(token.content for token in tokens if token.type == "inline"),
        is_paragraph=tokens[0].type == "paragraph_open",
        environment=environment,
    )
