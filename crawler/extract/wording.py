"""White space, entities and mark-up inside single values of metadata. Not for texts of more than a line."""

import html
import re
import unicodedata

MARKUP = re.compile(r"</?[a-zA-Z][^<>]{0,300}>")
NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
NOT_WORD = re.compile(r"[\W_]+")
CJK = re.compile(r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7af]")


def one_line(text: str) -> str:
    """The text with white space collapsed and control characters dropped."""
    return " ".join("".join(c if c.isprintable() else " " for c in text).split())


def plain_line(text: str) -> str:
    """A metadata value as a person reads it: entities resolved (twice: they often are escaped twice), no mark-up."""
    if "&" in text:
        text = html.unescape(html.unescape(text))
    return one_line(MARKUP.sub(" ", text) if "<" in text else text)


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
