"""One Chromium as a process, with playwright's driver that speaks to it: started, watched, ended. Not for its pages."""

import asyncio
import logging
import re
import shutil
import tempfile
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

from crawler.gate.browser_folder import make_folder, sweep_folders
from crawler.gate.chromium import FLAGS, UNWANTED, environment, find_chromium, may_sandbox
from crawler.gate.process_tree import kill_tree, private_bytes_of_tree
from crawler.gate.visit import token

if TYPE_CHECKING:
    from crawler.settings import CrawlerSettings

log = logging.getLogger(__name__)

START_SECONDS = 30.0
CLOSE_SECONDS = 5.0
WATCH_SECONDS = 0.2
PROFILE_LOOKS = 20  # a tenth of a second apart
MIB = 1024 * 1024


class Chromium:
    """Started and stopped as often as its owner likes; the driver stays until it is closed.

    give_up: called with the reason before a Chromium is ended that takes too much memory.
    """

    def __init__(self, settings: "CrawlerSettings", give_up: Callable[[str], None]) -> None:
        self._settings = settings
        self._give_up = give_up
        self._manager: Any = None
        self._driver: Any = None
        self._chromium: Any = None
        self._folder: tempfile.TemporaryDirectory[str] | None = None
        self._profile: Path | None = None
        self._watch: asyncio.Task[None] | None = None
        self._is_killed = False
        self.process_id = 0
        self.pages = 0

    @property
    def is_open(self) -> bool:
        """Whether anything of it is there, if only the driver."""
        return self._manager is not None

    @property
    def is_alive(self) -> bool:
        """Whether it can show a page."""
        return self.process_id != 0 and self._chromium.is_connected()

    async def start(self, proxy: str) -> None:
        """Start it anew, with proxy as its only way out.

        Raises:
            StartFailed: it does not start; what was begun is closed.
        """
        # After a violent end the driver is not trusted either: it may be what died.
        await (self.close() if self._is_killed else self.stop())
        try:
            await asyncio.wait_for(self._launch(proxy), START_SECONDS)
        except (OSError, TimeoutError, playwright_error()) as error:
            await self.close()
            raise StartFailed(first_line(str(error))) from error
        self.pages = 0
        self._watch = asyncio.create_task(self._watch_memory())

    async def new_context(self, **options: Any) -> Any:
        """Return a fresh context: no cookies, no cache, no permissions."""
        return await self._chromium.new_context(**options)

    def kill(self) -> None:
        """End it where asking does not help."""
        process, self.process_id = self.process_id, 0
        if process:
            self._is_killed = True
            kill_tree(process)

    async def stop(self) -> None:
        """End it, and remove what it wrote."""
        if self._watch is not None:
            self._watch.cancel()
            self._watch = None
        chromium, self._chromium = self._chromium, None
        if chromium is not None and not self._is_killed:
            with suppress(TimeoutError, playwright_error()):
                await asyncio.wait_for(chromium.close(), CLOSE_SECONDS)
                self.process_id = 0
        self.kill()
        await self._remove_profile()
        if self._folder is not None:
            self._folder.cleanup()
            self._folder = None

    async def close(self) -> None:
        """End it and its driver."""
        await self.stop()
        if self._manager is not None:
            await self._manager.__aexit__()
        self._manager = self._driver = None
        self._is_killed = False

    async def _launch(self, proxy: str) -> None:
        from playwright.async_api import async_playwright

        if self._driver is None:
            self._manager = async_playwright()
            self._driver = await self._manager.start()
            if not may_sandbox():
                log.warning("Chromium runs without its sandbox, because this is root; give Bowerbird a user of its own")
        await asyncio.to_thread(sweep_folders, Path(tempfile.gettempdir()))
        self._folder = make_folder()
        self._chromium = await self._driver.chromium.launch(
            executable_path=find_chromium(self._settings.browser),
            headless=True,
            chromium_sandbox=may_sandbox(),
            args=[*FLAGS, f"--user-agent={self._settings.agent}"],
            ignore_default_args=list(UNWANTED),
            env=environment(self._folder.name),
            # Chromium itself, outside every page, has credentials that no visit has: nothing lets it out.
            proxy={"server": proxy, "username": token(), "password": token()},
            handle_sigint=False,
            handle_sigterm=False,
            handle_sighup=False,
        )
        self.process_id, self._profile = await process_of(self._chromium)

    async def _watch_memory(self) -> None:
        """End it when it takes too much; what it is loading is given up first, so that it can say why."""
        limit = self._settings.browser_memory_bytes
        times_over = 0
        while times_over < 2 and self.process_id:
            await asyncio.sleep(WATCH_SECONDS)
            times_over = times_over + 1 if private_bytes_of_tree(self.process_id) > limit else 0
            if times_over:
                self._give_up(
                    f"the browser took more than crawler.browser_memory_bytes ({limit // MIB} MiB) and was ended"
                )
        self.kill()

    async def _remove_profile(self) -> None:
        """Give the driver a moment to remove the folder of a Chromium that was ended, then do it ourselves."""
        profile, self._profile = self._profile, None
        if profile is None:
            return
        for _ in range(PROFILE_LOOKS):
            if not profile.exists():
                return
            await asyncio.sleep(0.1)
        await asyncio.to_thread(shutil.rmtree, profile, ignore_errors=True)


class StartFailed(Exception):
    """Chromium does not start; the message is its own word."""


def playwright_error() -> type[Exception]:
    """Return the class of what playwright raises; it is an extra, and loaded only when it is there."""
    from playwright.async_api import Error

    return Error


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
