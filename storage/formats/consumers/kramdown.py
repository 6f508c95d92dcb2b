"""Making what kramdown evaluates inert: ``{: .class onclick="..."}``, ``{::comment}``. Not for Liquid.

A backslash shows them as CommonMark does. Code must stay as it is, but kramdown takes less for code than CommonMark: no
fence that is not closed, no span across a line that begins with ``{:``. So what is code to both for sure is left alone,
and in any other a word joiner parts the two characters.
"""

import re

from markdown_it.token import Token

from storage.formats.consumers.prose import CODE_OR_ESCAPE, WORD_JOINER, blocks, in_paragraphs, lines_of

MARK = re.compile(r"\{(?=:)")
CODE_OR_MARK = re.compile(rf"{CODE_OR_ESCAPE}|\{{(?=:)", re.DOTALL)
# Lines that begin HTML, mathematics or a footnote may hold what CommonMark takes for a fence of its own.
OTHER_BLOCKS = re.compile(r"^ {0,3}(?:<|\$\$|\[\^)", re.M)
# In a paragraph with one of these, kramdown may see the ticks of a code span as part of something else.
OTHER_SPANS = re.compile(r"[`<$|\]]")


def without_kramdown_marks(body: str) -> str:
    """Return a body in which kramdown finds nothing to evaluate."""
    if "{:" not in body:
        return body
    tokens = blocks(body)
    lines = body.split("\n")
    code = lines_of(tokens, "fence", "code_block")
    sure = set() if OTHER_BLOCKS.search(body) else {line for each in tokens for line in sure_lines(each, lines)}
    for number in code - sure:
        lines[number] = parted(lines[number])
    return in_paragraphs("\n".join(lines), escaped, lines=set(range(len(lines))) - code)


def sure_lines(token: Token, lines: list[str]) -> range:
    """Return the lines of a fence that is one to kramdown as well; none of any other block."""
    first, end = token.map or (0, 0)
    if token.type != "fence" or token.level or (first and lines[first - 1].strip()):
        return range(0)
    is_closed = end - first > 1 and lines[end - 1].rstrip().strip(token.markup[0]) == ""
    is_long = len(lines[end - 1].rstrip()) >= len(token.markup)
    is_plain = lines[first] == f"{token.markup}{token.info}"
    return range(first, end) if is_closed and is_long and is_plain else range(0)


def escaped(paragraph: str) -> str:
    """Return a paragraph with its marks escaped, and those in code spans parted unless the spans are spans for sure."""
    others = CODE_OR_MARK.sub("", paragraph)
    is_sure = not OTHER_SPANS.search(others)

    def inert(found: re.Match[str]) -> str:
        code, ticks = found["code"], found["ticks"]
        if code is None:
            return found[0] if found["escape"] else f"\\{found[0]}"
        inner = code.removeprefix(ticks).removesuffix(ticks)
        is_span = is_sure and not re.search(r"`|\n|^\s", inner)
        return code if is_span else parted(code)

    return CODE_OR_MARK.sub(inert, paragraph)


def parted(text: str) -> str:
    """Return the text with a word joiner in each of its marks."""
    return MARK.sub(f"{{{WORD_JOINER}", text)
