"""Scrapy's seam to robots.txt: each request, redirects included, asks here before it leaves."""

from typing import TYPE_CHECKING, Self

from scrapy import Request
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
)
from scrapy.http.request import NO_CALLBACK
from twisted.internet.error import ConnectError

from crawler.errors import (
    BadCoding,
    BadRedirect,
    BodyTooLarge,
    CutBody,
    RefusedAddress,
    RobotsDenied,
    RobotsUnavailable,
)
from crawler.gate.client import client_of
from crawler.gate.handler import PREFIX_BYTES
from crawler.gate.robots import RobotsAnswer
from crawler.gate.url import host_and_port

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.gate.gate import Gate

UNREACHABLE = (
    BadCoding,
    BodyTooLarge,
    CannotResolveHostError,
    ConnectError,
    CutBody,
    DownloadConnectionRefusedError,
    DownloadFailedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
ROBOTS = "is_robots"  # marks the request for a robots.txt itself


class RobotsMiddleware:
    """Refuses what robots.txt forbids, and takes over its Crawl-delay."""

    def __init__(self, crawler: "Crawler", gate: "Gate") -> None:
        self._crawler = crawler
        self._gate = gate

    @classmethod
    def from_crawler(cls, crawler: "Crawler") -> Self:
        """Scrapy's way to build a component. The spider carries the gate of its process."""
        return cls(crawler, client_of(crawler).gate)

    async def process_request(self, request: Request) -> None:
        """Let request pass.

        Raises:
            RobotsDenied: its host's robots.txt forbids it.
            RobotsUnavailable: it answers with a server error.
            Exception: what fetching robots.txt raised: a host that cannot be reached is told as that.
        """
        if request.meta.get(ROBOTS):
            return
        self._gate.check(request.url)
        rules = await self._gate.robots.rules_for(request.url, self._fetch)
        if rules.error is not None:
            raise rules.error.with_traceback(None)
        why = rules.why_denied(request.url, self._gate.token)
        if why and rules.denied:
            raise RobotsUnavailable(request.url, why)
        if why:
            raise RobotsDenied(request.url, why)
        delay = rules.delay_seconds(self._gate.token)
        if delay:
            self._gate.pace.slow_down(host_and_port(request.url)[0], delay)

    async def _fetch(self, url: str) -> RobotsAnswer:
        meta = {ROBOTS: True, PREFIX_BYTES: self._gate.limits.max_robots_bytes, "download_maxsize": 0}
        request = Request(url, callback=NO_CALLBACK, meta=meta, dont_filter=True, priority=1000)
        try:
            response = await self._crawler.engine.download_async(request)
        except IgnoreRequest:  # too many redirects: unavailable, so nothing is forbidden
            return RobotsAnswer(status=404)
        except BadRedirect:
            return RobotsAnswer(status=404)
        except RefusedAddress as error:
            why = f"its robots.txt could not be read: {error.why}"
            return RobotsAnswer(error=RefusedAddress(url, why))
        except UNREACHABLE as error:
            return RobotsAnswer(error=error)
        return RobotsAnswer(response.status, response.body)
