"""What runs ask of a store and tell it, as coroutines: the one seam between fetching and keeping.

StoreBooks keeps. DryBooks knows what is kept and keeps nothing. RehearsalBooks is dry, too, has everything
sent whole and holds what came. ScratchBooks knows nothing: for stateless extraction.
"""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Protocol

from crawler.order import Order, RunResult
from crawler.writer import Writer
from storage.database.store import Store
from storage.identity.password import mask_password
from storage.outcome import Ended, Outcome, Recorded, Seen, Validator

REMEMBERED = 500


class Books(Protocol):
    """What a run needs. Where a store is behind it, each may raise StorageError."""

    async def begin(self, order: Order) -> int:
        """Open a run and return its number."""

    async def last_seen(self, urls: Sequence[str]) -> Mapping[str, Seen]:
        """Return what is known of each URL."""

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validator]:
        """Return what conditional requests for each URL may send."""

    async def captured_by(self, source: str, *, first_after: datetime) -> Sequence[Seen]:
        """Return the URLs of a source's articles that were first captured after a moment."""

    async def read_of(self, source: str) -> Sequence[Ended]:
        """Return how the URLs ended that a source offered lately and that were read."""

    async def distrust(self, url: str) -> None:
        """Note at once that the server has lied of a URL: nothing asks for it conditionally any more."""

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        """Keep what became of one URL, and return what was made of it."""

    async def finish(self, result: RunResult, validators: Sequence[Validator]) -> None:
        """Close a run; validators are those of its source's documents, kept now that their articles are."""


class StoreBooks:
    """Books over the store; outcomes go through the process's one writer."""

    def __init__(self, store: Store, writer: Writer) -> None:
        self._store = store
        self._writer = writer

    async def begin(self, order: Order) -> int:
        now = datetime.now(UTC)
        return await asyncio.to_thread(self._store.runs.start, order.source.name, trigger=order.trigger, now=now)

    async def last_seen(self, urls: Sequence[str]) -> Mapping[str, Seen]:
        return await asyncio.to_thread(self._store.attempts.last_seen, urls)

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validator]:
        return await asyncio.to_thread(self._store.validators.for_urls, urls)

    async def captured_by(self, source: str, *, first_after: datetime) -> Sequence[Seen]:
        return await asyncio.to_thread(self._store.attempts.captured_by, source, first_after=first_after)

    async def read_of(self, source: str) -> Sequence[Ended]:
        return await asyncio.to_thread(self._store.attempts.read_of, source, limit=REMEMBERED)

    async def distrust(self, url: str) -> None:
        await asyncio.to_thread(self._store.validators.distrust, url)

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        return await self._writer.record(run_id, outcome)

    async def finish(self, result: RunResult, validators: Sequence[Validator]) -> None:
        if validators:
            await asyncio.to_thread(self._store.validators.save, validators)
        await asyncio.to_thread(
            self._store.runs.finish,
            result.run_id,
            status=result.status,
            reason=result.reason,
            totals=result.totals,
            now=datetime.now(UTC),
        )


def as_recorded(outcome: Outcome) -> Recorded:
    """Return outcome as it is told where nothing was kept."""
    title = outcome.article.title if outcome.article else ""
    return Recorded(
        url=mask_password(outcome.url), verdict=outcome.verdict, reason=outcome.reason, title=title, cause=outcome.cause
    )


class DryBooks(StoreBooks):
    """Reads the store, writes nothing."""

    async def begin(self, order: Order) -> int:
        return 0

    async def distrust(self, url: str) -> None:
        return None

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        return as_recorded(outcome)

    async def finish(self, result: RunResult, validators: Sequence[Validator]) -> None:
        return None


class RehearsalBooks(DryBooks):
    """Reads the store, writes nothing, asks for nothing conditionally; holds the outcomes, for who asked for them."""

    def __init__(self, store: Store, writer: Writer) -> None:
        super().__init__(store, writer)
        self.outcomes: list[Outcome] = []

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validator]:
        return {}

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        self.outcomes.append(outcome)
        return as_recorded(outcome)


class ScratchBooks:
    """Keeps the outcomes in memory, for who asked for them."""

    def __init__(self) -> None:
        self.outcomes: list[Outcome] = []

    async def begin(self, order: Order) -> int:
        return 0

    async def last_seen(self, urls: Sequence[str]) -> Mapping[str, Seen]:
        return {}

    async def validators(self, urls: Sequence[str]) -> Mapping[str, Validator]:
        return {}

    async def captured_by(self, source: str, *, first_after: datetime) -> Sequence[Seen]:
        return ()

    async def read_of(self, source: str) -> Sequence[Ended]:
        return ()

    async def distrust(self, url: str) -> None:
        return None

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        self.outcomes.append(outcome)
        return as_recorded(outcome)

    async def finish(self, result: RunResult, validators: Sequence[Validator]) -> None:
        return None
