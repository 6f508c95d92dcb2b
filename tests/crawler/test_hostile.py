"""A server that means harm: each of its answers ends in one verdict, soon, and in bounded memory."""

import time

import psutil
import pytest

from storage.database.store import Store
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, outcomes_of, settings_for, visit
from tests.crawler.hostile.answers import ANSWERS, redirect
from tests.crawler.hostile.sites import SITES
from tests.crawler.raw_server import RawServer, article, reply

MIB = 1024 * 1024
ENOUGH_SECONDS = 4.0  # two tries of request_seconds, and a slow machine


def test_there_are_60_behaviours_and_more() -> None:
    assert len(ANSWERS) + len(SITES) >= 60
    assert all(answer.limit for answer in ANSWERS.values())
    assert all(site.limit for site in SITES.values())


@pytest.mark.parametrize("name", ANSWERS)
def test_a_hostile_answer_ends_in_one_verdict_soon(name: str, server: RawServer, in_reactor: InReactor) -> None:
    behaviour = ANSWERS[name]
    server.answers = {"/page": behaviour.answer}
    settings = settings_for(server.host, request_seconds=0.5, max_page_bytes=MIB * 4)
    began, before = time.monotonic(), psutil.Process().memory_info().rss
    (outcome,) = in_reactor(outcomes_of(settings, [server.url("/page")]))
    assert outcome.verdict in behaviour.verdicts, outcome.reason
    assert outcome.reason
    assert time.monotonic() - began < ENOUGH_SECONDS
    assert psutil.Process().memory_info().rss - before < 48 * MIB


@pytest.mark.parametrize("name", SITES)
def test_a_hostile_site_ends_in_a_run_that_says_why(
    name: str, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    site = SITES[name]
    server.answers = site.answers(server.url(""))
    settings = settings_for(server.host, request_seconds=0.5, max_pages=50, max_sitemap_urls=500)
    result = in_reactor(visit(settings, store, order_for(server.url("/source"), kind=site.kind)))
    assert result.status == site.status, result.reason
    assert site.words in result.reason
    assert result.reason
    assert 1 <= len(server.paths) <= site.most
    assert sum(result.verdicts.values()) == result.totals.offered


def test_a_circle_of_redirects_is_left_after_five(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": redirect("/b"), "/b": redirect("/a")}
    (outcome,) = in_reactor(outcomes_of(settings_for(server.host), [server.url("/a")]))
    assert (outcome.verdict, outcome.reason) == (Verdict.HTTP_ERROR, "it redirects more than 5 times")
    assert server.paths == ["/robots.txt"] + ["/a", "/b"] * 3


def test_one_hanging_page_leaves_the_others_their_verdicts(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}": reply(article(f"Page {number}")) for number in range(8)} | {"/3": server.hold}
    urls = [server.url(f"/{number}") for number in range(8)]
    outcomes = in_reactor(outcomes_of(settings_for(server.host, request_seconds=0.4), urls))
    verdicts = {outcome.url: outcome.verdict for outcome in outcomes}
    assert verdicts == dict.fromkeys(urls, Verdict.CAPTURED) | {urls[3]: Verdict.TIMEOUT}


def test_a_run_takes_no_more_bytes_than_it_may(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}": reply(article("Page") + bytes(400_000)) for number in range(8)}
    settings = settings_for(server.host, max_run_bytes=MIB)
    outcomes = in_reactor(outcomes_of(settings, [server.url(f"/{number}") for number in range(8)]))
    spent = [outcome for outcome in outcomes if outcome.verdict is Verdict.FILTERED]
    assert {outcome.reason for outcome in spent} == {
        "the run takes 1 MiB at most (crawler.max_run_bytes); it waits for the next"
    }
    assert len(server.paths) - 1 + len(spent) == 8
    assert 3 <= len(server.paths) - 1 <= 4


def test_our_requests_say_who_asks_and_carry_nothing_else(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/a": reply(status="302 Found", Location="/b", Set_Cookie="track=1; Path=/"),
        "/b": reply(article("Page")),
    }
    settings = settings_for(server.host, contact="desk@example.org")
    in_reactor(outcomes_of(settings, [server.url("/a?q=1#part")]))
    assert server.paths == ["/robots.txt", "/a?q=1", "/b"]
    for asked in server.asked:
        assert asked.headers["user-agent"] == "Bowerbird/0.1 (+desk@example.org)"
        assert set(asked.headers) <= {"host", "user-agent", "accept", "accept-encoding", "connection"}
