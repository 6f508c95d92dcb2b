"""Logging at the command line: what is said on stderr, by verbosity. Not for a command's own data."""

import logging
import sys

from bowerbird.cli.output import clean_block

# Each writes much that is ours to say: a page that failed is a verdict, not a warning of a library.
LIBRARIES = (
    "alembic",
    "apscheduler",
    "asyncio",
    "charset_normalizer",
    "htmldate",
    "justext",
    "scrapy",
    "scrapy-playwright",
    "sqlalchemy",
    "trafilatura",
    "twisted",
    "urllib3",
    "uvicorn",
)


class SafeFormatter(logging.Formatter):
    """Write a record without what a hostile title could do to a terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return clean_block(super().format(record))


class StderrHandler(logging.StreamHandler):  # type: ignore[type-arg]
    """Write to what sys.stderr is at that moment: a progress bar takes its place while it runs."""

    def __init__(self) -> None:
        logging.Handler.__init__(self)

    @property
    def stream(self) -> object:
        return sys.stderr


def set_up_logging(verbosity: int) -> None:
    """Let the log speak on stderr: warnings at 0, errors below, information at 1, all of everything at 2.

    May be called again: an option after the subcommand changes the verbosity.
    """
    handler = StderrHandler()
    handler.setFormatter(SafeFormatter("bowerbird: %(levelname)s: %(name)s: %(message)s"))
    levels = {-1: logging.ERROR, 0: logging.WARNING, 1: logging.INFO}
    root = logging.getLogger()
    for earlier in [handler for handler in root.handlers if isinstance(handler, StderrHandler)]:
        root.removeHandler(earlier)
    root.addHandler(handler)
    root.setLevel(levels.get(verbosity, logging.DEBUG))
    library_level = logging.DEBUG if verbosity >= 2 else logging.CRITICAL
    for name in LIBRARIES:
        logging.getLogger(name).setLevel(library_level)
