"""Read many pages with all workers and report each, in the order given: extraction without a store."""

import asyncio
import zlib
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TypeVar

from crawler.books import ScratchBooks
from crawler.candidate import Candidate
from crawler.ending import Ending
from crawler.errors import WorkerError
from crawler.extract.explanation import Explanation, explain_page, explain_reading
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import Reading, extract_page
from crawler.extract.report import PageReport, report_page, report_reading
from crawler.extract.sites.registry import rules_for
from crawler.extract.sites.site import Site
from crawler.gate.url import without_spaces
from crawler.order import Order
from crawler.pool import Pool
from crawler.response import charset_in
from crawler.run import Runs, Targets
from crawler.saved import FileTooLarge, read_file, why
from crawler.scheme_hint import scheme_hint
from crawler.settings import CrawlerSettings
from crawler.workshop import open_scratch_workshop
from storage.identity.password import mask_password
from storage.identity.url import url_key
from storage.outcome import Outcome
from storage.verdict import Verdict

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class Given:
    """A page to report on. id: what the caller knows it by. load: brings it from disk or memory in its turn."""

    id: str
    url: str
    load: Callable[[], RawPage | Ending]


def from_file(page_id: str, path: Path, url: str, *, limit: int) -> Given:
    """Return the page saved at path, plain or gzipped, of at most limit bytes."""

    def load() -> RawPage | Ending:
        try:
            return RawPage(html=read_file(path, limit), url=url)
        except FileTooLarge:
            return Ending(Verdict.TOO_LARGE, f"{path} is larger than crawler.max_page_bytes ({limit})")
        # ValueError: no file can have such a name.
        except (OSError, EOFError, ValueError, zlib.error) as error:
            reason = f"{path} cannot be read: {why(error)}{scheme_hint(path, error)}"
            return Ending(Verdict.UNREADABLE, reason)

    return Given(page_id, url, load)


def unreadable(page_id: str, reason: str) -> Given:
    """Return a page that could not even be named, so that its report says why."""
    return Given(page_id, "", lambda: Ending(Verdict.UNREADABLE, reason))


@dataclass(frozen=True, slots=True)
class Bench:
    """What pages are read with. seconds: limit for each. rules: a person's own for single sites."""

    pool: Pool
    seconds: float
    rules: tuple[Site, ...] = ()

    @classmethod
    def from_settings(cls, pool: Pool, settings: CrawlerSettings) -> "Bench":
        return cls(pool, settings.page_seconds, settings.site_rules)

    async def work(self, page: Given, task: Callable[[RawPage], Result]) -> Result | Ending:
        """Return what a worker makes of a page, or why there is nothing to be made of it."""
        raw = await asyncio.to_thread(page.load)
        if isinstance(raw, Ending):
            return raw
        raw = replace(raw, rules=rules_for(raw.url, self.rules))
        try:
            return await self.pool.run(task, raw, what=page.id, seconds=self.seconds)
        except WorkerError as error:
            return Ending(Verdict.UNREADABLE, str(error))


async def each(
    pages: Iterable[Given], bench: Bench, one: Callable[[Given, Bench], Coroutine[object, object, Result]]
) -> AsyncIterator[Result]:
    """Yield what is made of each page, in order, with all workers at once. one: report_one, explain_one."""
    window: list[asyncio.Task[Result]] = []
    for page in pages:
        window.append(asyncio.create_task(one(page, bench)))
        if len(window) > 4 * bench.pool.size.workers:
            yield await window.pop(0)
    for task in window:
        yield await task


async def report_one(page: Given, bench: Bench) -> PageReport:
    """Return the report of one page; one that cannot be read is reported as such."""
    made = await bench.work(page, partial(report_page, page_id=page.id))
    return report_reading(Reading(made), page_id=page.id, url=page.url) if isinstance(made, Ending) else made


async def explain_one(page: Given, bench: Bench) -> Explanation:
    """Return how one page was read."""
    made = await bench.work(page, partial(explain_page, page_id=page.id))
    return explain_reading(Reading(made), page_id=page.id, url=page.url) if isinstance(made, Ending) else made


async def extract_one(page: Given, bench: Bench) -> Extraction:
    """Return the extraction of one page."""
    made = await bench.work(page, extract_page)
    return Extraction(verdict=made.verdict, reason=made.reason) if isinstance(made, Ending) else made


async def fetch(urls: Iterable[str], *, settings: CrawlerSettings, order: Order) -> list[Given]:
    """Fetch URLs through the gate; return each page, or why it did not come. Needs a running reactor."""
    named = tuple(urls)
    books = ScratchBooks()
    async with open_scratch_workshop(settings, books) as workshop:
        candidates = tuple(Candidate(url=url, origin="ingest") for url in named)
        result = await Runs(workshop).fetch_pages(order, Targets(candidates))
    came = {url_key(outcome.url): page_in(outcome) for outcome in books.outcomes}
    missing = Ending(Verdict.UNREADABLE, result.reason or "it was not fetched; run with -v")
    given = []
    for url in named:
        page = came.get(url_key(without_spaces(url)), missing)
        given.append(Given(mask_password(url), mask_password(url), partial(lambda value: value, page)))
    return given


def page_in(outcome: Outcome) -> RawPage | Ending:
    """Return the page that a fetch brought, or how it ended without one."""
    if outcome.page is None:
        return Ending(outcome.verdict, outcome.reason)
    charset = charset_in(outcome.page.headers.get("content-type", ""))
    return RawPage(
        html=outcome.page.body, url=outcome.page.url, charset=charset, asked=outcome.url, status=outcome.status
    )
