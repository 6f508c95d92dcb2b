"""Text that Markdown reads back as itself, and formulas that it leaves alone."""

import re

from crawler.extract.emphasis import RESERVED

SPECIAL = re.compile(r"([\\`*\[\]<])|(?<!\w)(_)|(_)(?!\w)|(~~)|(&)(?=#?\w+;)|(!)(?=\[)")
BLOCK_START = re.compile(
    r"^(#{1,6}(?=\s|$)|[-+](?=\s|$)|>|(?:\d{1,9}(?=[.)](?:\s|$)))|=+$|-{2,}$|~{3,}|:?-+:?(?=\s*\|))", re.MULTILINE
)
MATH = re.compile(
    r"(\\\(.{1,2000}?\\\)|\\\[.{1,2000}?\\\]|\$\$[^$]{1,2000}\$\$|(?<![\w$])\$(?=[^$]*[\\^_])[^$\s][^$]{0,300}\$(?!\w))"
)
DISPLAYED = re.compile(r"\$\$([^$]{1,2000})\$\$")
WHITE_SPACE = re.compile(r"\s+")


def escape(text: str) -> str:
    """Return text with the characters that mean something in Markdown escaped, and its white space made spaces."""
    text = WHITE_SPACE.sub(" ", RESERVED.sub("", text))
    if "\\" not in text and "$" not in text:
        return escape_prose(text)
    parts = MATH.split(text)
    parts[::2] = map(escape_prose, parts[::2])
    parts[1::2] = map(dollars, parts[1::2])
    return "".join(parts)


def escape_prose(text: str) -> str:
    """Return text without formulas with its special characters escaped."""
    return SPECIAL.sub(lambda found: "".join("\\" + c for c in found[0]), text)


def dollars(formula: str) -> str:
    """Return a formula between dollar signs, whatever it stood between."""
    if formula.startswith("$"):
        return formula
    marks = "$$" if formula.startswith("\\[") else "$"
    return f"{marks}{formula[2:-2].strip()}{marks}"


def escape_starts(text: str) -> str:
    """Return lines of a paragraph whose beginnings begin no heading, list, quote or rule."""
    return BLOCK_START.sub(escape_start, text)


def escape_start(found: re.Match[str]) -> str:
    """The first character that would begin something, escaped; of a number, its dot."""
    return f"{found[0]}\\" if found[0].isdigit() else f"\\{found[0]}"
