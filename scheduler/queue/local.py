"""The local engine: one long-lived crawler process, watched, replaced when it dies or has served long enough."""

import asyncio
import contextlib
import itertools
import logging
import os
import sys
from dataclasses import dataclass, field

from crawler.errors import CrawlerGone
from crawler.message import ChildMessage, Done, Message, Ready, Setup, Stop, Ticket, dump, parse_child_message
from crawler.order import Order, RunResult
from crawler.settings import CrawlerSettings
from scheduler.settings import SchedulerSettings
from storage.settings import StorageSettings

log = logging.getLogger(__name__)

LINE_BYTES = 16 * 1024 * 1024
STOP_SECONDS = 3.5  # SIGTERM has to end the whole service within five
RESTART_SECONDS = (0.2, 1.0, 5.0, 30.0)  # waits before a crawler that keeps dying is started again


@dataclass(slots=True)
class CrawlerProcess:
    """One process and the runs it was given. peak_bytes: the most memory it held; runs_done: since its start."""

    process: asyncio.subprocess.Process
    waiting: dict[int, "asyncio.Future[RunResult]"] = field(default_factory=dict)
    ready: asyncio.Event = field(default_factory=asyncio.Event)
    peak_bytes: int = 0
    runs_done: int = 0

    def send(self, message: Message) -> None:
        """Say something; a process that is gone hears nothing, and its end is told elsewhere."""
        stdin = self.process.stdin
        if stdin is not None and not stdin.is_closing():
            stdin.write(dump(message).encode() + b"\n")

    async def listen(self) -> None:
        """Take its answers until it ends, then fail what it was given."""
        assert self.process.stdout is not None
        async for line in self.process.stdout:
            self.take(parse_child_message(line))
        code = await self.process.wait()
        for done in self.waiting.values():
            if not done.done():
                done.set_exception(CrawlerGone(code))
        self.waiting.clear()
        self.ready.set()

    def take(self, message: ChildMessage) -> None:
        """Act on one answer."""
        if isinstance(message, Ready):
            self.ready.set()
        elif isinstance(message, Done):
            self.peak_bytes, self.runs_done = message.peak_bytes, self.runs_done + 1
            done = self.waiting.pop(message.number, None)
            if done is not None and not done.done():
                done.set_result(message.result)

    @property
    def is_alive(self) -> bool:
        """Whether it still runs."""
        return self.process.returncode is None


class LocalQueue:
    """Hands orders to the crawler process. Enter it to start that process; leave it to stop it in time."""

    def __init__(self, storage: StorageSettings, crawler: CrawlerSettings, scheduler: SchedulerSettings) -> None:
        self._setup = Setup(storage=storage, crawler=crawler)
        self._scheduler = scheduler
        self._numbers = itertools.count(1)
        self._current: CrawlerProcess | None = None
        self._starting = asyncio.Lock()
        self._stopping = asyncio.Event()
        self._deaths = 0
        self._listeners: set[asyncio.Task[None]] = set()

    async def __aenter__(self) -> "LocalQueue":
        await self._process()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._stopping.set()
        if self._current is not None:
            await self._end(self._current)
        await asyncio.gather(*self._listeners)

    @property
    def is_alive(self) -> bool:
        """Whether a crawler process is there."""
        return self._current is not None and self._current.is_alive

    async def carry_out(self, order: Order) -> RunResult:
        """Return how the run ended.

        Raises:
            CrawlerGone: the crawler process ended before the run did.
        """
        crawler = await self._process()
        if not crawler.is_alive:
            raise CrawlerGone(crawler.process.returncode)
        number = next(self._numbers)
        done: asyncio.Future[RunResult] = asyncio.get_running_loop().create_future()
        crawler.waiting[number] = done
        crawler.send(Ticket(number=number, order=order))
        return await done

    async def _process(self) -> CrawlerProcess:
        async with self._starting:
            if self._stopping.is_set():
                raise CrawlerGone(None)
            if self._current is not None and self._is_worn(self._current):
                log.info("replacing the crawler process after %d runs", self._current.runs_done)
                await self._end(self._current)
                self._current = None
            if self._current is None or not self._current.is_alive:
                self._current = await self._start()
                if self._stopping.is_set():
                    await self._end(self._current)
                await self._current.ready.wait()
            return self._current

    def _is_worn(self, crawler: CrawlerProcess) -> bool:
        if not crawler.is_alive or crawler.waiting:
            return False
        limit = self._scheduler.recycle_rss_mib * 1024 * 1024
        return crawler.runs_done >= self._scheduler.recycle_runs or crawler.peak_bytes > limit

    async def _start(self) -> CrawlerProcess:
        if self._current is not None:
            self._deaths = 0 if self._current.runs_done else self._deaths
            wait = RESTART_SECONDS[min(self._deaths, len(RESTART_SECONDS) - 1)]
            log.warning("the crawler process ended; starting another in %g s", wait)
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stopping.wait(), wait)
                raise CrawlerGone(self._current.process.returncode)
            self._deaths += 1
        process = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "crawler.child",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            limit=LINE_BYTES,
            process_group=0,  # a Ctrl-C meant for the service must not reach it
            env={**os.environ, "PYTHONUNBUFFERED": "1"},
        )
        crawler = CrawlerProcess(process)
        crawler.send(self._setup)
        listener = asyncio.create_task(crawler.listen())
        self._listeners.add(listener)
        listener.add_done_callback(self._listeners.discard)
        return crawler

    async def _end(self, crawler: CrawlerProcess) -> None:
        crawler.send(Stop())
        try:
            await asyncio.wait_for(crawler.process.wait(), STOP_SECONDS)
        except TimeoutError:
            log.warning("the crawler process did not stop in time; its runs are taken up again at the next start")
            with contextlib.suppress(ProcessLookupError):
                crawler.process.kill()
