"""Documents that several articles refer to, such as the note on a topic. Not for what stands in them.

Each is written where there is none yet, and left alone from then on: another article would say something else.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Protocol, runtime_checkable

from storage.article import Article
from storage.errors import UnsafePath
from storage.export.entry import Content, Entry, digest
from storage.export.errors import FolderUnusable
from storage.export.folder import Folder
from storage.export.ledger import Ledger
from storage.formats.format import Document

PREFIX = "shared:"


@runtime_checkable
class SharesDocuments(Protocol):
    """A format whose articles refer to documents of their own."""

    def shared(self, article: Article, options: Mapping[str, object]) -> Sequence[Document]:
        """Return the documents that an article refers to; their paths are what it calls them by."""


def shared_documents(writer: object, article: Article, options: Mapping[str, object]) -> Sequence[Document]:
    """Return the documents an article refers to; none for a format that has no such thing."""
    return writer.shared(article, options) if isinstance(writer, SharesDocuments) else ()


def shared_key(path: str) -> str:
    """Return the key of a shared document in the ledger; no article has such an id."""
    return f"{PREFIX}{path}"


def is_shared(key: str) -> bool:
    """Whether a key of the ledger is that of a shared document."""
    return key.startswith(PREFIX)


def due_documents(documents: Iterable[Document], *, folder: Folder, ledger: Ledger) -> dict[str, bytes]:
    """Return what is to be written, by path; of several documents of one path the first."""
    contents: dict[str, bytes] = {}
    for document in documents:
        contents.setdefault(document.path, document.text.encode())
    return {
        path: content
        for path, content in contents.items()
        if ledger.is_free(path, key=shared_key(path)) and is_due(path, content, folder=folder, ledger=ledger)
    }


def is_due(path: str, content: bytes, *, folder: Folder, ledger: Ledger) -> bool:
    """Whether a document is to be written; one that is there with the same bytes is taken over."""
    try:
        there = folder.read(path)
    except (UnsafePath, FolderUnusable):
        return False  # something of a person's is in the way, such as a link
    if there == content:
        ledger.record(shared_key(path), Entry(path, written=Content(digest(content))))
        return False
    return there is None
