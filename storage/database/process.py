"""Who runs a run, and whether that process still lives. Not for ending one."""

import os
import socket
from functools import cache
from pathlib import Path
from typing import Literal

Life = Literal["living", "dead", "elsewhere"]


def this_process() -> str:
    """Return what names this process among all that may share a database: ``place/number/start``."""
    return f"{place()}/{os.getpid()}/{started(os.getpid())}"


def life_of(process: str) -> Life:
    """Say whether the process of that name lives; one of another machine or container cannot be seen from here."""
    where, number, start = process.rsplit("/", 2)
    if where != place():
        return "elsewhere"
    return "living" if is_running(int(number)) and started(int(number)) == start else "dead"


@cache
def place() -> str:
    """Return the machine and the container: within it, process numbers mean the same."""
    names = (socket.gethostname(), contents("/etc/machine-id"), namespace())
    return " ".join(name for name in names if name)


def namespace() -> str:
    """Return the process namespace, where the system has such."""
    try:
        return str(Path("/proc/self/ns/pid").readlink())
    except OSError:
        return ""


def started(number: int) -> str:
    """Return when a process started, or nothing: numbers are used again, also after the machine starts anew."""
    fields = contents(f"/proc/{number}/stat").rpartition(")")[2].split()
    return f"{contents('/proc/sys/kernel/random/boot_id')}:{fields[19]}" if len(fields) > 19 else ""


def is_running(number: int) -> bool:
    """Whether there is a process of that number, ours or not."""
    try:
        os.kill(number, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def contents(path: str) -> str:
    """Return a small file of the system, or nothing."""
    try:
        return Path(path).read_text(encoding="utf-8", errors="replace").strip()
    except OSError:
        return ""
