"""The spider that visits a source: its own documents first, then the articles they offer."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.candidate import Candidate, Listing
from crawler.errors import CrawlerError, RefusedAddress, RunStopped
from crawler.failure import ending_of_error
from crawler.gate.handler import RENDER
from crawler.gate.url import asked_url
from crawler.plan import skip_of
from crawler.response import charset_of, ending_without_reading, header, since
from crawler.sources.document import SourceDocument, read_document
from crawler.sources.headlines import experience_of
from crawler.sources.section import NO_RULES, SectionRules
from crawler.spiders.feedtext import FeedTextSpider
from crawler.trust import Question
from storage.outcome import Validator
from storage.source import Source, SourceKind
from storage.verdict import FAILURES, Verdict

RENDERED_KINDS = frozenset({SourceKind.SECTION, SourceKind.PAGE})
# A page that ends so was none, or something stood in its way: its source is looked at anew.
UNSETTLING = FAILURES - {Verdict.NETWORK_ERROR, Verdict.TIMEOUT}
EPOCH = datetime(1970, 1, 2, tzinfo=UTC)


class SourceSpider(FeedTextSpider):
    """Visits one source: a feed, a sitemap with its children, a section page, or a single page."""

    name = "source"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.kind = self.order.kind
        self.rules = rules_mark(self.order.source)
        self.documents_requested: set[str] = set()
        self.documents_open: set[str] = set()
        self.documents_had = 0

    async def start(self) -> AsyncIterator[Any]:
        """Request the source's document; a single page is its own candidate."""
        url = self.order.source.url
        if self.kind is SourceKind.PAGE:
            requests = await self.article_requests([Candidate(url=url, origin="page")])
        else:
            requests = await self.document_requests([url], depth=0)
        for request in requests:
            yield request

    @property
    def found_kind(self) -> SourceKind | None:
        """What looking showed, for the next visit. A page without an article settles nothing: it may be a wall."""
        if self.kind is SourceKind.AUTO:
            return None
        is_wrong = self.kind is SourceKind.PAGE and any(verdict in UNSETTLING for verdict in self.ledger.verdicts)
        return SourceKind.AUTO if is_wrong else self.kind

    async def document_requests(self, urls: Sequence[str], *, depth: int) -> list[Request]:
        """Return the requests for documents of the source. depth: 0 for its own, 1 for a sitemap of its index, ..."""
        fresh = [url for url in dict.fromkeys(urls) if url not in self.documents_requested]
        again = len(set(urls)) - len(fresh)
        if again:
            self.ledger.notes.append(f"{again} of its sitemaps are named again by one of them; each is read once")
        room = self.workshop.settings.max_pages - len(self.documents_requested)
        if len(fresh) > room:
            self.ledger.notes.append(f"only {max(0, room)} of {len(fresh)} sitemaps were read: crawler.max_pages")
            fresh = fresh[: max(0, room)]
        self.documents_requested.update(fresh)
        found = await self.books.validators(fresh)
        requests: list[Request] = []
        for url in fresh:
            try:
                self.gate.check(url)
            except RefusedAddress as error:
                self.ledger.troubles.append(str(error))
                self.ledger.documents.append(Verdict.REFUSED_ADDRESS)
                continue
            self.documents_open.add(url)
            requests.append(self.document_request(url, self.document_question(found.get(url)), depth=depth))
        return requests

    def document_question(self, known: Validator | None) -> Question:
        """Return what a document is asked with: in full for a dry run, a recheck, and where the rules have changed."""
        is_other = known is not None and not known.offers_hash.startswith(self.rules)
        return replace(self.doubter.question(known), is_urgent=is_other or self.order.is_dry or self.order.recheck)

    def document_request(self, url: str, question: Question, *, depth: int) -> Request:
        """Return the request for one document; a section page is rendered where the source asks for it."""
        is_rendered = self.renders and self.kind is SourceKind.SECTION
        asked = self.doubter.question(None) if is_rendered else question
        return Request(
            asked_url(url),
            callback=self.parse_document,
            errback=self.fail_document,
            headers=asked.headers,
            meta={RENDER: is_rendered},
            cb_kwargs={"url": url, "question": asked, "depth": depth},
            dont_filter=True,
            priority=10,
        )

    async def parse_document(
        self, response: Response, url: str, question: Question, depth: int
    ) -> AsyncIterator[Request]:
        """Read a document and request what it offers."""
        not_modified = response.status == 304 and question.is_conditional
        self.ledger.count_response(len(response.body), not_modified=not_modified)
        ending = ending_without_reading(response, question.known, is_conditional=question.is_conditional)
        is_unchanged = ending is not None and ending.verdict is Verdict.UNCHANGED
        requests: list[Request] = []
        if ending is None or (is_unchanged and question.is_urgent):
            requests = await self.read_listing(response, url, question, depth=depth)
        else:
            self.ledger.documents.append(ending.verdict)
            if is_unchanged:
                self.keep_unread(response, url, question)
            told = self.ledger.notes if is_unchanged else self.ledger.troubles
            told.append(f"{url}: {ending.reason}")
        for request in requests + await self.requests_at_end(url):
            yield request

    def keep_unread(self, response: Response, url: str, question: Question) -> None:
        """Keep what an unchanged document's answer taught."""
        self.documents_had += 1
        offers = question.known.offers_hash if question.known else ""
        self.ledger.validators.append(self.next_validator(response, url, question, offers_hash=offers))

    async def read_listing(self, response: Response, url: str, question: Question, *, depth: int) -> list[Request]:
        """Read a document in a worker; return the requests that follow from it."""
        window = None if self.order.recheck else self.policy().since
        document = SourceDocument(
            body=response.body,
            url=response.url,
            content_type=header(response, "Content-Type") or None,
            charset=charset_of(response),
            limit=self.workshop.settings.max_sitemap_urls,
            rules=await self.section_rules(),
            with_texts=self.takes_feed_text,
            since=datetime.now(UTC) - window if window is not None else None,
        )
        seconds = self.workshop.settings.document_seconds
        try:
            listing = await self.workshop.pool.run(read_document, document, self.kind, what=url, seconds=seconds)
        except CrawlerError as error:
            self.ledger.troubles.append(str(error))
            self.ledger.documents.append(Verdict.UNREADABLE)
            return []
        self.kind = SourceKind(listing.kind)
        if self.renders and not response.meta[RENDER] and self.kind in RENDERED_KINDS:
            return await self.rendered_requests(url, depth=depth)
        self.listener.document_read(url, listing)
        if self.kind is SourceKind.PAGE:
            self.ledger.notes += [f"{url}: {note}" for note in listing.notes]
            await self.take_page(response, url)
            return []
        self.documents_had += 1
        if listing.children:  # an index may stay the same while its sitemaps change: it is always read
            return await self.follow(listing, url, depth=depth)
        return await self.compare(response, listing, url, question)

    async def section_rules(self) -> SectionRules:
        """Return what is asked of a section page and was learned of its site; other kinds need none."""
        if self.kind not in (SourceKind.SECTION, SourceKind.AUTO):
            return NO_RULES
        ended = await self.books.read_of(self.order.source.name)
        return SectionRules(self.order.source.include, experience_of(ended))

    async def compare(self, response: Response, listing: Listing, url: str, question: Question) -> list[Request]:
        """Follow a document, unless it offers what it did at the last visit; then only its bytes differ."""
        offers = f"{self.rules}{listing.offers_hash}"
        fresh, known = self.next_validator(response, url, question, offers_hash=offers), question.known
        self.ledger.validators += [fresh] if listing.candidates else []  # one that lists nothing is always read
        is_same = known is not None and known.offers_hash == offers
        if not is_same or self.order.is_dry or self.order.recheck:
            requests = await self.follow(listing, url, depth=0, was_read=known is not None)
            is_told = known is not None and not is_same and known.offers_hash.startswith(self.rules)
            return requests + (await self.doubter.doubts(fresh, known, what="a document") if is_told else [])
        self.ledger.documents.append(Verdict.UNCHANGED)
        self.ledger.notes.append(f"{url}: it offers the same{since(known) if known else ''}")
        return []

    async def follow(self, listing: Listing, url: str, *, depth: int, was_read: bool = False) -> list[Request]:
        """Return the requests for a listing's articles and further documents. was_read: so was it at a visit before."""
        if listing.truncated:
            self.ledger.notes.append(f"{url}: only its first {len(listing.candidates)} URLs were read")
        self.ledger.notes += [f"{url}: {note}" for note in listing.notes]
        requests = await self.article_requests(listing.candidates, was_read=was_read)
        if depth < self.workshop.settings.max_sitemap_depth:
            return requests + await self.document_requests(listing.children, depth=depth + 1)
        if listing.children:
            self.ledger.notes.append(f"{url}: its {len(listing.children)} sitemaps lie deeper than is followed")
        return requests

    async def rendered_requests(self, url: str, *, depth: int) -> list[Request]:
        """Return the request for a page that was only looked at so far, to be rendered this time."""
        if self.kind is SourceKind.PAGE:
            return await self.article_requests([Candidate(url=url, origin="page")])
        return [self.document_request(url, self.doubter.question(None), depth=depth)]

    async def take_page(self, response: Response, url: str) -> None:
        """A source that turned out to be a single page: its document is the article."""
        candidate = Candidate(url=url, origin="page")
        if self.ledger.offer([candidate]):
            await self.record(await self.outcome_of(response, candidate, self.doubter.question(None)))

    async def requests_at_end(self, url: str) -> list[Request]:
        """Note that a document is done with; after the last one return requests for the articles that are due.

        Where no document could be had, they are left to the next visit: the site may be down.
        """
        self.documents_open.discard(url)
        if self.documents_open or not self.documents_had:
            return []
        return await self.remembered_requests()

    async def remembered_requests(self) -> list[Request]:
        """Return requests for articles captured before that are due for another look, still offered or not."""
        policy, now = self.policy(), datetime.now(UTC)
        if not policy.ages and not policy.recheck:
            return []
        first_after = EPOCH if policy.recheck else now - max(policy.ages)
        remembered = await self.books.captured_by(self.order.source.name, first_after=first_after - timedelta(days=1))
        remembered = await self.without_feed_texts(remembered)
        known = [(Candidate(url=seen.url, origin="store"), seen) for seen in remembered]
        due = [candidate for candidate, seen in known if skip_of(candidate, seen, policy, now) is None]
        return await self.article_requests(due) if due else []

    async def fail_document(self, failure: Failure) -> list[Request]:
        """Note that a document could not be fetched."""
        assert failure.value is not None
        if isinstance(failure.value, RunStopped):
            return []
        ending = ending_of_error(failure.value, self.workshop.settings)
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        self.ledger.documents.append(ending.verdict)
        self.ledger.troubles.append(f"{url}: {ending.reason}")
        return await self.requests_at_end(url)


def rules_mark(source: Source) -> str:
    """Return what stands before the hash of what a source offered: under other rules it must be looked at again."""
    chosen = (source.include, source.exclude, source.since, source.full_text)
    read = (source.body, source.render, sorted(source.headers.items()), sorted(source.cookies.items()))
    rules = repr((*chosen, *read))
    return f"{sha256(rules.encode()).hexdigest()[:8]}-"
