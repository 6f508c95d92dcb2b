"""What is done in one open directory, by its descriptor and without following links. Not for walking paths."""

import errno
import os
import secrets
import stat
from contextlib import suppress
from dataclasses import dataclass

from storage.errors import UnsafePath

TEMPORARY_PREFIX = ".bowerbird-"
TEMPORARY_SUFFIX = ".tmp"
DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
APPENDED_FILE = os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC | os.O_NOFOLLOW
# O_NONBLOCK: a named pipe in the way must not keep us waiting.
READ_FILE = os.O_RDONLY | os.O_CLOEXEC | os.O_NOFOLLOW | os.O_NONBLOCK


def components(path: str) -> list[str]:
    """Return the parts of a relative path with ``/``.

    Raises:
        UnsafePath: it is empty or absolute, or a part is empty, ``.``, ``..`` or holds a backslash or NUL.
    """
    parts = path.split("/")
    if path.startswith("/"):
        raise UnsafePath(path, "the path is absolute")
    if any(part in ("", ".", "..") or "\\" in part or "\0" in part for part in parts):
        raise UnsafePath(path, "the path leaves its folder or has an empty part")
    return parts


def open_below(name: str, *, parent: int, path: str) -> int:
    """Return the descriptor of a directory in another.

    Raises:
        UnsafePath: it is a symbolic link or no directory.
        FileNotFoundError: it is not there.
    """
    try:
        return os.open(name, DIRECTORY, dir_fd=parent)
    except OSError as error:
        # Linux says ENOTDIR for a link, other systems ELOOP or EMLINK.
        if error.errno in (errno.ENOTDIR, errno.ELOOP, errno.EMLINK):
            raise UnsafePath(path, f"{name!r} is a symbolic link or no folder") from error
        raise


def make_below(name: str, *, parent: int) -> bool:
    """Make a directory in another; return whether it was missing."""
    try:
        os.mkdir(name, dir_fd=parent)
    except FileExistsError:
        return False
    return True


def read_file(name: str, *, parent: int, path: str) -> bytes:
    """Return what a regular file holds.

    Raises:
        UnsafePath: it is a symbolic link, a folder or a device.
        FileNotFoundError: it is not there.
    """
    refuse_all_but_files(name, parent=parent, path=path)
    descriptor = os.open(name, READ_FILE, dir_fd=parent)
    with os.fdopen(descriptor, "rb") as file:
        return file.read()


def refuse_all_but_files(name: str, *, parent: int, path: str) -> None:
    """Make sure that what stands there is a regular file.

    Raises:
        UnsafePath: it is something else.
        FileNotFoundError: there is nothing.
    """
    if not stat.S_ISREG(os.stat(name, dir_fd=parent, follow_symlinks=False).st_mode):
        raise UnsafePath(path, f"{name!r} is a symbolic link or no file")


@dataclass(frozen=True, slots=True)
class FileState:
    """What shows that a file has not been touched since."""

    size_bytes: int
    mtime_ns: int


def file_state(name: str, *, parent: int) -> FileState | None:
    """Return the state of a regular file; None where there is none."""
    try:
        found = os.stat(name, dir_fd=parent, follow_symlinks=False)
    except FileNotFoundError:
        return None
    return state_of(found) if stat.S_ISREG(found.st_mode) else None


def state_of(found: os.stat_result) -> FileState:
    """Return the state a file was found in."""
    return FileState(found.st_size, found.st_mtime_ns)


def temporary_name() -> str:
    """Return a name that no other file has."""
    return f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"


def write_new(name: str, content: bytes, *, parent: int, is_flushed: bool) -> FileState:
    """Write a file that is not there yet, flushed to the disk if wanted, and return its state."""
    descriptor = os.open(name, NEW_FILE, 0o666, dir_fd=parent)
    with os.fdopen(descriptor, "wb", buffering=0) as file:
        written = 0
        while written < len(content):
            written += file.write(memoryview(content)[written:])
        if is_flushed:
            os.fsync(descriptor)
        return state_of(os.fstat(descriptor))


def append_to(name: str, content: bytes, *, parent: int) -> None:
    """Add to the end of a file, and flush it."""
    descriptor = os.open(name, APPENDED_FILE, dir_fd=parent)
    with os.fdopen(descriptor, "ab") as file:
        file.write(content)
        file.flush()
        os.fsync(descriptor)


def remove_leftovers(parent: int) -> None:
    """Remove the temporary files that a killed run left in a directory."""
    for name in os.listdir(parent):
        if name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX):
            with suppress(OSError):
                os.unlink(name, dir_fd=parent)
