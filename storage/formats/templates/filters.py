"""What filters of a template make of a text, or of each of a list, as Obsidian's Web Clipper does. Not for dates."""

import math
import operator
import re
from collections.abc import Callable, Mapping
from urllib.parse import unquote

from storage.formats.characters import one_line
from storage.formats.file_name import tidy_stem
from storage.formats.scalar import quote
from storage.formats.templates import lists
from storage.formats.templates.budget import afford
from storage.formats.templates.value import Value, text_of
from storage.formats.yaml_layout import yaml_scalar

# A word of an identifier: a run of capitals, a capitalised or small word, digits.
WORD = re.compile(r"[^\W\d_]+|\d+")
# What ends a wiki link's target or begins something else in it.
NOT_IN_LINKS = re.compile(r"[\[\]|#^]")
# A pattern of JavaScript with flags; without flags it may as well be a part of an address.
PATTERN = re.compile(r"/.+/[gimsuy]+")
ESCAPED = re.compile(r"\\([:|{}()'\"])")
OPERATION = re.compile(r"\s*(\*\*|[-+*/^])\s*(\d+(?:\.\d+)?)\s*")
OPERATIONS: Mapping[str, Callable[[float, float], float]] = {
    "+": operator.add,
    "-": operator.sub,
    "*": operator.mul,
    "/": operator.truediv,
    "**": math.pow,
    "^": math.pow,
}
TAG = re.compile(r"<!--.*?-->|</?[A-Za-z][^<>]*>", re.DOTALL)
HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


def words_of(value: Value) -> list[str]:
    """Return the words of a text; ``camelCase`` has two."""
    return WORD.findall(HUMP.sub(" ", text_of(value)))


def each(value: Value, change: Callable[[str], str]) -> Value:
    """Return a text changed, or a list with every item changed."""
    return (
        [change(text) for text in lists.texts_of(value)] if isinstance(value, list | tuple) else change(text_of(value))
    )


def lower(value: Value) -> Value:
    """Return small letters."""
    return each(value, str.lower)


def upper(value: Value) -> Value:
    """Return capitals."""
    return each(value, str.upper)


def capitalize(value: Value) -> Value:
    """Return a capital and small letters."""
    return each(value, str.capitalize)


def trim(value: Value) -> Value:
    """Return the text without white space at its ends."""
    return each(value, str.strip)


def camel(value: Value) -> str:
    """Return ``camelCase``."""
    name = pascal(value)
    return name[:1].lower() + name[1:]


def pascal(value: Value) -> str:
    """Return ``PascalCase``."""
    return "".join(word.capitalize() for word in words_of(value))


def kebab(value: Value) -> str:
    """Return ``kebab-case``."""
    return "-".join(word.lower() for word in words_of(value))


def snake(value: Value) -> str:
    """Return ``snake_case``."""
    return "_".join(word.lower() for word in words_of(value))


def uncamel(value: Value) -> str:
    """Return the words of ``camelCase``, with spaces."""
    return " ".join(word.lower() for word in words_of(value))


def title(value: Value) -> Value:
    """Return each word with a capital."""
    return each(value, lambda text: re.sub(r"\S+", lambda word: word[0].capitalize(), text))


def replace(value: Value, *pairs: str) -> Value:
    """Replace each first of two texts by the second; a single text is taken away.

    Raises:
        ValueError: the first is a pattern, ``/x/g``: those are not carried out.
    """
    olds, news = [unescaped(old) for old in pairs[::2]], [*pairs[1::2], ""]
    if pattern := next((old for old in olds if PATTERN.fullmatch(old)), None):
        raise ValueError(f"replace takes texts, not patterns such as {pattern}")

    def change(text: str) -> str:
        for old, new in zip(olds, news, strict=False):
            afford(len(text) + text.count(old) * len(new))
            text = text.replace(old, new)
        return text

    return each(value, change)


def unescaped(text: str) -> str:
    """Return the text without the backslashes that the Web Clipper wants before its own marks."""
    return ESCAPED.sub(r"\1", text)


def calc(value: Value, sum_: str) -> Value:
    """Return a number after one operation such as ``+10`` or ``**2``; what is no number comes back as it is."""
    found = OPERATION.fullmatch(sum_)
    try:
        number, other = float(text_of(value)), float(found[2]) if found else 0.0
    except ValueError:
        return value
    if found is None:
        raise ValueError(f"calc takes one of + - * / ** and a number, not {sum_!r}")
    result = OPERATIONS[found[1]](number, other)
    return int(result) if float(result).is_integer() else round(result, 10)


def round_(value: Value, places: int = 0) -> Value:
    """Return a number rounded; what is no number comes back as it is."""
    try:
        number = float(text_of(value))
    except ValueError:
        return value
    return round(number, max(-15, min(places, 15))) if places else round(number)


def decode_uri(value: Value) -> Value:
    """Return an address with the characters that its percent signs stand for."""
    return each(value, unquote)


def strip_tags(value: Value) -> Value:
    """Return HTML without its tags."""
    return each(value, lambda text: TAG.sub("", text))


def unescape(value: Value) -> Value:
    """Return the text with the quotes and line ends that backslashes stand for."""
    return each(value, lambda text: text.replace('\\"', '"').replace("\\n", "\n"))


def slice_(value: Value, start: int, end: int | None = None) -> Value:
    """Return a part of a text or list, the end not included; negative counts from the end."""
    return value[start:end] if isinstance(value, str | list | tuple) else value


def blockquote(value: Value) -> str:
    """Return the lines as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in lists.join(value, "\n").split("\n"))


def callout(value: Value, kind: str = "info", heading: str = "", is_folded: bool | None = None) -> str:
    """Return the lines as one of Obsidian's callouts; is_folded: None for one that does not fold."""
    fold = {True: "-", False: "+", None: ""}[is_folded]
    return f"> [!{kind}]{fold} {heading}".rstrip() + f"\n{blockquote(value)}"


def wikilink(value: Value, alias: str = "") -> Value:
    """Return a link to a note, or a list of such; nothing for an empty name."""
    ending = f"|{alias}" if alias else ""

    def linked(text: str) -> str:
        afford(len(text) + len(ending))
        target = one_line(NOT_IN_LINKS.sub(" ", text))
        return f"[[{target}{ending}]]" if target else ""

    return each(value, linked)


def link(value: Value, text: str = "link") -> Value:
    """Return a Markdown link to an address, or a list of such."""
    label = text.replace("]", r"\]")

    def linked(url: str) -> str:
        afford(len(url) + len(label))
        return f"[{label}](<{url}>)" if re.search(r"[\s()<>]", url) else f"[{label}]({url})"

    return each(value, linked)


def image(value: Value, alt: str = "") -> Value:
    """Return a Markdown picture, or a list of such."""
    return each(value, lambda url: f"!{link(url, alt)}")


def safe_name(value: Value, _: str = "") -> str:
    """Return the text as a file name that every system takes."""
    return tidy_stem(text_of(value))


def yaml(value: Value) -> str:
    """Return the value as YAML that reads back as it is: a text quoted, a list in brackets."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(quote(text) for text in lists.texts_of(value))}]"
    return yaml_scalar(value)
