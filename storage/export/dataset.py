"""Writing a data set: all articles into one file, whole or not at all. Not for what stands in it.

The file is written beside its place, a few articles at a time. One that comes out with the bytes that are there is
dropped, so that its time of change lasts; one that a person has changed, or made, is left alone.
"""

import hashlib
import os
import secrets
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from tempfile import TemporaryFile
from typing import BinaryIO

from storage.article import Article
from storage.errors import UnknownFormat
from storage.export.directory import (
    READ_FILE,
    TEMPORARY_PREFIX,
    TEMPORARY_SUFFIX,
    components,
    refuse_all_but_files,
)
from storage.export.entry import DIGEST_LENGTH, Content, Entry
from storage.export.errors import FolderUnusable
from storage.export.folder import Folder
from storage.export.ledger import Ledger, close_ledger, load_ledger, save_ledger
from storage.export.naming import article_key
from storage.export.profile import Profile
from storage.export.report import ExportedFile, ExportFailure, ExportReport, Outcome
from storage.formats.datasets.dataset import PageOf, no_page
from storage.formats.registry import all_names, find_dataset

CHUNK_BYTES = 1 << 20
# As directory.NEW_FILE, but to be read again.
NEW_FILE = os.O_RDWR | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC | os.O_NOFOLLOW
# The one entry of the ledger.
KEY = "dataset"


@dataclass(frozen=True, slots=True)
class Fresh:
    """The file as it comes out now; name: in the folder, until it is moved."""

    name: str
    file: BinaryIO


def export_dataset(
    articles: Iterable[Article], profile: Profile, *, page_of: PageOf = no_page, dry_run: bool = False
) -> ExportReport:
    """Write the articles into the profile's file and return what became of it.

    page_of: gives the raw page of an article. dry_run: nothing is written, not even the folder made.

    Raises:
        UnknownFormat: the profile's format is no data set.
        MissingExtra: a package is needed that is not installed.
        UnsafePath: the file's name leads through a symbolic link or outside the folder.
        BadLedger: what earlier exports wrote is not known.
        FolderUnusable: the folder cannot be made, read or written.
    """
    dataset = find_dataset(profile.format)
    if dataset is None:
        raise UnknownFormat(profile.format, all_names())
    path = dataset.file_name(profile.options)
    components(path)
    with Folder(profile.folder, is_read_only=dry_run) as folder:
        ledger = load_ledger(folder, profile_name=profile.name, format_name=profile.format)
        try:
            with temporary_file(folder) as fresh:
                left_out = dataset.write(articles, fresh.file, options=profile.options, page_of=page_of)
                outcome = settle(fresh, path, folder=folder, ledger=ledger)
        except OSError as error:
            raise FolderUnusable(str(profile.folder), f"{path}: {error.strerror}") from error
        if not dry_run:
            close_ledger(folder, ledger)
    without = tuple(ExportFailure(article_key(each.article), each.reason) for each in left_out)
    return ExportReport((ExportedFile("", path, outcome),), left_out=without)


@contextmanager
def temporary_file(folder: Folder) -> Iterator[Fresh]:
    """Open a new file in the folder, gone afterwards unless it was moved; for a dry run one that is elsewhere."""
    if folder.is_read_only or folder.descriptor is None:
        with TemporaryFile() as file:
            yield Fresh("", file)
        return
    folder.clean((), folder.descriptor)
    name = f"{TEMPORARY_PREFIX}{secrets.token_hex(8)}{TEMPORARY_SUFFIX}"
    descriptor = os.open(name, NEW_FILE, 0o666, dir_fd=folder.descriptor)
    try:
        with os.fdopen(descriptor, "w+b") as file:
            yield Fresh(name, file)
    finally:
        with suppress(FileNotFoundError):
            os.unlink(name, dir_fd=folder.descriptor)


def settle(fresh: Fresh, path: str, *, folder: Folder, ledger: Ledger) -> Outcome:
    """Decide what becomes of the file that is there, and put the fresh one in its place where that is right."""
    fresh.file.flush()
    fresh.file.seek(0)
    digest = digest_of(fresh.file)
    there = digest_at(path, folder=folder)
    known = ledger.entries.get(KEY, Entry(path))
    if there == digest:
        ledger.record(KEY, Entry(path, written=Content(digest)))
        return "unchanged"
    if there is not None and there not in {each.digest for each in known.contents}:
        return "kept"
    if not folder.is_read_only:
        before = next((each for each in known.contents if each.digest == there), known.written)
        ledger.record(KEY, Entry(path, written=before, coming=Content(digest)))
        save_ledger(folder, ledger)
        move(fresh, path, folder=folder)
        ledger.record(KEY, Entry(path, written=Content(digest)))
    return "written"


def move(fresh: Fresh, path: str, *, folder: Folder) -> None:
    """Flush the fresh file and move it to its place, durably."""
    *parents, name = components(path)
    os.fsync(fresh.file.fileno())
    folder.make_directories(parents, path=path)
    with folder.directory(parents, path=path) as parent:
        os.replace(fresh.name, name, src_dir_fd=folder.descriptor, dst_dir_fd=parent)
        os.fsync(parent)


def digest_at(path: str, *, folder: Folder) -> str | None:
    """Return the digest of a file in the folder; None where there is none.

    Raises:
        UnsafePath: the path leads through a symbolic link, or to something that is no file.
    """
    *parents, name = components(path)
    try:
        with folder.directory(parents, path=path) as parent:
            refuse_all_but_files(name, parent=parent, path=path)
            with os.fdopen(os.open(name, READ_FILE, dir_fd=parent), "rb") as file:
                return digest_of(file)
    except FileNotFoundError:
        return None


def digest_of(file: BinaryIO) -> str:
    """Return the digest of what is left to read, as entry.digest does of what is at hand."""
    total = hashlib.sha256()
    while chunk := file.read(CHUNK_BYTES):
        total.update(chunk)
    return total.hexdigest()[:DIGEST_LENGTH]
