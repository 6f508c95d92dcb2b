"""What every format is: a name, options, an article into text. Not for any one format's rules."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Protocol

from storage.article import Article

NO_OPTIONS: Mapping[str, object] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Document:
    """A file to be: path is relative, with ``/``, safe on every system; text has LF and no lone surrogates."""

    path: str
    text: str


class Format(Protocol):
    """One of the four formats. Pure: no disk, no clock, no network."""

    name: str

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options this format does not have.

        Raises:
            BadOption: one is unknown or has a wrong value.
        """

    def write(self, article: Article, options: Mapping[str, object] = NO_OPTIONS) -> Document:
        """Return the article as one file of this format.

        Raises:
            BadOption: as check does.
            FormatError: the article cannot be written; the message names the field.
        """


class ReadableFormat(Format, Protocol):
    """A format whose files can be read back, in any valid spelling and in its older variants."""

    def read(self, text: str, *, path: str) -> Article:
        """Return the article of a file.

        path: its place, with ``/``; name and folder count where the format puts something into them.

        Raises:
            UnreadableFile: the text is not of this format; names the line and the reason.
        """


def fields_as_read(article: Article, *, format_name: str) -> Mapping[str, object]:
    """Return the front matter a file of that format was read with and the record has no place for.

    A reader keeps it in ``extra[format name]``: only what write would not come to by itself, None for a field the
    file did not have. So a file that was read is written again as it was, and no other format sees it.
    """
    kept = article.extra.get(format_name)
    return kept if isinstance(kept, Mapping) else NO_OPTIONS
