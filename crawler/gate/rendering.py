"""Scrapy's seam to the browser: a request in, a normal response out, by way of scrapy-playwright.

Everything after this takes the response as any other: its body is the page's HTML after its scripts have run. Redirects
of the document are given back to Scrapy, so that each hop passes robots.txt, pace and the gate.
"""

import asyncio
from collections.abc import Callable
from time import monotonic
from typing import TYPE_CHECKING, Any

from scrapy import Request
from scrapy.exceptions import CannotResolveHostError, DownloadConnectionRefusedError
from scrapy.http import Headers, HtmlResponse, Response
from scrapy_playwright.handler import ScrapyPlaywrightDownloadHandler
from scrapy_playwright.page import PageMethod
from twisted.internet.error import ConnectionRefusedError as Refused
from twisted.internet.error import DNSLookupError

from crawler.errors import BrowserFailed, BrowserTimeout, RefusedAddress
from crawler.gate.browser import Browser
from crawler.gate.chromium_process import CLOSE_SECONDS, first_line
from crawler.gate.client import client_of
from crawler.gate.interception import BROWSERS_OWN
from crawler.gate.stay import close_stay, prepare_page, settle_page
from crawler.gate.url import host_and_port
from crawler.gate.visit import Answer, Visit

if TYPE_CHECKING:
    from scrapy.crawler import Crawler

    from crawler.settings import CrawlerSettings


class LentBrowser:
    """What scrapy-playwright takes for its own browser: contexts of the process's one, and nothing to close."""

    def __init__(self, browser: Browser) -> None:
        self.new_context = browser.new_context

    def on(self, event: str, listener: Callable[..., object]) -> None:
        """A browser that is gone is replaced by its owner."""

    async def close(self) -> None:
        """It is closed by its owner."""


class Lender:
    """scrapy-playwright's way to a browser; see its BrowserProvider."""

    def __init__(self, browser: Browser) -> None:
        self._browser = browser

    async def start(self) -> None:
        """Nothing starts before a page is asked for."""

    async def launch_browser(self) -> LentBrowser:
        return LentBrowser(self._browser)

    async def close(self) -> None:
        """It is closed by its owner."""


class Rendering:
    """Renders the pages of one crawl."""

    def __init__(self, crawler: "Crawler") -> None:
        workshop = client_of(crawler).workshop
        self._settings: CrawlerSettings = workshop.settings
        self._gate = workshop.gate
        self._browser: Browser = workshop.browser
        self._visits: dict[object, Visit] = {}
        self._handler = ScrapyPlaywrightDownloadHandler(crawler)
        self._handler.browser_provider_cls = lambda _: Lender(self._browser)
        self._handler.config.target_closed_max_retries = 0  # a page is asked for once a turn
        self._handler.config.download_timeout_secs = 0.1  # nothing is downloaded
        self._handler.process_request_headers = None
        self._handler.abort_request = self._is_held_back

    async def fetch(self, request: Request) -> Response:
        """Return request's page as it is once its scripts have run, or its document where that is not rendered.

        Raises:
            BrowserError: there is no such page, in time or at all.
            RefusedAddress: the gate did not let the browser there.
        """
        async with self._browser.visit(request.url, self) as visit:
            visit.headers = headers_beside_the_browsers(request)
            began = monotonic()
            loading = asyncio.ensure_future(self._handler.download_request(self._rendered_request(request, visit)))
            ended = asyncio.ensure_future(visit.ended.wait())
            seconds = self._settings.request_seconds
            try:
                done, _ = await asyncio.wait({loading, ended}, timeout=seconds, return_when=asyncio.FIRST_COMPLETED)
                if not done:
                    visit.stop(BrowserTimeout(request.url, seconds))
            finally:
                ended.cancel()
                failed = loading.exception() if loading.done() else None
                await self._end(visit, loading)
        request.meta["download_latency"] = monotonic() - began
        if visit.answer is None:
            if visit.fault is None and has_ended(failed):
                self._browser.kill()  # the driver may have died, and not its Chromium
            raise visit.fault or error_of(request.url, visit.failures.get(host_and_port(request.url)), failed)
        return response_of(request, visit.answer)

    async def close(self) -> None:
        """The crawl has ended."""
        await self._handler.close()
        await self._browser.leave(self)

    def _rendered_request(self, request: Request, visit: Visit) -> Request:
        async def prepare(page: Any, _: Request) -> None:
            self._visits[page] = visit
            await prepare_page(page, visit, self._gate.check)

        async def settle(page: Any) -> None:
            settings = self._settings
            await settle_page(page, visit, seconds=settings.request_seconds, most_bytes=settings.max_page_bytes)

        return Request(
            request.url,
            headers=request.headers,
            meta={
                "playwright": True,
                "playwright_context": visit.name,
                "playwright_context_kwargs": self._browser.context_options(visit),
                "playwright_page_goto_kwargs": {"wait_until": "domcontentloaded", "timeout": 0},
                "playwright_page_init_callback": prepare,
                "playwright_page_methods": [PageMethod(settle)],
            },
        )

    def _is_held_back(self, asked: Any) -> bool:
        """Whether a request stays inside because its page was not closed in; those of one that was are judged there."""
        visit = self._visits.get(asked.frame.page)
        return visit is None or not visit.is_prepared

    async def _end(self, visit: Visit, loading: "asyncio.Future[Any]") -> None:
        """Close the page, whatever it is doing; that ends what still waits for it."""
        visit.close()
        wrapper = self._handler.context_wrappers.pop(visit.name, None)
        for page in [page for page, its_visit in self._visits.items() if its_visit is visit]:
            del self._visits[page]
        closing = asyncio.ensure_future(close_stay(wrapper.context if wrapper else None))
        await asyncio.wait({closing, loading}, timeout=CLOSE_SECONDS)
        if not (closing.done() and loading.done()):
            self._browser.kill()
            await asyncio.wait({closing, loading}, timeout=CLOSE_SECONDS)
        if loading.done():
            loading.exception()  # told by the visit, where it tells; else by whoever asks for the result


def headers_beside_the_browsers(request: Request) -> dict[str, str]:
    """Return the headers of request that are not Scrapy's defaults: what a source adds for its own site."""
    said = {str(name).lower(): str(value) for name, value in request.headers.to_unicode_dict().items()}
    return {name: value for name, value in said.items() if name not in BROWSERS_OWN}


def has_ended(said: BaseException | None) -> bool:
    """Whether an error of playwright means that the page, the browser or the driver is no more."""
    return any(words in str(said) for words in ("has been closed", "crashed", "Connection closed"))


def error_of(url: str, failure: Exception | None, said: BaseException | None) -> Exception:
    """Return why a page did not come: what the proxy met with where it met with something, else the browser's word."""
    if isinstance(failure, RefusedAddress):
        return failure
    if isinstance(failure, DNSLookupError):
        return CannotResolveHostError(str(failure))
    if isinstance(failure, Refused):
        return DownloadConnectionRefusedError(str(failure))
    words = str(failure or said)
    if failure is None and has_ended(said):
        return BrowserFailed(url, "the browser ended while it loaded it")
    why = first_line(words).removeprefix("Page.goto: ").partition(" at http")[0]
    return BrowserFailed(url, f"the browser could not load it: {why}")


def response_of(request: Request, answer: Answer) -> Response:
    """Return what came of a page as Scrapy has it.

    Rendered HTML is in UTF-8 and labelled so: what scripts add need not fit the charset that the server named.
    """
    headers = Headers()
    for name, value in answer.headers:
        headers.appendlist(name, value)
    headers.pop("Content-Encoding", None)
    if answer.html is None:
        return Response(request.url, status=answer.status, headers=headers, body=answer.body, request=request)
    headers["Content-Type"] = "text/html; charset=utf-8"
    body = answer.html.encode()
    return HtmlResponse(answer.url, status=answer.status, headers=headers, body=body, encoding="utf-8", request=request)
