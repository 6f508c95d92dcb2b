"""The long-lived crawler process: takes orders as JSON lines on stdin, answers on stdout. ``python -m crawler.child``.

Its life hangs on its stdin: at end of file the parent is gone, however it went, and so is this process. What was
being recorded then is in the store or it is not; nothing is half there.
"""

import asyncio
import logging
import os
import re
import resource
import sys
import threading
from pathlib import Path
from typing import TextIO

from crawler.message import ChildMessage, Done, ParentMessage, Ready, Setup, Stop, Ticket, dump, parse_parent_message
from crawler.order import RunResult
from crawler.reactor import run_in_reactor
from crawler.run import Runs
from crawler.workshop import open_workshop
from storage.database.store import open_store
from storage.errors import StorageError


def quiet_libraries() -> None:
    """Let Scrapy and Twisted report only what is broken: what a request met with is told by its verdict."""
    for name in ("scrapy", "scrapy-playwright", "twisted", "py.warnings"):
        logging.getLogger(name).setLevel(logging.CRITICAL)


class Child:
    """The process's state: its runs, and the tasks that carry them out."""

    def __init__(self, answers: TextIO) -> None:
        self._answers = answers
        self._messages: asyncio.Queue[ParentMessage] = asyncio.Queue()
        self._tasks: set[asyncio.Task[None]] = set()

    async def main(self, _: asyncio.Event) -> None:
        """Serve orders until told to stop."""
        self._read_stdin_in_thread()
        setup = await self._messages.get()
        assert isinstance(setup, Setup)
        with open_store(setup.storage) as store:
            async with open_workshop(setup.crawler, store) as workshop:
                runs = Runs(workshop)
                self._answer(Ready())
                await self._serve(runs)

    async def _serve(self, runs: Runs) -> None:
        while not isinstance(message := await self._messages.get(), Stop):
            assert isinstance(message, Ticket)
            task = asyncio.create_task(self._run(runs, message))
            self._tasks.add(task)
            task.add_done_callback(self._tasks.discard)
        await runs.stop()
        await asyncio.gather(*self._tasks)

    async def _run(self, runs: Runs, ticket: Ticket) -> None:
        try:
            result = await runs.visit_source(ticket.order)
        except StorageError as error:
            name = ticket.order.source.name
            result = RunResult(run_id=0, source=name, status="failed", reason=str(error))
        peak = peak_memory_bytes()
        self._answer(Done(number=ticket.number, result=result, peak_bytes=peak))

    def _answer(self, message: ChildMessage) -> None:
        self._answers.write(dump(message) + "\n")
        self._answers.flush()

    def _read_stdin_in_thread(self) -> None:
        loop = asyncio.get_running_loop()

        def read() -> None:
            try:
                for line in sys.stdin.buffer:
                    loop.call_soon_threadsafe(self._messages.put_nowait, parse_parent_message(line))
            finally:
                os._exit(1)

        threading.Thread(target=read, name="orders", daemon=True).start()


def peak_memory_bytes() -> int:
    """Return the most memory this process has held.

    Not ru_maxrss where it can be helped: on Linux that begins with what the parent held when it started this process.
    """
    try:
        status = Path("/proc/self/status").read_text(encoding="ascii", errors="replace")
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    found = re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE)
    return int(found[1]) * 1024 if found else 0


def main() -> None:
    """Entry point. Whatever prints to stdout from here on goes to stderr; the answers have it for themselves."""
    answers = os.fdopen(os.dup(1), "w", encoding="utf-8")
    os.dup2(2, 1)
    logging.basicConfig(level=logging.WARNING, format="bowerbird: %(levelname)s: %(name)s: %(message)s")
    quiet_libraries()
    run_in_reactor(Child(answers).main, stop_signals=())
    os._exit(0)  # the stdin thread cannot be joined; everything else has been closed above


if __name__ == "__main__":
    main()
