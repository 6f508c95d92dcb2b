"""The data set ``csv``: a table as RFC 4180 has it, harmless in a spreadsheet. Not for nested fields."""

import csv
import io
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from pydantic import field_validator

from storage.article import Article
from storage.formats.characters import body_text
from storage.formats.datasets.dataset import DatasetOptions, LeftOut, PageOf, no_page
from storage.formats.datasets.row import ArticleRow, article_row
from storage.formats.format import NO_OPTIONS
from storage.formats.options import read_options

# What has parts that a cell cannot hold.
NESTED = ("topics", "images", "links", "origins")
COLUMNS = tuple(name for name in ArticleRow.model_fields if name not in NESTED)
BETWEEN = "; "
# A cell that begins with one of these is a formula to a spreadsheet, in full width too:
# https://owasp.org/www-community/attacks/CSV_Injection
FORMULA_STARTS = tuple("=+-@\t\r\n＝＋－＠")
BYTE_ORDER_MARK = "\ufeff"


class CsvOptions(DatasetOptions):
    """columns: which, in which order. bom: a byte order mark, without which Excel takes the file for no UTF-8."""

    columns: tuple[str, ...] = COLUMNS
    bom: bool = False

    @field_validator("columns")
    @classmethod
    def refuse_unknown_columns(cls, columns: tuple[str, ...]) -> tuple[str, ...]:
        """Say which columns there are."""
        if unknown := [name for name in columns if name not in COLUMNS]:
            raise ValueError(f"there is no column {unknown[0]!r}; known: {', '.join(COLUMNS)}")
        return columns


class CsvTable:
    """Writes ``articles.csv``."""

    name = "csv"

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options that are not CsvOptions."""
        read_options(CsvOptions, options, format_name=self.name)

    def file_name(self, options: Mapping[str, object] = NO_OPTIONS) -> str:
        """Return the file's path."""
        return read_options(CsvOptions, options, format_name=self.name).file or "articles.csv"

    def write(
        self, articles: Iterable[Article], target: BinaryIO, *, options: Mapping[str, object], page_of: PageOf = no_page
    ) -> Sequence[LeftOut]:
        """Write the names of the columns, then a record for each article; none is left out."""
        chosen = read_options(CsvOptions, options, format_name=self.name)
        target.write(((BYTE_ORDER_MARK if chosen.bom else "") + record(chosen.columns)).encode())
        for article in articles:
            row = article_row(article)
            target.write(record([cell(getattr(row, name)) for name in chosen.columns]).encode())
        return ()


def record(cells: Sequence[str]) -> str:
    """Return one record with its line end."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def cell(value: object) -> str:
    """Return what stands in one cell; the items of a list are joined, an author is its name."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case list():
            return harmless(BETWEEN.join(str(getattr(item, "name", item)) for item in value))
        case _:
            return harmless(str(value))


def harmless(text: str) -> str:
    """Return the text, with ``'`` before it where a spreadsheet would take it for a formula."""
    return body_text(f"'{text}" if text.startswith(FORMULA_STARTS) else text)
