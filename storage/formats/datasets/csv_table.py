"""The data set ``csv``: a table as RFC 4180 has it, harmless in a spreadsheet. Not for nested fields."""

import csv
import io
import re
from collections.abc import Iterable, Mapping, Sequence
from typing import BinaryIO

from pydantic import Field, field_validator

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
# What makes a cell a formula to a spreadsheet, in any width, and behind white space that it drops; a ``'`` is its mark,
# so a text that looks marked gets one more: https://owasp.org/www-community/attacks/CSV_Injection
FORMULA = re.compile(
    "'*(?:[\t\r\n]|[\\s\x00-\x1f\u00ad\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\ufeff]*[=+\\-@＝＋－＠﹢﹣﹦﹫⁺⁻⁼₊₋₌−])"
)
BYTE_ORDER_MARK = "\ufeff"


class CsvOptions(DatasetOptions):
    """columns: which, in which order. bom: a byte order mark, without which Excel takes the file for no UTF-8.

    longest_cell: in UTF-16 units, as Excel counts; a longer one is cut. 0 for no limit; Excel's is 32767.
    """

    columns: tuple[str, ...] = COLUMNS
    bom: bool = False
    longest_cell: int = Field(default=0, ge=0)

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
            cells = [cell(getattr(row, name)) for name in chosen.columns]
            target.write(record([cut_cell(each, limit=chosen.longest_cell) for each in cells]).encode())
        return ()


def record(cells: Sequence[str]) -> str:
    """Return one record with its line end."""
    line = io.StringIO(newline="")
    csv.writer(line).writerow(cells)
    return line.getvalue()


def cell(value: object) -> str:
    """Return what stands in one cell; a list's items are joined, each of them harmless; an author is its name."""
    match value:
        case None:
            return ""
        case bool():
            return "true" if value else "false"
        case int():
            return str(value)
        case list():
            return BETWEEN.join(harmless(str(getattr(item, "name", item))) for item in value)
        case _:
            return harmless(str(value))


def harmless(text: str) -> str:
    """Return the text, with ``'`` before it where a spreadsheet would take it for a formula."""
    text = body_text(text)
    return f"'{text}" if FORMULA.match(text) else text


def cut_cell(text: str, *, limit: int) -> str:
    """Return at most limit UTF-16 units of the text; all of it where there is no limit."""
    if not limit or len(text) * 2 <= limit:
        return text
    return text.encode("utf-16-le")[: limit * 2].decode("utf-16-le", "ignore")
