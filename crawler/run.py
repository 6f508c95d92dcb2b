"""One run, from its row in the store to its result: start the spider, end it in time, add up its accounts."""

import asyncio
import logging
import os
from dataclasses import dataclass

from scrapy.crawler import AsyncCrawlerRunner, Crawler

from crawler.candidate import Candidate
from crawler.ending import ending
from crawler.errors import GateError
from crawler.gate.chromium import why_not_rendered
from crawler.gate.gate import scrapy_settings
from crawler.gate.site_headers import site_headers
from crawler.gate.tls import tls_policy
from crawler.listener import Listener
from crawler.order import Order, RunResult, Status
from crawler.plan import TRY_AGAIN
from crawler.saved import SavedPage
from crawler.spiders.article import ArticleSpider
from crawler.spiders.feedtext import FeedTextSpider
from crawler.spiders.page import PageSpider
from crawler.spiders.picture import PictureSpider
from crawler.spiders.source import SourceSpider
from crawler.summary import plan_sentence_of, sentence_of
from crawler.workshop import Workshop
from storage.cause import CauseKind
from storage.verdict import Verdict

log = logging.getLogger(__name__)

# Where a URL ended like this, the source's documents are read again in full next time, so that it is offered again.
UNSETTLED = TRY_AGAIN | {Verdict.UNREADABLE}


@dataclass(frozen=True, slots=True)
class Targets:
    """What a one-off run is given instead of a source's documents."""

    candidates: tuple[Candidate, ...] = ()
    saved_pages: tuple[SavedPage, ...] = ()


NO_TARGETS = Targets()


@dataclass(frozen=True, slots=True)
class Trouble:
    """What ended a crawl before its end, and what that makes of its run."""

    status: Status
    reason: str


class Runs:
    """Carries out runs, as many at a time as it is given."""

    def __init__(self, workshop: Workshop, *, listener: Listener | None = None) -> None:
        self._workshop = workshop
        self._listener = listener or Listener()
        self._runner = AsyncCrawlerRunner(scrapy_settings(workshop.settings))
        self._is_stopping = False
        self._stops: set[asyncio.Event] = set()

    @property
    def longest_seconds(self) -> float:
        """How long one run may take."""
        return self._workshop.settings.max_run_seconds

    async def stop(self) -> None:
        """Let what is being fetched come to its end, begin nothing more."""
        self._is_stopping = True
        for stop in self._stops:
            stop.set()
        await asyncio.gather(*(end_crawl(crawler) for crawler in tuple(self._runner.crawlers)))

    async def visit_source(self, order: Order) -> RunResult:
        """Carry out one order; whatever happens, its run ends in a result."""
        return await self.carry_out(order, SourceSpider)

    async def ingest(self, order: Order, targets: Targets) -> RunResult:
        """Fetch the given URLs, under the same rules as a source's, and read the given saved pages."""
        return await self.carry_out(order, ArticleSpider, targets)

    async def fetch_offered(self, order: Order, targets: Targets) -> RunResult:
        """Fetch what a source offered, as its visit would: where its feed carries the text, that is taken."""
        return await self.carry_out(order, FeedTextSpider, targets)

    async def fetch_pages(self, order: Order, targets: Targets) -> RunResult:
        """Fetch the given URLs and read none."""
        return await self.carry_out(order, PageSpider, targets)

    async def fetch_pictures(self, order: Order, targets: Targets) -> RunResult:
        """Fetch the given URLs and let through what is a picture."""
        return await self.carry_out(order, PictureSpider, targets)

    async def carry_out(
        self, order: Order, spider_class: type[ArticleSpider], targets: Targets = NO_TARGETS
    ) -> RunResult:
        """Carry out one order with a spider of that class."""
        books = self._workshop.books
        run_id = await books.begin(order)
        crawler = self._runner.create_crawler(spider_class)
        trouble = await self._crawl(crawler, order, run_id, targets)
        spider = crawler.spider
        if not isinstance(spider, ArticleSpider):
            status, reason = (trouble.status, trouble.reason) if trouble else ("failed", "")
            result = RunResult(run_id=run_id, source=order.source.name, status=status, reason=reason)
            await books.finish(result, ())
            return result
        if spider.storage_error is not None:
            trouble = Trouble("failed", str(spider.storage_error))
        await self._close_what_is_open(spider, trouble)
        result = self._result_of(spider, trouble)
        is_whole = result.status == "finished" and not spider.is_cut and not UNSETTLED & set(result.verdicts)
        await books.finish(result, spider.ledger.validators if is_whole else ())
        return result

    async def _crawl(self, crawler: Crawler, order: Order, run_id: int, targets: Targets) -> Trouble | None:
        """Run the spider. Returns what went wrong with the crawl as a whole, or nothing."""
        if self._is_stopping:
            return Trouble("interrupted", "it was interrupted before it began")
        why = why_not_rendered(self._workshop.settings) if order.source.render == "browser" else None
        if why is not None:
            return Trouble("failed", why)
        try:
            site_headers(order.source, os.environ)
            tls_policy(self._workshop.settings.ca_file)
        except GateError as error:
            return Trouble("failed", str(error))
        stop = asyncio.Event()
        self._stops.add(stop)
        try:
            return await self._crawl_until(stop, crawler, order, run_id, targets)
        finally:
            self._stops.discard(stop)

    async def _crawl_until(
        self, stop: asyncio.Event, crawler: Crawler, order: Order, run_id: int, targets: Targets
    ) -> Trouble | None:
        seconds = self._workshop.settings.max_run_seconds
        task = self._runner.crawl(
            crawler,
            workshop=self._workshop,
            order=order,
            run_id=run_id,
            candidates=targets.candidates,
            saved_pages=targets.saved_pages,
            listener=self._listener,
            stop=stop,
        )
        try:
            done, _ = await asyncio.wait({task}, timeout=seconds)
            if not done:
                stop.set()
                await crawler.stop_async()
                await task
                return Trouble("interrupted", f"it took longer than crawler.max_run_seconds ({seconds:g})")
            task.result()
        except Exception as error:  # one of the two places: a fault in one crawl must not end the others
            log.exception("the run of %s failed", order.source.name)
            return Trouble("failed", f"a fault of ours: {type(error).__name__}: {error}")
        return Trouble("interrupted", "it was interrupted") if self._is_stopping else None

    async def _close_what_is_open(self, spider: ArticleSpider, trouble: Trouble | None) -> None:
        """Give the verdict to URLs that a fault left without; an interrupted run leaves its rest to the next."""
        if trouble or spider.order.is_dry:
            return
        for candidate in spider.ledger.open_candidates:
            reason = "a fault of ours while it was read; run with -v and report it"
            await spider.close_attempt(candidate, ending(Verdict.UNREADABLE, reason, CauseKind.FAULT))

    def _result_of(self, spider: ArticleSpider, trouble: Trouble | None) -> RunResult:
        ledger = spider.ledger
        failed = bool(ledger.faults) or (bool(ledger.troubles) and not ledger.totals.offered)
        status: Status = trouble.status if trouble else "failed" if failed else "finished"
        found_kind = spider.found_kind if isinstance(spider, SourceSpider) else None
        return RunResult(
            run_id=spider.run_id,
            source=spider.order.source.name,
            status=status,
            reason=reason_of(spider, trouble),
            totals=ledger.totals,
            verdicts=ledger.verdicts,
            found_kind=found_kind,
            documents=tuple(ledger.documents),
        )


def reason_of(spider: ArticleSpider, trouble: Trouble | None) -> str:
    """Return the run in one sentence."""
    said = trouble.reason if trouble else ""
    if spider.order.is_dry:
        return plan_sentence_of(spider.ledger, said, planned=spider.planned)
    return sentence_of(spider.ledger, said, source=spider.order.source.name)


async def end_crawl(crawler: Crawler) -> None:
    """Stop a crawl once it has begun: Scrapy forgets a stop that comes before, and such a crawl never ends."""
    while crawler.crawling and not is_running(crawler):
        await asyncio.sleep(0.01)
    await crawler.stop_async()


def is_running(crawler: Crawler) -> bool:
    """Whether the crawl's engine runs; it has none at first, and Scrapy raises RuntimeError for that."""
    try:
        return crawler.engine.running
    except RuntimeError:
        return False
