"""The one reactor of the test process, in a thread of its own: a process can have only one, and only once."""

import asyncio
import threading
from collections.abc import AsyncIterator, Coroutine
from contextlib import asynccontextmanager
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

from crawler.child import quiet_libraries
from crawler.reactor import REACTOR

Result = TypeVar("Result")
PATIENCE_SECONDS = 90


class ReactorThread:
    """Runs coroutines on the reactor's event loop and waits for them."""

    def __init__(self) -> None:
        self.loop = asyncio.new_event_loop()
        self._is_running = threading.Event()
        self._thread = threading.Thread(target=self._run, name="reactor", daemon=True)

    def start(self) -> None:
        self._thread.start()
        assert self._is_running.wait(30)

    def run(self, main: Coroutine[Any, Any, Result], *, seconds: float = PATIENCE_SECONDS) -> Result:
        """Return what main returns."""
        return asyncio.run_coroutine_threadsafe(asyncio.wait_for(main, seconds), self.loop).result()

    def stop(self) -> None:
        reactor = installed_reactor()
        reactor.callFromThread(reactor.stop)
        self._thread.join()
        self.loop.close()

    def _run(self) -> None:
        asyncio.set_event_loop(self.loop)
        install_reactor(REACTOR)
        reactor = installed_reactor()
        quiet_libraries()
        reactor.callWhenRunning(self._is_running.set)
        reactor.run(installSignalHandlers=False)


def installed_reactor() -> Any:
    """Return the reactor, whose type is known only at run time."""
    from twisted.internet import reactor

    return reactor


@asynccontextmanager
async def guard_lifted_after() -> AsyncIterator[Any]:
    """Give the reactor back as it was: a process is guarded once, the tests' one many times."""
    installed = installed_reactor()
    resolver, connect = installed.nameResolver, installed.connectTCP
    try:
        yield installed
    finally:
        installed.installNameResolver(resolver)
        installed.connectTCP = connect
