"""Looking around in an open folder, never through links or into what is hidden. Not for reading files."""

import os
from collections.abc import Iterator
from typing import NamedTuple

from storage.errors import UnsafePath
from storage.export.folder import Folder


class Found(NamedTuple):
    """A name in a directory; a symbolic link is neither."""

    name: str
    is_directory: bool
    is_file: bool


def names_in(folder: Folder, parents: tuple[str, ...]) -> list[str]:
    """Return the names in a directory; none where it is missing, a link, or may not be read."""
    try:
        with folder.directory(parents, path="/".join(parents)) as descriptor, os.scandir(descriptor) as entries:
            return sorted(each.name for each in entries)
    except (OSError, UnsafePath):
        return []


def files_below(folder: Folder) -> Iterator[str]:
    """Yield the paths of all regular files, without those that are hidden or in a hidden directory."""
    below: list[tuple[str, ...]] = [()]
    while below:
        parents = below.pop()
        found = visible_in(folder, parents)
        below += [(*parents, each.name) for each in found if each.is_directory]
        yield from ("/".join((*parents, each.name)) for each in found if each.is_file)


def visible_in(folder: Folder, parents: tuple[str, ...]) -> list[Found]:
    """Return what is in a directory, by name; nothing where it may not be read any more."""
    try:
        with folder.directory(parents, path="/".join(parents)) as descriptor, os.scandir(descriptor) as entries:
            visible = (each for each in entries if not each.name.startswith("."))
            return sorted(
                Found(each.name, each.is_dir(follow_symlinks=False), each.is_file(follow_symlinks=False))
                for each in visible
            )
    except (OSError, UnsafePath):
        return []
