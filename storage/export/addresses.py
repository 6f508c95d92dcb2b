"""Where the addresses of pictures stand in Markdown and in HTML, to the character. Not for what replaces them."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from html import escape, unescape
from html.parser import HTMLParser

from markdown_it import MarkdownIt
from markdown_it.rules_inline import StateInline
from markdown_it.rules_inline.image import image
from markdown_it.token import Token

from storage.formats.markdown_blocks import MAX_NESTING, is_readable

LINE_END = re.compile(r"\r\n?|\n")
SPACES = re.compile(r"[ \t\n]*")
FOUND = "addresses"
ATTRIBUTE = re.compile(r"""([^\s=>/"']+)(?:\s*=\s*("[^"]*"|'[^']*'|[^\s>"']+))?""")
UNSAFE_IN_MARKDOWN = re.compile(r"[\s<>()\\]")


@dataclass(frozen=True, slots=True)
class Address:
    """url: of a picture. start, end: of what stands for it in the text, quotes and angle brackets included."""

    url: str
    start: int
    end: int


def markdown_addresses(markdown: str) -> list[Address]:
    """Return those of ``![...](...)``, wherever CommonMark sees a picture: in code it sees none.

    A picture whose address is given elsewhere (``![a][1]``) has none of its own.
    """
    if "](" not in markdown or not is_readable(markdown):
        return []
    environment: dict[str, object] = {}
    lines = line_spans(markdown)
    found: list[Address] = []
    for token in parser().parse(markdown, environment):
        for address in inline_addresses(token, environment):
            after = found[-1].end if found else 0
            placed = (
                placed_in_line(address, token, markdown=markdown, line=lines[row], after=after)
                for row in rows_of(address, token)
            )
            found += [each for each in placed if each is not None][:1]
    return found


def rows_of(address: Address, token: Token) -> range:
    """Return the lines of the text in which an address of a block may stand, the likeliest first.

    It is one more for each line of white space that the parser leaves out at the block's beginning.
    """
    first, end = token.map or (0, 0)
    row = first + token.content.count("\n", 0, address.start)
    return range(row, end - token.content.count("\n", address.start))


@cache
def parser() -> MarkdownIt:
    """Return a parser of blocks, whose inline half notes where it sees the address of a picture."""
    made = MarkdownIt("commonmark", {"maxNesting": MAX_NESTING}).enable(["table", "strikethrough"]).disable("inline")
    made.inline.ruler.at("image", noting_image)
    return made


def noting_image(state: StateInline, silent: bool) -> bool:
    """Read a picture as the parser does, and note its address in the environment."""
    start = state.pos
    if not image(state, silent):
        return False
    # Within the alt text of a picture places are counted from the alt text's beginning: those are left out.
    if not silent and state.src == state.env["content"]:
        end, state.pos = state.pos, start
        target = destination(state, state.md.helpers.parseLinkLabel(state, start + 1, False) + 1)
        state.pos = end
        state.env[FOUND] += [target] if target else []
    return True


def destination(state: StateInline, opening: int) -> Address | None:
    """Return the address in the bracket at opening, or None where there is neither."""
    if state.src[opening : opening + 1] != "(":
        return None
    gap = SPACES.match(state.src, opening + 1)
    target = state.md.helpers.parseLinkDestination(state.src, gap.end() if gap else opening + 1, state.posMax)
    return Address(target.str, gap.end() if gap else opening + 1, target.pos) if target.ok and target.str else None


def inline_addresses(token: Token, environment: Mapping[str, object]) -> list[Address]:
    """Return those of one block, with their places in its content."""
    notes: list[Address] = []
    if token.type == "inline" and token.map and "![" in token.content:
        own = {"references": environment.get("references", {}), FOUND: notes, "content": token.content}
        parser().inline.parse(token.content, parser(), own, [])
    return notes


def placed_in_line(
    address: Address, token: Token, *, markdown: str, line: tuple[int, int], after: int
) -> Address | None:
    """Return the address with its place in the whole text, or None where that is not sure.

    A block's content is its lines without what stands before them (list marks, ``>``), so a line of it ends a line of
    the text; save in headings and tables, where it is looked for. after: where the one before ended.
    """
    begun = token.content.rfind("\n", 0, address.start) + 1
    ended = token.content.find("\n", address.start)
    piece = token.content[begun : ended if ended >= 0 else None].rstrip()
    start, end = line
    text = markdown[start:end].rstrip()
    raw = token.content[address.start : address.end]
    place = start + len(text) - len(piece) + address.start - begun
    if not text.endswith(piece) or place < after or markdown[place : place + len(raw)] != raw:
        looked_for = markdown.find(piece, max(start, after - (address.start - begun)), end)
        place = looked_for + address.start - begun
        if looked_for < 0 or place < after:
            return None
    return Address(address.url, place, place + len(raw)) if markdown[place : place + len(raw)] == raw else None


def line_spans(text: str) -> list[tuple[int, int]]:
    """Return where each line starts and ends, its line end left out."""
    starts, ends = [0], []
    for found in LINE_END.finditer(text):
        ends.append(found.start())
        starts.append(found.end())
    return list(zip(starts, [*ends, len(text)], strict=True))


class ImageTags(HTMLParser):
    """Notes each ``img`` tag with its place."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.found: list[tuple[int, str]] = []
        self._starts = [0, *(match.end() for match in re.finditer("\n", html))]
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        row, column = self.getpos()
        if tag == "img":
            self.found.append((self._starts[row - 1] + column, self.get_starttag_text() or ""))


def html_addresses(html: str) -> list[Address]:
    """Return those of ``<img src=...>``."""
    return [address for start, tag in ImageTags(html).found for address in tag_addresses(tag, start)]


def tag_addresses(tag: str, start: int) -> Iterator[Address]:
    """Yield the first src of a tag that stands at start."""
    for found in ATTRIBUTE.finditer(tag, len("<img")):
        if found[1].lower() == "src" and found[2]:
            value = found[2][1:-1] if found[2][0] in "\"'" else found[2]
            if value:
                yield Address(unescape(value), start + found.start(2), start + found.end(2))
            return


def replaced(text: str, addresses: Iterable[Address], files: Mapping[str, str], *, is_html: bool) -> str:
    """Return the text with the addresses that files knows replaced. is_html: by quoted values of attributes."""
    parts: list[str] = []
    done = 0
    for address in sorted(addresses, key=lambda each: each.start):
        target = files.get(address.url)
        if target is not None:
            parts += [text[done : address.start], f'"{escape(target)}"' if is_html else in_markdown(target)]
            done = address.end
    return "".join([*parts, text[done:]])


def in_markdown(target: str) -> str:
    """Return a target as Markdown takes it."""
    if not UNSAFE_IN_MARKDOWN.search(target):
        return target
    return "<" + target.replace("\\", "\\\\").replace("<", "%3C").replace(">", "%3E") + ">"
