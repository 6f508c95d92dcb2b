"""Run one coroutine on Twisted's asyncio reactor, from its start to its end. A process can do that once."""

import asyncio
import signal
from collections.abc import Callable, Coroutine, Sequence
from typing import Any, TypeVar

from scrapy.utils.reactor import install_reactor

Result = TypeVar("Result")

REACTOR = "twisted.internet.asyncioreactor.AsyncioSelectorReactor"


def run_in_reactor(
    main: Callable[[asyncio.Event], Coroutine[None, None, Result]],
    *,
    stop_signals: Sequence[signal.Signals] = (signal.SIGINT, signal.SIGTERM),
) -> Result:
    """Return what main returns, or raise what it raises.

    main: gets an event that is set when the process is asked to stop by one of stop_signals; the second such
    signal ends it as Python's own handling would, with KeyboardInterrupt.
    """
    install_reactor(REACTOR)
    from twisted.internet import reactor as installed

    reactor: Any = installed  # its type is known only at run time
    loop = asyncio.get_event_loop_policy().get_event_loop()
    stop = asyncio.Event()
    tasks: list[asyncio.Task[Result]] = []

    def begin() -> None:
        task = loop.create_task(main(stop))
        task.add_done_callback(lambda _: reactor.stop())
        tasks.append(task)

    def ask_to_stop() -> None:
        if stop.is_set():
            tasks[0].cancel()
        stop.set()

    for number in stop_signals:
        loop.add_signal_handler(number, ask_to_stop)
    reactor.callWhenRunning(begin)
    reactor.run(installSignalHandlers=False)
    for number in stop_signals:
        loop.remove_signal_handler(number)  # what comes after this can be interrupted as ever
    try:
        return tasks[0].result()
    except asyncio.CancelledError as error:
        raise KeyboardInterrupt from error
