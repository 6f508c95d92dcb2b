"""A folder that files are published into: whole or not at all, and never outside it. Not for deciding what to write.

Every path is walked from the folder's own descriptor, one part at a time and without following symbolic links, so
that nothing changed under way can lead a file elsewhere.
"""

import fcntl
import os
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from storage.errors import UnsafePath
from storage.export.directory import (
    FileState,
    append_to,
    components,
    file_state,
    make_below,
    open_below,
    read_file,
    refuse_all_but_files,
    remove_leftovers,
)
from storage.export.durability import can_sync_filesystem, sync_filesystem
from storage.export.errors import FolderUnusable
from storage.export.publication import FEW_FILES, grouped, publish_contents

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
        with self.usable(path):
            try:
                with self.directory(parents, path=path) as parent:
                    return read_file(name, parent=parent, path=path)
            except FileNotFoundError:
                return None

    def states(self, paths: Iterable[str]) -> dict[str, FileState]:
        """Return the state of each of the files that is there, without reading it; check says of others what is wrong.

        Raises:
            FolderUnusable: as read does.
        """
        found: dict[str, FileState] = {}
        for group in grouped(paths):
            with (
                self.usable(group.path),
                suppress(FileNotFoundError, UnsafePath),
                self.directory(group.parents, path=group.path) as parent,
            ):
                states = ((name, file_state(name, parent=parent)) for name in group.names)
                found |= {group.path_of(name): state for name, state in states if state}
        return found

    def blocked(self, paths: Iterable[str]) -> dict[str, UnsafePath]:
        """Return what is wrong with each of the paths that no file may be put at, as check says it."""
        found: dict[str, UnsafePath] = {}
        for group in grouped(paths):
            try:
                with suppress(FileNotFoundError), self.directory(group.parents, path=group.path) as parent:
                    for name in group.names:
                        path = group.path_of(name)
                        try:
                            refuse_all_but_files(name, parent=parent, path=path)
                        except FileNotFoundError:
                            continue
                        except UnsafePath as error:
                            found[path] = error
            except UnsafePath as error:
                found |= {group.path_of(name): UnsafePath(group.path_of(name), error.why) for name in group.names}
        return found

    def check(self, path: str) -> None:
        """Make sure that a file may be put there.

        Raises:
            UnsafePath: as read does.
            FolderUnusable: as read does.
        """
        *parents, name = components(path)
        with self.usable(path), suppress(FileNotFoundError), self.directory(parents, path=path) as parent:
            refuse_all_but_files(name, parent=parent, path=path)

    def publish(self, path: str, content: bytes) -> None:
        """Put a file in its place: after a crash there is the old one or the new one, never a part.

        Raises:
            UnsafePath, FolderUnusable: as publish_all does.
        """
        self.publish_all({path: content})

    def publish_all(self, contents: Mapping[str, bytes]) -> dict[str, FileState]:
        """Put files in their places, by path, and return their states; after a crash each is the old or the new one.

        Their bytes are on the disk when it returns; their names are when make_durable does.

        Raises:
            UnsafePath: as read does; none of the files is in its place then.
            FolderUnusable: the disk is full, or the folder may not be written.
        """
        with self.usable(next(iter(contents), ".")):
            return publish_contents(self, contents)

    def append(self, path: str, content: bytes) -> None:
        """Add to a file that is there, durably; after a crash there may be a part of it.

        Raises:
            UnsafePath: as read does.
            FolderUnusable: the disk is full, or the file may not be written.
        """
        *parents, name = components(path)
        with self.usable(path), self.directory(parents, path=path) as parent:
            refuse_all_but_files(name, parent=parent, path=path)
            append_to(name, content, parent=parent)

    def remove(self, path: str) -> None:
        """Remove a file that is there.

        Raises:
            UnsafePath: as read does.
            FolderUnusable: the folder may not be written.
        """
        *parents, name = components(path)
        with self.usable(path), self.directory(parents, path=path) as parent:
            refuse_all_but_files(name, parent=parent, path=path)
            os.unlink(name, dir_fd=parent)
        self.touched.add(tuple(parents))

    def remove_if_empty(self, parents: tuple[str, ...]) -> bool:
        """Remove a directory below the folder unless there is something in it; return whether it is gone."""
        try:
            with self.directory(parents[:-1], path="/".join(parents)) as above:
                os.rmdir(parents[-1], dir_fd=above)
        except OSError:
            return False
        self.touched.discard(parents)
        self.touched.add(parents[:-1])
        return True

    def make_durable(self) -> None:
        """Flush the names published since the last time; the files' contents are on disk already."""
        if len(self.touched) > FEW_FILES and can_sync_filesystem() and self.descriptor is not None:
            with self.usable("."):
                sync_filesystem(self.descriptor)
            self.touched.clear()
        for parents in sorted(self.touched):
            with self.directory(parents, path="/".join(parents)) as descriptor:
                os.fsync(descriptor)
        self.touched.clear()

    def clean(self, parents: tuple[str, ...], descriptor: int) -> None:
        """Remove a killed run's leftovers, once for each directory; the lock means that nobody is at work there."""
        if parents not in self.cleaned:
            self.cleaned.add(parents)
            remove_leftovers(descriptor)

    def make_directories(self, parents: Sequence[str], *, path: str) -> None:
        """Make the directories of a path that are missing."""
        for depth, name in enumerate(parents):
            above = parents[:depth]
            with self.directory(above, path=path) as descriptor:
                if make_below(name, parent=descriptor):
                    self.touched.add(tuple(above))

    @contextmanager
    def usable(self, path: str) -> Iterator[None]:
        """Turn what the system raises into FolderUnusable."""
        try:
            yield
        except OSError as error:
            raise FolderUnusable(str(self.path), f"{path}: {error.strerror}") from error

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
