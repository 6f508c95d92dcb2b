"""Flushing many files at once. Not for a single one: os.fsync does that.

An fsync a file waits for the disk each time. Linux can flush one whole file system (syncfs(2)), which waits once, and
tells of a write that failed, as sync(2) does not. Other systems have no such call.
"""

import ctypes
import os
import sys
from functools import cache


@cache
def system_call() -> "ctypes._NamedFuncPointer | None":
    """Return the C library's syncfs, None where there is none."""
    if not sys.platform.startswith("linux"):
        return None
    function = getattr(ctypes.CDLL(None, use_errno=True), "syncfs", None)
    if function:
        function.argtypes, function.restype = (ctypes.c_int,), ctypes.c_int
    return function


def can_sync_filesystem() -> bool:
    """Whether this system can flush a whole file system."""
    return system_call() is not None


def sync_filesystem(descriptor: int) -> None:
    """Flush all that was written to the file system an open file or directory is on.

    Raises:
        OSError: something could not be written.
    """
    function = system_call()
    if function is not None and function(descriptor) != 0:
        number = ctypes.get_errno()
        raise OSError(number, os.strerror(number))
