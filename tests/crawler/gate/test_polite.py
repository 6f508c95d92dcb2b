"""What a server's log says of us: the pace, Retry-After and Crawl-delay, as seen from the other side."""

import asyncio
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from crawler.candidate import Candidate
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from storage.outcome import Outcome
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import INGEST, opened_scratch, outcomes_of, settings_for
from tests.crawler.raw_server import RawServer, article, reply

HOSTS = 8
PAGES_A_HOST = 50
DELAY_SECONDS = 0.05


@pytest.fixture
def hosts() -> Iterator[list[RawServer]]:
    """Eight hosts, each at a loopback address of its own."""
    with ExitStack() as stack:
        yield [stack.enter_context(RawServer(address=f"127.0.0.{number}")) for number in range(1, HOSTS + 1)]


def gaps_of(server: RawServer) -> list[float]:
    """Return the seconds between the requests that came, all of them."""
    return [after.at - before.at for before, after in pairwise(server.asked)]


@pytest.mark.slow
def test_no_two_requests_to_a_host_are_closer_than_its_delay(hosts: list[RawServer], in_reactor: InReactor) -> None:
    hosts[0].answers = {"/robots.txt": reply(b"User-agent: *\nCrawl-delay: 0.1")}
    urls = [server.url(f"/{number}") for number in range(PAGES_A_HOST) for server in hosts]
    settings = settings_for(*(server.host for server in hosts), delay_seconds=DELAY_SECONDS)
    outcomes = in_reactor(outcomes_of(settings, urls))
    assert len(outcomes) == HOSTS * PAGES_A_HOST
    assert [len(server.asked) for server in hosts] == [PAGES_A_HOST + 1] * HOSTS
    closest = [min(gaps_of(server)[1:]) for server in hosts]
    assert all(gap >= delay for gap, delay in zip(closest, [0.1] + [DELAY_SECONDS] * 7, strict=True)), closest
    assert [server.connections for server in hosts] == [1] * HOSTS


def in_seconds(seconds: int) -> str:
    return format_datetime(datetime.now(UTC) + timedelta(seconds=seconds), usegmt=True)


@pytest.mark.parametrize("status", ["429 Slow", "503 Busy"])
@pytest.mark.parametrize("is_date", [False, True])
def test_a_retry_after_is_kept_to_the_second(
    status: str, is_date: bool, server: RawServer, in_reactor: InReactor
) -> None:
    now = datetime.now(UTC).replace(microsecond=0)
    dates = {
        "Date": format_datetime(now, usegmt=True),
        "Retry_After": format_datetime(now + timedelta(seconds=1), usegmt=True),
    }
    headers = dates if is_date else {"Retry_After": "1"}
    server.answers = {"/busy": reply(b"", status=status, **headers), "/page": reply(article("Page"))}
    outcomes = in_reactor(outcomes_of(settings_for(server.host), [server.url("/busy"), server.url("/page")]))
    assert [outcome.verdict for outcome in outcomes][1] is Verdict.CAPTURED
    assert server.paths == ["/robots.txt", "/busy", "/page"]
    assert 1 <= gaps_of(server)[1] < 2


def test_two_runs_at_one_host_share_its_connection_and_its_pace(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}": reply(article(f"Page {number}")) for number in range(20)}
    settings = settings_for(server.host, delay_seconds=DELAY_SECONDS)

    async def both() -> None:
        async with opened_scratch(settings) as (workshop, _):
            runs = Runs(workshop)
            halves = ([server.url(f"/{number}") for number in some] for some in (range(10), range(10, 20)))
            targets = [Targets(tuple(Candidate(url=url, origin="ingest") for url in half)) for half in halves]
            await asyncio.gather(*(runs.ingest(INGEST, each) for each in targets))

    in_reactor(both())
    assert sorted(server.paths) == sorted(["/robots.txt", *(f"/{number}" for number in range(20))])
    assert min(gaps_of(server)) >= DELAY_SECONDS
    assert server.connections == 1


async def two_runs(settings: CrawlerSettings, first: list[str], second: list[str]) -> list[list[Outcome]]:
    """Fetch two lists one after the other in one process."""
    told = []
    async with opened_scratch(settings) as (workshop, books):
        for urls in (first, second):
            await Runs(workshop).ingest(INGEST, Targets(tuple(Candidate(url=url, origin="ingest") for url in urls)))
            told.append(books.outcomes[:])
            books.outcomes.clear()
    return told


@pytest.mark.parametrize("retry_after", ["3600", "99999999999999", pytest.param(in_seconds(7200), id="a date")])
def test_a_longer_hold_ends_the_hosts_rest_at_once_and_later_runs_keep_it(
    retry_after: str, server: RawServer, in_reactor: InReactor
) -> None:
    with RawServer(address="127.0.0.2") as other:
        server.answers = {"/0": reply(status="429 Slow", Retry_After=retry_after)}
        other.answers = {"/page": reply(article("Page"))}
        urls = [server.url(f"/{number}") for number in range(5)]
        settings = settings_for(server.host, other.host)
        first, second = in_reactor(two_runs(settings, [*urls, other.url("/page")], [server.url("/9")]))
    assert {outcome.url: outcome.verdict for outcome in first} == dict.fromkeys(urls, Verdict.BLOCKED) | {
        other.url("/page"): Verdict.CAPTURED
    }
    assert "127.0.0.1 asked us to wait" in first[-1].reason or "127.0.0.1 asked us to wait" in first[-2].reason
    assert [(outcome.verdict, "a later run tries again" in outcome.reason) for outcome in second] == [
        (Verdict.BLOCKED, True)
    ]
    assert server.paths == ["/robots.txt", "/0"]


def test_a_host_that_keeps_asking_to_slow_down_ends_its_own_rest(server: RawServer, in_reactor: InReactor) -> None:
    """Without a Retry-After the first wait is 5 s; here six answers in a row have had enough of us."""
    server.answers = {"/robots.txt": reply(status="404 No")}
    settings = settings_for(server.host)

    async def tired() -> list[Outcome]:
        async with opened_scratch(settings) as (workshop, books):
            for _ in range(6):
                workshop.gate.pace.back_off("127.0.0.1")
            await Runs(workshop).ingest(INGEST, Targets((Candidate(url=server.url("/page"), origin="ingest"),)))
            return books.outcomes

    (outcome,) = in_reactor(tired())
    assert (outcome.verdict, server.paths) == (Verdict.BLOCKED, [])
    assert "3 min from now" in outcome.reason
