"""A front matter taken apart into its fields as they are spelled, and put together again. Not for merging two.

Only what is certain is taken apart: block YAML with each key at the start of a line, TOML statement by statement.
"""

import hashlib
import json
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from storage.formats.characters import well_formed

Dialect = Literal["---", "+++"]
PAGE = re.compile(r"\A(---|\+\+\+)[ \t]*\n(.*?)^\1[ \t]*(?:\n|\Z)", re.DOTALL | re.MULTILINE)
ENCODER = json.JSONEncoder(sort_keys=True, separators=(",", ":"))
MOMENT = re.compile(r"\d{4}-\d\d-\d\d(?:[T ]\d\d:\d\d.*)?", re.ASCII)


@dataclass(frozen=True, slots=True)
class Page:
    """A file: its front matter without the fences, and all that follows them. dialect: what the fences are."""

    dialect: Dialect
    front: str
    body: str

    @property
    def text(self) -> str:
        """The whole file."""
        return f"{self.dialect}\n{self.front}{self.dialect}\n{self.body}"


@dataclass(frozen=True, slots=True)
class Field:
    """One field. text: its lines; after: the empty lines and comments behind them; value: comparable, as JSON.

    Without a name it is no more than what stood behind one that is gone.
    """

    name: str
    text: str
    after: str
    value: str


@dataclass(frozen=True, slots=True)
class Section:
    """Fields that stand together: all of a YAML front matter, one table of TOML. head: what stands before them."""

    head: str
    prefix: str
    fields: tuple[Field, ...]


Front = Sequence[Section]


def split_page(text: str) -> Page | None:
    """Return the parts of a text that begins with a front matter; None for any other."""
    found = PAGE.match(text)
    if not found:
        return None
    return Page("---" if found[1] == "---" else "+++", found[2], text[found.end() :])


def front_text(front: Front) -> str:
    """Return a front matter as it is spelled."""
    return "".join(section.head + "".join(field.text + field.after for field in section.fields) for section in front)


def fields_of(front: Front) -> dict[str, Field]:
    """Return all fields by name."""
    return {field.name: field for section in front for field in section.fields if field.name}


def lines_of(text: str) -> list[str]:
    """Return the lines with their ends: those that YAML and TOML count, not those that Python does."""
    return [f"{line}\n" for line in text.removesuffix("\n").split("\n")] if text else []


def has_repeats(front: Front) -> bool:
    """Whether a name stands twice, so that a reader would see one of them only."""
    names = [field.name for section in front for field in section.fields]
    prefixes = [section.prefix for section in front]
    return len(set(names)) < len(names) or len(set(prefixes)) < len(prefixes)


def with_rest(lines: Iterable[str]) -> tuple[str, str]:
    """Return lines in two: up to the last that says something, and the empty ones and comments behind it."""
    kept = list(lines)
    rest: list[str] = []
    while kept and (not kept[-1].strip() or kept[-1].startswith("#")):
        rest.insert(0, kept.pop())
    return "".join(kept), "".join(rest)


def comparable(value: object) -> str:
    """Return a value as JSON, the same for all spellings that programs turn into each other.

    Nothing, an empty text and an empty list are one; so are a moment and the text that says it.
    """
    return ENCODER.encode(plain(value))


def plain(value: object) -> object:
    """Return a value in JSON's terms; see comparable."""
    match value:
        case None | "":
            return None
        case bool() | int():
            return value
        case float():
            return int(value) if value.is_integer() else repr(value)
        case str():
            return plain_text(value)
        case datetime():
            return (value.astimezone(UTC) if value.tzinfo else value).isoformat()
        case date():
            return value.isoformat()
        case Mapping():
            return {str(name): plain(each) for name, each in value.items()} or None
        case list() | tuple() | set():
            return [plain(each) for each in value] or None
        case _:
            return repr(value)


def plain_text(text: str) -> str:
    """Return a text; one that is a moment as moments are returned."""
    if MOMENT.fullmatch(text):
        try:
            moment = datetime.fromisoformat(text)
        except ValueError:
            return text
        if len(text) > len("2024-01-31"):
            return (moment.astimezone(UTC) if moment.tzinfo else moment).isoformat()
    return well_formed(text)


def short_hash(text: str) -> str:
    """Return what tells one value or body from another."""
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()[:8]


def body_hash(body: str) -> str:
    """Return the hash of a body; space at its ends does not count, as editors add and drop it."""
    return short_hash(body.strip())
