"""The spider that visits a source: its own documents first, then the articles they offer."""

from collections.abc import AsyncIterator, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from scrapy import Request
from scrapy.http import Response
from twisted.python.failure import Failure

from crawler.candidate import Candidate, Listing
from crawler.errors import CrawlerError, RefusedAddress, RunStopped
from crawler.failure import ending_of_error
from crawler.gate.handler import RENDER
from crawler.gate.url import asked_url
from crawler.plan import is_due
from crawler.response import charset_of, conditions, ending_without_reading, header, validator_of
from crawler.sources.document import SourceDocument, read_document
from crawler.sources.headlines import experience_of
from crawler.sources.section import NO_RULES, SectionRules
from crawler.spiders.feedtext import FeedTextSpider
from storage.outcome import Validator
from storage.source import SourceKind
from storage.verdict import Verdict

RENDERED_KINDS = frozenset({SourceKind.SECTION, SourceKind.PAGE})
EPOCH = datetime(1970, 1, 2, tzinfo=UTC)


class SourceSpider(FeedTextSpider):
    """Visits one source: a feed, a sitemap with its children, a section page, or a single page."""

    name = "source"

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self.kind = self.order.kind
        self.documents_requested: set[str] = set()

    async def start(self) -> AsyncIterator[Any]:
        """Request the source's document; a single page is its own candidate."""
        url = self.order.source.url
        if self.kind is SourceKind.PAGE:
            requests = await self.article_requests([Candidate(url=url, origin="page")])
        else:
            requests = await self.document_requests([url], depth=0)
        for request in requests:
            yield request

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
            requests.append(self.document_request(url, found.get(url), depth=depth))
        return requests

    def document_request(self, url: str, validator: Validator | None, *, depth: int) -> Request:
        """Return the conditional request for one document; a section page is rendered where the source asks for it."""
        is_rendered = self.renders and self.kind is SourceKind.SECTION
        return Request(
            asked_url(url),
            callback=self.parse_document,
            errback=self.fail_document,
            headers=conditions(None if is_rendered else validator),
            meta={RENDER: is_rendered},
            cb_kwargs={"url": url, "validator": validator, "depth": depth},
            dont_filter=True,
            priority=10,
        )

    async def parse_document(
        self, response: Response, url: str, validator: Validator | None, depth: int
    ) -> AsyncIterator[Request]:
        """Read a document and request what it offers."""
        not_modified = response.status == 304 and validator is not None
        self.ledger.count_response(len(response.body), not_modified=not_modified)
        ending = ending_without_reading(response, validator)
        self.ledger.documents += [ending.verdict] if ending is not None else []
        if ending is not None and ending.verdict is not Verdict.UNCHANGED:
            self.ledger.troubles.append(f"{url}: {ending.reason}")
        elif ending is not None:
            self.ledger.notes.append(f"{url}: {ending.reason}")
            for request in await self.remembered_requests():
                yield request
        else:
            for request in await self.read_listing(response, url, depth=depth):
                yield request

    async def read_listing(self, response: Response, url: str, *, depth: int) -> list[Request]:
        """Read a document in a worker; return the requests that follow from it."""
        window = None if self.order.recheck else self.policy().since
        document = SourceDocument(
            body=response.body,
            url=response.url,
            content_type=header(response, "Content-Type") or None,
            charset=charset_of(response),
            limit=self.workshop.settings.max_sitemap_urls,
            rules=await self.section_rules(),
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
        # An index may stay the same while its sitemaps change, and what lists nothing is no news: both are always read.
        if listing.candidates and not listing.children:
            self.ledger.validators.append(validator_of(response, url, datetime.now(UTC)))
        return await self.follow(listing, url, depth=depth)

    async def section_rules(self) -> SectionRules:
        """Return what is asked of a section page and was learned of its site; other kinds need none."""
        if self.kind not in (SourceKind.SECTION, SourceKind.AUTO):
            return NO_RULES
        ended = await self.books.read_of(self.order.source.name)
        return SectionRules(self.order.source.include, experience_of(ended))

    async def follow(self, listing: Listing, url: str, *, depth: int) -> list[Request]:
        """Return the requests for a listing's articles and further documents."""
        if listing.truncated:
            self.ledger.notes.append(f"{url}: only its first {len(listing.candidates)} URLs were read")
        self.ledger.notes += [f"{url}: {note}" for note in listing.notes]
        requests = await self.article_requests(listing.candidates)
        if depth < self.workshop.settings.max_sitemap_depth:
            return requests + await self.document_requests(listing.children, depth=depth + 1)
        if listing.children:
            self.ledger.notes.append(f"{url}: its {len(listing.children)} sitemaps lie deeper than is followed")
        return requests

    async def rendered_requests(self, url: str, *, depth: int) -> list[Request]:
        """Return the request for a page that was only looked at so far, to be rendered this time."""
        if self.kind is SourceKind.PAGE:
            return await self.article_requests([Candidate(url=url, origin="page")])
        return [self.document_request(url, None, depth=depth)]

    async def take_page(self, response: Response, url: str) -> None:
        """A source that turned out to be a single page: its document is the article."""
        candidate = Candidate(url=url, origin="page")
        if self.ledger.offer([candidate]):
            await self.record(await self.outcome_of(response, candidate, None))

    async def remembered_requests(self) -> list[Request]:
        """Return requests for what an unchanged document offered before, as far as it is due for another look."""
        policy, now = self.policy(), datetime.now(UTC)
        first_after = EPOCH if policy.recheck else now - max(policy.ages, default=timedelta())
        remembered = await self.books.captured_by(self.order.source.name, first_after=first_after - timedelta(days=1))
        remembered = await self.without_feed_texts(remembered)
        candidates = {seen.url: Candidate(url=seen.url, origin="store") for seen in remembered}
        due = [s.url for s in remembered if policy.recheck or is_due(candidates[s.url], s, policy.ages, now)]
        return await self.article_requests([candidates[url] for url in due])

    async def fail_document(self, failure: Failure) -> None:
        """Note that a document could not be fetched."""
        assert failure.value is not None
        if isinstance(failure.value, RunStopped):
            return
        ending = ending_of_error(failure.value, self.workshop.settings)
        url = failure.request.cb_kwargs["url"]  # type: ignore[attr-defined]
        self.ledger.documents.append(ending.verdict)
        self.ledger.troubles.append(f"{url}: {ending.reason}")
