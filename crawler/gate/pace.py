"""One pace a host, for every run and one-off request of a process. Not for limits of a single request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

from crawler.errors import RunStopped

LONGEST_DELAY_SECONDS = 120.0  # a robots.txt that asks for more is obeyed to this
FORGET_AFTER_SECONDS = 600.0


@dataclass(slots=True)
class Host:
    """One host's turn-taking: at most one request under way, the next one not before ready_at."""

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    delay_seconds: float = 0.0
    ready_at: float = 0.0


class Pace:
    """Hands out turns, host by host.

    delay_seconds: least time between the starts of two requests to one host, unless its robots.txt asks for more.
    """

    def __init__(self, delay_seconds: float, clock: Callable[[], float] = monotonic) -> None:
        self._delay_seconds = delay_seconds
        self._clock = clock
        self._hosts: dict[str, Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, stop: asyncio.Event) -> AsyncIterator[None]:
        """Wait until host may be asked again, and keep others from asking meanwhile.

        Raises:
            RunStopped: stop was set before the turn came.
        """
        entry = self._entry(host)
        async with entry.lock:
            wait = entry.ready_at - self._clock()
            if wait > 0 and not stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
            if stop.is_set():
                raise RunStopped(host)
            entry.ready_at = self._clock() + max(self._delay_seconds, entry.delay_seconds)
            yield

    def slow_down(self, host: str, delay_seconds: float) -> None:
        """Keep at least that delay for host from now on, as its Crawl-delay asks."""
        self._entry(host).delay_seconds = min(delay_seconds, LONGEST_DELAY_SECONDS)

    def hold(self, host: str, seconds: float) -> None:
        """Ask host nothing for that long, as its Retry-After asks."""
        entry = self._entry(host)
        entry.ready_at = max(entry.ready_at, self._clock() + min(seconds, LONGEST_DELAY_SECONDS))

    def _entry(self, host: str) -> Host:
        if len(self._hosts) > 1000:
            self._forget_idle()
        return self._hosts.setdefault(host, Host())

    def _forget_idle(self) -> None:
        before = self._clock() - FORGET_AFTER_SECONDS
        idle = [host for host, entry in self._hosts.items() if entry.ready_at < before and not entry.lock.locked()]
        for host in idle:
            del self._hosts[host]
