"""Articles from the text that their feed carries, for a source with ``full_text: feed``: no page is asked for."""

import asyncio
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any

from scrapy import Request

from crawler.candidate import Candidate
from crawler.errors import WorkerError
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from crawler.gate.url import without_spaces
from crawler.merge import complete_article, without_told
from crawler.response import body_hash, since
from crawler.sources.fulltext import entry_page
from crawler.spiders.article import ArticleSpider
from crawler.trust import Question
from storage.outcome import Outcome, Page, Seen, Validator
from storage.verdict import Verdict

# Before the hash of an entry's text, where a page's validator has that of its body: the two are never taken for equal.
FROM_FEED = "feed:"


class FeedTextSpider(ArticleSpider):
    """Takes an entry's text from its feed where that is whole; every other candidate is fetched as usual."""

    def __init__(self, **arguments: Any) -> None:
        super().__init__(**arguments)
        self._turns = asyncio.Semaphore(2 * self.workshop.pool.size.workers)

    @property
    def takes_feed_text(self) -> bool:
        return self.order.source.full_text == "feed"

    async def article_requests(self, candidates: Iterable[Candidate], *, was_read: bool = False) -> list[Request]:
        """Return the requests that candidates lead to; an entry whose text in the feed changed is due."""
        return await super().article_requests(await self.with_changes(list(candidates)), was_read=was_read)

    async def with_changes(self, candidates: Sequence[Candidate]) -> list[Candidate]:
        """Mark the candidates whose text is another than the one last taken; without full_text, forget the texts."""
        if not self.takes_feed_text:
            return [replace(each, content_html="", has_full_text=False) for each in candidates]
        urls = [without_spaces(each.url) for each in candidates if each.has_full_text]
        known = await self.books.validators(urls)
        return [replace(each, is_changed=has_changed(each, known.get(without_spaces(each.url)))) for each in candidates]

    async def article_request(self, candidate: Candidate, question: Question) -> Request | None:
        """Return the request for one candidate; none where its feed carries the article."""
        request = await super().article_request(candidate, question)
        if request is None or not candidate.has_full_text:
            return request
        async with self._turns:
            if self.stop.is_set():  # it stays open, for the next run
                return None
            outcome = await self.outcome_of_text(candidate, question.known)
        if outcome is None:
            return request
        await self.record(outcome)
        return None

    async def outcome_of_text(self, candidate: Candidate, validator: Validator | None) -> Outcome | None:
        """Read the text that the feed carries; None where it is no article, so that the page has to tell."""
        now = datetime.now(UTC)
        told = Outcome(url=candidate.url, verdict=Verdict.UNCHANGED, reason="", at=now, final_url=candidate.url)
        fresh = Validator(url=candidate.url, body_hash=text_hash(candidate), checked_at=now)
        if validator is not None and validator.body_hash == fresh.body_hash:
            return replace(told, reason=f"its text in the feed is the same{since(validator)}")
        html = entry_page(candidate)
        extraction = await self.extract_text(html, candidate.url)
        if extraction is None or extraction.article is None:
            return None
        headers = {"content-type": "text/html; charset=utf-8"}
        return replace(
            told,
            verdict=extraction.verdict,
            reason="from the feed's full text",
            article=complete_article(without_told(extraction.article, candidate), candidate, self.source_of_article()),
            page=Page(url=candidate.url, fetched_at=now, status=200, headers=headers, body=html),
            validator=fresh,
        )

    async def extract_text(self, html: bytes, url: str) -> Extraction | None:
        """Extract the article in a worker, like any page; None where the worker could not."""
        raw = RawPage(html=html, url=url, charset="utf-8", body_selector="body")
        seconds = self.workshop.settings.page_seconds
        try:
            return await self.workshop.pool.run(extract_page, raw, what=url, seconds=seconds)
        except WorkerError:
            return None

    async def without_feed_texts(self, seen: Sequence[Seen]) -> list[Seen]:
        """Leave out the known URLs whose text came from the feed: where that is the same, so are they."""
        if not self.takes_feed_text:
            return list(seen)
        known = await self.books.validators([each.url for each in seen])
        return [each for each in seen if each.url not in known or not is_from_feed(known[each.url])]


def has_changed(candidate: Candidate, validator: Validator | None) -> bool:
    """Whether a text was taken from the feed before, and is another now."""
    is_known = candidate.has_full_text and validator is not None and is_from_feed(validator)
    return is_known and validator is not None and validator.body_hash != text_hash(candidate)


def is_from_feed(validator: Validator) -> bool:
    return validator.body_hash.startswith(FROM_FEED)


def text_hash(candidate: Candidate) -> str:
    """What tells one text of an entry from another, its title included."""
    return FROM_FEED + body_hash(f"{candidate.title}\n{candidate.content_html}".encode("utf-8", "replace"))
