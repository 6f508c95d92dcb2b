"""Bytes of a page to text: which encoding, and never an exception. Not for XML, whose parser finds its own."""

import codecs
import re

from charset_normalizer import from_bytes
from w3lib.encoding import resolve_encoding

META_CHARSET = re.compile(rb"""<meta[^>]{0,500}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
META_WINDOW_BYTES = 8192
MARKUP = re.compile(rb"<(?:script|style)\b.{0,50000}?</(?:script|style)|<[^<>]{0,2000}>", re.IGNORECASE | re.DOTALL)
HIGH, ASCII_LETTERS = re.compile(rb"[\x80-\xff]+"), re.compile(rb"[A-Za-z]+")
# Those in which pages without a label are written where Latin letters are few.
NATIONAL = (
    "cp1251",
    "koi8_r",
    "gb18030",
    "shift_jis",
    "euc_jp",
    "euc_kr",
    "big5",
    "cp1253",
    "cp1255",
    "cp1256",
    "cp874",
)
GUESSED_BYTES, FEWEST_HIGH, LEAST_HIGH = 100_000, 60, 0.5
BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# Codecs of Python that no page is written in; some of them run for quadratic time or raise.
NOT_FOR_PAGES = frozenset({"punycode", "idna", "utf-7", "undefined", "unicode_escape", "raw_unicode_escape"})


def decode_html(html: bytes, *, charset: str | None) -> str:
    """Return the page as text: by BOM, HTTP header, meta, in that order; UTF-8 or Windows-1252 where none is given.

    charset: as the HTTP header names it. A declared 8-bit encoding gives way to UTF-8 where the bytes are valid
    UTF-8, which text in an 8-bit encoding practically never is. Declared UTF-8 gives way to Windows-1252 where more of
    its sequences are broken than whole. Bytes that cannot be decoded become U+FFFD.
    """
    for mark, name in BOMS:
        if html.startswith(mark):
            return html[len(mark) :].decode(name, "replace")
    declared = [name for name in (page_codec(charset), unmarked_utf16(html), meta_codec(html)) if name]
    for name in declared_first(html, declared):
        try:
            return html.decode(name)
        except (UnicodeError, LookupError):
            continue
    return html.decode(fallback_codec(html, declared), "replace")


def declared_first(html: bytes, declared: list[str]) -> list[str]:
    """The codecs to try strictly, in order."""
    if html.isascii() or (declared and declared[0].startswith(("utf-16", "utf-32"))):
        return [*declared, "utf-8"]
    return ["utf-8", *declared]


def fallback_codec(html: bytes, declared: list[str]) -> str:
    """The codec of last resort, whose bad bytes are replaced."""
    if not declared:
        return guessed_codec(html) or "cp1252"
    return "cp1252" if declared[0] == "utf-8" and is_mislabelled(html) else declared[0]


def guessed_codec(html: bytes) -> str | None:
    """The encoding that a page in letters beyond ASCII looks like; None for one in Latin letters, or an unclear one."""
    text = MARKUP.sub(b" ", html[:GUESSED_BYTES])
    high = sum(map(len, HIGH.findall(text)))
    if high < FEWEST_HIGH or high < LEAST_HIGH * sum(map(len, ASCII_LETTERS.findall(text))):
        return None
    best = from_bytes(text, cp_isolation=list(NATIONAL), enable_fallback=False).best()
    return best.encoding if best is not None else None


def is_mislabelled(html: bytes) -> bool:
    """Whether more sequences are broken UTF-8 than whole; one that the end of the body cuts does not count."""
    text = codecs.getincrementaldecoder("utf-8")("replace").decode(html)
    replaced = text.count("\ufffd")
    broken = replaced - html.count("\ufffd".encode())
    whole = sum(not character.isascii() for character in text) - replaced
    return broken > whole


def page_codec(label: str | None) -> str | None:
    """Python's name of an encoding label, or None for one that no page is written in."""
    name = resolve_encoding(label.strip("\"' ")) if label and label.isascii() else None
    if name is None or name.replace("-", "_") in {n.replace("-", "_") for n in NOT_FOR_PAGES}:
        return None
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return name


def meta_codec(html: bytes) -> str | None:
    """The encoding that a meta element names. A meta that can be read as ASCII is not UTF-16 (HTML 13.2.3.3)."""
    found = META_CHARSET.search(html[:META_WINDOW_BYTES])
    name = page_codec(found[1].decode("ascii", "replace")) if found else None
    return "utf-8" if name and name.startswith(("utf-16", "utf-32")) else name


def unmarked_utf16(html: bytes) -> str | None:
    """UTF-16 without a BOM, told by the NULs of its ASCII characters."""
    head = html[:400]
    if len(head) < 8 or head.count(0) * 3 < len(head):
        return None
    return "utf-16-le" if head[1::2].count(0) > head[::2].count(0) else "utf-16-be"
