"""The process's one Chromium: started when a page is to be rendered, replaced now and then, gone with the last run.

It reaches the web through our proxy alone, see forward_proxy. Not for what happens inside a page: see rendering.
"""

import asyncio
import logging
import re
import shutil
import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from crawler.errors import BrowserFailed
from crawler.gate.browser_folder import make_folder, sweep_folders
from crawler.gate.chromium import FLAGS, UNWANTED, environment, find_chromium, may_sandbox
from crawler.gate.forward_proxy import ForwardProxy
from crawler.gate.process_tree import kill_tree, private_bytes_of_tree
from crawler.gate.visit import Visit, token

if TYPE_CHECKING:
    from crawler.gate.gate import Gate
    from crawler.settings import CrawlerSettings

log = logging.getLogger(__name__)

PAGES_AT_ONCE = 2
START_SECONDS = 30.0
CLOSE_SECONDS = 5.0
WATCH_SECONDS = 0.2
MIB = 1024 * 1024


class Browser:
    """Lends pages of one Chromium. Enter it with the process's tools; nothing starts before the first page."""

    def __init__(self, settings: "CrawlerSettings", gate: "Gate") -> None:
        self._settings = settings
        self._gate = gate
        self._proxy = ForwardProxy(gate, connect_seconds=settings.connect_seconds)
        self._turns = asyncio.Semaphore(PAGES_AT_ONCE)
        self._starting = asyncio.Lock()
        self._idle = asyncio.Event()
        self._idle.set()
        self._runs: set[object] = set()
        self._visits: set[Visit] = set()
        self._manager: Any = None
        self._driver: Any = None
        self._withdrawals: set[asyncio.Task[None]] = set()
        self._chromium: Any = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._process_id = 0
        self._profile: Path | None = None
        self._pages = 0
        self._watch: asyncio.Task[None] | None = None

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
        return self._manager is not None

    @property
    def process_id(self) -> int:
        """Chromium's, or 0 while none runs."""
        return self._process_id

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
        """Return a fresh context: no cookies, no cache, no permissions."""
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
        process, self._process_id = self._process_id, 0
        if process:
            kill_tree(process)

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

    async def _rest(self) -> None:
        """Close everything where no run is left that may want a page; a run's last page may end after its run."""
        if not self._runs and not self._visits:
            async with self._starting:
                if not self._runs and not self._visits:
                    await self._stop()

    def _open(self, visit: Visit) -> None:
        self._proxy.admit(visit)
        self._visits.add(visit)
        self._idle.clear()
        self._pages += 1

    def _close(self, visit: Visit) -> None:
        self._proxy.dismiss(visit)
        self._visits.discard(visit)
        if not self._visits:
            self._idle.set()

    async def _prepare(self, url: str) -> None:
        """See to it that a Chromium runs that has not shown too many pages."""
        is_alive = self._process_id != 0 and self._chromium.is_connected()
        if is_alive and self._pages < self._settings.browser_max_pages:
            return
        if is_alive:
            await self._idle.wait()
        await self._stop_chromium()
        try:
            await asyncio.wait_for(self._start(), START_SECONDS)
        except (OSError, TimeoutError, self._playwright_error()) as error:
            await self._stop()
            raise BrowserFailed(url, f"the browser does not start: {first_line(str(error))}") from error

    @staticmethod
    def _playwright_error() -> type[Exception]:
        from playwright.async_api import Error

        return Error

    async def _start(self) -> None:
        from playwright.async_api import async_playwright

        if self._driver is None:
            self._manager = async_playwright()
            self._driver = await self._manager.start()
            self._proxy.listen()
            if not may_sandbox():
                log.warning("Chromium runs without its sandbox, because this is root; give Bowerbird a user of its own")
        await asyncio.to_thread(sweep_folders, Path(tempfile.gettempdir()))
        self._folder = make_folder()
        self._chromium = await self._driver.chromium.launch(
            executable_path=find_chromium(self._settings.browser),
            headless=True,
            chromium_sandbox=may_sandbox(),
            args=[*FLAGS, f"--user-agent={self._gate.agent}"],
            ignore_default_args=list(UNWANTED),
            env=environment(self._folder.name),
            # Chromium itself, outside every page, has credentials that no visit has: nothing lets it out.
            proxy={"server": self._proxy.address, "username": token(), "password": token()},
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self._pages = 0
        self._process_id, self._profile = await process_of(self._chromium)
        self._watch = asyncio.create_task(self._watch_memory())

    async def _watch_memory(self) -> None:
        """End Chromium when it takes too much, and with it what it is loading: given up first, then killed."""
        limit = self._settings.browser_memory_bytes
        why = f"the browser took more than crawler.browser_memory_bytes ({limit // MIB} MiB) and was ended"
        times_over = 0
        while times_over < 2 and self._process_id:
            await asyncio.sleep(WATCH_SECONDS)
            times_over = times_over + 1 if private_bytes_of_tree(self._process_id) > limit else 0
            for visit in self._visits if times_over else ():
                visit.stop(BrowserFailed(visit.url, why))
        self.kill()

    async def _stop_chromium(self) -> None:
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        chromium, self._chromium = self._chromium, None
        if chromium is not None:
            with suppress(TimeoutError, self._playwright_error()):
                await asyncio.wait_for(chromium.close(), CLOSE_SECONDS)
        self.kill()
        await self._remove_profile()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    async def _remove_profile(self) -> None:
        """Give the driver a moment to remove the folder of a Chromium that was ended, then do it ourselves."""
        profile, self._profile = self._profile, None
        if profile is None:
            return
        for _ in range(20):
            if not profile.exists():
                return
            await asyncio.sleep(0.1)
        await asyncio.to_thread(shutil.rmtree, profile, ignore_errors=True)

    async def _stop(self) -> None:
        """Close everything, the port too."""
        await self._stop_chromium()
        await self._proxy.close()
        if self._manager is not None:
            await self._manager.__aexit__()
        self._manager = self._driver = None


async def process_of(chromium: Any) -> tuple[int, Path | None]:
    """Return the number of Chromium's first process, the parent of the others, and its profile folder."""
    session = await chromium.new_browser_cdp_session()
    told = await session.send("SystemInfo.getProcessInfo")
    info = await session.send("SystemInfo.getInfo")
    await session.detach()
    number = next(process["id"] for process in told["processInfo"] if process["type"] == "browser")
    found = re.search(r"--user-data-dir=(\S+)", info["commandLine"])
    return int(number), Path(found[1]) if found else None


def first_line(said: str) -> str:
    """Return what an error says, without the log that playwright adds."""
    return next((line[:200] for line in said.strip().splitlines()), "it does not say why")
