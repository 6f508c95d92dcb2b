"""Marks of emphasis that Markdown reads back as they were meant.

CommonMark takes ``**`` for a mark only where it leans on a word: not after a space, not between a letter and a sign. So
marks are written as two rare characters first, and become Markdown's once what stands around them is known.
"""

import re
import unicodedata

MARKS = {"strong": "**", "b": "**", "em": "*", "i": "*", "cite": "*", "del": "~~", "s": "~~", "strike": "~~"}
# Noncharacters of Unicode: no text holds them.
OPENINGS = {"**": "\ufdd0", "*": "\ufdd1", "~~": "\ufdd2"}
CLOSINGS = {"**": "\ufdd3", "*": "\ufdd4", "~~": "\ufdd5"}
OPENED = {character: mark for mark, character in OPENINGS.items()}
CLOSED = {character: mark for mark, character in CLOSINGS.items()}
RESERVED = re.compile("[\ufdd0-\ufdef]")
# Before the bracket of a link: an exclamation mark in front of it would make a picture of it.
LINK_START = "\ufdd6"
TOKEN = re.compile("([\ufdd0-\ufdd5])")
# A line break; Markdown's is a backslash and a line end.
LINE_BREAK, WRITTEN_BREAK = "\ufdd7", "\\\n"
# Before a code span: two of them without anything between would be one.
CODE_START = "\ufdd8"
# A code span, a link, a formula: nothing of them can stand outside of a mark.
FIXED_STARTS, FIXED_ENDS = (CODE_START, LINK_START, "`", "[", "![", "<", "$", "*", "~", "_"), "`)]>$*~_"
TWINS = {"*": "_", "**": "__"}
EDGE = re.compile(r"\s+|\\.|[^\w\s\\]", re.DOTALL)


def marked(text: str, mark: str) -> str:
    """Return text between the characters that stand for a mark, unless it is nothing."""
    return f"{OPENINGS[mark]}{text}{CLOSINGS[mark]}" if text.strip(f" {LINE_BREAK}") else text


def resolve(text: str) -> str:
    """Return text with Markdown's marks, where they will be read as such; where they would not, without them."""
    if text.isascii() or not RESERVED.search(text):
        return text
    tokens = [token for token in TOKEN.split(text) if token]
    out: list[str] = []
    opened: list[tuple[str, int]] = []
    for place, token in enumerate(tokens):
        if token in OPENED:
            opened.append((OPENED[token], len(out)))
        elif token in CLOSED and any(mark == CLOSED[token] for mark, _ in opened):
            mark, start = opened.pop()
            inner = "".join(out[start:])
            is_doubled = any(mark == outer for outer, _ in opened)
            before = last_character(out, start)
            out[start:] = [inner if is_doubled else wrapped(inner, mark, before, next_character(tokens, place))]
        elif token not in CLOSED:
            out.append(token)
    return apart("".join(out))


def apart(text: str) -> str:
    """Return text whose code spans are parted, and whose exclamation marks make no picture of a link."""
    text = text.replace(f"`{CODE_START}", "` ").replace(CODE_START, "")
    return text.replace(f"!{LINK_START}", "\\!").replace(LINK_START, "")


def last_character(out: list[str], place: int) -> str:
    """Return the last character written before a place, or nothing."""
    while place and not out[place - 1]:
        place -= 1
    return out[place - 1][-1] if place else ""


def next_character(tokens: list[str], place: int) -> str:
    """Return the first character that will follow a token, or nothing."""
    for number in range(place + 1, len(tokens)):
        if tokens[number] not in OPENED and tokens[number] not in CLOSED:
            return tokens[number][0]
    return ""


def wrapped(text: str, mark: str, before: str, after: str) -> str:
    """Return text between marks, line by line; white space, and signs that would undo a mark, outside of them."""
    if LINE_BREAK in text:
        lines = text.split(LINE_BREAK)
        ends = [(before if n == 0 else "", after if n == len(lines) - 1 else "") for n in range(len(lines))]
        return LINE_BREAK.join(wrapped(line, mark, *end) for line, end in zip(lines, ends, strict=True))
    start = opening(text, before, mark)
    end = closing(text, start, after, mark)
    inner = text[start:end]
    outer = (text[start - 1] if start else before, text[end] if end < len(text) else after)
    mark = mark_between(mark, inner, outer)
    return f"{text[:start]}{mark}{inner}{mark}{text[end:]}" if inner.strip() else text


def mark_between(mark: str, inner: str, outer: tuple[str, str]) -> str:
    """Return the mark, or its twin with underscores where it would run into another; else nothing."""
    if mark[0] not in (*outer, inner[:1], inner[-1:]):
        return mark
    if (
        mark in TWINS
        and not any(each == "_" or each.isalnum() for each in outer)
        and "_" not in (inner[:1], inner[-1:])
    ):
        return TWINS[mark]
    return ""


def opening(text: str, before: str, mark: str) -> int:
    """Return where a mark can open: at the start of text, or behind signs that would undo it; its end for nowhere."""
    start = 0
    while start < len(text) and not leans(inner_start(text, start, mark), text[start - 1] if start else before):
        found = EDGE.match(text, start)
        if found is None or text.startswith(FIXED_STARTS, start):
            return len(text)
        start = found.end()
    return start


def closing(text: str, start: int, after: str, mark: str) -> int:
    """Return where a mark can close: at the end of text, or before signs that would undo it; start for nowhere."""
    end = len(text)
    while end > start and not leans(inner_end(text, end, mark), text[end] if end < len(text) else after):
        if text[end - 1] in FIXED_ENDS or (end > 1 and text[end - 2] == "\\"):
            return start
        end -= 1
    return end


def inner_start(text: str, start: int, mark: str) -> str:
    """Return the first character behind a mark that opens there, and behind those that it is one run with."""
    return text[start:].lstrip(mark[0])[:1]


def inner_end(text: str, end: int, mark: str) -> str:
    """Return the last character before a mark that closes there, and before those that it is one run with."""
    return text[:end].rstrip(mark[0])[-1:]


def leans(inner: str, outer: str) -> bool:
    """Whether a mark between two characters is read as one: see CommonMark's left- and right-flanking runs."""
    if not inner or inner.isspace():
        return False
    return not is_sign(inner) or not outer or outer.isspace() or outer == LINE_BREAK or is_sign(outer)


def is_sign(character: str) -> bool:
    """Whether CommonMark takes a character for punctuation."""
    return character in (CODE_START, LINK_START) or unicodedata.category(character)[0] in "PS"
