"""The exit codes: which there are, and which of our errors ends in which. Not for printing them."""

from enum import IntEnum

from bowerbird.errors import BowerbirdError
from crawler.errors import BadManifest, BadOpml, CrawlerError, CrawlerGone
from scheduler.errors import SchedulerError
from storage.errors import (
    BadDuration,
    FileUnusable,
    NoSuchArticle,
    NoSuchRun,
    NoSuchSource,
    SourceExists,
    StorageError,
    UnknownFormat,
    UnsafePath,
)
from storage.export.errors import ExportError
from storage.formats.errors import BadOption, BadSealingKey, BadTemplate, MissingExtra


class Exit(IntEnum):
    """What a command returns; part of the contract in docs/commands.md."""

    ALL_WELL = 0
    UNEXPECTED = 1
    USAGE = 2
    SOME_FAILED = 3
    NOTHING_NEW = 4
    ALL_FAILED = 5
    STORAGE = 6
    INTERRUPTED = 130


# The first that fits. A person named something that is not so: 2. What was asked for failed: 5.
CODES: tuple[tuple[type[Exception], Exit], ...] = (
    (BadDuration, Exit.USAGE),
    (BadOption, Exit.USAGE),
    (BadSealingKey, Exit.USAGE),
    (ExportError, Exit.USAGE),
    (FileUnusable, Exit.USAGE),
    (BadTemplate, Exit.USAGE),
    (MissingExtra, Exit.USAGE),
    (NoSuchArticle, Exit.USAGE),
    (NoSuchRun, Exit.USAGE),
    (NoSuchSource, Exit.USAGE),
    (SourceExists, Exit.USAGE),
    (UnknownFormat, Exit.USAGE),
    (UnsafePath, Exit.USAGE),
    (StorageError, Exit.STORAGE),
    (BadManifest, Exit.USAGE),
    (BadOpml, Exit.USAGE),
    (CrawlerGone, Exit.UNEXPECTED),
    (CrawlerError, Exit.ALL_FAILED),
    (SchedulerError, Exit.USAGE),
    (BowerbirdError, Exit.USAGE),
)


def exit_of_error(error: Exception) -> Exit | None:
    """Return the code of one of our errors; None for an error that is not ours."""
    return next((code for kind, code in CODES if isinstance(error, kind)), None)


def exit_of_tally(total: int, *, failed: int, new: int, exit_nothing_new: bool) -> Exit:
    """Return the code after total things were tried, of which some failed and some were new.

    exit_nothing_new: the option of that name; without it a run that finds nothing new is simply well.
    """
    if total and failed == total:
        return Exit.ALL_FAILED
    if failed:
        return Exit.SOME_FAILED
    if exit_nothing_new and not new:
        return Exit.NOTHING_NEW
    return Exit.ALL_WELL
