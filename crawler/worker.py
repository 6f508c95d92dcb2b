"""One extraction process: reads a task, runs it within its limits, answers. Not for choosing tasks: see pool.

A worker reads hostile pages, so it holds nothing worth stealing: no database, no socket but its pipe. It ends when
its parent does, because its pipe then reads end of file. A task that raises anything but our own errors ends the
worker: what such a page leaves behind in a parser is not to be trusted with the next page.
"""

import pickle
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection

from crawler.errors import CrawlerError

PICKLE_PROTOCOL = 5


@dataclass(frozen=True, slots=True)
class Task:
    """A function of a worker's own modules, its arguments, and the CPU seconds it may use."""

    function: Callable[..., object]
    arguments: tuple[object, ...]
    cpu_seconds: float


@dataclass(frozen=True, slots=True)
class Reply:
    """What a task returned, or the error of ours it raised."""

    value: object = None
    error: CrawlerError | None = None


def serve_tasks(pipe: Connection, memory_bytes: int) -> None:
    """Answer tasks until the pipe is closed. Entry point of the process."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    limit_memory(memory_bytes)
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a hostile page's crash must not fill the disk
    while True:
        try:
            request = pipe.recv_bytes()
        except (EOFError, OSError):
            return
        reply = run_task(pickle.loads(request))
        try:
            pipe.send_bytes(pickle.dumps(reply, PICKLE_PROTOCOL))
        except OSError:
            return


def run_task(task: Task) -> Reply:
    """Run one task under its CPU limit."""
    limit_cpu(task.cpu_seconds)
    try:
        return Reply(value=task.function(*task.arguments))
    except CrawlerError as error:
        return Reply(error=error)


def limit_memory(memory_bytes: int) -> None:
    """Bound the address space; beyond it the process fails to allocate and ends."""
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    soft = memory_bytes if hard == resource.RLIM_INFINITY else min(memory_bytes, hard)
    resource.setrlimit(resource.RLIMIT_AS, (soft, hard))


def limit_cpu(seconds: float) -> None:
    """Let the kernel end this process (SIGXCPU) once it has used that many CPU seconds more.

    The limit is in whole seconds, so up to one second late; the pool's wall clock is the finer one.
    """
    _, hard = resource.getrlimit(resource.RLIMIT_CPU)
    soft = int(time.process_time() + seconds) + 1
    soft = soft if hard == resource.RLIM_INFINITY else min(soft, hard)
    resource.setrlimit(resource.RLIMIT_CPU, (soft, hard))
