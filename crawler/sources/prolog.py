"""The name of a document's root element, whatever stands before it. Linear in the document; builds no tree."""

import codecs
import re

MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"<\x00\x00\x00", "utf-32-le"),
    (b"\x00\x00\x00<", "utf-32-be"),
    (b"<\x00", "utf-16-le"),
    (b"\x00<", "utf-16-be"),
    (b"\x4c\x6f\xa7\x94", "cp037"),
)
MAX_BYTES = 1024 * 1024
NAME = re.compile(r"<(?:[\w.-]{1,40}:)?([a-zA-Z_][\w.-]{0,40})(?=[\s/>])")
DECLARATION_PART = re.compile(r"[\[\]>\"']|<!--")
BEFORE_ROOT = (("<?", "?>"), ("<!--", "-->"))


def text_of(body: bytes) -> str:
    """The beginning of a document as text, by its byte order mark or first bytes; only its ASCII may be relied on."""
    return body[:MAX_BYTES].decode(encoding_of(body), "replace").removeprefix("\ufeff")


def encoding_of(body: bytes) -> str:
    """The family of encodings that the first bytes show; latin-1 stands for all that extend ASCII."""
    return next((encoding for mark, encoding in MARKS if body.startswith(mark)), "latin-1")


def root_at(text: str, position: int) -> str:
    """The local name in lower case of the element that begins at a position, or an empty string where none does."""
    found = NAME.match(text, position)
    return found[1].lower() if found else ""


def end_of_prolog(text: str) -> int:
    """Where white space, processing instructions, comments and the document type end."""
    position = 0
    while True:
        position = skip_spaces(text, position)
        opened = next((pair for pair in BEFORE_ROOT if text.startswith(pair[0], position)), None)
        if opened:
            end = text.find(opened[1], position)
            end += len(opened[1]) if end >= 0 else 0
        elif text[position : position + 9].upper() == "<!DOCTYPE":
            end = end_of_declaration(text, position)
        else:
            return position
        if end <= position:
            return len(text)
        position = end


def skip_spaces(text: str, position: int) -> int:
    while text[position : position + 1].isspace():
        position += 1
    return position


def end_of_declaration(text: str, position: int) -> int:
    """Behind the ``>`` that ends a document type, its internal subset included; 0 where it does not end."""
    depth = 0
    while found := DECLARATION_PART.search(text, position):
        mark, position = found[0], found.end()
        if mark in ("'", '"', "<!--"):
            closing = text.find("-->" if mark == "<!--" else mark, position)
            if closing < 0:
                return 0
            position = closing + 1
        elif mark == ">" and depth == 0:
            return position
        elif mark != ">":
            depth += 1 if mark == "[" else -1
    return 0
