"""Pages from disk: plain, gzipped, broken, too large, and without an address."""

import asyncio
import gzip
import os
import threading
import time
import zlib
from pathlib import Path

import pytest

from crawler.run import Runs, Targets
from crawler.saved import FileTooLarge, SavedPage, read_file
from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import INGEST, opened_scratch, settings_for
from tests.crawler.raw_server import article

LIMIT = 100_000
PAGE = article("Saved")
CANONICAL = PAGE.replace(b"<title>", b"<link rel='canonical' href='https://example.org/saved'><title>")


def saved(folder: Path, content: bytes, name: str = "page.html") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (PAGE, PAGE),
        (gzip.compress(PAGE), PAGE),
        (gzip.compress(PAGE[:9]) + gzip.compress(PAGE[9:]), PAGE),
        (b"", b""),
        (b"\x1f", b"\x1f"),
        (b"x" * LIMIT, b"x" * LIMIT),
    ],
)
def test_a_file_is_read_plain_or_unpacked_whatever_its_name(content: bytes, expected: bytes, tmp_path: Path) -> None:
    assert read_file(saved(tmp_path, content), LIMIT) == expected


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"x" * (LIMIT + 1), FileTooLarge),
        (gzip.compress(b"\0" * 50_000_000), FileTooLarge),
        (gzip.compress(PAGE)[:-9], EOFError),
        (gzip.compress(PAGE)[:40] + b"\xff" * 99, zlib.error),
        (b"\x1f\x8b\x00no gzip", OSError),
    ],
)
def test_a_broken_or_huge_file_is_told_as_such(content: bytes, error: type[Exception], tmp_path: Path) -> None:
    with pytest.raises(error):
        read_file(saved(tmp_path, content), LIMIT)


@pytest.mark.parametrize("content", [PAGE, gzip.compress(PAGE), b""])
def test_a_pipe_is_read_to_its_end(content: bytes) -> None:
    reader, writer = os.pipe()

    def write_later() -> None:
        time.sleep(0.1)
        with os.fdopen(writer, "wb") as file:
            file.write(content)

    thread = threading.Thread(target=write_later)
    thread.start()
    try:
        assert read_file(Path(f"/dev/fd/{reader}"), LIMIT) == (PAGE if content else b"")
    finally:
        thread.join()
        os.close(reader)


async def read(*pages: SavedPage) -> list[Outcome]:
    async with opened_scratch(settings_for(max_page_bytes=LIMIT)) as (workshop, books):
        result = await Runs(workshop).ingest(INGEST, Targets(saved_pages=pages))
    assert result.totals.offered == sum(result.verdicts.values()) == len(pages)
    assert result.totals.requests == 0
    return books.outcomes


def test_every_saved_page_ends_in_one_verdict(tmp_path: Path, in_reactor: InReactor) -> None:
    given = "https://example.org/given"
    pages = {
        SavedPage(saved(tmp_path, PAGE, "given.html"), given): (given, Verdict.CAPTURED),
        SavedPage(saved(tmp_path, CANONICAL, "own.html")): ("https://example.org/saved", Verdict.CAPTURED),
        SavedPage(saved(tmp_path, PAGE, "nameless.html")): (None, Verdict.CAPTURED),
        SavedPage(saved(tmp_path, gzip.compress(PAGE)[:-9], "cut.html.gz"), given + "/cut"): (
            given + "/cut",
            Verdict.UNREADABLE,
        ),
        SavedPage(saved(tmp_path, b"x" * (LIMIT + 1), "huge.html")): (None, Verdict.TOO_LARGE),
        SavedPage(tmp_path / "missing.html"): (None, Verdict.UNREADABLE),
        SavedPage(tmp_path): (None, Verdict.UNREADABLE),
        SavedPage(saved(tmp_path, b"", "empty.html")): (None, Verdict.TOO_SHORT),
    }
    outcomes = in_reactor(read(*pages))
    found = {(outcome.url, outcome.verdict) for outcome in outcomes}
    assert found == {(url or page.path.absolute().as_uri(), verdict) for page, (url, verdict) in pages.items()}
    assert all(outcome.reason for outcome in outcomes)
    reasons = {outcome.url.rpartition("/")[2]: outcome.reason for outcome in outcomes}
    assert "max_page_bytes" in reasons["huge.html"]


def test_a_page_that_hangs_its_reader_costs_its_time_alone(tmp_path: Path, in_reactor: InReactor) -> None:
    slow = b"<html><body>" + b"<div>" * 3 + b"<p " + b" ".join(b"a%d=x" % n for n in range(60_000)) + b">x</p>"

    async def main() -> list[Outcome]:
        async with opened_scratch(settings_for(page_seconds=0.001)) as (workshop, books):
            pages = (SavedPage(saved(tmp_path, slow), "https://example.org/slow"),)
            await asyncio.wait_for(Runs(workshop).ingest(INGEST, Targets(saved_pages=pages)), 20)
        return books.outcomes

    (outcome,) = in_reactor(main())
    assert outcome.verdict is Verdict.UNREADABLE
    assert "took more than 0.001 s" in outcome.reason


def test_the_same_page_given_twice_is_counted_twice(tmp_path: Path, in_reactor: InReactor) -> None:
    page = SavedPage(saved(tmp_path, PAGE), "https://example.org/twice")
    assert len(in_reactor(read(page, page, page))) == 3
