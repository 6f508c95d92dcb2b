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
LINE_BREAK = "\\\n"
FIXED_STARTS, FIXED_ENDS = "`[!<$*~_", "`)]>$*~_"  # a code span, a link, a formula: nothing of them can stand outside
EDGE = re.compile(r"\s+|\\.|[^\w\s\\]", re.DOTALL)


def marked(text: str, mark: str) -> str:
    """Return text between the characters that stand for a mark, unless it is nothing."""
    return f"{OPENINGS[mark]}{text}{CLOSINGS[mark]}" if text.strip() else text


def resolve(text: str) -> str:
    """Return text with Markdown's marks, where they will be read as such; where they would not, without them."""
    if not RESERVED.search(text):
        return text
    text = text.replace(f"!{LINK_START}", "\\!").replace(LINK_START, "")
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
            before = last_character(out[:start])
            out[start:] = [inner if is_doubled else wrapped(inner, mark, before, next_character(tokens, place))]
        elif token not in CLOSED:
            out.append(token)
    return "".join(out)


def last_character(out: list[str]) -> str:
    """Return the last character written, or nothing."""
    return next((part[-1] for part in reversed(out) if part), "")


def next_character(tokens: list[str], place: int) -> str:
    """Return the first character that will follow a token, or nothing."""
    for token in tokens[place + 1 :]:
        if token not in OPENED and token not in CLOSED:
            return token[0]
    return ""


def wrapped(text: str, mark: str, before: str, after: str) -> str:
    """Return text between marks, line by line; white space, and signs that would undo a mark, outside of them."""
    if LINE_BREAK in text:
        lines = text.split(LINE_BREAK)
        ends = [(before if n == 0 else "", after if n == len(lines) - 1 else "") for n in range(len(lines))]
        return LINE_BREAK.join(wrapped(line, mark, *end) for line, end in zip(lines, ends, strict=True))
    if before == mark[0] or after == mark[0]:
        return text
    start = opening(text, before)
    end = closing(text, start, after)
    inner = text[start:end]
    return f"{text[:start]}{mark}{inner}{mark}{text[end:]}" if inner.strip() else text


def opening(text: str, before: str) -> int:
    """Return where a mark can open: the start of text, or behind the signs there that would undo it; its end for nowhere."""
    start = 0
    while start < len(text) and not leans(text[start:].lstrip("*~")[:1], text[start - 1] if start else before):
        found = EDGE.match(text, start)
        if found is None or text[start] in FIXED_STARTS:
            return len(text)
        start = found.end()
    return start


def closing(text: str, start: int, after: str) -> int:
    """Return where a mark can close: the end of text, or before the signs there that would undo it; start for nowhere."""
    end = len(text)
    while end > start and not leans(text[:end].rstrip("*~")[-1:], text[end] if end < len(text) else after):
        if text[end - 1] in FIXED_ENDS or (end > 1 and text[end - 2] == "\\"):
            return start
        end -= 1
    return end


def leans(inner: str, outer: str) -> bool:
    """Whether a mark between two characters is read as one: see CommonMark's left- and right-flanking runs."""
    if not inner or inner.isspace():
        return False
    return not is_sign(inner) or not outer or outer.isspace() or is_sign(outer)


def is_sign(character: str) -> bool:
    """Whether CommonMark takes a character for punctuation."""
    return unicodedata.category(character)[0] in "PS"
