"""The connections of a process: kept alive, one a host, for all its runs. Not for when they may be opened."""

import asyncio
from typing import Any

from twisted.web.client import HTTPConnectionPool

from crawler.gate.headers import HeadLimits, factory_with

IDLE_SECONDS = 60.0
CLOSE_SECONDS = 1.0


class Connections:
    """One pool, made when the first run begins. limits: of the head of each answer."""

    def __init__(self, limits: HeadLimits) -> None:
        self._limits = limits
        self._pool: Any = None

    @property
    def pool(self) -> Any:
        """Twisted's pool. Needs a running reactor."""
        if self._pool is None:
            from twisted.internet import reactor

            self._pool = HTTPConnectionPool(reactor, persistent=True)  # type: ignore[no-untyped-call]
            self._pool.maxPersistentPerHost = 1
            self._pool.cachedConnectionTimeout = IDLE_SECONDS
            self._pool._factory = factory_with(self._limits)
        return self._pool

    async def close(self) -> None:
        """Close what is idle; a server that does not let go is not waited for."""
        if self._pool is None:
            return
        closing = self._pool.closeCachedConnections().asFuture(asyncio.get_running_loop())
        await asyncio.wait({closing}, timeout=CLOSE_SECONDS)
