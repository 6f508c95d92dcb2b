"""What all runs of one process share: the gate, the extraction workers, the books. Opened once, closed once."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

from crawler.books import Books, ScratchBooks, StoreBooks
from crawler.gate.browser import Browser
from crawler.gate.connect import guard_reactor
from crawler.gate.gate import Gate
from crawler.pool import Pool, PoolSize
from crawler.settings import CrawlerSettings
from crawler.writer import Writer
from storage.database.store import Store


@dataclass(frozen=True, slots=True)
class Workshop:
    """The shared tools."""

    settings: CrawlerSettings
    gate: Gate
    pool: Pool
    books: Books
    browser: Browser


@asynccontextmanager
async def open_tools(settings: CrawlerSettings, books: Books) -> AsyncIterator[Workshop]:
    """Open gate and workers inside a running reactor, which stays guarded for the life of the process."""
    from twisted.internet import reactor

    gate = Gate.from_settings(settings)
    guard_reactor(reactor, gate.guard, connect_seconds=settings.connect_seconds)
    async with Pool(PoolSize.from_settings(settings)) as pool, Browser(settings, gate) as browser:
        try:
            yield Workshop(settings, gate, pool, books, browser)
        finally:
            await gate.connections.close()


@asynccontextmanager
async def open_workshop(
    settings: CrawlerSettings, store: Store, *, books: type[StoreBooks] = StoreBooks
) -> AsyncIterator[Workshop]:
    """Open the tools with the store behind them. books: DryBooks to change nothing."""
    async with Writer(store) as writer, open_tools(settings, books(store, writer)) as tools:
        yield tools


@asynccontextmanager
async def open_scratch_workshop(settings: CrawlerSettings, books: ScratchBooks) -> AsyncIterator[Workshop]:
    """Open the tools with no store at all."""
    async with open_tools(settings, books) as tools:
        yield tools
