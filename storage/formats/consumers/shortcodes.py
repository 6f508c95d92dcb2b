"""Making Hugo's and Zola's shortcodes inert in a body that happens to hold some. Not for Liquid.

Both evaluate them in code as well, where Markdown has no escapes; but both know a comment form, ``{{</* x */>}}``, that
comes out as the shortcode would be typed. So the body that is rendered is the article's, to the character.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from storage.formats.consumers.prose import WORD_JOINER

HUGO_OPENING = re.compile(r"\{\{([<%])")
HUGO_CLOSINGS = {"<": ">}}", "%": "%}}"}
# Ends the comment of a shortcode that is never closed, in a link definition: Markdown shows nothing for it.
HUGO_END = "\n[//]: # (*/{closing})\n"

# Zola's grammar (components/markdown/src/content.pest), possessive as PEG is: what does not fit it is text to Zola.
GAP = r"[ \t\r\n]*+"
ATOM = r"""(?>true|false|"[^"]*+"|'[^']*+'|`[^`]*+`|-?(?:0|[1-9][0-9]*+)(?:\.[0-9]++)?)"""
FLAT_LIST = rf"(?>\[{GAP}(?:{ATOM}{GAP},{GAP})*+(?:{ATOM}{GAP})?+\])"
LIST = rf"(?>\[{GAP}(?:(?>{ATOM}|{FLAT_LIST}){GAP},{GAP})*+(?:(?>{ATOM}|{FLAT_LIST}){GAP})?+\])"
# Lists within lists may go as deep as one likes, which no pattern can follow: all that could be such a list, and more.
ANY_LIST = rf"(?>(?:\[|\]|,|{ATOM}|[ \t\r\n])++)"


def zola_opening(list_pattern: str) -> re.Pattern[str]:
    """Return the pattern of what opens a shortcode, ignored or not, with or without a body."""
    argument = rf"(?>[A-Za-z_][A-Za-z_0-9]*+{GAP}={GAP}(?>{ATOM}|{list_pattern}){GAP})"
    arguments = rf"(?:{argument}(?:,{GAP}{argument})*+)*+"
    call = rf"{GAP}[A-Za-z_][A-Za-z_0-9]*+{GAP}\({GAP}{arguments}\){GAP}"
    return re.compile(
        rf"(?P<ignored>\{{\{{/\*{call}\*/\}}\}})|(?P<inline>\{{\{{{call}\}}\}})"
        rf"|(?P<ignored_block>\{{%/\*{call}\*/%\}})|(?P<block>\{{%{call}%\}})"
    )


ZOLA_OPENING = zola_opening(LIST)
ZOLA_DOUBTFUL = zola_opening(ANY_LIST)
ZOLA_END = re.compile(rf"\{{%{GAP}end{GAP}%\}}")
ZOLA_IGNORED_END = re.compile(rf"\{{%/\*{GAP}end{GAP}\*/%\}}")
DOUBLED_BRACE = re.compile(r"\{(?=[{%])")


@dataclass(frozen=True, slots=True)
class Piece:
    """What Zola takes a part of a body for: text, or a shortcode with its opening tag, its inner text, its end tag."""

    kind: Literal["text", "inline", "ignored"]
    opening: str
    inner: str = ""
    end: str = ""

    @property
    def commented(self) -> str:
        """The part with each of its tags in a comment; only a shortcode that would be evaluated has tags."""
        if self.kind != "inline":
            return self.opening + self.inner + self.end
        tags = [f"{tag[:2]}/*{tag[2:-2]}*/{tag[-2:]}" if tag else "" for tag in (self.opening, self.end)]
        return tags[0] + self.inner + tags[1]

    @property
    def shown(self) -> str | None:
        """What Zola makes of it; None: it evaluates it."""
        if self.kind == "inline":
            return None
        if self.kind == "text":
            return self.opening
        tags = [f"{tag[:2]}{tag[4:-4]}{tag[-2:]}" if tag else "" for tag in (self.opening, self.end)]
        return tags[0] + self.inner + tags[1]


def without_hugo_shortcodes(body: str) -> str:
    """Return a body that Hugo renders as if it knew no shortcodes: each, from its opening to its end, is a comment."""
    parts = []
    position = 0
    while opening := HUGO_OPENING.search(body, position):
        closing = HUGO_CLOSINGS[opening[1]]
        end = body.find(closing, opening.end())
        parts += [body[position : opening.end()], "/*"]
        if end < 0:
            return "".join([*parts, body[opening.end() :], HUGO_END.format(closing=closing)])
        position = end + len(closing)
        parts += [body[opening.end() : end], "*/", closing]
    return "".join([*parts, body[position:]])


def without_zola_shortcodes(body: str) -> str:
    """Return a body in which Zola finds no shortcode to evaluate: each is a comment.

    Where a comment would not come out as it was, a word joiner parts the braces instead.
    """
    if not DOUBLED_BRACE.search(body):
        return body
    commented = "".join(piece.commented for piece in zola_pieces(body))
    shown = [piece.shown for piece in zola_pieces(commented)]
    is_sure = spans(ZOLA_OPENING, body) == spans(ZOLA_DOUBTFUL, body)
    if is_sure and None not in shown and "".join(filter(None, shown)) == body:
        return commented
    return DOUBLED_BRACE.sub(f"{{{WORD_JOINER}", body)


def zola_pieces(body: str) -> Iterator[Piece]:
    """Yield the parts of a body as Zola reads it; what is between an opening and its end is not looked into."""
    last_end = {False: last_start(ZOLA_END, body), True: last_start(ZOLA_IGNORED_END, body)}
    done = position = 0
    while opening := ZOLA_OPENING.search(body, position):
        is_ignored = str(opening.lastgroup).startswith("ignored")
        end = None
        if str(opening.lastgroup).endswith("block"):
            pattern = ZOLA_IGNORED_END if is_ignored else ZOLA_END
            end = pattern.search(body, opening.end()) if opening.end() < last_end[is_ignored] else None
            if end is None or end.start() == opening.end():
                position = opening.start() + 1
                continue
        yield Piece("text", body[done : opening.start()])
        inner = body[opening.end() : end.start()] if end else ""
        yield Piece("ignored" if is_ignored else "inline", opening[0], inner, end[0] if end else "")
        done = position = end.end() if end else opening.end()
    yield Piece("text", body[done:])


def spans(pattern: re.Pattern[str], text: str) -> list[tuple[int, int]]:
    """Return where each match starts and ends."""
    return [found.span() for found in pattern.finditer(text)]


def last_start(pattern: re.Pattern[str], text: str) -> int:
    """Return where the last match starts, -1 where there is none."""
    return max((found.start() for found in pattern.finditer(text)), default=-1)
