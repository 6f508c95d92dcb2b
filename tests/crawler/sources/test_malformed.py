"""Broken and hostile documents, read in workers as in a run: each gives a listing or says why it cannot be read."""

import asyncio
import os
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

import pytest

from crawler.candidate import Listing
from crawler.errors import CrawlerError, UnreadableDocument
from crawler.pool import Pool, PoolSize
from crawler.settings import CrawlerSettings
from crawler.sources.document import SourceDocument, read_document
from storage.source import SourceKind
from tests.crawler.raw_server import RawServer
from tests.crawler.sources.expectations import feed_cases
from tests.crawler.sources.malformed import Malformed, malformed, with_outside_entities

URL = "https://example.org/feed"
SIZE = PoolSize.from_settings(CrawlerSettings(workers=2))
Result = Listing | CrawlerError
Tasks = Iterable[tuple[SourceDocument, SourceKind]]


def read_all(tasks: Tasks, *, seconds: float = 20) -> list[Result]:
    """Read each document in a worker; whatever else than an error of ours came of it fails the test."""

    async def read(pool: Pool, document: SourceDocument, kind: SourceKind) -> Result:
        try:
            return await pool.run(read_document, document, kind, what=document.url, seconds=seconds)
        except CrawlerError as error:
            return error

    async def main() -> list[Result]:
        async with Pool(SIZE) as pool:
            return await asyncio.gather(*(read(pool, document, kind) for document, kind in tasks))

    return asyncio.run(main())


def wrong(results: Iterable[Result]) -> list[str]:
    """Those that are neither a listing nor unreadable: the worker hung or died."""
    return [repr(each) for each in results if not isinstance(each, Listing | UnreadableDocument)]


def tasks_of(documents: Iterable[Malformed]) -> Tasks:
    """Each document as the kind it is, and as one to be looked at."""
    for document in documents:
        for kind in (document.kind, SourceKind.AUTO):
            yield SourceDocument(body=document.body, url=URL), kind


@pytest.mark.slow
def test_malformed_documents_end_in_a_listing_or_a_reason() -> None:
    documents = list(malformed(550))
    assert len(Counter(document.way for document in documents)) == 11
    assert len({document.body for document in documents}) >= 500
    results = read_all(tasks_of(documents))
    assert wrong(results) == []
    listings = [result for result in results if isinstance(result, Listing)]
    assert len(listings) > len(results) / 2
    assert sum(bool(listing.candidates or listing.children) for listing in listings) > len(results) / 4


def test_what_lies_elsewhere_is_neither_opened_nor_asked_for(server: RawServer, tmp_path: Path) -> None:
    secret, pipe = tmp_path / "secret", tmp_path / "pipe"
    secret.write_text("the-secret-word", encoding="utf-8")
    os.mkfifo(pipe)  # who opens it waits for ever, and the worker is stopped
    targets = [
        secret.as_uri(),
        str(secret),
        pipe.as_uri(),
        server.url("/evil.dtd"),
        server.url("/evil.dtd").replace("http", "ftp"),
    ]
    results = read_all(tasks_of(with_outside_entities(targets)), seconds=10)
    assert wrong(results) == []
    assert not any("the-secret-word" in repr(result) for result in results)
    assert server.connections == 0


def test_a_body_that_is_the_name_of_a_file_is_not_opened(tmp_path: Path) -> None:
    hidden = tmp_path / "feed.xml"
    hidden.write_text("<rss version='2.0'><channel><title>the-secret-word</title></channel></rss>", encoding="utf-8")
    (result,) = read_all([(SourceDocument(body=os.fsencode(hidden), url=URL), SourceKind.FEED)])
    assert isinstance(result, UnreadableDocument)


@pytest.mark.slow
@pytest.mark.corpora
def test_feedparsers_own_files_end_in_a_listing_or_a_reason() -> None:
    cases = feed_cases()
    documents = [SourceDocument(body=case.body, url=case.url, content_type=case.content_type) for case in cases]
    results = read_all((document, kind) for document in documents for kind in (SourceKind.FEED, SourceKind.AUTO))
    assert wrong(results) == []
    assert sum(isinstance(result, Listing) for result in results[::2]) > 0.95 * len(cases)
