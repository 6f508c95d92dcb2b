"""Text that Markdown reads back as itself, and formulas that it leaves alone."""

import re

from crawler.extract.emphasis import RESERVED

SPECIAL = re.compile(r"([\\`*\[\]<])|(?<![^\W_])(_)|(_)(?![^\W_])|(~~)|(&)(?=#?\w+;)|(!)(?=\[)")
SUSPECT = re.compile(r"[\\`*\[\]<_~&!]")
BLOCK_START = re.compile(
    r"(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:\d{1,9}(?=[.)](?:\s|$)))|=+$|-{2,}$|~{3,}|:?-+:?(?=\s*\|))"
)
MATH = re.compile(
    r"(\\\((?:(?!\\\().){1,2000}?\\\)|\\\[(?:(?!\\\[).){1,2000}?\\\]|\$\$[^$]{1,2000}\$\$|(?<![\w$])\$(?=[^$]*[\\^_])[^$\s][^$]{0,300}\$(?!\w))"
)
DISPLAYED = re.compile(r"\$\$([^$]{1,2000})\$\$")
WHITE_SPACE, UNEVEN = re.compile(r"\s+"), re.compile(r"[^\S ]|  ")


def escape(text: str) -> str:
    """Return text with the characters that mean something in Markdown escaped, and its white space made spaces."""
    if not text:
        return ""
    if not text.isascii():
        text = RESERVED.sub("", text)
    if UNEVEN.search(text):
        text = WHITE_SPACE.sub(" ", text)
    if "\\" not in text and "$" not in text:
        return escape_prose(text)
    parts = MATH.split(text)
    parts[::2] = map(escape_prose, parts[::2])
    parts[1::2] = map(dollars, parts[1::2])
    return "".join(parts)


def escape_prose(text: str) -> str:
    """Return text without formulas with its special characters escaped."""
    if not SUSPECT.search(text):
        return text
    return SPECIAL.sub(lambda found: "".join("\\" + c for c in found[0]), text)


def dollars(formula: str) -> str:
    """Return a formula between dollar signs, whatever it stood between."""
    if formula.startswith("$"):
        return formula
    marks = "$$" if formula.startswith("\\[") else "$"
    return f"{marks}{formula[2:-2].strip()}{marks}"


def escape_starts(text: str) -> str:
    """Return lines of a paragraph whose beginnings begin no heading, list, quote or rule."""
    return "\n".join(escape_start(line) for line in text.split("\n"))


def escape_start(line: str) -> str:
    """Return one line with the character escaped that would begin something; behind a number, its dot."""
    found = BLOCK_START.match(line)
    if found is None:
        return line
    return f"{found[0]}\\{line[found.end() :]}" if found[0].isdigit() else f"\\{line}"
