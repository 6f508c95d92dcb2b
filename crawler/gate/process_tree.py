"""A process with its descendants, by Linux's /proc: what memory is theirs alone, and how they are ended."""

import os
import signal
from collections import defaultdict
from contextlib import suppress
from pathlib import Path

PROC = Path("/proc")
PAGE_BYTES = os.sysconf("SC_PAGE_SIZE")


def parents() -> dict[int, int]:
    """Return each process's parent; empty where there is no /proc."""
    found: dict[int, int] = {}
    for entry in PROC.glob("[0-9]*"):
        with suppress(OSError, IndexError, ValueError):
            # The name before the last bracket may hold anything, brackets and spaces too.
            fields = (entry / "stat").read_text(encoding="utf-8", errors="replace").rpartition(")")[2].split()
            found[int(entry.name)] = int(fields[1])
    return found


def tree_of(root: int) -> list[int]:
    """Return root and its living descendants."""
    children: defaultdict[int, list[int]] = defaultdict(list)
    for process, parent in parents().items():
        children[parent].append(process)
    tree = [root]
    for process in tree:
        tree += children[process]
    return tree


def private_bytes_of_tree(root: int) -> int:
    """Return how much memory root and its descendants hold that they share with no file and no other process."""
    total = 0
    for process in tree_of(root):
        with suppress(OSError, IndexError, ValueError):
            _, resident, shared, *_ = (PROC / str(process) / "statm").read_text(encoding="ascii").split()
            total += (int(resident) - int(shared)) * PAGE_BYTES
    return total


def kill_tree(root: int) -> None:
    """End root and its descendants at once; those that are gone already do not matter."""
    for process in tree_of(root):
        with suppress(ProcessLookupError):
            os.kill(process, signal.SIGKILL)
