"""Which article files there are in a folder. Not for what stands in them."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from storage.errors import FileUnusable

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".html", ".htm"})


@dataclass(frozen=True, slots=True)
class ArticleFile:
    """A file that may hold an article. relative: its path below the folder that was named, with ``/``."""

    path: Path
    relative: str


def files_at(path: Path) -> Iterator[ArticleFile]:
    """Yield the file that path is, or those below the folder that it is, in the order of their names.

    Of a folder: files with the suffix of a text, not those in hidden folders; links to folders are not followed. A
    folder below that may not be read is yielded itself: whoever reads it learns why.

    Raises:
        FileUnusable: there is nothing.
    """
    if not path.is_dir():
        if not path.exists():
            raise FileUnusable(str(path), "there is no such file or folder")
        yield ArticleFile(path, path.name)
        return
    yield from files_below(path, prefix="")


def files_below(folder: Path, *, prefix: str) -> Iterator[ArticleFile]:
    """Yield the files of one folder, then those of the folders in it."""
    try:
        entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
    except OSError:
        yield ArticleFile(folder, prefix.rstrip("/"))
        return
    for entry in entries:
        if not is_folder(entry) and Path(entry.name).suffix.lower() in SUFFIXES:
            yield ArticleFile(folder / entry.name, f"{prefix}{entry.name}")
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from files_below(folder / entry.name, prefix=f"{prefix}{entry.name}/")


def is_folder(entry: os.DirEntry[str]) -> bool:
    """Whether an entry is a folder or a link to one; a link that leads nowhere is none."""
    try:
        return entry.is_dir()
    except OSError:  # a link to itself
        return False
