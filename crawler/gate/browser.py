"""The process's one browser, as its runs share it: there from the first page to the last run, replaced now and then.

It reaches the web through our proxy alone, see forward_proxy. Not for what happens inside a page: see rendering.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from typing import TYPE_CHECKING, Any, Self

from crawler.errors import BrowserFailed
from crawler.gate.chromium_process import CLOSE_SECONDS, Chromium, StartFailed
from crawler.gate.forward_proxy import ForwardProxy
from crawler.gate.visit import Visit

if TYPE_CHECKING:
    from crawler.gate.gate import Gate
    from crawler.settings import CrawlerSettings

PAGES_AT_ONCE = 2


class Browser:
    """Lends pages of one Chromium. Enter it with the process's tools; nothing starts before the first page."""

    def __init__(self, settings: "CrawlerSettings", gate: "Gate") -> None:
        self._settings = settings
        self._chromium = Chromium(settings, self._give_up)
        self._proxy = ForwardProxy(gate, connect_seconds=settings.connect_seconds)
        self._turns = asyncio.Semaphore(PAGES_AT_ONCE)
        self._starting = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._runs: set[object] = set()
        self._visits: set[Visit] = set()
        self._withdrawals: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        """Close everything now; a page that is still being loaded is given up."""
        if self._visits:
            self.kill()
            with suppress(TimeoutError):
                await asyncio.wait_for(self._idle.wait(), CLOSE_SECONDS)
        async with self._starting:
            await self._stop()

    @property
    def is_running(self) -> bool:
        """Whether anything of it is there: the driver, Chromium, the open port."""
        return self._chromium.is_open or self._proxy.is_listening

    async def leave(self, run: object) -> None:
        """A run needs no more pages; with the last one all is closed."""
        self._runs.discard(run)
        await self._rest()

    @asynccontextmanager
    async def visit(self, url: str, run: object) -> AsyncIterator[Visit]:
        """Wait for a free page, and let url's requests out while the block lasts.

        Raises:
            BrowserFailed: Chromium does not start.
        """
        visit = Visit(url, self._settings.browser_page_requests, self._settings.browser_page_bytes)
        self._runs.add(run)
        async with self._turns:
            await self._begin(visit)
            try:
                yield visit
            finally:
                self._close(visit)
                await self._rest()

    async def new_context(self, **options: Any) -> Any:
        """Return a fresh context of the Chromium of now."""
        return await self._chromium.new_context(**options)

    def context_options(self, visit: Visit) -> dict[str, Any]:
        """Return how the context of a visit is made."""
        return {
            "accept_downloads": False,
            "service_workers": "block",
            "permissions": [],
            "proxy": {
                "server": self._proxy.address,
                "bypass": "<-loopback>",  # nothing is reached past the proxy
                "username": visit.name,
                "password": visit.password,
            },
        }

    def kill(self) -> None:
        """End Chromium where asking does not help; the next page gets a new one."""
        self._chromium.kill()

    def _give_up(self, why: str) -> None:
        for visit in self._visits:
            visit.stop(BrowserFailed(visit.url, why))

    async def _begin(self, visit: Visit) -> None:
        """Start what is to be started. Who asked may be cancelled meanwhile; what has begun is brought to its end."""
        beginning = asyncio.create_task(self._prepare_and_open(visit))
        try:
            await asyncio.shield(beginning)
        except asyncio.CancelledError:
            withdrawal = asyncio.create_task(self._withdraw(visit, beginning))
            self._withdrawals.add(withdrawal)
            withdrawal.add_done_callback(self._withdrawals.discard)
            raise

    async def _prepare_and_open(self, visit: Visit) -> None:
        async with self._starting:
            await self._prepare(visit.url)
            self._open(visit)

    async def _withdraw(self, visit: Visit, beginning: "asyncio.Task[None]") -> None:
        with suppress(BrowserFailed):
            await beginning
        self._close(visit)
        await self._rest()

    async def _prepare(self, url: str) -> None:
        """See to it that a Chromium runs that has not shown too many pages."""
        if self._chromium.is_alive:
            if self._chromium.pages < self._settings.browser_max_pages:
                return
            await self._idle.wait()
        if not self._proxy.is_listening:
            self._proxy.listen()
        try:
            await self._chromium.start(self._proxy.address)
        except StartFailed as error:
            await self._proxy.close()
            raise BrowserFailed(url, f"the browser does not start: {error}") from error

    def _open(self, visit: Visit) -> None:
        self._proxy.admit(visit)
        self._visits.add(visit)
        self._idle.clear()
        self._chromium.pages += 1

    def _close(self, visit: Visit) -> None:
        self._proxy.dismiss(visit)
        self._visits.discard(visit)
        if not self._visits:
            self._idle.set()

    async def _rest(self) -> None:
        """Close everything where no run is left that may want a page; a run's last page may end after its run."""
        if not self._runs and not self._visits:
            async with self._starting:
                if not self._runs and not self._visits:
                    await self._stop()

    async def _stop(self) -> None:
        """Close everything, the port too."""
        await self._chromium.close()
        await self._proxy.close()
