"""The service: what is due is claimed, crawled, planned, and told; a crawler that dies costs one run."""

import asyncio
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from crawler.order import RunResult
from crawler.settings import CrawlerSettings
from scheduler.service import Service
from scheduler.settings import SchedulerSettings
from storage.database.store import Store, open_store
from storage.settings import StorageSettings
from storage.source import Source, SourceKind

QUICK, ENDLESS = "tool-library", "langsamer-fluss"


@pytest.fixture(scope="module")
def sleepy() -> Iterator[Newsroom]:
    """A newsroom one page of which takes longer than any test."""
    with running_newsroom(slow_seconds=60) as newsroom:
        yield newsroom


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    return StorageSettings(database=f"sqlite:///{tmp_path}/bowerbird.db")


@pytest.fixture
def store(storage: StorageSettings) -> Iterator[Store]:
    with open_store(storage) as opened:
        yield opened


def watch(store: Store, newsroom: Newsroom, slug: str, *, every: str = "1h") -> None:
    """Add one page as a source."""
    store.sources.add(Source(name=slug, url=newsroom.url_of(slug), kind=SourceKind.PAGE, every=every))


def service_for(
    newsroom: Newsroom, store: Store, storage: StorageSettings, on_new: Callable[[RunResult], None] | None = None
) -> Service:
    crawler = CrawlerSettings(delay_seconds=0, allow_private_hosts=newsroom.hosts, workers=1)
    scheduler = SchedulerSettings(tick_seconds=0.1, shortest="1s", jitter=0)
    return Service(store, storage=storage, crawler=crawler, scheduler=scheduler, on_new=on_new)


def serve_while(service: Service, is_going_on: Callable[[], object], *, seconds: float = 20) -> float:
    """Serve until something is no longer so; return how many seconds the stop took."""

    async def main() -> float:
        stop = asyncio.Event()
        running = asyncio.create_task(service.run(stop))
        async with asyncio.timeout(seconds):
            while is_going_on() and not running.done():
                await asyncio.sleep(0.02)
        stop.set()
        begun = time.monotonic()
        await running
        return time.monotonic() - begun

    return asyncio.run(main())


def statuses(store: Store) -> list[str]:
    return [run.status for run in store.runs.list(limit=9)]


def test_what_is_due_is_crawled_planned_and_told(sleepy: Newsroom, store: Store, storage: StorageSettings) -> None:
    watch(store, sleepy, QUICK)
    watch(store, sleepy, "seal-count")
    store.sources.set_paused("seal-count", is_paused=True)
    told: list[RunResult] = []
    service = service_for(sleepy, store, storage, told.append)
    assert not service.is_well
    well: list[bool] = []

    def is_going_on() -> bool:
        well.append(service.is_well)
        return not told

    serve_while(service, is_going_on)
    assert [result.source for result in told] == [QUICK]
    assert well[-1]
    assert not service.is_well
    assert (service.pulse.runs_done, service.pulse.last_trouble, service.running) == (1, "", ())
    state = store.sources.get(QUICK)
    assert state.last_run_at is not None
    assert state.next_run_at == state.last_run_at + timedelta(hours=1)
    assert state.claimed_until is None
    assert store.sources.get("seal-count").last_run_at is None


def test_a_crawler_that_dies_costs_its_runs_and_not_the_service(
    sleepy: Newsroom, store: Store, storage: StorageSettings
) -> None:
    watch(store, sleepy, ENDLESS)
    service = service_for(sleepy, store, storage)
    killed: list[int] = []

    def is_going_on() -> bool:
        if statuses(store) == ["running"] and not killed:
            (crawler,) = [each for each in psutil.Process().children() if "crawler.child" in each.cmdline()]
            crawler.kill()
            killed.append(crawler.pid)
        return statuses(store) != ["running", "interrupted"]

    seconds = serve_while(service, is_going_on)
    assert seconds < 5
    assert statuses(store) == ["interrupted", "interrupted"]
    state = store.sources.get(ENDLESS)
    assert (state.claimed_until, state.failures) == (None, 0)
    # The stop cut it short: the next start takes it up at once.
    assert state.next_run_at is not None
    assert state.next_run_at <= datetime.now(UTC)
