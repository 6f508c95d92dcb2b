"""A folder that files are published into: whole or not at all, and never outside it. Not for deciding what to write.

Every path is walked from the folder's own descriptor, one part at a time and without following symbolic links, so
that nothing changed under way can lead a file elsewhere.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.export.directory import (
    components,
    make_below,
    open_below,
    read_file,
    refuse_all_but_files,
    remove_leftovers,
    replace_file,
)
from storage.export.errors import FolderUnusable

ROOT = os.O_RDONLY | os.O_DIRECTORY | os.O_CLOEXEC


class Folder:
    """An open folder, for one process at a time: a second waits until the first has left it.

    Used in a ``with`` statement, on leaving which the new names are made durable.
    """

    def __init__(self, path: Path, *, is_read_only: bool = False) -> None:
        self.path = path
        self.is_read_only = is_read_only
        # None: there is no folder, and none is made as it is only read.
        self.descriptor: int | None = None
        # Directories whose names changed, and those that were cleaned, by their path below the folder.
        self.touched: set[tuple[str, ...]] = set()
        self.cleaned: set[tuple[str, ...]] = set()

    def __enter__(self) -> Self:
        if self.is_read_only and not self.path.exists():
            return self
        try:
            if not self.is_read_only:
                self.path.mkdir(parents=True, exist_ok=True)
            # The folder itself may be a link: its owner chose it.
            self.descriptor = os.open(self.path, ROOT)
        except OSError as error:
            raise FolderUnusable(str(self.path), str(error.strerror)) from error
        fcntl.flock(self.descriptor, fcntl.LOCK_EX)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, traceback: TracebackType | None
    ) -> None:
        if self.descriptor is None:
            return
        try:
            self.make_durable()
        finally:
            os.close(self.descriptor)
            self.descriptor = None

    def read(self, path: str) -> bytes | None:
        """Return what a file holds, or None where there is none.

        Raises:
            UnsafePath: the path leads outside or through a symbolic link, or to something that is no file.
            FolderUnusable: the file may not be read.
        """
        *parents, name = components(path)
        try:
            with self.directory(parents, path=path) as parent:
                return read_file(name, parent=parent, path=path)
        except FileNotFoundError:
            return None
        except OSError as error:
            raise FolderUnusable(str(self.path), f"{path}: {error.strerror}") from error

    def publish(self, path: str, content: bytes) -> None:
        """Put a file in its place: after a crash there is the old one or the new one, never a part.

        Raises:
            UnsafePath: as read does.
            FolderUnusable: the disk is full, or the folder may not be written.
        """
        *parents, name = components(path)
        try:
            self.make_directories(parents, path=path)
            with self.directory(parents, path=path) as parent:
                self.clean(tuple(parents), parent)
                with suppress(FileNotFoundError):
                    refuse_all_but_files(name, parent=parent, path=path)
                replace_file(name, content, parent=parent)
        except OSError as error:
            raise FolderUnusable(str(self.path), f"{path}: {error.strerror}") from error
        self.touched.add(tuple(parents))

    def make_durable(self) -> None:
        """Flush the names published since the last time; the files' contents are on disk already."""
        for parents in sorted(self.touched):
            with self.directory(parents, path="/".join(parents)) as descriptor:
                os.fsync(descriptor)
        self.touched.clear()

    def clean(self, parents: tuple[str, ...], descriptor: int) -> None:
        """Remove a killed run's leftovers, once for each directory; the lock means that nobody is at work there."""
        if parents not in self.cleaned:
            self.cleaned.add(parents)
            remove_leftovers(descriptor)

    def make_directories(self, parents: list[str], *, path: str) -> None:
        """Make the directories of a path that are missing."""
        for depth, name in enumerate(parents):
            above = parents[:depth]
            with self.directory(above, path=path) as descriptor:
                if make_below(name, parent=descriptor):
                    self.touched.add(tuple(above))

    @contextmanager
    def directory(self, parents: Iterable[str], *, path: str) -> Iterator[int]:
        """Open a directory below the folder."""
        if self.descriptor is None:
            raise FileNotFoundError(str(self.path))
        descriptor = os.dup(self.descriptor)
        try:
            for name in parents:
                below = open_below(name, parent=descriptor, path=path)
                os.close(descriptor)
                descriptor = below
            yield descriptor
        finally:
            os.close(descriptor)
