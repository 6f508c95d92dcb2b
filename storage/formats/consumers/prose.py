"""What of a Markdown body is prose and what is code, and changing the one without the other. Not for what to change.

A parser of CommonMark finds the blocks; in a paragraph code spans are left out, and a backslash with what it escapes.
"""

import re
from collections.abc import Callable, Iterator
from functools import cache
from itertools import groupby

from markdown_it import MarkdownIt
from markdown_it.token import Token

# Invisible, and no place to break a line: it parts what must not be read together where a backslash would show.
WORD_JOINER = "\u2060"
CODE_OR_ESCAPE = r"(?P<code>(?<!`)(?P<ticks>`+)(?!`).*?(?<!`)(?P=ticks)(?!`))|(?P<escape>\\.)"
PLAIN_WORD = re.compile(r"[\w.+#-]+")
# A fence with more than a word behind it, or a line that ends in a brace: all that without_attributes is for.
MAY_HAVE_ATTRIBUTES = re.compile(r"[`~]{3}[ \t]*[^\n]*[^\w.+#\n`~-]|\}[ \t#]*$", re.M)
OPENING_BRACE = re.compile(r"\{")


@cache
def parser() -> MarkdownIt:
    """Return a parser of blocks alone."""
    return MarkdownIt("commonmark", {"maxNesting": 100}).disable("inline")


def blocks(body: str) -> list[Token]:
    """Return the blocks of a body, each with its first line and the one after its last, from 0."""
    return [token for token in parser().parse(body) if token.map]


def lines_of(tokens: list[Token], *types: str) -> set[int]:
    """Return the numbers of the lines of the blocks of these types."""
    return {number for token in tokens if token.type in types and token.map for number in range(*token.map)}


def code_lines(body: str) -> set[int]:
    """Return the numbers of the lines that are fenced or indented code."""
    return lines_of(blocks(body), "fence", "code_block")


def in_paragraphs(body: str, change: Callable[[str], str], *, lines: set[int]) -> str:
    """Return the body with each run of lines that are not empty and in ``lines`` changed as one text."""
    parts: list[str] = []
    numbered = enumerate(body.split("\n"))
    for is_changed, run in groupby(numbered, lambda each: each[0] in lines and bool(each[1].strip())):
        text = "\n".join(line for _, line in run)
        parts.append(change(text) if is_changed else text)
    return "\n".join(parts)


def prose_lines(body: str) -> set[int]:
    """Return the numbers of the lines that are no code."""
    return set(range(body.count("\n") + 1)) - code_lines(body)


def outside_code(text: str, mark: re.Pattern[str], replacement: str | Callable[[re.Match[str]], str]) -> str:
    """Return a paragraph with what matches ``mark`` replaced where it is in no code span and not escaped."""
    either = re.compile(f"{CODE_OR_ESCAPE}|(?P<mark>{mark.pattern})", re.DOTALL)

    def replaced(found: re.Match[str]) -> str:
        if found["mark"] is None:
            return found[0]
        return replacement(found) if callable(replacement) else replacement

    return either.sub(replaced, text)


def without_attributes(body: str) -> str:
    """Return a body whose headings and fences say nothing but what Markdown has them say.

    ``## A {#id onclick=...}`` loses its words to Hugo, Zola and kramdown, and Hugo stops at a ``{linenostart="x"}``
    behind the language of a fence.
    """
    if not MAY_HAVE_ATTRIBUTES.search(body):
        return body
    tokens = blocks(body)
    lines = body.split("\n")
    for number, line in plain_openings(tokens, lines):
        lines[number] = line
    headings = lines_of(tokens, "heading_open")
    return in_paragraphs("\n".join(lines), lambda text: outside_code(text, OPENING_BRACE, "\\{"), lines=headings)


def plain_openings(tokens: list[Token], lines: list[str]) -> Iterator[tuple[int, str]]:
    """Yield the number and the text of each line that opens a fence, with its language alone."""
    for token in tokens:
        info = token.info
        if token.type == "fence" and token.map and info.strip() and not PLAIN_WORD.fullmatch(info):
            line = lines[token.map[0]]
            word = PLAIN_WORD.match(info.strip())
            end = line.index(token.markup) + len(token.markup)
            yield token.map[0], line[:end] + (word[0] if word else "")
