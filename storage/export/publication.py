"""Putting many files in their places at once, each whole or not at all. Not for deciding what they hold.

All are written beside their places, flushed together, then moved. Whatever happens, each place holds the old file or
the new one, for no name leads to bytes that are not on the disk.
"""

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from storage.export.directory import FileState, components, refuse_all_but_files, temporary_name, write_new
from storage.export.durability import can_sync_filesystem, sync_filesystem

if TYPE_CHECKING:
    from storage.export.folder import Folder

# So few are flushed one by one: what others are writing to the disk is not waited for.
FEW_FILES = 16


@dataclass(frozen=True, slots=True)
class Group:
    """Files of one directory."""

    parents: tuple[str, ...]
    names: tuple[str, ...]

    @property
    def path(self) -> str:
        """The directory's path; for messages."""
        return "/".join(self.parents) or "."

    def path_of(self, name: str) -> str:
        """The path of one of the files."""
        return "/".join((*self.parents, name))


@dataclass
class Publication:
    """Files on their way: those that were written beside their places, by the names they have there."""

    folder: "Folder"
    states: dict[str, FileState] = field(default_factory=dict)
    waiting: dict[tuple[str, ...], dict[str, str]] = field(default_factory=dict)

    def write(self, group: Group, contents: Mapping[str, bytes], *, is_flushed: bool) -> None:
        """Write the files of one directory beside their places."""
        waiting = self.waiting.setdefault(group.parents, {})
        self.folder.make_directories(group.parents, path=group.path)
        with self.folder.directory(group.parents, path=group.path) as parent:
            self.folder.clean(group.parents, parent)
            for name in group.names:
                path = group.path_of(name)
                with suppress(FileNotFoundError):
                    refuse_all_but_files(name, parent=parent, path=path)
                temporary = waiting[name] = temporary_name()
                self.states[path] = write_new(temporary, contents[path], parent=parent, is_flushed=is_flushed)

    def put_in_place(self) -> None:
        """Move all files to their places."""
        for parents, names in self.waiting.items():
            with self.folder.directory(parents, path="/".join(parents)) as parent:
                for name, temporary in list(names.items()):
                    os.replace(temporary, name, src_dir_fd=parent, dst_dir_fd=parent)
                    del names[name]
            self.folder.touched.add(parents)

    def give_up(self) -> None:
        """Remove what is not in its place."""
        for parents, names in self.waiting.items():
            with suppress(OSError), self.folder.directory(parents, path="/".join(parents)) as parent:
                for temporary in names.values():
                    with suppress(OSError):
                        os.unlink(temporary, dir_fd=parent)


def publish_contents(folder: "Folder", contents: Mapping[str, bytes]) -> dict[str, FileState]:
    """Put files in their places, by path, and return their states.

    Raises:
        UnsafePath: a path leads outside, through a link or to something that is no file; nothing is in its place then.
        OSError: the disk is full, or the folder may not be written.
    """
    is_flushed = len(contents) <= FEW_FILES or not can_sync_filesystem()
    publication = Publication(folder)
    try:
        for group in grouped(contents):
            publication.write(group, contents, is_flushed=is_flushed)
        if not is_flushed and folder.descriptor is not None:
            sync_filesystem(folder.descriptor)
        publication.put_in_place()
    finally:
        publication.give_up()
    return publication.states


def grouped(paths: Iterable[str]) -> Iterator[Group]:
    """Yield the files directory by directory.

    Raises:
        UnsafePath: a path is no plain relative one.
    """
    names: dict[tuple[str, ...], list[str]] = {}
    for path in paths:
        *parents, name = components(path)
        names.setdefault(tuple(parents), []).append(name)
    for parents_of, found in names.items():
        yield Group(parents_of, tuple(found))
