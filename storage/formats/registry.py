"""The formats and data sets by name. Not for what they do."""

from collections.abc import Mapping

from storage.errors import UnknownFormat
from storage.formats.consumers.astro import AstroFormat
from storage.formats.consumers.hugo import HugoFormat
from storage.formats.consumers.jekyll import JekyllFormat
from storage.formats.consumers.obsidian import ObsidianFormat
from storage.formats.consumers.zola import ZolaFormat
from storage.formats.datasets.csv_table import CsvTable
from storage.formats.datasets.dataset import Dataset
from storage.formats.datasets.jsonl import JsonLines
from storage.formats.datasets.parquet import Parquet
from storage.formats.datasets.warc import Warc
from storage.formats.format import Format, ReadableFormat
from storage.formats.news import NewsFormat
from storage.formats.note import NoteFormat
from storage.formats.post import PostFormat
from storage.formats.templates.template import TemplateFormat
from storage.formats.text import TextFormat

READABLE: tuple[ReadableFormat, ...] = (NewsFormat(), NoteFormat(), TextFormat(), PostFormat())
FORMATS: tuple[Format, ...] = (
    *READABLE,
    ObsidianFormat(),
    JekyllFormat(),
    HugoFormat(),
    ZolaFormat(),
    AstroFormat(),
    TemplateFormat(),
)


DATASETS: tuple[Dataset, ...] = (JsonLines(), CsvTable(), Parquet(), Warc())


def format_names() -> list[str]:
    """Return the names of the formats of a file an article."""
    return [each.name for each in FORMATS]


def all_names() -> list[str]:
    """Return the names that a profile may give: of the formats, then of the data sets."""
    return [*format_names(), *(each.name for each in DATASETS)]


def find_format(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UnknownFormat: there is none; the message says which name is nearest.
    """
    for each in FORMATS:
        if each.name == name:
            return each
    raise UnknownFormat(name, format_names())


def find_readable(name: str) -> ReadableFormat:
    """Return the format of that name, if its files can be read.

    Raises:
        UnknownFormat: there is none, or it can only be written.
    """
    for each in READABLE:
        if each.name == name:
            return each
    raise UnknownFormat(name, [each.name for each in READABLE], use="to read")


def find_dataset(name: str) -> Dataset | None:
    """Return the data set of that name; None where it is none."""
    return next((each for each in DATASETS if each.name == name), None)


def check_options(name: str, options: Mapping[str, object]) -> None:
    """Let the format or data set of that name check its options.

    Raises:
        UnknownFormat: there is neither; the message says which name is nearest.
        BadOption, MissingExtra: as check does.
    """
    if name not in all_names():
        raise UnknownFormat(name, all_names())
    (find_dataset(name) or find_format(name)).check(options)
