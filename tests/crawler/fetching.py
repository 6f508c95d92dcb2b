"""Short ways to fetch through the whole crawler. Everything here runs on the reactor's loop."""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from typing import Any

from crawler.books import ScratchBooks, StoreBooks
from crawler.candidate import Candidate
from crawler.listener import Listener
from crawler.order import Order, RunResult
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import Workshop, open_scratch_workshop, open_workshop
from storage.database.store import Store
from storage.outcome import Outcome
from storage.source import Source, SourceKind
from tests.crawler.reactor_thread import guard_lifted_after


def settings_for(*hosts: str, **values: Any) -> CrawlerSettings:
    """Return settings that may fetch hosts, without a delay."""
    given: dict[str, Any] = {"allow_private_hosts": hosts, "delay_seconds": 0, "workers": 2, **values}
    return CrawlerSettings(**given)


def order_for(url: str = "http://nowhere.invalid/", **values: Any) -> Order:
    """Return an order for a source at url; kind and the source's own values may be named."""
    kind = values.pop("kind", SourceKind.AUTO)
    asked: dict[str, Any] = {"trigger": "crawl"}
    asked |= {name: values.pop(name) for name in ("trigger", "recheck", "is_dry", "limit") if name in values}
    source = Source(name=values.pop("name", "source"), url=url, kind=kind, **values)
    return Order(source=source, kind=kind, **asked)


INGEST = order_for(trigger="ingest", kind=SourceKind.PAGE)


@asynccontextmanager
async def opened_runs(
    settings: CrawlerSettings,
    store: Store,
    *,
    books: type[StoreBooks] = StoreBooks,
    listener: Listener | None = None,
) -> AsyncIterator[Runs]:
    """Open a workshop over store."""
    async with guard_lifted_after(), open_workshop(settings, store, books=books) as workshop:
        yield Runs(workshop, listener=listener)


@asynccontextmanager
async def opened_scratch(settings: CrawlerSettings) -> AsyncIterator[tuple[Workshop, ScratchBooks]]:
    """Open a workshop with no store."""
    books = ScratchBooks()
    async with guard_lifted_after(), open_scratch_workshop(settings, books) as workshop:
        yield workshop, books


async def outcomes_of(settings: CrawlerSettings, urls: Sequence[str]) -> list[Outcome]:
    """Fetch and read urls in one run without a store; the run must be whole."""
    async with opened_scratch(settings) as (workshop, books):
        candidates = tuple(Candidate(url=url, origin="ingest") for url in urls)
        result = await Runs(workshop).ingest(INGEST, Targets(candidates))
    assert sum(result.verdicts.values()) == result.totals.offered == len(books.outcomes), result
    return books.outcomes


async def visit(settings: CrawlerSettings, store: Store, order: Order, **values: Any) -> RunResult:
    """Visit one source with a workshop of its own."""
    async with opened_runs(settings, store, **values) as runs:
        return await runs.visit_source(order)
