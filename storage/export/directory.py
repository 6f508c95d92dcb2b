"""What is done in one open directory, by its descriptor and without following links. Not for walking paths."""

import errno
import os
import secrets
import stat
from contextlib import suppress

from storage.errors import UnsafePath

TEMPORARY_PREFIX = ".bowerbird-"
TEMPORARY_SUFFIX = ".tmp"
DIRECTORY = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC | os.O_NOFOLLOW
NEW_FILE = os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
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


def replace_file(name: str, content: bytes, *, parent: int) -> None:
    """Write a file whole beside its place, flush it, and move it there."""
    temporary = f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    descriptor = os.open(temporary, NEW_FILE, 0o666, dir_fd=parent)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, name, src_dir_fd=parent, dst_dir_fd=parent)
    except OSError:
        with suppress(OSError):
            os.unlink(temporary, dir_fd=parent)
        raise


def remove_leftovers(parent: int) -> None:
    """Remove the temporary files that a killed run left in a directory."""
    for name in os.listdir(parent):
        if name.startswith(TEMPORARY_PREFIX) and name.endswith(TEMPORARY_SUFFIX):
            with suppress(OSError):
                os.unlink(name, dir_fd=parent)
