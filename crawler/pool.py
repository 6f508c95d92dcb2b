"""Killable extraction processes: one task a worker at a time, and a worker past its limit is killed, alone.

Forked from a server that has the extractor loaded already, so a replacement costs milliseconds. Runs on the event
loop of its process and is not thread-safe. Why not a library: docs/decisions/0004.
"""

import asyncio
import multiprocessing
import os
import pickle
import socket
import struct
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeVar, TypeVarTuple, cast

from crawler.errors import WorkerDied, WorkerTimeout
from crawler.hidden_main import hidden_main, without_interrupts
from crawler.settings import CrawlerSettings
from crawler.worker import PICKLE_PROTOCOL, Reply, Task, serve_tasks

if TYPE_CHECKING:
    from multiprocessing.context import ForkServerContext, ForkServerProcess

Result = TypeVar("Result")
Arguments = TypeVarTuple("Arguments")

PRELOAD = "crawler.extract.preload"
STREAM_BYTES = 1024 * 1024
GRACE_SECONDS = 1.0  # how long a worker may take to end once its pipe is closed


@dataclass(frozen=True, slots=True)
class PoolSize:
    """How many workers, and what each may use."""

    workers: int
    memory_bytes: int
    max_tasks: int

    @classmethod
    def from_settings(cls, settings: CrawlerSettings) -> "PoolSize":
        """Return what the settings ask for; ``auto`` is one worker a core this process may use."""
        cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
        workers = cores if settings.workers == "auto" else settings.workers
        return cls(workers, settings.worker_memory_bytes, settings.worker_max_pages)


class Pool:
    """A fixed number of workers, each replaced when it dies, is killed, or has done its share."""

    def __init__(self, size: PoolSize) -> None:
        self.size = size
        self._idle: asyncio.LifoQueue[Worker] = asyncio.LifoQueue()
        self._context = multiprocessing.get_context("forkserver")
        self._context.set_forkserver_preload([PRELOAD])
        self._workers: set[Worker] = set()
        self._is_closed = False

    async def __aenter__(self) -> "Pool":
        for _ in range(self.size.workers):
            self._idle.put_nowait(Worker())
        return self

    async def __aexit__(self, *_: object) -> None:
        self._is_closed = True
        for worker in self._workers:
            worker.hang_up()
        await asyncio.gather(*(asyncio.to_thread(worker.reap) for worker in self._workers))
        self._workers.clear()

    async def run(
        self,
        function: Callable[[*Arguments], Result],
        *arguments: *Arguments,
        what: str,
        seconds: float,
    ) -> Result:
        """Return function(*arguments) as a worker computed it.

        function: importable by name from the worker's modules. what: names the page in errors. seconds: limit in
        wall time and in CPU time, counted from when a worker takes the task up, not from when it is handed in.

        Raises:
            WorkerTimeout: the limit was passed; the worker was killed.
            WorkerDied: the worker ended by itself: out of memory, out of CPU time, a crash of a parser; or the pool
                was closed meanwhile.
            CrawlerError: what the function raised.
        """
        worker = await self._idle.get()
        is_whole = False
        try:
            if self._is_closed:
                raise WorkerDied(what, None)
            if worker.process is None:
                await self._start(worker)
            task = Task(function, arguments, seconds)
            reply = await asyncio.wait_for(worker.call(task), seconds)
            is_whole = True
        except TimeoutError as error:
            raise WorkerTimeout(what, seconds) from error
        except (asyncio.IncompleteReadError, OSError) as error:
            raise WorkerDied(what, await asyncio.to_thread(worker.exit_code)) from error
        finally:
            self._put_back(worker, is_whole=is_whole)
        if reply.error is not None:
            raise reply.error
        return cast("Result", reply.value)

    async def _start(self, worker: "Worker") -> None:
        self._workers.add(worker)
        start = asyncio.ensure_future(asyncio.to_thread(worker.start, self._context, self.size.memory_bytes))
        try:
            await asyncio.shield(start)
        except asyncio.CancelledError:  # the thread goes on: what it starts must not stay
            start.add_done_callback(lambda _: worker.kill())
            raise
        await worker.connect()

    def _put_back(self, worker: "Worker", *, is_whole: bool) -> None:
        worker.tasks_done += 1
        if is_whole and worker.tasks_done < self.size.max_tasks:
            self._idle.put_nowait(worker)
            return
        worker.kill()
        self._workers.discard(worker)
        self._idle.put_nowait(Worker())


class Worker:
    """The parent's side of one process. It is started when its first task comes."""

    def __init__(self) -> None:
        self.process: ForkServerProcess | None = None
        self.tasks_done = 0
        self._socket: socket.socket | None = None
        self._reader: asyncio.StreamReader | None = None
        self._writer: asyncio.StreamWriter | None = None

    def start(self, context: "ForkServerContext", memory_bytes: int) -> None:
        """Start the process. Blocks until the fork server has loaded, seconds at its first time."""
        ours, theirs = context.Pipe(duplex=True)
        with theirs:
            process = context.Process(target=serve_tasks, args=(theirs, memory_bytes), daemon=True)
            with hidden_main(), without_interrupts():
                process.start()
        with ours:
            self._socket = socket.socket(fileno=os.dup(ours.fileno()))
        self.process = process

    async def connect(self) -> None:
        """Attach the pipe to the event loop."""
        self._reader, self._writer = await asyncio.open_connection(sock=self._socket, limit=STREAM_BYTES)

    async def call(self, task: Task) -> Reply:
        """Send the task and wait for its reply, framed as multiprocessing.Connection frames its messages."""
        assert self._reader is not None
        assert self._writer is not None
        request = pickle.dumps(task, PICKLE_PROTOCOL)
        self._writer.write(struct.pack("!i", len(request)))
        self._writer.write(request)
        await self._writer.drain()
        (length,) = struct.unpack("!i", await self._reader.readexactly(4))
        return cast("Reply", pickle.loads(await self._reader.readexactly(length)))

    def exit_code(self) -> int | None:
        """Return how the process ended, waiting briefly: its pipe closes a little earlier than it is gone."""
        if self.process is None:
            return None
        self.process.join(GRACE_SECONDS)
        return self.process.exitcode

    def kill(self) -> None:
        """End the process at once."""
        self.hang_up()
        if self.process is not None and self.process.is_alive():
            self.process.kill()

    def hang_up(self) -> None:
        """Close the pipe; an idle worker ends by itself then."""
        if self._writer is not None:
            self._writer.close()
        elif self._socket is not None:
            self._socket.close()

    def reap(self) -> None:
        """Wait GRACE_SECONDS at most for the process to end, then kill it. Blocks."""
        if self.process is not None:
            self.process.join(GRACE_SECONDS)
            if self.process.is_alive():
                self.process.kill()
