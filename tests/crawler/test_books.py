"""What runs tell a store: kept by one kind of books, not by the others."""

import asyncio
from datetime import UTC, datetime

import pytest

from crawler.books import Books, DryBooks, ScratchBooks, StoreBooks
from crawler.order import RunResult
from crawler.writer import Writer
from storage.article import Article
from storage.database.store import Store
from storage.errors import NoSuchRun
from storage.outcome import Outcome, Totals, Validator
from storage.verdict import Verdict
from tests.crawler.fetching import order_for

NOW = datetime.now(UTC)
URL = "https://example.org/a"
OUTCOME = Outcome(
    url=URL, verdict=Verdict.CAPTURED, reason="3 words", at=NOW,
    article=Article(url=URL, title="Ship", text="It came in."),
    validator=Validator(url=URL, etag='"a"', checked_at=NOW),
)  # fmt: skip
FEED = Validator(url="https://example.org/feed", etag='"f"', checked_at=NOW)


async def use(books: Books) -> RunResult:
    """Carry a run of one article through the books."""
    order = order_for("https://example.org/feed")
    run_id = await books.begin(order)
    assert await books.last_seen([URL]) == {}
    recorded = await books.record(run_id, OUTCOME)
    assert (recorded.url, recorded.verdict, recorded.title) == (URL, Verdict.CAPTURED, "Ship")
    result = RunResult(
        run_id=run_id, source="source", status="finished", reason="all well", totals=Totals(offered=1),
        verdicts={Verdict.CAPTURED: 1},
    )  # fmt: skip
    await books.finish(result, (FEED,))
    return result


def test_the_books_of_a_store_keep_everything(store: Store) -> None:
    async def main() -> None:
        async with Writer(store) as writer:
            books = StoreBooks(store, writer)
            result = await use(books)
            run = store.runs.get(result.run_id)
            assert (run.status, run.reason, run.totals.offered) == ("finished", "all well", 1)
            assert (await books.last_seen([URL]))[URL].verdict is Verdict.CAPTURED
            assert {url: v.etag for url, v in (await books.validators([URL, FEED.url])).items()} == {
                URL: '"a"',
                FEED.url: '"f"',
            }
            assert [seen.url for seen in await books.captured_by("source", first_after=NOW.replace(year=2000))] == [URL]
            with pytest.raises(NoSuchRun):
                await books.record(result.run_id + 1, OUTCOME)

    asyncio.run(main())


def test_dry_books_read_the_store_and_write_nothing(store: Store) -> None:
    async def main() -> None:
        async with Writer(store) as writer:
            assert (await use(DryBooks(store, writer))).run_id == 0
            await use(StoreBooks(store, writer))
            assert URL in await DryBooks(store, writer).last_seen([URL])
        assert len(store.runs.list(limit=9)) == 1
        assert store.attempts.counts() == {Verdict.CAPTURED: 1}

    asyncio.run(main())


def test_scratch_books_keep_the_outcomes_in_memory() -> None:
    books = ScratchBooks()
    asyncio.run(use(books))
    assert books.outcomes == [OUTCOME]
