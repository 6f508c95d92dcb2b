"""The local engine: a crawler process that carries out orders, is replaced, and never outlives its parent."""

import asyncio
import subprocess
import sys
import time
from collections.abc import Awaitable, Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import psutil
import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from crawler.errors import CrawlerGone
from crawler.order import Order, RunResult
from crawler.settings import CrawlerSettings
from scheduler.queue.local import LocalQueue
from scheduler.settings import SchedulerSettings
from storage.database.store import open_store
from storage.settings import StorageSettings
from storage.source import Source, SourceKind
from storage.verdict import Verdict

SERVE_ONE_ORDER = """
import asyncio, sys
from crawler.order import Order
from crawler.settings import CrawlerSettings
from scheduler.queue.local import LocalQueue
from scheduler.settings import SchedulerSettings
from storage.settings import StorageSettings
from storage.source import Source, SourceKind

async def main(database, url, hosts):
    crawler = CrawlerSettings(delay_seconds=1, allow_private_hosts=hosts.split(","), workers=2)
    async with LocalQueue(StorageSettings(database=database), crawler, SchedulerSettings()) as queue:
        kind = SourceKind.FEED
        await queue.carry_out(Order(source=Source(name="s", url=url, kind=kind), kind=kind, trigger="schedule"))

asyncio.run(main(*sys.argv[1:]))
"""


@pytest.fixture(scope="module")
def sleepy() -> Iterator[Newsroom]:
    """A newsroom one page of which takes longer than any test."""
    with running_newsroom(slow_seconds=60) as newsroom:
        yield newsroom


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    """A store that is there already, so that only the crawler is waited for."""
    settings = StorageSettings(database=f"sqlite:///{tmp_path / 'bowerbird.db'}")
    open_store(settings).close()
    return settings


def queue_for(newsroom: Newsroom, storage: StorageSettings, **values: int) -> LocalQueue:
    crawler = CrawlerSettings(delay_seconds=0, allow_private_hosts=newsroom.hosts, workers=1)
    return LocalQueue(storage, crawler, SchedulerSettings.model_validate(values))


def quick_order(newsroom: Newsroom, slug: str = "tool-library") -> Order:
    return order_for(newsroom.url_of(slug), SourceKind.PAGE)


def endless_order(newsroom: Newsroom) -> Order:
    """A run that is still under way when its test ends it."""
    return order_for(newsroom.url_of("langsamer-fluss"), SourceKind.PAGE)


def order_for(url: str, kind: SourceKind) -> Order:
    return Order(source=Source(name="s", url=url, kind=kind), kind=kind, trigger="schedule")


def crawlers() -> list[psutil.Process]:
    """Return the crawler processes of this process."""
    return [child for child in psutil.Process().children() if "crawler.child" in child.cmdline()]


async def until(is_so: Callable[[], object], *, seconds: float = 10) -> None:
    """Wait until something is so."""
    async with asyncio.timeout(seconds):
        while not is_so():
            await asyncio.sleep(0.02)


def run_is_open(storage: StorageSettings) -> bool:
    with open_store(storage) as store:
        return any(run.status == "running" for run in store.runs.list(limit=1))


async def ending(run: "asyncio.Task[RunResult]") -> str:
    """Return how a run ended, which is soon; ``gone`` where its crawler went before it."""
    try:
        return (await asyncio.wait_for(run, 10)).status
    except CrawlerGone:
        return "gone"


def run_async(test: Callable[[], Awaitable[None]]) -> None:
    async def main() -> None:
        await test()

    asyncio.run(main())


def test_orders_are_carried_out_by_one_process_until_it_has_done_its_share(
    sleepy: Newsroom, storage: StorageSettings
) -> None:
    async def test() -> None:
        async with queue_for(sleepy, storage, recycle_runs=2) as queue:
            (first,) = crawlers()
            results = [await queue.carry_out(quick_order(sleepy)) for _ in range(2)]
            assert crawlers() == [first]
            assert [result.verdicts for result in results] == [{Verdict.CAPTURED: 1}, {Verdict.UNCHANGED: 1}]
            await queue.carry_out(quick_order(sleepy))
            (second,) = crawlers()
            assert second.pid != first.pid
        assert crawlers() == []

    run_async(test)


def test_a_crawler_that_is_killed_fails_its_run_and_is_replaced(sleepy: Newsroom, storage: StorageSettings) -> None:
    async def test() -> None:
        async with queue_for(sleepy, storage) as queue:
            running = asyncio.create_task(queue.carry_out(endless_order(sleepy)))
            await until(lambda: run_is_open(storage))
            (crawler,) = crawlers()
            crawler.kill()
            with pytest.raises(CrawlerGone, match="-9"):
                await running
            assert crawlers() == []
            result = await queue.carry_out(quick_order(sleepy))
            assert (result.status, result.verdicts) == ("finished", {Verdict.CAPTURED: 1})
            assert queue.is_alive
        with open_store(storage) as store:
            assert store.runs.interrupt_unfinished(datetime.now(UTC)) == ["s"]
            assert sorted(run.status for run in store.runs.list(limit=9)) == ["finished", "interrupted"]

    run_async(test)


def test_leaving_the_queue_ends_a_long_run_in_time(sleepy: Newsroom, storage: StorageSettings) -> None:
    async def test() -> None:
        async with queue_for(sleepy, storage) as queue:
            running = asyncio.create_task(queue.carry_out(endless_order(sleepy)))
            await until(lambda: run_is_open(storage))
            begun = time.monotonic()
        assert time.monotonic() - begun < 4.5
        assert crawlers() == []
        assert await ending(running) in ("interrupted", "gone")

    run_async(test)


def test_leaving_the_queue_does_not_wait_for_a_crawler_to_be_replaced(
    sleepy: Newsroom, storage: StorageSettings
) -> None:
    async def test() -> None:
        async with queue_for(sleepy, storage) as queue:
            crawlers()[0].kill()
            await until(lambda: not queue.is_alive)
            waiting = asyncio.create_task(queue.carry_out(quick_order(sleepy)))
            await asyncio.sleep(0)
        with pytest.raises(CrawlerGone):
            await asyncio.wait_for(waiting, 1)
        assert crawlers() == []

    run_async(test)


def test_a_crawler_that_is_stopped_while_it_starts_leaves_nothing(sleepy: Newsroom, storage: StorageSettings) -> None:
    async def test() -> None:
        queue = queue_for(sleepy, storage)
        starting = asyncio.create_task(queue.__aenter__())
        await until(crawlers)
        await queue.__aexit__()
        await asyncio.wait_for(starting, 5)
        assert crawlers() == []

    run_async(test)


def test_a_store_that_fails_is_told_and_does_not_hold_the_run(sleepy: Newsroom, storage: StorageSettings) -> None:
    async def test() -> None:
        async with queue_for(sleepy, storage) as queue:
            Path(storage.database.removeprefix("sqlite:///")).write_bytes(b"no database any more" * 999)
            assert await ending(asyncio.create_task(queue.carry_out(quick_order(sleepy)))) == "failed"

    run_async(test)


def test_nothing_outlives_a_parent_that_is_killed(sleepy: Newsroom, storage: StorageSettings) -> None:
    source = sleepy.sources[0]
    command = [sys.executable, "-c", SERVE_ONE_ORDER, storage.database, source.url, ",".join(sleepy.hosts)]
    with subprocess.Popen(command) as parent:
        try:
            family = psutil.Process(parent.pid)
            deadline = time.monotonic() + 20
            # The parent, its crawler, the fork server, its resource tracker, and a worker that has read a page.
            while len(family.children(recursive=True)) < 3 or not articles_of(storage):
                assert parent.poll() is None
                assert time.monotonic() < deadline
                time.sleep(0.05)
            descendants = family.children(recursive=True)
        finally:
            parent.kill()
    _, alive = psutil.wait_procs(descendants, timeout=8)
    assert alive == []


def articles_of(storage: StorageSettings) -> int:
    with open_store(storage) as store:
        return store.articles.count()
