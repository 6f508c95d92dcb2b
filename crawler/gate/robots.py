"""robots.txt as RFC 9309 has it. Fetched by Scrapy through the gate; this decides what its answer means."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from time import monotonic
from urllib.parse import urlsplit

from protego import Protego

MAX_ROBOTS_BYTES = 500 * 1024
KEEP_SECONDS = 24 * 3600.0
KEEP_FAILURE_SECONDS = 300.0


@dataclass(frozen=True, slots=True)
class RobotsAnswer:
    """What fetching robots.txt gave: an HTTP status and a body."""

    status: int
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class RobotsRules:
    """The rules of one host. rules is None where nothing is forbidden, unless denied says why all is."""

    rules: Protego | None = None
    denied: str = ""

    def why_denied(self, url: str, agent: str) -> str | None:
        """Return why agent may not fetch url, or None if it may."""
        if self.denied:
            return self.denied
        if self.rules is None or self.rules.can_fetch(url, agent):
            return None
        return "robots.txt forbids it"

    def delay_seconds(self, agent: str) -> float | None:
        """Return the Crawl-delay for agent, or None."""
        delay = self.rules.crawl_delay(agent) if self.rules is not None else None
        return float(delay) if delay is not None else None


def rules_of(answer: RobotsAnswer) -> RobotsRules:
    """Return what an answer means: 2xx its rules (the first 500 KiB), 4xx nothing forbidden, 5xx all, for now."""
    if 200 <= answer.status < 300:
        text = answer.body[:MAX_ROBOTS_BYTES].decode("utf-8-sig", errors="replace")
        return RobotsRules(Protego.parse(text))
    if answer.status >= 500:
        return RobotsRules(denied=f"its robots.txt cannot be had (HTTP {answer.status}); RFC 9309 says to wait")
    return RobotsRules()


def robots_url(url: str) -> str:
    """Return where the robots.txt for url stands."""
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}/robots.txt"


@dataclass(frozen=True, slots=True)
class Kept:
    """Rules and until when they hold, on the monotonic clock."""

    rules: RobotsRules
    until: float


class Robots:
    """The rules of all hosts met, kept for a day. Shared by all runs of a process."""

    def __init__(self, clock: Callable[[], float] = monotonic) -> None:
        self._clock = clock
        self._kept: dict[str, Kept] = {}
        self._locks: dict[str, asyncio.Lock] = {}

    async def rules_for(self, url: str, fetch: Callable[[str], Awaitable[RobotsAnswer]]) -> RobotsRules:
        """Return the rules for url's host, fetched once however many ask at the same time.

        fetch: fetches a robots.txt; what it raises is passed on and nothing is kept.
        """
        where = robots_url(url)
        lock = self._locks.setdefault(where, asyncio.Lock())
        async with lock:
            kept = self._kept.get(where)
            if kept is None or kept.until < self._clock():
                kept = self._keep(rules_of(await fetch(where)))
                self._kept[where] = kept
            return kept.rules

    def _keep(self, rules: RobotsRules) -> Kept:
        return Kept(rules, self._clock() + (KEEP_FAILURE_SECONDS if rules.denied else KEEP_SECONDS))
