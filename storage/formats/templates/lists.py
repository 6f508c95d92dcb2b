"""What filters of a template make of a list, as Obsidian's Web Clipper does. Not for texts.

What a filter does not fit comes back as it is.
"""

from jinja2.exceptions import SecurityError

from storage.formats.templates.budget import MAX_ITEMS, joined, spend
from storage.formats.templates.value import Value, text_of


def items_of(value: Value) -> list[Value]:
    """Return the items of a list or range; anything else is the only item."""
    items = list(value) if isinstance(value, list | tuple | range) else [value]
    spend(len(items))
    return items


def texts_of(value: Value) -> list[str]:
    """Return the items as texts."""
    return [text_of(item) for item in items_of(value)]


def split(value: Value, separator: str = "") -> list[str]:
    """Return the parts between the separators; each character without one.

    Raises:
        SecurityError: there would be too many.
    """
    text = text_of(value)
    if (text.count(separator) if separator else len(text)) > MAX_ITEMS:
        raise SecurityError(f"it makes a list of more than {MAX_ITEMS} items")
    return (text.split(separator) if separator else list(text)) if text else []


def join(value: Value, separator: str = ",") -> str:
    """Return the items as one text."""
    return joined(texts_of(value), separator)


def first(value: Value) -> Value:
    """Return the first item of a list."""
    return (value[0] if value else "") if isinstance(value, list | tuple) else value


def last(value: Value) -> Value:
    """Return the last item of a list."""
    return (value[-1] if value else "") if isinstance(value, list | tuple) else value


def reverse(value: Value) -> Value:
    """Return a text or list backwards."""
    return value[::-1] if isinstance(value, str | list | tuple) else value


def unique(value: Value) -> Value:
    """Return a list without repeats."""
    return list(dict.fromkeys(value)) if isinstance(value, list | tuple) else value


def merge(value: Value, *more: Value) -> list[Value]:
    """Return a list with more items."""
    return [*items_of(value), *more]


def length(value: Value) -> int:
    """Return the number of characters or items."""
    return len(value) if isinstance(value, str | list | tuple | range) else len(str(value))


def list_(value: Value, kind: str = "bullet") -> str:
    """Return a Markdown list; kind: bullet, numbered, task or numbered-task."""
    box = "[ ] " if kind.endswith("task") else ""
    is_numbered = kind.startswith("numbered")
    return "\n".join(
        f"{f'{number}.' if is_numbered else '-'} {box}{item}" for number, item in enumerate(texts_of(value), start=1)
    )


def footnote(value: Value) -> str:
    """Return the items as numbered footnotes of Markdown."""
    return "\n\n".join(f"[^{number}]: {item}" for number, item in enumerate(texts_of(value), start=1))


def table(value: Value, *headings: str) -> str:
    """Return the items as a Markdown table, as many to a row as there are headings."""
    names = headings or ("Value",)
    cells = [item.replace("|", "\\|").replace("\n", " ") for item in texts_of(value)]
    rows = [cells[start : start + len(names)] for start in range(0, len(cells), len(names))]
    lines = [names, ["-"] * len(names), *(row + [""] * (len(names) - len(row)) for row in rows)]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines)
