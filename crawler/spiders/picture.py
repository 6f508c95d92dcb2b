"""The spider that fetches pictures: each URL to a picture, known by its bytes, or to a verdict that says why not."""

from dataclasses import replace

from scrapy import Request
from scrapy.http import Response

from crawler.candidate import Candidate
from crawler.extract.filetype import name_of_non_html
from crawler.failure import ending_of_status
from crawler.response import page_of
from crawler.spiders.article import ArticleSpider, told_by
from crawler.trust import Question
from storage.outcome import Outcome
from storage.picture import kind_of
from storage.verdict import Verdict

ACCEPT = "image/avif,image/webp,image/png,image/jpeg,image/gif,*/*;q=0.1"


class PictureSpider(ArticleSpider):
    """Fetches a given list of URLs; each picture is kept raw in its outcome."""

    name = "picture"

    async def article_request(self, candidate: Candidate, question: Question) -> Request | None:
        """Return the request for one picture: as a browser's, which some servers tell from that for a page."""
        request = await super().article_request(candidate, question)
        if request is not None:
            request.headers["Accept"] = ACCEPT
        return request

    async def outcome_of(self, response: Response, candidate: Candidate, question: Question) -> Outcome:
        """Look at the bytes; nobody asks what the server calls them."""
        told = told_by(response, candidate)
        ending = ending_of_status(response.status)
        if ending is not None:
            return replace(told, verdict=ending.verdict, reason=ending.reason)
        if kind_of(response.body) is None:
            what = name_of_non_html(response.body) or "an HTML page" if response.body else "empty"
            reason = f"it is {what}, not a picture of a kind that is taken (PNG, JPEG, GIF, WebP, AVIF)"
            return replace(told, verdict=Verdict.UNSUPPORTED_TYPE, reason=reason)
        return replace(told, verdict=Verdict.CAPTURED, reason="fetched", page=page_of(response, told.at))
