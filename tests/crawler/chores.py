"""What the tests let workers do: wait, burn, swell, die. A worker imports this, so it must stay small."""

import os
import resource
import signal
import sys
import time
from pathlib import Path

from crawler.errors import RefusedAddress, UnreadableDocument

KEPT: list[bytearray] = []


def process_id() -> int:
    return os.getpid()


def echo(value: object) -> object:
    return value


def say_and_wait(path: str, seconds: float) -> int:
    """Leave this process's number at path, then wait."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    time.sleep(seconds)
    return os.getpid()


def burn(path: str) -> None:
    """Use the processor for ever."""
    Path(path).write_text(str(os.getpid()), encoding="utf-8")
    while True:
        pass


def swell() -> None:
    """Take memory for ever."""
    held = []
    while True:
        held.append(bytearray(64 * 1024 * 1024))


def leave_holes(mebibytes: int) -> None:
    """Take so much memory in small pieces and free all but every thousandth, so that it stays with the process."""
    pieces = [bytearray(1024) for _ in range(mebibytes * 1024)]
    KEPT.extend(pieces[::1000])


def leave(code: int) -> None:
    os._exit(code)


def kill_myself(number: int) -> None:
    os.kill(os.getpid(), number)


def crash() -> None:
    """Fault in native code, as a parser may."""
    signal.signal(signal.SIGSEGV, signal.SIG_DFL)
    os.kill(os.getpid(), signal.SIGSEGV)


def fail() -> None:
    raise AssertionError("a parser's own")


def object_to() -> None:
    raise UnreadableDocument("https://example.org/feed", "it is no feed")


def refuse() -> None:
    raise RefusedAddress("https://example.org/", "no")


def unpicklable() -> object:
    return lambda: None


def limits() -> tuple[int, int, int]:
    """Return the limits on memory, processor time and core files."""
    kinds = (resource.RLIMIT_AS, resource.RLIMIT_CPU, resource.RLIMIT_CORE)
    memory, cpu, core = (resource.getrlimit(kind)[0] for kind in kinds)
    return memory, cpu, core


def has_module(name: str) -> bool:
    """Whether the worker holds a module of that name."""
    return name in sys.modules
