"""A visit with all that follows from it in the store: moves to fallbacks and back. The runs are made up."""

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from crawler.order import Order, RunResult
from scheduler.settings import SchedulerSettings
from scheduler.visiting import Visiting
from storage.database.store import Store, open_store
from storage.outcome import Totals, Validator
from storage.settings import StorageSettings
from storage.source import Source, SourceKind, SourceState
from storage.verdict import Verdict

OWN, SPARE = "https://example.org/own", "https://example.org/spare"
SOURCE = Source(name="blog", url=OWN, kind=SourceKind.FEED, fallbacks=(SPARE,))
SETTINGS = SchedulerSettings(fallback_runs=2, jitter=0)


class FakeSite:
    """Offers one article at each address that works."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.works: set[str] = set()
        self.orders: list[Order] = []

    async def carry_out(self, order: Order) -> RunResult:
        self.orders.append(order)
        now = datetime.now(UTC)
        number = self.store.runs.start(order.source.name, trigger=order.trigger, now=now)
        works = order.source.url in self.works
        status, reason = ("finished", "1 offered") if works else ("failed", "HTTP 500")
        self.store.runs.finish(number, status=status, reason=reason, totals=Totals(offered=int(works)), now=now)  # type: ignore[arg-type]
        return RunResult(
            run_id=number,
            source=order.source.name,
            status=status,  # type: ignore[arg-type]
            reason=reason,
            totals=Totals(offered=int(works)),
            documents=() if works else (Verdict.HTTP_ERROR,),
            found_kind=SourceKind.FEED if order.source.url == OWN else SourceKind.SECTION,
        )


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(StorageSettings(database=f"sqlite:///{tmp_path}/bowerbird.db")) as opened:
        opened.sources.add(SOURCE)
        yield opened


@pytest.fixture
def site(store: Store) -> FakeSite:
    return FakeSite(store)


def visit(store: Store, site: FakeSite) -> tuple[RunResult, SourceState]:
    """Claim and visit the source once; return the result and how it stands then."""
    state = store.sources.claim("blog", datetime.now(UTC), lease=timedelta(minutes=5))
    assert state is not None
    visiting = Visiting(store, SETTINGS, site.carry_out, lambda: False)
    order = Order(source=state.target, kind=state.kind, trigger="crawl")
    visited = asyncio.run(visiting.visit(state, order))
    return visited.result, store.sources.get("blog")


def age(store: Store, hours: float) -> None:
    """Let the time since the own URL was tried be so long."""
    store.sources.change("blog", own_tried_at=datetime.now(UTC) - timedelta(hours=hours))


def test_a_source_that_fails_is_looked_for_elsewhere_at_once_and_says_so(store: Store, site: FakeSite) -> None:
    site.works = {SPARE}
    store.validators.save([Validator(url=OWN, etag='"1"'), Validator(url=SPARE, etag='"1"')])
    _, state = visit(store, site)
    assert (state.place, state.empty_runs, state.failures) == (0, 1, 1)
    result, state = visit(store, site)
    assert f"from now on it is looked for at {SPARE}" in result.reason
    assert store.runs.get(result.run_id).reason == result.reason
    assert (state.url, state.empty_runs, state.failures, state.found_kind) == (SPARE, 0, 0, None)
    assert (state.next_run_at, state.kind) == (state.last_run_at, SourceKind.AUTO)
    assert state.place_since == state.last_run_at
    assert state.place_because == f"{OWN} brought nothing in 2 runs in a row (HTTP 500)"
    assert store.validators.for_urls([OWN, SPARE]) == {}
    result, state = visit(store, site)
    assert [order.source.url for order in site.orders] == [OWN, OWN, SPARE]
    assert (result.status, state.kind, state.place) == ("finished", SourceKind.SECTION, 1)


def moved(store: Store, site: FakeSite) -> None:
    """Bring the source to its fallback, where it is well."""
    site.works = {SPARE}
    for _ in range(3):
        visit(store, site)
    site.orders.clear()


def test_the_own_url_is_tried_now_and_then_and_the_fallback_visited_in_the_same_visit(
    store: Store, site: FakeSite
) -> None:
    moved(store, site)
    visit(store, site)
    age(store, 25)
    result, state = visit(store, site)
    assert [(order.source.url, order.kind) for order in site.orders] == [
        (SPARE, SourceKind.SECTION),
        (OWN, SourceKind.FEED),
        (SPARE, SourceKind.SECTION),
    ]
    assert (result.status, state.url, state.failures, state.found_kind) == ("finished", SPARE, 0, SourceKind.SECTION)
    tried = store.runs.get(result.run_id - 1)
    assert tried.reason == f"HTTP 500; {OWN} was tried again and still brings nothing; it is looked for at {SPARE}"
    site.orders.clear()
    visit(store, site)
    assert [order.source.url for order in site.orders] == [SPARE]


def test_an_own_url_that_works_again_is_taken_back(store: Store, site: FakeSite) -> None:
    moved(store, site)
    site.works = {OWN, SPARE}
    age(store, 25)
    result, state = visit(store, site)
    assert result.reason == f"1 offered; {OWN} works again and is watched instead of {SPARE}"
    assert (state.url, state.kind, state.place_since, state.place_because) == (OWN, SourceKind.FEED, None, "")
    assert state.own_tried_at is None
    assert [order.source.url for order in site.orders] == [OWN]


def test_a_source_all_places_of_which_fail_goes_round_without_haste(store: Store, site: FakeSite) -> None:
    states = [visit(store, site)[1] for _ in range(6)]
    assert [state.place for state in states] == [0, 1, 1, 0, 0, 1]
    assert [state.next_run_at == state.last_run_at for state in states] == [False, True, False, False, False, True]
    assert len(site.orders) == 6


def test_what_is_known_of_a_fallback_survives_a_sync_that_changes_nothing_of_it(store: Store, site: FakeSite) -> None:
    moved(store, site)
    before = store.sources.get("blog")
    store.sources.sync([replace(SOURCE, tags=("a",))])
    after = store.sources.get("blog")
    assert (after.url, after.place_since, after.place_because) == (SPARE, before.place_since, before.place_because)
    store.sources.sync([replace(SOURCE, url="https://example.org/other")])
    after = store.sources.get("blog")
    assert (after.place, after.place_since, after.place_because, after.own_tried_at) == (0, None, "", None)
