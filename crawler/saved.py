"""Pages that a person saved: read from disk instead of fetched, everything after that as for any page."""

import asyncio
import errno
import gzip
import hashlib
import os
import select
import zlib
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from crawler.candidate import Candidate
from crawler.errors import WorkerError
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.page import extract_page
from crawler.extract.sites.registry import rules_for
from crawler.merge import complete_article
from crawler.scheme_hint import scheme_hint
from crawler.workshop import Workshop
from storage.outcome import Outcome, Page, Validator
from storage.verdict import Verdict

GZIP_MAGIC = b"\x1f\x8b"
READ_BYTES = 1024 * 1024
PIPE_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class SavedPage:
    """A file that holds a page, plain or gzipped. url: where it came from; None lets the page itself say."""

    path: Path
    url: str | None = None


async def read_saved_page(workshop: Workshop, page: SavedPage) -> Outcome:
    """Return what became of page: an article of the URL given, else of the one it names, else of its own file."""
    told = Outcome(
        url=page.url or page.path.absolute().as_uri(), verdict=Verdict.UNREADABLE, reason="", at=datetime.now(UTC)
    )
    try:
        html = await asyncio.to_thread(read_file, page.path, workshop.settings.max_page_bytes)
    except FileTooLarge:
        limit = workshop.settings.max_page_bytes
        return replace(
            told, verdict=Verdict.TOO_LARGE, reason=f"the file is larger than crawler.max_page_bytes ({limit})"
        )
    except (OSError, EOFError, ValueError, zlib.error) as error:
        hint = scheme_hint(page.path, error)
        return replace(told, reason=f"the file {page.path} cannot be read: {why(error)}{hint}")
    url = page.url or ""
    raw = RawPage(html=html, url=url, rules=rules_for(url, workshop.settings.site_rules))
    try:
        extraction = await workshop.pool.run(
            extract_page, raw, what=str(page.path), seconds=workshop.settings.page_seconds
        )
    except WorkerError as error:
        return replace(told, reason=str(error))
    return outcome_of(extraction, html, told)


def outcome_of(extraction: Extraction, html: bytes, told: Outcome) -> Outcome:
    """Return the outcome of a page that was read."""
    told = replace(told, verdict=extraction.verdict, reason=extraction.reason, cause=extraction.cause, bytes=len(html))
    article = extraction.article
    if article is None:
        return told
    url = article.url or told.url
    return replace(
        told,
        url=url,
        article=complete_article(replace(article, url=url), Candidate(url=url, origin="ingest"), None),
        page=Page(url=url, fetched_at=told.at, status=200, headers={}, body=html),
        validator=Validator(url=url, body_hash=hashlib.sha256(html).hexdigest(), checked_at=told.at),
    )


def why(error: Exception) -> str:
    """Return what is wrong with a file, without its name, which the system's own message repeats."""
    return error.strerror or str(error) if isinstance(error, OSError) else str(error)


class FileTooLarge(Exception):
    """More bytes than allowed."""


def read_file(path: Path, limit: int) -> bytes:
    """Return the content of path, a file or a pipe, unpacked if it is gzipped.

    Raises:
        FileTooLarge: it holds more than limit bytes, packed or unpacked.
        OSError, EOFError, zlib.error: it is not there, is broken, or a pipe that says nothing for PIPE_SECONDS.
    """
    body = read_bytes(path, limit)
    if body[:2] == GZIP_MAGIC:
        with gzip.GzipFile(fileobj=BytesIO(body)) as file:
            body = file.read(limit + 1)
    if len(body) > limit:
        raise FileTooLarge
    return body


def read_bytes(path: Path, limit: int) -> bytes:
    """Return at most limit + 1 bytes of path, opened once and without waiting for a pipe's other end."""
    descriptor = os.open(path, os.O_RDONLY | os.O_NONBLOCK)
    with os.fdopen(descriptor, "rb", buffering=0) as file:
        parts: list[bytes] = []
        missing = limit + 1
        while missing > 0:
            part = file.read(min(missing, READ_BYTES))
            if part:
                parts.append(part)
                missing -= len(part)
            elif part is not None:
                break
            elif not select.select([file], [], [], PIPE_SECONDS)[0]:
                raise TimeoutError(errno.ETIMEDOUT, f"nothing came for {PIPE_SECONDS:g} s")
    return b"".join(parts)
