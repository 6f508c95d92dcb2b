"""White space, entities and mark-up inside single values of metadata. Not for texts of more than a line."""

import html
import re
import unicodedata

# What breaks a line or is no character, and what turns the direction of the words after it. Joiners, soft hyphens and
# zero-width spaces stay: Persian words and families of emoji are made with them.
BREAKS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
BIDI_CONTROLS = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
# A pair of tags, or one that is mark-up by its looks. A lone <b> is what a title speaks of.
PAIR = re.compile(r"<([a-zA-Z][\w-]{0,20})(?:\s[^<>]{0,300})?>([^<>]*)</\1\s*>", re.IGNORECASE)
LONE_TAG = re.compile(
    r"<(?:[a-zA-Z][\w-]{0,20}(?:\s[^<>=]{0,300}=[^<>]{0,300}|\s*/)|/?(?:br|wbr|p|div))>", re.IGNORECASE
)
DEEPEST_PAIR = 5
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_WORD = re.compile(r"[\W_]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def one_line(text: str) -> str:
    """The text with white space and controls collapsed, and without controls of direction."""
    return " ".join(BIDI_CONTROLS.sub("", BREAKS.sub(" ", text)).split())


def plain_line(text: str) -> str:
    """A metadata value as a person reads it: without mark-up, then its entities resolved, once.

    In this order, so that ``&lt;b&gt;`` stays as the words ``<b>``. Once only: lxml has resolved what it gives, and
    jsonld.py does the same, so a value that was escaped twice comes out right.
    """
    if "<" in text:
        text = without_markup(text)
    return one_line(html.unescape(text) if "&" in text else text)


def without_markup(text: str) -> str:
    """The text without pairs of tags, line breaks and tags with attributes."""
    text = LONE_TAG.sub(" ", PAIR.sub(r" \2 ", text))
    for _ in range(DEEPEST_PAIR - 1):
        inner = PAIR.sub(r" \2 ", text)
        if inner == text:
            break
        text = inner
    return text


def xml_safe(text: str) -> str:
    """The text without the characters that XML, and so lxml, does not take."""
    return NOT_XML.sub("", text)


def squeezed(text: str) -> str:
    """Case-folded letters and digits only, for comparing."""
    return NOT_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


def count_words(text: str) -> int:
    """Words of a text; Chinese, Japanese and Korean are counted by character."""
    characters = len(CJK.findall(text))
    return characters + len(CJK.sub(" ", text).split()) if characters else len(text.split())
