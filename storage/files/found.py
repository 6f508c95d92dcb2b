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

    Of a folder: files with the suffix of a text, not those in hidden folders; links to folders are not followed.

    Raises:
        FileUnusable: there is nothing, or the folder cannot be read.
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
    except OSError as error:
        raise FileUnusable(str(folder), str(error.strerror)) from error
    for entry in entries:
        if not entry.is_dir() and Path(entry.name).suffix.lower() in SUFFIXES:
            yield ArticleFile(folder / entry.name, f"{prefix}{entry.name}")
    for entry in entries:
        if entry.is_dir(follow_symlinks=False) and not entry.name.startswith("."):
            yield from files_below(folder / entry.name, prefix=f"{prefix}{entry.name}/")
