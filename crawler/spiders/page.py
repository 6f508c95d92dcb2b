"""The spider that fetches pages and reads nothing: for who wants to read them by another measure."""

from dataclasses import replace

from scrapy.http import Response

from crawler.candidate import Candidate
from crawler.response import page_of
from crawler.spiders.article import ArticleSpider
from storage.outcome import Outcome
from storage.verdict import Verdict


class PageSpider(ArticleSpider):
    """Fetches a given list of URLs; each page that came is kept raw in its outcome."""

    name = "page"

    async def read_article(self, response: Response, candidate: Candidate, told: Outcome) -> Outcome:
        """Hand the page on unread."""
        return replace(told, verdict=Verdict.CAPTURED, reason="fetched", page=page_of(response, told.at))
