"""Runs that are stopped, run out of time, or meet a fault."""

import asyncio
import socket
import time
from collections.abc import Sequence

import pytest

from crawler.order import Order, RunResult
from storage.database.store import Store
from storage.errors import DatabaseUnusable
from storage.outcome import Outcome, Recorded
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_runs, order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, reply
from tests.crawler.site_pages import Notes, add_up, pages


async def stopped_in_the_middle(
    settings_of: RawServer, store: Store, order: Order, *, after: int, **values: object
) -> RunResult:
    """Stop the runs once so many pages have their verdict."""
    notes = Notes()
    async with opened_runs(settings_for(settings_of.host, **values), store, listener=notes) as runs:
        visiting = asyncio.create_task(runs.visit_source(order))
        while len(notes.heard) < after:
            notes.event.clear()
            await notes.event.wait()
        await runs.stop()
        return await visiting


def test_a_stop_in_the_middle_keeps_what_is_done_and_leaves_the_rest(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 30)
    order = order_for(server.url("/feed"))
    began = time.monotonic()
    result = in_reactor(stopped_in_the_middle(server, store, order, after=3, delay_seconds=0.05))
    assert time.monotonic() - began < 5
    assert (result.status, result.totals.offered) == ("interrupted", 30)
    run = store.runs.get(result.run_id)
    assert (run.status, run.verdicts) == ("interrupted", result.verdicts)
    kept = list(store.articles.iterate())
    assert 3 <= len(kept) == run.attempts < 30
    assert all(each.text and store.pages.get(each.url) for each in kept)
    rest = in_reactor(visit(settings_for(server.host), store, order))
    assert rest.verdicts == {Verdict.KNOWN: len(kept), Verdict.CAPTURED: 30 - len(kept)}


@pytest.mark.parametrize("robots", [b"User-agent: *\nCrawl-delay: 100", b""])
def test_a_stop_does_not_wait_for_turns_that_are_far_off(
    robots: bytes, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    busy = reply(status="503 Busy", Retry_After="100")
    server.answers = {**pages(server, 30), "/0": busy, "/robots.txt": reply(robots)}

    async def main() -> tuple[RunResult, float]:
        notes = Notes()
        async with opened_runs(settings_for(server.host), store, listener=notes) as runs:
            visiting = asyncio.create_task(runs.visit_source(order_for(server.url("/feed"))))
            while len(server.asked) < 1 if robots else not notes.plans or len(server.asked) < 3:
                await asyncio.sleep(0.01)
            await asyncio.sleep(0.1)
            began = time.monotonic()
            await runs.stop()
            return await visiting, time.monotonic() - began

    result, seconds = in_reactor(main())
    assert result.status == "interrupted"
    assert seconds < 2


def test_a_run_that_was_not_begun_when_the_stop_came_begins_nothing(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 3)

    async def main() -> Sequence[RunResult]:
        async with opened_runs(settings_for(server.host), store) as runs:
            early = asyncio.create_task(runs.visit_source(order_for(server.url("/feed"))))
            await asyncio.sleep(0)
            await runs.stop()
            return await early, await runs.visit_source(order_for(server.url("/feed")))

    for result in in_reactor(main()):
        assert result.status == "interrupted"
        add_up(store, result)
    assert server.connections == 0


def test_a_run_past_its_time_is_ended_and_its_rest_left_to_the_next(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {**pages(server, 5), "/robots.txt": reply(b"User-agent: *\nCrawl-delay: 60")}
    result = in_reactor(visit(settings_for(server.host, max_run_seconds=0.5), store, order_for(server.url("/feed"))))
    assert result.status == "interrupted"
    assert "max_run_seconds (0.5)" in result.reason
    assert store.runs.get(result.run_id).status == "interrupted"


def test_a_fault_in_one_crawl_ends_in_a_failed_run_and_leaves_the_others_alone(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 3)
    broken = order_for(server.url("/feed"), name="broken", since="no span of time")

    async def main() -> Sequence[RunResult]:
        async with opened_runs(settings_for(server.host), store) as runs:
            return await asyncio.gather(runs.visit_source(broken), runs.visit_source(order_for(server.url("/feed"))))

    faulty, healthy = in_reactor(main())
    assert healthy.verdicts == {Verdict.CAPTURED: 3}
    assert faulty.status in ("failed", "finished")
    assert faulty.verdicts.get(Verdict.CAPTURED, 0) == 0
    add_up(store, faulty)


def test_a_store_that_fails_for_a_moment_costs_no_article(
    server: RawServer, store: Store, in_reactor: InReactor, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The URLs it could not take are left to the next run, though their feed says it has not changed."""
    server.answers = pages(server, 3)
    failures = [DatabaseUnusable("sqlite", "database is locked")]
    record = type(store).record

    def failing(self: Store, run_id: int, outcomes: Sequence[Outcome]) -> list[Recorded]:
        if failures and any(outcome.article for outcome in outcomes):
            raise failures.pop()
        return record(self, run_id, outcomes)

    monkeypatch.setattr(type(store), "record", failing)
    order, settings = order_for(server.url("/feed")), settings_for(server.host)
    first = in_reactor(visit(settings, store, order))
    assert (first.status, first.verdicts.get(Verdict.UNREADABLE)) == ("failed", None)
    assert "database is locked" in first.reason
    second = in_reactor(visit(settings, store, order))
    assert first.verdicts.get(Verdict.CAPTURED, 0) + second.verdicts[Verdict.CAPTURED] == 3


def test_a_stop_gives_an_answer_that_does_not_come_a_little_time_and_no_more(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    def silence(_: socket.socket) -> None:
        server.released.wait(20)

    server.answers = {**pages(server, 3), "/feed": silence}

    async def main() -> tuple[RunResult, float]:
        async with opened_runs(settings_for(server.host), store) as runs:
            visiting = asyncio.create_task(runs.visit_source(order_for(server.url("/feed"))))
            while not any(asked.path == "/feed" for asked in server.asked):
                await asyncio.sleep(0.01)
            began = time.monotonic()
            await runs.stop()
            return await visiting, time.monotonic() - began

    result, seconds = in_reactor(main())
    assert result.status == "interrupted"
    assert seconds < 5
