"""What an export did, file by file. Not for printing it."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal, get_args

Outcome = Literal["written", "merged", "unchanged", "kept", "removed"]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The file of one article.

    merged: written, with the values that a person set in its front matter. kept: a person has changed its text, so it
    was left alone. removed: its article is not wanted any more; article_id is empty for what articles shared.
    """

    article_id: str
    path: str
    outcome: Outcome


@dataclass(frozen=True, slots=True)
class ExportFailure:
    """An article that could not be written, and why."""

    article_id: str
    reason: str


@dataclass(frozen=True, slots=True)
class ExportReport:
    """Every article given has its file or its failure. Of a dry run: what would be done.

    shared: the paths of documents that were written beside the articles', as several refer to them. left_out: what a
    data set has no place for.
    """

    files: tuple[ExportedFile, ...] = ()
    failures: tuple[ExportFailure, ...] = ()
    shared: tuple[str, ...] = ()
    left_out: tuple[ExportFailure, ...] = ()

    @property
    def written(self) -> int:
        """Files that are new or changed."""
        return self.count("written")

    @property
    def merged(self) -> int:
        """Files that were brought up to date around what a person set in their front matter."""
        return self.count("merged")

    @property
    def removed(self) -> int:
        """Files whose articles are not wanted any more."""
        return self.count("removed")

    @property
    def unchanged(self) -> int:
        """Files that held what they should already and were not touched."""
        return self.count("unchanged")

    @property
    def kept(self) -> int:
        """Files whose text a person has edited."""
        return self.count("kept")

    @property
    def counts(self) -> dict[str, int]:
        """How many files there are of each outcome."""
        found = Counter(file.outcome for file in self.files)
        return {outcome: found[outcome] for outcome in get_args(Outcome)}

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the articles are, relative to the folder."""
        return tuple(file.path for file in self.files if file.outcome != "removed")

    def count(self, outcome: Outcome) -> int:
        """Return how many files ended so."""
        return Counter(file.outcome for file in self.files)[outcome]
