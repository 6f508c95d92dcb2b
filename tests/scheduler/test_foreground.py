"""Visits in this process: each source claimed first, its next visit planned after. The runs are made up."""

import asyncio
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, cast

import pytest

from crawler.order import Order, RunResult, Status
from scheduler.foreground import Desk, Visits
from scheduler.settings import SchedulerSettings
from storage.database.store import Store, open_store
from storage.settings import StorageSettings
from storage.source import Source, SourceKind

if TYPE_CHECKING:
    from crawler.run import Runs

NAMES = ["a", "b", "c"]
HOUR = timedelta(hours=1)


class FakeRuns:
    """Ends each run as it was told to, and remembers the orders. wait_for: no run ends before so many are under way."""

    longest_seconds = 60.0

    def __init__(
        self, status: Status = "finished", meanwhile: Callable[[], None] = lambda: None, wait_for: int = 1
    ) -> None:
        self.status = status
        self.wait_for = wait_for
        self.meanwhile = meanwhile
        self.orders: list[Order] = []
        self.under_way = self.most_under_way = 0

    async def visit_source(self, order: Order) -> RunResult:
        self.orders.append(order)
        self.under_way += 1
        self.most_under_way = max(self.under_way, self.most_under_way)
        self.meanwhile()
        async with asyncio.timeout(30):
            while self.most_under_way < self.wait_for:
                await asyncio.sleep(0.01)
        await asyncio.sleep(0.01)
        self.under_way -= 1
        found = SourceKind.FEED
        return RunResult(run_id=7, source=order.source.name, status=self.status, reason="", found_kind=found)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(StorageSettings(database=f"sqlite:///{tmp_path}/bowerbird.db")) as opened:
        opened.sources.sync([Source(name=name, url=f"https://example.org/{name}") for name in NAMES])
        yield opened


def desk_with(runs: FakeRuns, store: Store, **settings: int) -> Desk:
    return Desk(cast("Runs", runs), store, SchedulerSettings.model_validate({"jitter": 0, **settings}))


def visit_all(desk: Desk, visits: Visits) -> list[RunResult]:
    return asyncio.run(desk.visit_all(visits))


def test_each_source_is_visited_and_planned(store: Store) -> None:
    runs = FakeRuns()
    results = visit_all(desk_with(runs, store), Visits(names=NAMES, recheck=True, limit=5))
    assert [result.source for result in results] == NAMES
    assert {(order.trigger, order.recheck, order.limit, order.is_dry) for order in runs.orders} == {
        ("crawl", True, 5, False)
    }
    for state in store.sources.list():
        assert state.next_run_at is not None
        assert state.last_run_at is not None
        assert state.next_run_at - state.last_run_at == HOUR
        assert (state.claimed_until, state.failures, state.kind) == (None, 0, SourceKind.FEED)


def test_failures_are_counted_and_put_the_next_visit_off(store: Store) -> None:
    for _ in range(2):
        visit_all(desk_with(FakeRuns("failed"), store), Visits(names=["a"]))
    state = store.sources.get("a")
    assert state.failures == 2
    assert state.next_run_at is not None
    assert state.last_run_at is not None
    assert state.next_run_at - state.last_run_at == 4 * HOUR


def test_a_source_is_claimed_while_it_is_visited(store: Store) -> None:
    claims: list[datetime | None] = []
    runs = FakeRuns(meanwhile=lambda: claims.append(store.sources.get("a").claimed_until))
    visit_all(desk_with(runs, store), Visits(names=["a"]))
    (until,) = claims
    assert until is not None
    assert until > datetime.now(UTC) + timedelta(seconds=runs.longest_seconds)


def test_a_source_that_another_process_visits_is_left_to_it(store: Store) -> None:
    now = datetime.now(UTC)
    store.sources.claim("b", now, lease=HOUR)
    runs = FakeRuns()
    results = visit_all(desk_with(runs, store), Visits(names=NAMES))
    assert sorted(order.source.name for order in runs.orders) == ["a", "c"]
    assert (results[1].run_id, results[1].reason) == (0, "another process is visiting it now")
    assert store.sources.get("b").claimed_until == now + HOUR


def test_a_dry_visit_claims_and_plans_nothing(store: Store) -> None:
    before = store.sources.list()
    claims: list[datetime | None] = []
    runs = FakeRuns(meanwhile=lambda: claims.append(store.sources.get("a").claimed_until))
    visit_all(desk_with(runs, store), Visits(names=["a"], is_dry=True))
    assert (claims, runs.orders[0].is_dry) == ([None], True)
    assert store.sources.list() == before


def test_no_more_runs_are_under_way_than_the_settings_allow(store: Store) -> None:
    runs = FakeRuns(wait_for=2)
    visit_all(desk_with(runs, store, concurrent_runs=2), Visits(names=NAMES))
    assert runs.most_under_way == 2


def test_a_stop_begins_no_further_visit_and_the_cut_one_is_due_at_once(store: Store) -> None:
    runs = FakeRuns("interrupted")
    desk = desk_with(runs, store, concurrent_runs=1)

    def stop() -> None:
        desk.is_stopping = True

    runs.meanwhile = stop
    results = visit_all(desk, Visits(names=NAMES))
    assert [result.source for result in results] == ["a"]
    state = store.sources.get("a")
    assert state.next_run_at == state.last_run_at
    assert store.sources.get("b").last_run_at is None
