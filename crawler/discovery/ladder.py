"""Climb a site's ladder: the page, its feeds, usual paths, sitemaps. Every request passes the gate, and is counted."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

from crawler.books import ScratchBooks
from crawler.candidate import Candidate
from crawler.discovery.choice import Choice, Tier, choose, tier_of
from crawler.discovery.offer import Offer, Rung
from crawler.discovery.rungs import (
    home_of,
    most_promising,
    narrow_of,
    own_feeds,
    sitemaps_in,
    usual_feeds,
    usual_sitemaps,
)
from crawler.discovery.survey import Survey, header_feeds, survey_document
from crawler.errors import UnreadableDocument, WorkerError
from crawler.order import Order
from crawler.response import charset_in
from crawler.run import Runs, Targets
from crawler.sources.document import SourceDocument
from crawler.workshop import Workshop
from storage.identity.url import url_key
from storage.outcome import Outcome, Page
from storage.source import Source, SourceKind
from storage.verdict import Verdict

MOST_REQUESTS = 30
MOST_FEEDS = 8
MOST_SITEMAPS = 4
MOST_CHILDREN = 3
GUESSES_AT_ONCE = 4
# The host itself is out of reach: no other path of it is worth asking for.
OUT_OF_REACH = frozenset({Verdict.REFUSED_ADDRESS, Verdict.NETWORK_ERROR, Verdict.TIMEOUT})


@dataclass(frozen=True, slots=True)
class Found:
    """One answer: the outcome of its request, and what was read of it where it can be watched."""

    outcome: Outcome
    survey: Survey | None = None
    trouble: str = ""

    @property
    def url(self) -> str:
        """Where it stands, after redirects."""
        return self.outcome.page.url if self.outcome.page else self.outcome.url


@dataclass(slots=True)
class Ladder:
    """One climb. source: who asks, with the headers it sends. told: hears the first address of each batch."""

    runs: Runs
    workshop: Workshop
    books: ScratchBooks
    source: Source
    now: datetime
    told: Callable[[str], None] = lambda _: None
    offers: dict[str, Offer] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    sitemaps: dict[str, Found] = field(default_factory=dict)  # met where a feed was looked for, by what was asked

    async def climb(self) -> Choice:
        """Look at one rung after the other; return what was found, the best first."""
        (first,) = await self.look([self.source.url])
        self.take(first, Rung.ASKED)
        if first.outcome.verdict not in OUT_OF_REACH:
            pages = [first, *await self.look_at_home(first)]
            await self.look_for_feeds(pages)
            await self.guess_feeds(own_feeds(first.url) if first.survey else ())
            if not self.has_live_feed():
                await self.guess_feeds(usual_feeds(first.url))
            await self.look_for_sitemaps(first.url)
        return choose(list(self.offers.values()), asked=self.source.url, now=self.now, kind=self.source.kind)

    async def look_at_home(self, first: Found) -> list[Found]:
        """Return the home page where the page that was asked for is another and names no feed."""
        home = home_of(first.url)
        if first.survey and (first.survey.declared or url_key(home) == url_key(first.url)):
            return []
        found = await self.look([home])
        for each in found:
            is_section = each.survey is not None and each.survey.kind is SourceKind.SECTION
            if is_section and not (first.survey and first.survey.kind is SourceKind.SECTION):
                self.take(each, Rung.HOME)
        return found

    async def look_for_feeds(self, pages: list[Found]) -> None:
        """Read the feeds that pages name, in their order."""
        named: dict[str, Rung] = {}
        for page, rung in zip(pages, (Rung.DECLARED, Rung.OF_HOME), strict=False):
            survey, headers = page.survey, page.outcome.page.headers if page.outcome.page else {}
            for url in survey.declared if survey else ():
                named.setdefault(url, rung)
            for url in header_feeds(headers.get("link", ""), base=page.url):
                named.setdefault(url, Rung.HEADER)
            for url in survey.linked if survey else ():
                named.setdefault(url, Rung.LINKED)
        for each in await self.look(list(named)[:MOST_FEEDS]):
            if not self.is_kept_for_later(each):
                self.take(each, named[each.outcome.url], wanted=SourceKind.FEED)

    async def guess_feeds(self, guesses: Sequence[str]) -> None:
        """Try usual paths, a few at a time, until one leads to a live feed."""
        for start in range(0, len(guesses), GUESSES_AT_ONCE):
            for each in await self.look(guesses[start : start + GUESSES_AT_ONCE]):
                if each.survey and not self.is_kept_for_later(each) and each.survey.kind is SourceKind.FEED:
                    self.take(each, Rung.USUAL)
            if self.has_live_feed():
                return

    async def look_for_sitemaps(self, url: str) -> None:
        """Read the sitemaps that robots.txt names, or try the usual paths; of an index the most promising of it."""
        robots = await self.pages([home_of(url) + "robots.txt"])
        named = [found for page in robots if page.page for found in sitemaps_in(page.page.body, url=url)]
        keys = {url_key(each) for each in named}
        looked = await self.look((named or usual_sitemaps(url))[:MOST_SITEMAPS])
        for each in (*self.sitemaps.values(), *looked):
            is_named = url_key(each.outcome.url) in keys
            rung = Rung.ROBOTS if is_named else Rung.USUAL
            if each.survey and each.survey.children:
                self.take(await self.summed_up(each), rung)
            elif is_named or (each.survey and each.survey.kind is SourceKind.SITEMAP):
                self.take(each, rung, wanted=SourceKind.SITEMAP)

    def is_kept_for_later(self, found: Found) -> bool:
        """Keep a sitemap that was met where a feed was looked for, say whether it is one."""
        is_sitemap = found.survey is not None and found.survey.kind is SourceKind.SITEMAP
        if is_sitemap:
            self.sitemaps[url_key(found.outcome.url)] = found
        return is_sitemap

    async def summed_up(self, index: Found) -> Found:
        """Return an index with what its most promising sitemaps give; one of news is a place of its own."""
        assert index.survey is not None
        survey = index.survey
        for child in await self.look(most_promising(survey.children)[:MOST_CHILDREN]):
            if child.survey is None or child.survey.kind is not SourceKind.SITEMAP:
                continue
            if child.survey.is_news:
                self.take(child, Rung.INDEXED)
            dates = [each for each in (survey.newest, child.survey.newest) if each]
            survey = replace(
                survey,
                entries=survey.entries + child.survey.entries,
                newest=max(dates, default=None),
                in_week=survey.in_week + child.survey.in_week,
            )
        return replace(index, survey=survey)

    def has_live_feed(self) -> bool:
        """Whether a feed was found that is worth no further guess."""
        return any(tier_of(each, latest=None, now=self.now) is Tier.FEED for each in self.offers.values())

    def take(self, found: Found, rung: Rung, *, wanted: SourceKind | None = None) -> None:
        """Put one place on the list, each once. wanted: what it was said to be."""
        survey, url = found.survey, found.url
        if survey is None:
            verdict = found.outcome.verdict if found.outcome.page is None else Verdict.UNREADABLE
            offer = Offer(url=url, rung=rung, verdict=verdict, trouble=found.trouble)
        elif wanted and survey.kind is not wanted:
            trouble = f"it is said to be a {wanted}, and is a {survey.kind}"
            offer = Offer(url=url, rung=rung, kind=survey.kind, verdict=Verdict.UNSUPPORTED_TYPE, trouble=trouble)
        else:
            offer = self.offer_of(survey, url, rung)
        self.offers.setdefault(url_key(url), offer)

    def offer_of(self, survey: Survey, url: str, rung: Rung) -> Offer:
        """Return a place that can be watched, or one that is empty."""
        is_feed = survey.kind is SourceKind.FEED
        return Offer(
            url=url,
            rung=rung,
            kind=survey.kind,
            title=survey.title,
            entries=survey.entries,
            newest=survey.newest,
            in_week=survey.in_week,
            is_dated=survey.is_dated,
            is_news=survey.is_news,
            has_full_text=survey.has_full_text,
            narrow=narrow_of(url, survey.title, asked=self.source.url) if is_feed else "",
            trouble="" if survey.entries else "it lists nothing",
        )

    async def look(self, urls: Iterable[str]) -> list[Found]:
        """Fetch addresses and see what stands there, in the order given."""
        return [await self.survey(outcome) for outcome in await self.pages(urls)]

    async def pages(self, urls: Iterable[str]) -> list[Outcome]:
        """Fetch addresses, each once and no more than MOST_REQUESTS in all; return how each request ended."""
        fresh = [url for url in urls if url_key(url) not in self.asked][: MOST_REQUESTS - len(self.asked)]
        if not fresh:
            return []
        self.asked.update(url_key(url) for url in fresh)
        self.told(fresh[0])
        order = Order(source=replace(self.source, include=(), exclude=()), kind=SourceKind.PAGE, trigger="crawl")
        begin = len(self.books.outcomes)
        candidates = tuple(Candidate(url=url, origin="page") for url in fresh)
        result = await self.runs.fetch_pages(order, Targets(candidates))
        by_url = {outcome.url: outcome for outcome in self.books.outcomes[begin:]}
        # A run that failed as a whole, for a variable that is not set, has asked for none.
        unasked = Outcome(url="", verdict=Verdict.UNREADABLE, reason=result.reason, at=self.now)
        return [by_url.get(url) or replace(unasked, url=url) for url in fresh]

    async def survey(self, outcome: Outcome) -> Found:
        """Read one answer in a worker."""
        if outcome.page is None:
            return Found(outcome, trouble=outcome.reason)
        task = partial(survey_document, now=self.now)
        document, seconds = document_of(outcome.page), self.workshop.settings.document_seconds
        try:
            survey = await self.workshop.pool.run(task, document, what=outcome.page.url, seconds=seconds)
        except UnreadableDocument as error:
            return Found(outcome, trouble=error.why)
        except WorkerError as error:
            return Found(outcome, trouble=str(error))
        return Found(outcome, survey)


def document_of(page: Page) -> SourceDocument:
    """Return a page that was fetched as a document to be read."""
    content_type = page.headers.get("content-type", "")
    return SourceDocument(
        body=page.body, url=page.url, content_type=content_type or None, charset=charset_in(content_type)
    )
