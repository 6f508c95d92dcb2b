"""The formats by name. Not for what they do."""

from storage.errors import UnknownFormat
from storage.formats.consumers.astro import AstroFormat
from storage.formats.consumers.hugo import HugoFormat
from storage.formats.consumers.jekyll import JekyllFormat
from storage.formats.consumers.obsidian import ObsidianFormat
from storage.formats.consumers.zola import ZolaFormat
from storage.formats.format import Format
from storage.formats.news import NewsFormat
from storage.formats.note import NoteFormat
from storage.formats.post import PostFormat
from storage.formats.text import TextFormat

FORMATS: tuple[Format, ...] = (
    NewsFormat(),
    NoteFormat(),
    TextFormat(),
    PostFormat(),
    ObsidianFormat(),
    JekyllFormat(),
    HugoFormat(),
    ZolaFormat(),
    AstroFormat(),
)


def format_names() -> list[str]:
    """Return the names there are."""
    return [each.name for each in FORMATS]


def find_format(name: str) -> Format:
    """Return the format of that name.

    Raises:
        UnknownFormat: there is none; the message says which name is nearest.
    """
    for each in FORMATS:
        if each.name == name:
            return each
    raise UnknownFormat(name, format_names())
