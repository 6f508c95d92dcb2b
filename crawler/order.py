"""What one run is asked to do, and what came of it. Both cross the pipe to the crawler process as JSON."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from storage.outcome import Totals
from storage.source import Source, SourceKind
from storage.verdict import Verdict

Trigger = Literal["schedule", "crawl", "ingest"]
Status = Literal["finished", "failed", "interrupted"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """One source run.

    kind: what stands at the source's URL; AUTO means look first. limit: pages fetched at most.
    recheck: fetch known articles again whatever their age (still conditionally). is_dry: read the source's documents
    and plan, but fetch no article and keep nothing.
    """

    source: Source
    kind: SourceKind
    trigger: Trigger
    recheck: bool = False
    is_dry: bool = False
    limit: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RunResult:
    """How a run ended. reason: one sentence a person can act on; found_kind: what an AUTO source showed.

    documents: how those of the source's own documents ended that gave no listing.
    """

    run_id: int
    source: str
    status: Status
    reason: str
    totals: Totals = Totals()
    verdicts: Mapping[Verdict, int] = field(default_factory=dict)
    found_kind: SourceKind | None = None
    documents: tuple[Verdict, ...] = ()

    @property
    def new(self) -> int:
        """Attempts that brought a text the store did not hold."""
        return sum(count for verdict, count in self.verdicts.items() if verdict.is_new)

    @property
    def failures(self) -> int:
        """Attempts that went wrong."""
        return sum(count for verdict, count in self.verdicts.items() if verdict.is_failure)
