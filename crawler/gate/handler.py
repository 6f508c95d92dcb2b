"""The download handler: the last thing a request passes before the wire, and the first thing its failure meets."""

import asyncio
from typing import TYPE_CHECKING

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import HTTP11DownloadHandler
from scrapy.exceptions import CannotResolveHostError
from scrapy.http import Response

from crawler.errors import RefusedAddress, RunStopped
from crawler.gate.headers import BoundedFactory
from crawler.gate.url import host_and_port

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.gate.rendering import Rendering

RENDER = "is_rendered"  # marks the request for a page whose scripts are to run first
SLOW_DOWN = frozenset({429, 503})
DEFAULT_HOLD_SECONDS = 30.0
STOP_SECONDS = 2.0


class GateDownloadHandler(HTTP11DownloadHandler):
    """Scrapy's HTTP/1.1 handler behind the gate: URL rules, one pace a host, refusals told as such."""

    lazy = False

    def __init__(self, crawler: "Crawler") -> None:
        super().__init__(crawler)
        self._pool._factory = BoundedFactory
        self._gate = crawler.spider.gate  # type: ignore[union-attr]
        self._spider = crawler.spider
        self._rendering = rendering_of(crawler)

    async def download_request(self, request: Request) -> Response:
        """Fetch request when its host's turn has come.

        Raises:
            RefusedAddress: the URL, or every address its host resolves to, may not be fetched.
            RunStopped: the run was stopped before the turn came, or before the answer was complete.
        """
        self._gate.check(request.url)
        host, port = host_and_port(request.url)
        async with self._gate.pace.turn(host, stop=self._spider.stop):  # type: ignore[union-attr]
            self._spider.ledger.count_request()  # type: ignore[union-attr]
            self._gate.guard.refused_address(host, port)  # one that a look-up before this one left
            try:
                response = await self._download(request)
            except CannotResolveHostError as error:
                address = self._gate.guard.refused_address(host, port)
                if address is None:
                    raise
                raise RefusedAddress(request.url, why_refused(host, address)) from error
        if response.status in SLOW_DOWN:
            self._gate.pace.hold(host, hold_seconds(response))
        return response

    async def close(self) -> None:
        """The crawl has ended."""
        await super().close()
        if self._rendering is not None:
            await self._rendering.close()

    async def _download(self, request: Request) -> Response:
        """Fetch request; once the run is stopped, give it STOP_SECONDS more.

        Raises:
            RunStopped: it took longer.
        """
        rendering = self._rendering if request.meta.get(RENDER) else None
        fetch = rendering.fetch if rendering is not None else super().download_request
        fetching: asyncio.Future[Response] = asyncio.ensure_future(fetch(request))
        stopped = asyncio.ensure_future(self._spider.stop.wait())  # type: ignore[union-attr]
        try:
            await asyncio.wait({fetching, stopped}, return_when=asyncio.FIRST_COMPLETED)
            await asyncio.wait({fetching}, timeout=STOP_SECONDS)
            if not fetching.done():
                raise RunStopped(request.url)
            return fetching.result()
        finally:
            stopped.cancel()
            fetching.cancel()


def rendering_of(crawler: "Crawler") -> "Rendering | None":
    """Return what renders the pages of a crawl whose source asks for that; the extra is loaded only then."""
    if crawler.spider.order.source.render != "browser":  # type: ignore[union-attr]
        return None
    from crawler.gate.rendering import Rendering

    return Rendering(crawler)


def why_refused(host: str, address: str) -> str:
    """Return what is wrong with the address that host led to."""
    return (
        f"{host} is not a public address" if host == address else f"{host} is {address}, which is not a public address"
    )


def hold_seconds(response: Response) -> float:
    """Return how long a 429 or 503 asks us to wait: its Retry-After in seconds, else half a minute."""
    value = (response.headers.get("Retry-After") or b"").strip()
    return float(value) if value.isdigit() else DEFAULT_HOLD_SECONDS
