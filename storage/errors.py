"""The errors of the storage floor.

StorageError
├── BadDuration         a span of time that cannot be read
├── DatabaseUnusable    the database cannot be opened, read or written
├── FileUnusable        an article file or a folder of them cannot be read
├── NoSuchArticle       no article has that id
├── NoSuchRun           no run has that number
├── NoSuchSource        no source has that name
├── SourceExists        a source of that name is there already
├── UnknownFormat       no format has that name
└── UnsafePath          a file name that would leave its folder
"""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(name: str, known: Iterable[str]) -> str:
    """Return `` Did you mean 'x'?`` for the closest of the known names, or nothing."""
    found = get_close_matches(name, list(known), n=1, cutoff=0.6)
    return f" Did you mean {found[0]!r}?" if found else ""


class StorageError(Exception):
    """Anything the storage floor could not do."""


class BadDuration(StorageError):
    def __init__(self, text: str) -> None:
        self.text = text
        super().__init__(f"{text!r} is not a span of time; write a number and s, m, h, d or w, such as 30m or 7d")


class DatabaseUnusable(StorageError):
    def __init__(self, database: str, why: str) -> None:
        self.database, self.why = database, why
        super().__init__(f"the database {database} cannot be used: {why}")


class FileUnusable(StorageError):
    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"{path} cannot be read: {why}")


class NoSuchArticle(StorageError):
    def __init__(self, article_id: str) -> None:
        self.article_id = article_id
        super().__init__(f"no article has the id {article_id!r}; `bowerbird articles list` shows those there are")


class NoSuchRun(StorageError):
    def __init__(self, run_id: int) -> None:
        self.run_id = run_id
        super().__init__(f"there is no run {run_id}; `bowerbird runs list` shows those there are")


class NoSuchSource(StorageError):
    def __init__(self, name: str, known: Iterable[str] = ()) -> None:
        self.name = name
        super().__init__(f"there is no source {name!r}.{nearest(name, known)} `bowerbird sources list` shows them all")


class SourceExists(StorageError):
    def __init__(self, name: str) -> None:
        self.name = name
        super().__init__(f"a source named {name!r} is there already; choose another name or remove that one first")


class UnknownFormat(StorageError):
    def __init__(self, name: str, known: Iterable[str], *, use: str = "") -> None:
        self.name = name
        names = sorted(known)
        what = f"there is no format {name!r} {use}".rstrip()
        super().__init__(f"{what}.{nearest(name, names)} Known: {', '.join(names)}")


class UnsafePath(StorageError):
    def __init__(self, path: str, why: str) -> None:
        self.path, self.why = path, why
        super().__init__(f"refused to write {path!r}: {why}; choose another folder")
