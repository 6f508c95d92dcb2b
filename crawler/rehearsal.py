"""A visit of a source for a person to look at: what it reads, fetches and skips, and what its first articles become.

Nothing is kept, and no request is conditional: what is to be seen must come.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from crawler.candidate import Candidate, Listing
from crawler.listener import Listener
from crawler.order import Order, RunResult
from crawler.plan import Plan, Skip
from crawler.run import Runs, Targets
from storage.outcome import Outcome


class Holding(Protocol):
    """Books that hold what came: RehearsalBooks, ScratchBooks."""

    outcomes: list[Outcome]


@dataclass(slots=True)
class Heard(Listener):
    """What a dry visit told: the documents read, the URLs to fetch and to skip, in the order of their documents."""

    documents: list[tuple[str, Listing]] = field(default_factory=list)
    fetch: list[Candidate] = field(default_factory=list)
    skip: list[Skip] = field(default_factory=list)

    def document_read(self, url: str, listing: Listing) -> None:
        self.documents.append((url, listing))

    def planned(self, plan: Plan) -> None:
        self.fetch += plan.fetch
        self.skip += plan.skip


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """result: of the dry visit. outcomes: of the articles that were fetched, kept nowhere."""

    result: RunResult
    heard: Heard
    outcomes: Sequence[Outcome]


async def rehearse(runs: Runs, order: Order, *, heard: Heard, books: Holding, fetch: int) -> Rehearsal:
    """Read a source's documents, plan, then fetch and read the first articles of the plan.

    heard: the listener of runs. books: those of runs' workshop. fetch: how many articles at most.
    """
    result = await runs.visit_source(replace(order, is_dry=True))
    skipped = {skip.candidate.url for skip in heard.skip}
    outcomes = [each for each in books.outcomes if each.url not in skipped]  # a page that was its own document
    chosen = tuple(heard.fetch[: max(0, fetch - len(outcomes))])
    if chosen and result.status == "finished":
        planned, begin = list(heard.fetch), len(books.outcomes)
        await runs.fetch_offered(replace(order, is_dry=False), Targets(chosen))
        heard.fetch[:] = planned  # the second run has told of its plan, too
        outcomes += sorted_as(chosen, books.outcomes[begin:])
    return Rehearsal(result, heard, outcomes)


def sorted_as(candidates: Sequence[Candidate], outcomes: Sequence[Outcome]) -> list[Outcome]:
    """Return outcomes in the order in which their candidates were given."""
    places = {candidate.url: place for place, candidate in enumerate(candidates)}
    return sorted(outcomes, key=lambda outcome: places.get(outcome.url, len(places)))
