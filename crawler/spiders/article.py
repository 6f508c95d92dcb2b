"""The spider that fetches articles: each candidate to its verdict. What offers the candidates is a source's matter."""

import asyncio
import logging
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Self

import scrapy
from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.candidate import Candidate
from crawler.ending import Ending
from crawler.errors import HostOnHold, RefusedAddress, RobotsUnavailable, RunBytesSpent, RunStopped, WorkerError
from crawler.extract.extraction import RawPage
from crawler.extract.judgement import held_against
from crawler.extract.page import extract_page
from crawler.extract.sites.registry import rules_for
from crawler.extract.wording import count_words
from crawler.failure import ending_of_error
from crawler.gate.handler import RENDER
from crawler.gate.url import asked_url, without_spaces
from crawler.ledger import Ledger
from crawler.listener import Listener
from crawler.merge import complete_article
from crawler.order import Order
from crawler.plan import Known, Plan, Skip, plan_fetches
from crawler.policy import Policy, policy_of
from crawler.response import charset_of, ending_without_reading, headers_of, page_of
from crawler.saved import SavedPage, read_saved_page
from crawler.spiders.doubter import Doubter
from crawler.traps import Traps
from crawler.trust import Question, after_not_modified, learned
from crawler.workshop import Workshop
from storage.cause import Cause, CauseKind
from storage.errors import DatabaseUnusable
from storage.outcome import Outcome, Recorded, Validator
from storage.verdict import Verdict

log = logging.getLogger(__name__)

SKIPS_AT_ONCE = 1000  # a task each, and a sitemap may offer 50,000


class ArticleSpider(scrapy.Spider):
    """Fetches a given list of URLs."""

    name = "article"

    def __init__(
        self,
        *,
        workshop: Workshop,
        order: Order,
        run_id: int,
        listener: Listener,
        stop: asyncio.Event,
        candidates: Sequence[Candidate] = (),
        saved_pages: Sequence[SavedPage] = (),
    ) -> None:
        super().__init__(self.name)
        self.workshop = workshop
        self.gate = workshop.gate
        self.books = workshop.books
        self.order = order
        self.run_id = run_id
        self.candidates = candidates
        self.saved_pages = saved_pages
        self.listener = listener
        self.stop = stop
        self.ledger = Ledger()
        self.doubter = Doubter(self.books, self.ledger, every=workshop.settings.full_fetch_every)
        self.traps = Traps()
        self.planned = 0
        self.is_cut = False
        self.storage_error: DatabaseUnusable | None = None

    @classmethod
    def from_crawler(cls, crawler: Crawler, *arguments: Any, **options: Any) -> Self:
        """Scrapy's way to build a spider; what goes wrong inside it comes back to note_fault."""
        spider = super().from_crawler(crawler, *arguments, **options)
        crawler.signals.connect(spider.note_fault, signals.spider_error)
        return spider

    def note_fault(self, failure: Failure) -> None:
        """What Scrapy would only log. A store that fails ends the run at once; a fault of ours fails it."""
        if isinstance(failure.value, DatabaseUnusable):
            self.storage_error = failure.value
            self.stop.set()
            return
        fault = f"a fault of ours: {type(failure.value).__name__}: {failure.value}"
        log.error("%s: %s", self.order.source.name, fault)
        log.info("%s", failure.getTraceback())
        self.ledger.faults.append(fault)

    async def start(self) -> AsyncIterator[Any]:
        """Request each candidate; read each saved page."""
        for request in await self.article_requests(self.candidates):
            yield request
        turns = asyncio.Semaphore(2 * self.workshop.pool.size.workers)
        await asyncio.gather(*(self.take_saved_page(page, turns) for page in self.saved_pages))

    async def article_requests(self, candidates: Iterable[Candidate], *, was_read: bool = False) -> list[Request]:
        """Return the requests that candidates lead to; those not fetched get a verdict here. was_read: see Known."""
        fresh = self.ledger.offer(replace(each, url=without_spaces(each.url)) for each in candidates)
        seen = await self.books.last_seen([candidate.url for candidate in fresh])
        known = Known(seen, self.traps, was_read)
        plan = plan_fetches(fresh, known, policy=self.policy(), now=datetime.now(UTC))
        plan = self.without_denied(plan) if self.order.is_dry else plan
        self.listener.planned(plan)
        self.planned += len(plan.fetch)
        self.is_cut |= plan.is_cut
        for start in range(0, len(plan.skip), SKIPS_AT_ONCE):
            some = plan.skip[start : start + SKIPS_AT_ONCE]
            await asyncio.gather(*(self.close_attempt(skip.candidate, skip.ending) for skip in some))
        if self.order.is_dry:
            return []
        validators = await self.books.validators([candidate.url for candidate in plan.fetch])
        known_of = {} if self.renders else validators
        requests = await asyncio.gather(
            *(self.article_request(each, self.doubter.question(known_of.get(each.url))) for each in plan.fetch)
        )
        return [request for request in requests if request is not None]

    def without_denied(self, plan: Plan) -> Plan:
        """Return a plan without what a robots.txt that was read already forbids; a run would find it out by asking."""
        denials = {each.url: self.gate.robots.known_denial(each.url, self.gate.token) for each in plan.fetch}
        fetch = [each for each in plan.fetch if not denials[each.url]]
        denied = [Skip(c, Verdict.ROBOTS_DENIED, why) for c in plan.fetch if (why := denials[c.url])]
        return replace(plan, fetch=fetch, skip=[*plan.skip, *denied])

    def policy(self) -> Policy:
        """Return what the order and the settings say about fetching, so far in the run."""
        return policy_of(self.order, self.workshop.settings, planned=self.planned)

    async def article_request(self, candidate: Candidate, question: Question) -> Request | None:
        """Return the request for one candidate; a URL that may not be fetched gets its verdict instead."""
        try:
            self.gate.check(candidate.url)
        except RefusedAddress as error:
            await self.close_attempt(candidate, ending_of_error(error, self.workshop.settings))
            return None
        return Request(
            asked_url(candidate.url),
            callback=self.parse_article,
            errback=self.fail_article,
            headers=question.headers,
            meta={RENDER: self.renders},
            cb_kwargs={"candidate": candidate, "question": question},
            dont_filter=True,
        )

    async def parse_article(self, response: Response, candidate: Candidate, question: Question) -> list[Request]:
        """Bring one answer to its verdict; return what is still to be asked.

        That is the URL that it only sends on to, or what finds out whether its server lied.
        """
        not_modified = response.status == 304 and question.is_conditional
        self.ledger.count_response(len(response.body), not_modified=not_modified)
        outcome = await self.outcome_of(response, candidate, question)
        onward = onward_request(response, outcome, most=self.workshop.settings.max_redirects)
        if onward is not None:
            return [onward]
        recorded = await self.record(replace(outcome, not_modified=not_modified))
        if recorded.verdict is Verdict.CHANGED and outcome.validator is not None:
            return await self.doubter.doubts(outcome.validator, question.known, what="a page")
        return []

    async def fail_article(self, failure: Failure) -> None:
        """Bring one failed request to its verdict; one that was stopped in time stays open, for the next run."""
        request = failure.request  # type: ignore[attr-defined]
        assert failure.value is not None
        if isinstance(failure.value, RunStopped):
            return
        self.is_cut |= isinstance(failure.value, HostOnHold | RobotsUnavailable | RunBytesSpent)
        ending = ending_of_error(failure.value, self.workshop.settings)
        redirects = tuple(request.meta.get("redirect_urls", ()))
        final_url = request.url if redirects else None
        await self.close_attempt(request.cb_kwargs["candidate"], ending, final_url=final_url, redirects=redirects)

    async def outcome_of(self, response: Response, candidate: Candidate, question: Question) -> Outcome:
        """Read the page, unless its headers or its unchanged bytes say enough."""
        told = told_by(response, candidate)
        ending = ending_without_reading(response, question.known, is_conditional=question.is_conditional)
        if ending is None:
            outcome = await self.read_article(response, candidate, told)
            if outcome.article is None:
                return outcome
            return replace(outcome, validator=self.next_validator(response, candidate.url, question))
        is_same = ending.verdict is Verdict.UNCHANGED
        validator = self.next_validator(response, candidate.url, question) if is_same else None
        return replace(told, verdict=ending.verdict, reason=ending.reason, cause=ending.cause, validator=validator)

    def next_validator(self, response: Response, url: str, question: Question, *, offers_hash: str = "") -> Validator:
        """Return what an answer with a body, or a 304, lets the next request ask with."""
        if response.status == 304 and question.known is not None:
            return after_not_modified(question.known, response, every=question.every)
        return learned(response, url, at=datetime.now(UTC), known=question.known, offers_hash=offers_hash)

    async def take_saved_page(self, page: SavedPage, turns: asyncio.Semaphore) -> None:
        """Bring one saved page to its verdict. turns: bounds how many are held in memory."""
        async with turns:
            outcome = await read_saved_page(self.workshop, page)
            recorded = await self.books.record(self.run_id, outcome)
            self.ledger.settle(recorded)
            self.listener.recorded(recorded)

    async def read_article(self, response: Response, candidate: Candidate, told: Outcome) -> Outcome:
        """Extract the article in a worker."""
        raw = RawPage(
            html=response.body,
            url=response.url,
            charset=charset_of(response),
            body_selector=self.order.source.body,
            rules=rules_for(response.url, self.workshop.settings.site_rules),
            asked=candidate.url,
            status=response.status,
            headers=headers_of(response),
        )
        try:
            extraction = await self.workshop.pool.run(
                extract_page, raw, what=response.url, seconds=self.workshop.settings.page_seconds
            )
        except WorkerError as error:
            told = replace(told, verdict=Verdict.UNREADABLE, reason=str(error), cause=Cause(CauseKind.WORKER))
            return replace(told, page=page_of(response, told.at))
        extraction = held_against(extraction, told_words=max(candidate.told_words, count_words(candidate.summary)))
        article = extraction.article
        is_kept = article is not None or self.workshop.settings.keep_rejected_pages
        return replace(
            told,
            verdict=extraction.verdict,
            reason=extraction.reason,
            cause=extraction.cause,
            article=complete_article(article, candidate, self.source_of_article()) if article else None,
            page=page_of(response, told.at) if is_kept else None,
        )

    @property
    def renders(self) -> bool:
        """Whether pages are taken after their scripts; unconditionally, for a server knows only what it sent."""
        return self.order.source.render == "browser"

    def source_of_article(self) -> Any:
        """Return the source whose tags an article gets; a one-off has none."""
        return None if self.order.trigger == "ingest" else self.order.source

    async def close_attempt(
        self, candidate: Candidate, ending: Ending, *, final_url: str | None = None, redirects: tuple[str, ...] = ()
    ) -> None:
        """End an attempt that brought no page."""
        await self.record(
            Outcome(
                url=candidate.url,
                verdict=ending.verdict,
                reason=ending.reason,
                cause=ending.cause,
                at=datetime.now(UTC),
                final_url=final_url,
                redirects=redirects,
            )
        )

    async def record(self, outcome: Outcome) -> Recorded:
        """Store an outcome, end its account, tell the listener; return what was made of it."""
        recorded = await self.books.record(self.run_id, outcome)
        self.ledger.close(recorded)
        self.listener.recorded(recorded)
        return recorded


def told_by(response: Response, candidate: Candidate) -> Outcome:
    """Return what a response says before anybody reads its body; the verdict is still to come."""
    return Outcome(
        url=candidate.url,
        verdict=Verdict.UNCHANGED,
        reason="",
        at=datetime.now(UTC),
        final_url=response.url,
        redirects=tuple(response.meta.get("redirect_urls", ())),
        status=response.status,
        seconds=response.meta.get("download_latency", 0.0),
        bytes=len(response.body),
    )


def onward_request(response: Response, outcome: Outcome, *, most: int) -> Request | None:
    """Return the request for where a page only sends on to, as one more redirect; None for another, or after most."""
    times = response.meta.get("redirect_times", 0)
    if outcome.cause is None or outcome.cause.kind is not CauseKind.FORWARDING or times >= most:
        return None
    assert response.request is not None
    passed = [*response.meta.get("redirect_urls", ()), response.url]
    meta = {"redirect_times": times + 1, "redirect_urls": passed}
    return response.request.replace(url=outcome.cause.subject, headers={}, meta=meta)
