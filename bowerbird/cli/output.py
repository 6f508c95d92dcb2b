"""What goes to stdout: tables, lines and JSON. Not for progress, hints and errors, which go to stderr.

A list is a table on a terminal, aligned lines of text elsewhere, and with ``--json`` one JSON object a line
(JSON Lines), so that a long list can be read while it is written. Every string may come from a hostile page:
control and direction characters are taken out of text and escaped in JSON, and markup in it means nothing.
"""

import json
import re
import sys
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import TextIO
from unicodedata import combining, east_asian_width

Row = Mapping[str, object]

# Controls but for the line feed, bidi marks and overrides, line separators, BOM, interlinear marks, lone
# surrogates, tags: all that moves a cursor, turns text around, or hides it. Joiners stay: scripts need them.
UNSAFE = re.compile(
    "[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u206f\ufeff\ufff9-\ufffb\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table. key: in the row; is_number: set to the right."""

    key: str
    title: str
    is_number: bool = False


def clean_line(value: object) -> str:
    """Return value as one line that is safe on a terminal; None is the empty text."""
    return SPACES.sub(" ", UNSAFE.sub(" ", "" if value is None else plain(value))).strip()


def clean_block(text: str) -> str:
    """Return text of many lines without what could disturb a terminal."""
    return UNSAFE.sub("", text.expandtabs(4).replace("\r\n", "\n"))


def plain(value: object) -> str:
    """Return value as a person reads it: times to the second, those of UTC without offset, lists with commas."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, datetime) and value.utcoffset() == timedelta():
        value = value.replace(tzinfo=None)
    if isinstance(value, date):
        return value.isoformat(*([" ", "seconds"] if hasattr(value, "hour") else []))
    if isinstance(value, list | tuple | set | frozenset):
        return ", ".join(plain(item) for item in value)
    return str(value)


def to_json(value: object) -> str:
    """Return value as JSON on one line, readable in any script; what is unsafe to show is escaped."""
    text = json.dumps(value, ensure_ascii=False, default=json_value)
    return UNSAFE.sub(escape, text)


def json_value(value: object) -> object:
    """Return what JSON has for a type it lacks: ISO 8601 for times, lists for sets, text for the rest."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, set | frozenset):
        return sorted(value)
    return str(value)


def escape(found: re.Match[str]) -> str:
    """Return the JSON escape of one character, as a surrogate pair where it needs one."""
    return json.dumps(found[0])[1:-1]


def width(text: str) -> int:
    """Return the columns text takes on a terminal: two for wide characters, none for combining marks."""
    return sum(0 if combining(char) else 2 if east_asian_width(char) in "WF" else 1 for char in text)


@dataclass(frozen=True, slots=True)
class Output:
    """Where a command's data goes. Commands take it from ``app.output``."""

    as_json: bool = False
    stream: TextIO | None = None

    @property
    def target(self) -> TextIO:
        """The stream; stdout is looked up late, for a test may have replaced it."""
        return self.stream or sys.stdout

    def write(self, text: str) -> None:
        """Write one line, or a block of lines, as it is but for what is unsafe."""
        self.target.write(clean_block(text) + "\n")

    def item(self, row: Row, text: str) -> None:
        """Write one thing as it comes: row as a JSON line, or text."""
        self.target.write((to_json(row) if self.as_json else clean_line(text)) + "\n")
        self.target.flush()

    def record(self, row: Row) -> None:
        """Write one thing with all its fields: a JSON line, or a line for each field."""
        if self.as_json:
            self.item(row, "")
            return
        indent = max((width(key) for key in row), default=0)
        for key, value in row.items():
            self.write(f"{key:<{indent}}  {clean_line(value)}".rstrip())

    def table(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        """Write a list: with --json every field of each row, else the columns of it."""
        if self.as_json:
            for row in rows:
                self.item(row, "")
        elif self.target.isatty():
            self.rich_table(rows, columns)
        else:
            self.plain_table(rows, columns)

    def plain_table(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        """Write aligned columns with two spaces between them, under a line of titles."""
        titles = [column.title for column in columns]
        cells = [titles, *([clean_line(row.get(column.key)) for column in columns] for row in rows)]
        widths = [max(width(line[index]) for line in cells) for index in range(len(columns))]
        for line in cells:
            padded = []
            for cell, column, size in zip(line, columns, widths, strict=True):
                space = " " * (size - width(cell))
                padded.append(space + cell if column.is_number else cell + space)
            self.target.write("  ".join(padded).rstrip() + "\n")

    def rich_table(self, rows: Iterable[Row], columns: Sequence[Column]) -> None:
        """Write a table that fits the terminal."""
        from rich.box import SIMPLE_HEAD
        from rich.console import Console
        from rich.table import Table
        from rich.text import Text

        table = Table(box=SIMPLE_HEAD, pad_edge=False)
        for column in columns:
            table.add_column(Text(column.title), justify="right" if column.is_number else "left", overflow="fold")
        for row in rows:
            table.add_row(*(Text(clean_line(row.get(column.key))) for column in columns))
        Console(file=self.target, highlight=False).print(table)
