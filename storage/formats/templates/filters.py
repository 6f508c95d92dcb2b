"""The filters of a user's template, by the names that Obsidian's Web Clipper gives them. Not for dates.

Each takes a text or a list, as there; what it does not fit comes back as it is.
"""

import re
from collections.abc import Callable, Mapping

from storage.formats.characters import one_line
from storage.formats.file_name import tidy_stem
from storage.formats.scalar import quote
from storage.formats.templates.moments import format_moment
from storage.formats.yaml_layout import yaml_scalar

Value = object
# A word of an identifier: a run of capitals, a capitalised or small word, digits.
WORD = re.compile(r"[^\W\d_]+|\d+")
# What ends a wiki link's target or begins something else in it.
NOT_IN_LINKS = re.compile(r"[\[\]|#^]")
HUMP = re.compile(r"(?<=[^\W\d_A-Z])(?=[A-Z])")


def words_of(value: Value) -> list[str]:
    """Return the words of a text; ``camelCase`` has two."""
    return WORD.findall(HUMP.sub(" ", str(value)))


def items_of(value: Value) -> list[Value]:
    """Return the items of a list; anything else is the only item."""
    return list(value) if isinstance(value, list | tuple) else [value]


def each(value: Value, change: Callable[[str], str]) -> Value:
    """Return a text changed, or a list with every item changed."""
    return [change(str(item)) for item in value] if isinstance(value, list | tuple) else change(str(value))


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
    """Replace each first of two texts by the second; a single text is taken away."""
    olds, news = pairs[::2], [*pairs[1::2], ""]

    def change(text: str) -> str:
        for old, new in zip(olds, news, strict=False):
            text = text.replace(old, new)
        return text

    return each(value, change)


def slice_(value: Value, start: int, end: int | None = None) -> Value:
    """Return a part of a text or list, the end not included; negative counts from the end."""
    return value[start:end] if isinstance(value, str | list | tuple) else value


def split(value: Value, separator: str = "") -> list[str]:
    """Return the parts between the separators; each character without one."""
    text = str(value)
    return (text.split(separator) if separator else list(text)) if text else []


def join(value: Value, separator: str = ",") -> str:
    """Return the items as one text."""
    return separator.join(str(item) for item in items_of(value))


def first(value: Value) -> Value:
    """Return the first item of a list."""
    return (value[0] if value else "") if isinstance(value, list | tuple) else value


def last(value: Value) -> Value:
    """Return the last item of a list."""
    return (value[-1] if value else "") if isinstance(value, list | tuple) else value


def unique(value: Value) -> Value:
    """Return a list without repeats."""
    return list(dict.fromkeys(value)) if isinstance(value, list | tuple) else value


def merge(value: Value, *more: Value) -> list[Value]:
    """Return a list with more items."""
    return [*items_of(value), *more]


def list_(value: Value, kind: str = "bullet") -> str:
    """Return a Markdown list; kind: bullet, numbered, task or numbered-task."""
    box = "[ ] " if kind.endswith("task") else ""
    is_numbered = kind.startswith("numbered")
    return "\n".join(
        f"{f'{number}.' if is_numbered else '-'} {box}{item}" for number, item in enumerate(items_of(value), start=1)
    )


def blockquote(value: Value) -> str:
    """Return the lines as a quotation."""
    return "\n".join(f"> {line}".rstrip() for line in join(value, "\n").split("\n"))


def callout(value: Value, kind: str = "info", heading: str = "") -> str:
    """Return the lines as one of Obsidian's callouts."""
    return f"> [!{kind}] {heading}".rstrip() + f"\n{blockquote(value)}"


def wikilink(value: Value, alias: str = "") -> Value:
    """Return a link to a note, or a list of such; nothing for an empty name."""
    ending = f"|{alias}" if alias else ""

    def linked(text: str) -> str:
        target = one_line(NOT_IN_LINKS.sub(" ", text))
        return f"[[{target}{ending}]]" if target else ""

    return each(value, linked)


def link(value: Value, text: str = "link") -> Value:
    """Return a Markdown link to an address, or a list of such."""
    label = text.replace("]", r"\]")
    return each(value, lambda url: f"[{label}](<{url}>)" if re.search(r"[\s()<>]", url) else f"[{label}]({url})")


def image(value: Value, alt: str = "") -> Value:
    """Return a Markdown picture, or a list of such."""
    return each(value, lambda url: f"!{link(url, alt)}")


def safe_name(value: Value, _: str = "") -> str:
    """Return the text as a file name that every system takes."""
    return tidy_stem(str(value))


def yaml(value: Value) -> str:
    """Return the value as YAML that reads back as it is: a text quoted, a list in brackets."""
    if isinstance(value, list | tuple):
        return f"[{', '.join(quote(str(item)) for item in value)}]"
    return yaml_scalar(value)


FILTERS: Mapping[str, Callable[..., Value]] = {
    "blockquote": blockquote,
    "callout": callout,
    "camel": camel,
    "capitalize": lambda value: each(value, str.capitalize),
    "date": format_moment,
    "first": first,
    "image": image,
    "join": join,
    "kebab": kebab,
    "last": last,
    "link": link,
    "list": list_,
    "lower": lambda value: each(value, str.lower),
    "merge": merge,
    "pascal": pascal,
    "replace": replace,
    "safe_name": safe_name,
    "slice": slice_,
    "snake": snake,
    "split": split,
    "title": title,
    "trim": lambda value: each(value, str.strip),
    "uncamel": uncamel,
    "unique": unique,
    "upper": lambda value: each(value, str.upper),
    "wikilink": wikilink,
    "yaml": yaml,
}
# Those of Jinja that cannot be made to take for ever or all memory.
OF_JINJA = (
    "default",
    "int",
    "float",
    "length",
    "map",
    "reject",
    "reverse",
    "round",
    "select",
    "sort",
    "striptags",
    "tojson",
)
