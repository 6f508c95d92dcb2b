"""The article in a file. Not for which files there are."""

import os
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from storage.article import BY_FILE, WRITTEN, Article, Origin
from storage.errors import FileUnusable
from storage.files.found import ArticleFile
from storage.formats.errors import UnreadableFile
from storage.formats.recognition import recognise
from storage.formats.registry import find_readable
from storage.formats.source_file import decoded

MOST_BYTES = 16 << 20
TOLD = ("title", "published_at", *WRITTEN)


@dataclass(frozen=True, slots=True)
class ReadFile:
    """A file that was read. format_name: what it was read as."""

    file: ArticleFile
    format_name: str
    article: Article


def read_article(file: ArticleFile, *, format_name: str | None = None) -> ReadFile:
    """Return the article of a file; where the file gives no date at all, the time of its last change is its capture's.

    format_name: None lets the file say it by its fields.

    Raises:
        FileUnusable: it cannot be read from the disk.
        UnreadableFile: it is not of the format, or of none.
        UnknownFormat: the format cannot be read.
    """
    content, changed_at = content_of(file)
    text = decoded(content, path=str(file.path))
    path = file.path.as_posix()
    name = format_name or recognise(text, path=path)
    article = find_readable(name).read(text, path=path)
    if article.published_at is None and article.captured_at is None:
        article = replace(article, captured_at=changed_at)
    origins = {field: Origin(BY_FILE) for field in TOLD if getattr(article, field)}
    return ReadFile(file, name, replace(article, origins=origins))


def content_of(file: ArticleFile) -> tuple[bytes, datetime]:
    """Return what a file holds and when it was last changed."""
    try:
        # O_NONBLOCK: a named pipe that nobody writes to must not keep us waiting.
        descriptor = os.open(file.path, os.O_RDONLY | os.O_CLOEXEC | os.O_NONBLOCK)
        with os.fdopen(descriptor, "rb") as opened:
            status = os.fstat(opened.fileno())
            if not stat.S_ISREG(status.st_mode):
                raise FileUnusable(str(file.path), "it is no file")
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise FileUnusable(str(file.path), str(error.strerror)) from error
    if len(content) > MOST_BYTES:
        raise UnreadableFile(str(file.path), why=f"it is larger than {MOST_BYTES >> 20} MiB, which no article is")
    return content, datetime.fromtimestamp(int(status.st_mtime), UTC)
