"""The article in a file. Not for which files there are."""

import os
import stat
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from storage.article import BY_FILE, WRITTEN, Article, Origin
from storage.errors import FileUnusable
from storage.files.found import ArticleFile
from storage.formats.errors import NoArticle, UnreadableFile
from storage.formats.recognition import recognise
from storage.formats.registry import find_readable
from storage.formats.source_file import decoded
from storage.formats.topic_note import is_topic_note

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
        NoArticle: it is the note of a topic.
        UnreadableFile: it is not of the format, or of none.
        UnknownFormat: the format cannot be read.
    """
    path = file.path.as_posix()
    if is_topic_note(path):
        raise NoArticle(str(file.path), what="the note of a topic")
    found = content_of(file)
    text = decoded(found.content, path=str(file.path))
    name = format_name or recognise(text, path=path)
    article = find_readable(name).read(text, path=path)
    if article.published_at is None and article.captured_at is None:
        article = replace(article, captured_at=found.changed_at)
    origins = {field: Origin(BY_FILE) for field in TOLD if getattr(article, field)}
    return ReadFile(file, name, replace(article, origins=origins))


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds, and when it was last changed."""

    content: bytes
    changed_at: datetime


def content_of(file: ArticleFile) -> Content:
    """Return what a file holds.

    Raises:
        FileUnusable: it cannot be read, or is no file.
        UnreadableFile: it is larger than any article.
    """
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
    return Content(content, datetime.fromtimestamp(int(status.st_mtime), UTC))
