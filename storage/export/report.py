"""What an export did, file by file. Not for printing it."""

from collections import Counter
from dataclasses import dataclass
from typing import Literal

Outcome = Literal["written", "unchanged", "kept"]


@dataclass(frozen=True, slots=True)
class ExportedFile:
    """The file of one article. kept: a person has changed it since, so it was left alone."""

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
    """Every article given has its file or its failure. Of a dry run: what would be done."""

    files: tuple[ExportedFile, ...] = ()
    failures: tuple[ExportFailure, ...] = ()

    @property
    def written(self) -> int:
        """Files that are new or changed."""
        return self.count("written")

    @property
    def unchanged(self) -> int:
        """Files that held the same bytes already and were not touched."""
        return self.count("unchanged")

    @property
    def kept(self) -> int:
        """Files that a person has edited."""
        return self.count("kept")

    @property
    def paths(self) -> tuple[str, ...]:
        """Where the articles are, relative to the folder."""
        return tuple(file.path for file in self.files)

    def count(self, outcome: Outcome) -> int:
        """Return how many files ended so."""
        return Counter(file.outcome for file in self.files)[outcome]
