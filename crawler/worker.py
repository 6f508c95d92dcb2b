"""One extraction process: reads a task, runs it within its limits, answers. Not for choosing tasks: see pool.

A worker reads hostile pages, so it holds nothing worth stealing: no database, no socket but its pipe. It ends when
its parent does, because its pipe then reads end of file. A task that raises anything but our own errors ends the
worker: what such a page leaves behind in a parser is not to be trusted with the next page. What a large page took is
given back to the system after it; otherwise a worker would hold for good what its largest page needed.
"""

import ctypes
import pickle
import resource
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from crawler.errors import CrawlerError

PICKLE_PROTOCOL = 5
SPARE_BYTES = 8 * 1024 * 1024
PAGE_BYTES = resource.getpagesize()


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
    settled = resident_bytes()
    while answer_next(pipe):
        if resident_bytes() > settled + SPARE_BYTES:
            trim_memory()
            settled = resident_bytes()


def answer_next(pipe: Connection) -> bool:
    """Wait for a task and answer it. Return False once the pipe is closed; nothing of the task is held after it."""
    try:
        request = pipe.recv_bytes()
    except (EOFError, OSError):
        return False
    reply = run_task(pickle.loads(request))
    try:
        pipe.send_bytes(pickle.dumps(reply, PICKLE_PROTOCOL))
    except OSError:
        return False
    return True


def resident_bytes() -> int:
    """Return what this process has in memory; 0 where the system does not say so."""
    try:
        return int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1]) * PAGE_BYTES
    except OSError:
        return 0


def trim_memory() -> None:
    """Give freed memory back to the system: about 2 ms. A C library without malloc_trim does as it likes."""
    trim = getattr(ctypes.CDLL(None), "malloc_trim", None)
    if trim is not None:
        trim(0)


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
