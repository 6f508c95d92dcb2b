"""robots.txt as RFC 9309 has it. Fetched by Scrapy through the gate; this decides what its answer means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from functools import partial
from time import monotonic
from urllib.parse import urlsplit
from weakref import WeakValueDictionary

from protego import Protego

from crawler.gate.robots_lines import as_agent, lines_for_protego, text_of

MAX_ROBOTS_BYTES = 500 * 1024
KEEP_SECONDS = 24 * 3600.0
KEEP_FAILURE_SECONDS = 300.0
KEEP_BYTES = 8 * 1024 * 1024  # of all hosts' files together; parsed, they take up to forty times that
LEAST_BYTES = 4096  # what a host counts for, so that the hosts are bounded too
LONG_BYTES = 32 * 1024  # parsing more would hold up the event loop


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What fetching robots.txt gave: an HTTP status and a body, or the error that came instead."""

    status: int = 0
    body: bytes = b""
    error: Exception | None = None


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one host. rules is None where nothing is forbidden, unless denied says why all is for now.

    error: what fetching them raised, where nothing else is known.
    """

    rules: Protego | None = None
    denied: str = ""
    error: Exception | None = None

    def why_denied(self, url: str, agent: str) -> str | None:
        """Return why agent, a product token, may not fetch url, or None if it may."""
        if self.denied:
            return self.denied
        if self.rules is None or self.rules.can_fetch(url, as_agent(agent)):
            return None
        return "robots.txt forbids it"

    def delay_seconds(self, agent: str) -> float | None:
        """Return the Crawl-delay for agent, a product token, or None."""
        return self.rules.crawl_delay(as_agent(agent)) if self.rules is not None else None

    @property
    def sitemaps(self) -> tuple[str, ...]:
        """The sitemaps it names."""
        return tuple(self.rules.sitemaps) if self.rules is not None else ()


def rules_of(answer: RobotsAnswer, *, max_bytes: int = MAX_ROBOTS_BYTES) -> RobotsRules:
    """Return what an answer means: 2xx its rules (the first max_bytes), 4xx nothing forbidden, 5xx or none all."""
    if answer.error is not None:
        return RobotsRules(denied="its robots.txt cannot be had", error=answer.error)
    if 200 <= answer.status < 300:
        text = text_of(answer.body, limit=max_bytes)
        return RobotsRules(Protego.parse(lines_for_protego(text)))
    if answer.status >= 500:
        return RobotsRules(denied=f"its robots.txt cannot be had (HTTP {answer.status}); RFC 9309 says to wait")
    return RobotsRules()


def robots_url(url: str) -> str:
    """Return where the robots.txt for url stands."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


@dataclass(frozen=True, slots=True)
class Kept:
    """Rules, until when they hold on the monotonic clock, and the size of the file they came from."""

    rules: RobotsRules
    until: float
    size: int


class Robots:
    """The rules of all hosts met, kept for a day. Shared by all runs of a process."""

    def __init__(self, clock: Callable[[], float] = monotonic, *, max_bytes: int = MAX_ROBOTS_BYTES) -> None:
        self._clock = clock
        self._max_bytes = max_bytes
        self._kept: dict[str, Kept] = {}
        self._kept_bytes = 0
        self._locks: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def rules_for(self, url: str, fetch: Callable[[str], Awaitable[RobotsAnswer]]) -> RobotsRules:
        """Return the rules for url's host, fetched once however many ask at the same time.

        fetch: fetches a robots.txt; what it raises is passed on and nothing is kept.
        """
        where = robots_url(url)
        lock = self._locks.setdefault(where, asyncio.Lock())
        async with lock:
            kept = self._kept.get(where)
            if kept is None or kept.until < self._clock():
                kept = await self._keep(where, await fetch(where))
            return kept.rules

    def known_denial(self, url: str, agent: str) -> str | None:
        """Return why agent may not fetch url, as far as its host's rules are known already; None asks nobody."""
        kept = self._kept.get(robots_url(url))
        return kept.rules.why_denied(url, agent) if kept is not None else None

    async def _keep(self, where: str, answer: RobotsAnswer) -> Kept:
        is_long = len(answer.body) > LONG_BYTES
        read = partial(rules_of, answer, max_bytes=self._max_bytes)
        rules = await asyncio.to_thread(read) if is_long else read()
        seconds = KEEP_FAILURE_SECONDS if rules.denied else KEEP_SECONDS
        kept = Kept(rules, self._clock() + seconds, min(len(answer.body), self._max_bytes) + LEAST_BYTES)
        self._drop(where)
        self._kept[where] = kept
        self._kept_bytes += kept.size
        while self._kept_bytes > KEEP_BYTES:
            self._drop(next(iter(self._kept)))
        return kept

    def _drop(self, where: str) -> None:
        kept = self._kept.pop(where, None)
        self._kept_bytes -= kept.size if kept else 0
