"""Takes out of a page's text what would harm the parser, before it gets there. Everything else is the parser's job."""

import re
from dataclasses import dataclass

# libxml2 takes quadratic time for the attributes of an element; from here on that would be seconds.
UNPARSABLE_ATTRIBUTES = 5000
LEAST_FLOOD = 2 * UNPARSABLE_ATTRIBUTES  # characters: an attribute has one, and one between it and the next
# Two cheap tests for a tag with that many, without and with ">" in its values. Both pass over each character once.
LONG_TAG = 15_000  # characters: such a tag is looked at more closely
QUOTED = re.compile(r""""[^"]*"|'[^']*'""")
QUOTED_RUN = re.compile(r"""<[a-zA-Z](?:[^<>"']*+(?:"[^"]{0,2000}+"|'[^']{0,2000}+')){50,}+""")
# The tag itself. Scripts and comments, in which "a<b" is no tag, are matched whole and left alone.
TAG = re.compile(
    r"""<(script|style|textarea|title|xmp)\b[^>]*>.*?</\1\s*>|<!--.*?-->|"""
    r"""(?P<tag><[a-zA-Z](?:[^>"']++|"[^"]{0,2000}+"|'[^']{0,2000}+')*+)""",
    re.DOTALL | re.IGNORECASE,
)
ATTRIBUTE = re.compile(r"""[^\s=/"'>]+(?:\s*=\s*(?:"[^"]*"|'[^']*'|[^\s"'>]+))?""")
# Control characters, and references to them: no lxml string may hold one.
CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
CONTROL_BYTES = bytes((*range(9), 11, 12, *range(14, 32)))
NONCHARACTERS = ("\ufffe", "\uffff")
REFERENCE = re.compile(
    r"&#(?:0*(?:[0-8]|1[124-9]|2[0-9]|3[01]|6553[45])|[xX]0*(?:[0-8bBcCeEfF]|1[0-9a-fA-F]|[fF]{3}[eEfF]))"
    r"(?:;|(?![0-9a-fA-F]))"
)
# A doctype within the page ends up as a node that lxml cannot wrap (AssertionError).
DOCTYPE = re.compile(r"<![dD][oO][cC][tT][yY][pP][eE][^<>]*>")
# What follows the end of the body belongs to it (HTML 13.2.6.4.19); libxml2 would leave it out, or put it outside.
END = re.compile(r"</(?:[bB][oO][dD][yY]|[hH][tT][mM][lL])\b[^<>]*>")


@dataclass(frozen=True, slots=True)
class Mended:
    """A page's text, and the most attributes that a flooded element had: 0 where there was no flood."""

    text: str
    most_attributes: int = 0


def mend(text: str) -> Mended:
    """Return the text without control characters, doctypes, early ends and floods of attributes."""
    text = CONTROL.sub("", text) if has_control(text) else text
    text = REFERENCE.sub("", text) if "&#" in text else text
    return without_flood(END.sub("", DOCTYPE.sub("", text)))


def has_control(text: str) -> bool:
    """Whether a text may hold a control character; asked of its bytes, which is ten times as fast."""
    encoded = text.encode("utf-8", "replace")
    return len(encoded.translate(None, CONTROL_BYTES)) != len(encoded) or any(mark in text for mark in NONCHARACTERS)


def without_flood(text: str) -> Mended:
    """The text without an element's attributes beyond UNPARSABLE_ATTRIBUTES."""
    most = 0

    def shortened(tag: re.Match[str]) -> str:
        nonlocal most
        if tag["tag"] is None or len(tag[0]) < LEAST_FLOOD:
            return tag[0]
        found = list(ATTRIBUTE.finditer(tag[0], 1))
        if len(found) <= UNPARSABLE_ATTRIBUTES:
            return tag[0]
        most = max(most, len(found) - 1)
        return tag[0][: found[UNPARSABLE_ATTRIBUTES - 1].end()]

    if has_long_tag(text) or has_long_run(text):
        text = TAG.sub(shortened, text)
    return Mended(text, most)


def has_long_tag(text: str) -> bool:
    """Whether some tag may be that long, its quoted values left out: many a page keeps data in one.

    What stands between two ">" is mostly short: to split there is quick.
    """
    return any(may_flood(piece) for piece in text.split(">") if len(piece) > LONG_TAG)


def may_flood(piece: str) -> bool:
    """Whether what ends with a ">" ends a tag of too many attributes; what has no "<" may be a script's as well."""
    start = piece.rfind("<")
    if start < 0:
        return len(piece.split()) > UNPARSABLE_ATTRIBUTES
    return len(piece) - start > LONG_TAG and len(QUOTED.sub("", piece[start:])) > LEAST_FLOOD


def has_long_run(text: str) -> bool:
    """Whether some tag may have too many attributes, as far as quotes and equals signs tell."""
    if text.count("=") <= UNPARSABLE_ATTRIBUTES:
        return False
    return any(run[0].count("=") > UNPARSABLE_ATTRIBUTES // 2 for run in QUOTED_RUN.finditer(text))
