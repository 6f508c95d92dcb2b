"""Visit sources now, in this process, under the same claims and plans as the service."""

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from crawler.books import DryBooks, StoreBooks
from crawler.listener import Listener
from crawler.order import Order, RunResult
from crawler.run import Runs
from crawler.settings import CrawlerSettings
from crawler.workshop import open_workshop
from scheduler.claims import LEASE, keep_claims
from scheduler.settings import SchedulerSettings
from scheduler.visiting import Visiting
from storage.database.store import Store
from storage.source import SourceState


@dataclass(frozen=True, slots=True, kw_only=True)
class Visits:
    """What is asked: which sources, and how. See Order."""

    names: Sequence[str]
    recheck: bool = False
    is_dry: bool = False
    limit: int | None = None


async def visit_now(
    visits: Visits,
    *,
    store: Store,
    crawler: CrawlerSettings,
    scheduler: SchedulerSettings,
    listener: Listener,
    stop: asyncio.Event,
) -> list[RunResult]:
    """Open a workshop, visit, close it. Returns how each visit ended; stop ends them early."""
    if not visits.is_dry:
        await asyncio.to_thread(store.recover, now=datetime.now(UTC))
    books = DryBooks if visits.is_dry else StoreBooks
    async with open_workshop(crawler, store, books=books) as workshop:
        desk = Desk(Runs(workshop, listener=listener), store, scheduler)
        chores = [
            asyncio.create_task(stop_when_asked(stop, desk)),
            asyncio.create_task(keep_claims(store, lambda: tuple(desk.visiting))),
        ]
        try:
            return await desk.visit_all(visits)
        finally:
            for chore in chores:
                chore.cancel()


async def stop_when_asked(stop: asyncio.Event, desk: "Desk") -> None:
    """Wait for stop, then end the visits."""
    await stop.wait()
    desk.is_stopping = True
    await desk.runs.stop()


class Desk:
    """Carries out visits, claiming each source first and planning its next visit after."""

    def __init__(self, runs: Runs, store: Store, scheduler: SchedulerSettings) -> None:
        self.runs = runs
        self.is_stopping = False
        self.visiting: set[str] = set()
        self._store = store
        self._scheduler = scheduler
        self._visiting = Visiting(store, scheduler, runs.visit_source, lambda: self.is_stopping)

    async def visit_all(self, visits: Visits) -> list[RunResult]:
        """Visit the sources, as many at a time as the settings allow.

        Raises:
            StorageError: what a visit brought could not be kept. All visits have ended by then.
        """
        turns = asyncio.Semaphore(self._scheduler.concurrent_runs)
        visiting = [asyncio.create_task(self.visit_in_turn(name, visits, turns)) for name in visits.names]
        await asyncio.wait(visiting)
        ended = [visit.result() for visit in visiting]
        return [result for result in ended if result is not None]

    async def visit_in_turn(self, name: str, visits: Visits, turns: asyncio.Semaphore) -> RunResult | None:
        """Visit one source when there is room; not at all once the command is to stop."""
        async with turns:
            if self.is_stopping:
                return None
            return await (self.plan(name, visits) if visits.is_dry else self.visit(name, visits))

    async def plan(self, name: str, visits: Visits) -> RunResult:
        """Read what the source offers; claim and change nothing."""
        state = await asyncio.to_thread(self._store.sources.get, name)
        return await self.runs.visit_source(order_of(state, visits))

    async def visit(self, name: str, visits: Visits) -> RunResult:
        """Visit one source, unless another process is at it."""
        sources = self._store.sources
        state = await asyncio.to_thread(sources.claim, name, datetime.now(UTC), lease=LEASE)
        if state is None:
            reason = "another process is visiting it now"
            return RunResult(run_id=0, source=name, status="interrupted", reason=reason)
        self.visiting.add(name)
        try:
            return (await self._visiting.visit(state, order_of(state, visits))).result
        finally:
            self.visiting.discard(name)


def order_of(state: SourceState, visits: Visits) -> Order:
    """Return the order for one source."""
    return Order(
        source=state.target,
        kind=state.kind,
        trigger="crawl",
        recheck=visits.recheck,
        is_dry=visits.is_dry,
        limit=visits.limit,
    )
