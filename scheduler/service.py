"""The service: at each tick, claim what is due, have it crawled, plan its next visit. Knows no web page."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from crawler.errors import CrawlerGone
from crawler.order import Order, RunResult
from crawler.settings import CrawlerSettings
from scheduler.claims import LEASE, keep_claims
from scheduler.queue.local import LocalQueue
from scheduler.settings import SchedulerSettings
from scheduler.timetable import Tick
from scheduler.visiting import Visiting
from storage.database.store import Store
from storage.errors import StorageError
from storage.settings import StorageSettings
from storage.source import SourceState

log = logging.getLogger(__name__)

PRUNE_SECONDS = 6 * 3600.0


@dataclass(slots=True)
class Pulse:
    """Signs of life, for /healthz and the status page. last_trouble: what went wrong since the last good tick."""

    started_at: datetime = field(default_factory=lambda: datetime.now(UTC))
    last_tick_at: datetime | None = None
    last_trouble: str = ""
    runs_done: int = 0


class Service:
    """Visits the store's sources when they are due, until it is told to stop.

    on_new: called in a thread after each run that brought new texts, for exports.
    """

    def __init__(
        self,
        store: Store,
        *,
        storage: StorageSettings,
        crawler: CrawlerSettings,
        scheduler: SchedulerSettings,
        on_new: Callable[[RunResult], None] | None = None,
    ) -> None:
        self._store = store
        self._settings = scheduler
        self._keep_pages_days = storage.keep_pages_days
        self._queue = LocalQueue(storage, crawler, scheduler)
        self._on_new = on_new
        self._visiting = Visiting(store, scheduler, self._carry_out, lambda: self._is_stopping)
        self._visits: dict[str, asyncio.Task[None]] = {}
        self._is_stopping = False
        self.pulse = Pulse()

    @property
    def running(self) -> tuple[str, ...]:
        """The sources being visited now."""
        return tuple(self._visits)

    @property
    def is_well(self) -> bool:
        """Whether it ticks and its crawler lives."""
        last = self.pulse.last_tick_at
        patience = timedelta(seconds=max(30.0, 10 * self._settings.tick_seconds))
        return self._queue.is_alive and last is not None and datetime.now(UTC) - last < patience

    async def run(self, stop: asyncio.Event) -> None:
        """Serve until stop is set; then let what is under way come to its end, for a few seconds."""
        await asyncio.to_thread(self._store.recover, now=datetime.now(UTC))
        async with self._queue:
            chores = [
                asyncio.create_task(keep_claims(self._store, lambda: self.running)),
                asyncio.create_task(self._prune_pages()),
            ]
            with Tick(self.tick, seconds=self._settings.tick_seconds):
                await stop.wait()
            self._is_stopping = True
            for chore in chores:
                chore.cancel()
        await asyncio.gather(*self._visits.values())

    async def tick(self) -> None:
        """Claim the sources that are due, as far as there is room, and begin their visits."""
        room = self._settings.concurrent_runs - len(self._visits)
        now = datetime.now(UTC)
        try:
            due = (
                await asyncio.to_thread(self._store.sources.claim_due, now, lease=LEASE, limit=room) if room > 0 else []
            )
        except StorageError as error:
            self.pulse.last_trouble = str(error)
            log.error("%s", error)
            return
        self.pulse.last_tick_at, self.pulse.last_trouble = now, ""
        for state in due:
            self._begin(state)

    def _begin(self, state: SourceState) -> None:
        name = state.source.name
        task = asyncio.create_task(self._visit(state), name=f"visit {name}")
        self._visits[name] = task
        task.add_done_callback(lambda _: self._visits.pop(name, None))

    async def _visit(self, state: SourceState) -> None:
        """Have one source crawled and plan its next visit, whatever became of this one."""
        name = state.source.name
        log.info("visiting %s", name)
        try:
            visited = await self._visiting.visit(state, Order(source=state.target, kind=state.kind, trigger="schedule"))
        except StorageError as error:
            self.pulse.last_trouble = str(error)
            log.error("%s: %s", name, error)
            return
        result, visit = visited.result, visited.next
        log.info("%s: %s; next at %s, because %s", name, result.reason, f"{visit.at:%H:%M:%S} UTC", visit.because)
        self.pulse.runs_done += 1
        if self._on_new is not None and result.new:
            await asyncio.to_thread(self._on_new, result)

    async def _carry_out(self, order: Order) -> RunResult:
        """Bring an order to its result; where the crawler process ends before, the run is interrupted."""
        try:
            result = await self._queue.carry_out(order)
        except CrawlerGone as error:
            log.error("%s: %s", order.source.name, error)
            result = RunResult(run_id=0, source=order.source.name, status="interrupted", reason=str(error))
        if not result.run_id:
            await asyncio.to_thread(self._store.runs.interrupt_unfinished, datetime.now(UTC))
        return result

    async def _prune_pages(self) -> None:
        """Forget raw pages past their time, now and four times a day."""
        while True:
            before = datetime.now(UTC) - timedelta(days=self._keep_pages_days)
            try:
                pruned = await asyncio.to_thread(self._store.pages.prune, before)
            except StorageError as error:
                log.error("old pages could not be removed: %s", error)
            else:
                log.info("removed %d raw pages older than %d days", pruned, self._keep_pages_days)
            await asyncio.sleep(PRUNE_SECONDS)
