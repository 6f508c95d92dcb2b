"""One pace a host, for every run and one-off request of a process. Not for limits of a single request."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from time import monotonic

from crawler.errors import HostOnHold, RunStopped

LONGEST_HOLD_SECONDS = 24 * 3600.0  # a host that asks for more is left alone for this
FIRST_HOLD_SECONDS = 5.0  # for a 429 or 503 that does not say how long; doubled for each more in a row
FORGET_AFTER_SECONDS = 600.0
MOST_STRIKES = 15


@dataclass(frozen=True, slots=True)
class PaceLimits:
    """How far a host is obeyed: the longest Crawl-delay, and the longest wait within a run. See the settings."""

    longest_delay_seconds: float = 120.0
    longest_wait_seconds: float = 120.0


@dataclass(slots=True)
class Host:
    """One host's turn-taking: at most one request under way, the next one not before ready_at.

    ended_at: when the last one was over. strikes: answers that asked us to slow down without saying for how long, less
    those that did not.
    """

    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    delay_seconds: float = 0.0
    ready_at: float = 0.0
    ended_at: float = -LONGEST_HOLD_SECONDS
    strikes: int = 0


class Pace:
    """Hands out turns, host by host.

    delay_seconds: least time from the end of one request to a host to the start of the next, unless its robots.txt asks
    for more. From the end, for a server that is slow to notice a request would see the next one too soon after it.
    """

    def __init__(
        self, delay_seconds: float, clock: Callable[[], float] = monotonic, *, limits: PaceLimits = PaceLimits()
    ) -> None:
        self._delay_seconds = delay_seconds
        self._limits = limits
        self._clock = clock
        self._hosts: dict[str, Host] = {}

    @asynccontextmanager
    async def turn(self, host: str, *, stop: asyncio.Event) -> AsyncIterator[None]:
        """Wait until host may be asked again, and keep others from asking meanwhile.

        Raises:
            RunStopped: stop was set before the turn came.
            HostOnHold: it does not come in the time that a run waits.
        """
        entry = self._entry(host)
        async with entry.lock:
            wait = entry.ready_at - self._clock()
            if wait > max(self._limits.longest_wait_seconds, self._delay_of(entry)) and not stop.is_set():
                raise HostOnHold(host, wait)
            if wait > 0 and not stop.is_set():
                with suppress(TimeoutError):
                    await asyncio.wait_for(stop.wait(), wait)
            if stop.is_set():
                raise RunStopped(host)
            try:
                yield
            finally:
                entry.ended_at = self._clock()
                entry.ready_at = max(entry.ready_at, entry.ended_at + self._delay_of(entry))

    def slow_down(self, host: str, delay_seconds: float) -> None:
        """Keep at least that delay for host, as its Crawl-delay asks, from the end of the last request on."""
        entry = self._entry(host)
        entry.delay_seconds = min(delay_seconds, self._limits.longest_delay_seconds)
        entry.ready_at = max(entry.ready_at, entry.ended_at + entry.delay_seconds)

    def hold(self, host: str, seconds: float) -> None:
        """Ask host nothing for that long, as its Retry-After asks."""
        entry = self._entry(host)
        entry.ready_at = max(entry.ready_at, self._clock() + min(seconds, LONGEST_HOLD_SECONDS))

    def back_off(self, host: str) -> None:
        """Ask host nothing for a while that doubles each time: it has enough of us and does not say for how long."""
        entry = self._entry(host)
        self.hold(host, FIRST_HOLD_SECONDS * 2**entry.strikes)
        entry.strikes = min(entry.strikes + 1, MOST_STRIKES)

    def recover(self, host: str) -> None:
        """Take back one back_off: host has answered."""
        entry = self._entry(host)
        entry.strikes = max(0, entry.strikes - 1)

    def _delay_of(self, entry: Host) -> float:
        return max(self._delay_seconds, entry.delay_seconds)

    def _entry(self, host: str) -> Host:
        if len(self._hosts) > 1000:
            self._forget_idle()
        return self._hosts.setdefault(host.removesuffix("."), Host())

    def _forget_idle(self) -> None:
        before = self._clock() - FORGET_AFTER_SECONDS
        idle = [host for host, entry in self._hosts.items() if entry.ready_at < before and not entry.lock.locked()]
        for host in idle:
            del self._hosts[host]
