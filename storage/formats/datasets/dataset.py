"""What every data set is: a name, options, articles into one stream of bytes. Not for any one data set's rules."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, Protocol

from storage.article import Article
from storage.formats.format import NO_OPTIONS
from storage.formats.options import FormatOptions
from storage.outcome import Page

# Returns the raw page that an article was read from, by the article's id; None where none is kept.
PageOf = Callable[[str], Page | None]


def no_page(_: str) -> Page | None:
    """Return nothing: for where no pages are kept."""
    return None


@dataclass(frozen=True, slots=True)
class LeftOut:
    """An article that is not in the data set, and why."""

    article: Article
    reason: str


class DatasetOptions(FormatOptions):
    """file: its name, in the profile's folder; the data set's own if empty."""

    file: str = ""


class Dataset(Protocol):
    """One data set. Pure but for the stream it writes to: no disk, no clock, no network."""

    name: str

    def check(self, options: Mapping[str, object]) -> None:
        """Refuse options this data set does not have, or that cannot be followed on this installation.

        Raises:
            BadOption: one is unknown or has a wrong value.
            MissingExtra: a package is needed that is not installed.
        """

    def file_name(self, options: Mapping[str, object] = NO_OPTIONS) -> str:
        """Return the path of its file, relative to the profile's folder."""

    def write(
        self, articles: Iterable[Article], target: BinaryIO, *, options: Mapping[str, object], page_of: PageOf = no_page
    ) -> Sequence[LeftOut]:
        """Write all the articles, a few in memory at a time, and return those that are left out.

        The same articles give the same bytes. target: open for writing; it is not closed.
        """
