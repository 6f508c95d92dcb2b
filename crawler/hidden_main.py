"""Start a process that does not import our main module again, and that Ctrl-C does not reach.

multiprocessing has every child import what its parent was started as, so that functions defined there are found. Ours
never are, and that module is the whole program: a second of CPU and its memory, for each worker.
"""

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from types import ModuleType

LOCK = threading.Lock()  # two starts at once would put each other's stand-in back


@contextmanager
def hidden_main() -> Iterator[None]:
    """Let ``__main__`` be an empty module while a process is started."""
    with LOCK:
        main = sys.modules["__main__"]
        sys.modules["__main__"] = ModuleType("__main__")
        try:
            yield
        finally:
            sys.modules["__main__"] = main


@contextmanager
def without_interrupts() -> Iterator[None]:
    """Block SIGINT in this thread, and so in what it starts: a Ctrl-C is its parent's to act on."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)
