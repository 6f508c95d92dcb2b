"""One visit of a claimed source, from its order to the end of its claim: for the service as for the command line."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from crawler.order import Order, RunResult
from scheduler.cadence import Visit
from scheduler.places import Placing, is_own_due, placing_after, placing_after_own, says_nothing
from scheduler.plan import visit_after
from scheduler.reach import Reach
from scheduler.settings import SchedulerSettings
from storage.database.store import Store
from storage.source import SourceState

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Visited:
    """How a visit ended, and when the next one is."""

    result: RunResult
    next: Visit


@dataclass(frozen=True, slots=True)
class Visiting:
    """carry_out: brings one order to its result, whatever happens. is_stopping: the program was asked to stop."""

    store: Store
    settings: SchedulerSettings
    carry_out: Callable[[Order], Awaitable[RunResult]]
    is_stopping: Callable[[], bool]
    reach: Reach = field(default_factory=Reach)

    async def visit(self, state: SourceState, order: Order) -> Visited:
        """Visit a source where it is looked for now; its own URL first, where that is to be tried again.

        order: for where it is looked for now.

        Raises:
            StorageError: what came of it could not be kept.
        """
        if is_own_due(state, now=datetime.now(UTC), settings=self.settings):
            own = await self.carry_out(replace(order, source=state.source, kind=state.source.kind))
            now = datetime.now(UTC)
            self.reach.note(own, now)
            placing = placing_after_own(state, own, now=now)
            if says_nothing(own):
                return await self._close(state, replace(own, found_kind=None), placing, now=now)
            if placing.standing.is_moved:
                return await self._close(state, own, placing, now=now)
            await self._tell(own, placing)
            state = replace(state, own_tried_at=now)
        result = await self.carry_out(order)
        now = datetime.now(UTC)
        self.reach.note(result, now)
        is_cut_off = self.reach.is_cut_off(state.source.name, since=state.last_run_at)
        placing = placing_after(state, result, now=now, settings=self.settings, is_cut_off=is_cut_off)
        return await self._close(state, result, placing, now=now)

    async def _close(self, state: SourceState, result: RunResult, placing: Placing, *, now: datetime) -> Visited:
        """Plan the next visit and end the claim."""
        standing = placing.standing
        visit = visit_after(state, result, now=now, settings=self.settings, is_stopping=self.is_stopping())
        is_fresh = standing.is_moved and standing.place > 0
        if is_fresh:
            visit = Visit(now, "it is looked for elsewhere now")
        result = await self._tell(result, placing)
        await asyncio.to_thread(
            self.store.sources.release,
            state.source.name,
            now=now,
            next_run_at=visit.at,
            failed=result.status == "failed" and not is_fresh,
            found_kind=result.found_kind if not is_fresh else None,
            standing=standing,
        )
        return Visited(result, visit)

    async def _tell(self, result: RunResult, placing: Placing) -> RunResult:
        """Return the result with what changed added to its reason, in its row and in the log, too."""
        if not placing.said:
            return result
        log.warning("%s: %s", result.source, placing.said)
        if result.run_id:
            await asyncio.to_thread(self.store.runs.add_reason, result.run_id, placing.said)
        return replace(result, reason="; ".join(part for part in (result.reason, placing.said) if part))
