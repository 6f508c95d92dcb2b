"""Whole runs: source documents, articles, accounts, against a real store. The newsroom's are in test_newsroom."""

import asyncio
import re
import time
from collections.abc import Sequence
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawler.books import DryBooks
from crawler.candidate import Candidate
from crawler.listener import Listener
from crawler.order import Order, RunResult
from crawler.plan import Plan
from crawler.run import Runs, Targets
from storage.database.store import Store
from storage.errors import DatabaseUnusable
from storage.outcome import Outcome, Recorded
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import INGEST, opened_runs, opened_scratch, order_for, settings_for, visit
from tests.crawler.raw_server import Answer, RawServer, article, feed, reply

XML = "application/xml"


def pages(server: RawServer, count: int) -> dict[str, Answer]:
    """Return count articles and the feed that lists them, the newest first."""
    found: dict[str, Answer] = {f"/{number}": reply(article(f"Page {number}")) for number in range(count)}
    urls = [server.url(f"/{number}") for number in range(count)]
    return found | {"/feed": reply(feed(*urls), Content_Type="application/rss+xml", ETag='"one"')}


def urlset(*urls: str) -> bytes:
    locs = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return reply(
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</urlset>".encode(), Content_Type=XML
    )


def index(*urls: str, **headers: str) -> bytes:
    locs = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</sitemapindex>"
    return reply(body.encode(), Content_Type=XML, **headers)


def add_up(store: Store, result: RunResult) -> None:
    """The accounts of a whole run: what was offered, what stands in the store, what is told, are one."""
    run = store.runs.get(result.run_id)
    assert run.attempts == len(store.attempts.of_run(result.run_id)) == result.totals.offered
    assert (run.verdicts, run.totals, run.status) == (result.verdicts, result.totals, result.status)


def test_the_newest_are_fetched_first(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = pages(server, 10)
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert server.paths == ["/robots.txt", "/feed", *[f"/{number}" for number in range(10)]]
    assert (result.status, result.found_kind) == ("finished", SourceKind.FEED)
    assert result.verdicts == {Verdict.CAPTURED: 10}
    assert result.totals.requests == len(server.asked)
    add_up(store, result)


def test_one_run_keeps_one_connection_and_pauses_between_the_starts(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 3)
    settings = settings_for(server.host, delay_seconds=0.15)
    in_reactor(visit(settings, store, order_for(server.url("/feed"))))
    times = [asked.at for asked in server.asked]
    assert min(after - before for before, after in pairwise(times)) > 0.1
    assert times[-1] - times[0] > 4 * 0.15 - 0.05
    assert server.connections == 1


def test_two_runs_share_the_pace_of_a_host(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = pages(server, 3)
    settings = settings_for(server.host, delay_seconds=0.1)

    async def main() -> None:
        async with opened_runs(settings, store) as runs:
            urls = [server.url("/feed"), server.url("/feed?other")]
            await asyncio.gather(*(runs.visit_source(order_for(url, name=url)) for url in urls))

    in_reactor(main())
    times = [asked.at for asked in server.asked]
    assert len(times) >= 6
    assert min(after - before for before, after in pairwise(times)) > 0.05
    assert server.paths.count("/robots.txt") == 1


def test_the_second_visit_asks_with_what_the_first_one_learned(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 3)
    order, settings = order_for(server.url("/feed")), settings_for(server.host)
    in_reactor(visit(settings, store, order))
    server.answers = {**server.answers, "/feed": b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"}
    server.asked.clear()
    result = in_reactor(visit(settings, store, order))
    assert (result.status, result.totals.offered, result.totals.not_modified) == ("finished", 0, 1)
    assert server.paths == ["/robots.txt", "/feed"]
    assert server.asked[1].headers["if-none-match"] == '"one"'
    add_up(store, result)


@pytest.mark.parametrize(
    "answer",
    [reply(status="500 Oops"), b"", reply(status="429 Slow", Retry_After="0")],
    ids=["500", "no answer", "429"],
)
def test_a_page_that_could_not_be_had_is_offered_again_though_its_feed_stays(
    answer: bytes, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    order, settings = order_for(server.url("/feed")), settings_for(server.host)
    server.answers = {**pages(server, 3), "/1": answer}
    first = in_reactor(visit(settings, store, order))
    assert first.verdicts[Verdict.CAPTURED] == 2
    server.answers = pages(server, 3)
    second = in_reactor(visit(settings, store, order))
    assert second.verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 2}
    add_up(store, second)


def test_a_page_its_robots_txt_kept_back_for_now_is_offered_again(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    with RawServer() as other:
        settings = settings_for(server.host, other.host, recheck=("1s",))
        order = order_for(server.url("/feed"))
        other.answers = {"/robots.txt": reply(status="503 Busy"), "/page": reply(article("Late"))}
        server.answers = {"/feed": reply(feed(other.url("/page")), Content_Type="application/rss+xml", ETag='"x"')}
        assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.ROBOTS_DENIED: 1}
        in_reactor(visit(settings, store, order))
        assert all("if-none-match" not in asked.headers for asked in server.asked)


def test_the_sitemaps_of_an_index_that_stays_the_same_are_still_looked_at(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    order, settings = order_for(server.url("/index.xml")), settings_for(server.host)
    found = {f"/{number}": reply(article(f"Page {number}")) for number in range(2)}
    server.answers = {
        **found,
        "/index.xml": index(server.url("/map.xml"), ETag='"same"'),
        "/map.xml": urlset(server.url("/0")),
    }
    assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.CAPTURED: 1}
    server.answers = {**server.answers, "/map.xml": urlset(server.url("/0"), server.url("/1"))}
    assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.CAPTURED: 1, Verdict.KNOWN: 1}


def test_an_index_without_an_end_is_left_after_as_many_documents_as_pages(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/index.xml": index(*[server.url(f"/map-{number}.xml") for number in range(500)])}
    result = in_reactor(visit(settings_for(server.host, max_pages=10), store, order_for(server.url("/index.xml"))))
    assert len(server.paths) == 11
    assert "only 9 of 500 sitemaps were read" in result.reason
    assert result.status == "failed"


def test_an_index_that_names_itself_is_read_once(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {
        "/index.xml": index(server.url("/index.xml"), server.url("/deep.xml")),
        "/deep.xml": index(server.url("/deeper.xml")),
        "/deeper.xml": index(server.url("/deepest.xml")),
    }
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/index.xml"))))
    assert server.paths == ["/robots.txt", "/index.xml", "/deep.xml", "/deeper.xml"]
    assert "lie deeper than is followed" in result.reason


def test_an_address_offered_in_many_spellings_is_fetched_once(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    spellings = ["/0?utm_source=a", "/0", "/0?utm_source=b&fbclid=1", "/0#part"]
    server.answers = {**pages(server, 1), "/feed": reply(feed(*map(server.url, spellings)), Content_Type=XML)}
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert len(server.paths) == 3
    assert result.verdicts == {Verdict.CAPTURED: 1}
    add_up(store, result)


def test_rules_and_limits_keep_out_what_they_name(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = pages(server, 6)
    order = order_for(server.url("/feed"), exclude=("*/0",), limit=2)
    result = in_reactor(visit(settings_for(server.host), store, order))
    assert server.paths == ["/robots.txt", "/feed", "/1", "/2"]
    assert result.verdicts == {Verdict.CAPTURED: 2, Verdict.FILTERED: 4}
    add_up(store, result)
    again = in_reactor(visit(settings_for(server.host), store, order))
    assert server.paths[-2:] == ["/3", "/4"]
    assert again.verdicts == {Verdict.CAPTURED: 2, Verdict.KNOWN: 2, Verdict.FILTERED: 2}


def test_a_feed_that_offers_what_may_not_be_fetched_gets_a_verdict_each(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    odd = ["http://10.0.0.1/a", "http://127.0.0.1:22/b", "http://[::1/c", "https://user@example.org/d", "http://a..b/e"]
    server.answers = {**pages(server, 1), "/feed": reply(feed(*odd, server.url("/0")), Content_Type=XML)}
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert result.verdicts[Verdict.CAPTURED] == 1
    assert result.status == "finished"
    add_up(store, result)


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (reply(status="404 Not Found"), "HTTP 404"),
        (reply(status="500 Oops"), "HTTP 500"),
        (b"", "the connection failed"),
        (reply(b"hello", Content_Type="application/rss+xml"), "cannot be read"),
        (reply(b"\x89PNG\r\n", Content_Type="image/png"), "it is image/png"),
        (reply(status="302 Found", Location="http://10.0.0.1/feed"), "not a public address"),
    ],
)
def test_a_source_that_cannot_be_read_fails_and_says_why(
    answer: bytes, words: str, server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/feed": answer}
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"), kind=SourceKind.FEED)))
    assert (result.status, result.totals.offered) == ("failed", 0)
    assert words in result.reason
    add_up(store, result)


def test_a_source_that_is_not_to_be_fetched_fails_without_a_request(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    result = in_reactor(visit(settings_for(), store, order_for(f"http://127.0.0.1:{server.port}/")))
    assert result.status == "failed"
    assert "is not allowed" in result.reason
    assert server.connections == 0


def test_a_source_that_is_a_page_is_captured_and_looked_at_again(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/page": reply(article("Alone"), ETag='"p"')}
    order, settings = order_for(server.url("/page"), kind=SourceKind.PAGE, recheck=True), settings_for(server.host)
    assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.CAPTURED: 1}
    again = in_reactor(visit(settings, store, order))
    assert again.verdicts == {Verdict.UNCHANGED: 1}
    assert server.asked[-1].headers["if-none-match"] == '"p"'
    add_up(store, again)


class Notes(Listener):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Recorded] = []
        self.plans: list[Plan] = []
        self.event = asyncio.Event()

    def recorded(self, recorded: Recorded) -> None:
        self.heard.append(recorded)
        self.event.set()

    def planned(self, plan: Plan) -> None:
        self.plans.append(plan)


def test_a_dry_run_plans_and_keeps_nothing(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = pages(server, 4)
    notes = Notes()
    order = order_for(server.url("/feed"), is_dry=True, exclude=("*/2",))
    result = in_reactor(visit(settings_for(server.host), store, order, books=DryBooks, listener=notes))
    assert server.paths == ["/robots.txt", "/feed"]
    assert [len(plan.fetch) for plan in notes.plans] == [3]
    assert (result.run_id, result.status) == (0, "finished")
    assert store.runs.list(limit=9) == []
    assert store.attempts.counts() == {}
    assert list(store.articles.iterate()) == []
    assert store.validators.for_urls([server.url("/feed"), server.url("/0")]) == {}


def test_a_listener_hears_every_verdict(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {**pages(server, 3), "/1": reply(status="404 Gone")}
    notes = Notes()
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed")), listener=notes))
    assert len(notes.heard) == result.totals.offered == 3
    assert {heard.url: heard.verdict for heard in notes.heard}[server.url("/1")] is Verdict.GONE


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
            while not notes.plans or len(server.asked) < (2 if robots else 3):
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
    """The URLs it could not take have a verdict, and come again though their feed says it has not changed."""
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
    assert first.verdicts.get(Verdict.UNREADABLE, 0) >= 1
    add_up(store, first)
    second = in_reactor(visit(settings, store, order))
    assert first.verdicts.get(Verdict.CAPTURED, 0) + second.verdicts[Verdict.CAPTURED] == 3


def test_an_ingest_takes_urls_once_and_adds_no_tags_of_a_source(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = pages(server, 2)

    async def main() -> tuple[RunResult, list[Outcome]]:
        async with opened_scratch(settings_for(server.host)) as (workshop, books):
            urls = [server.url("/0"), server.url("/1"), server.url("/0?utm_source=x")]
            order = order_for(trigger="ingest", kind=SourceKind.PAGE, tags=("mine",))
            candidates = tuple(Candidate(url=url, origin="ingest") for url in urls)
            return await Runs(workshop).ingest(order, Targets(candidates)), books.outcomes

    result, outcomes = in_reactor(main())
    assert result.verdicts == {Verdict.CAPTURED: 2}
    assert all(outcome.article is not None and "mine" not in outcome.article.tags for outcome in outcomes)


def test_pages_can_be_fetched_unread(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/a": reply(b"<p>raw", ETag='"a"'), "/b": reply(status="404 Gone")}

    async def main() -> list[Outcome]:
        async with opened_scratch(settings_for(server.host)) as (workshop, books):
            candidates = tuple(Candidate(url=server.url(path), origin="ingest") for path in ("/a", "/b"))
            await Runs(workshop).fetch_pages(INGEST, Targets(candidates))
            return books.outcomes

    by_url = {outcome.url: outcome for outcome in in_reactor(main())}
    page = by_url[server.url("/a")].page
    assert page is not None
    assert (page.body, page.headers["etag"]) == (b"<p>raw", '"a"')
    assert by_url[server.url("/b")].verdict is Verdict.GONE


def test_a_source_of_five_thousand_offers_is_accounted_for(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {**pages(server, 2), "/map.xml": urlset(*[server.url(f"/{n}") for n in range(5000)])}
    settings = settings_for(server.host, max_pages=2)
    result = in_reactor(visit(settings, store, order_for(server.url("/map.xml"), kind=SourceKind.SITEMAP)))
    assert result.verdicts == {Verdict.CAPTURED: 2, Verdict.FILTERED: 4998}
    assert re.search(r"5000 offered: 2 captured, 4998 filtered", result.reason)
    add_up(store, result)


def test_the_time_of_a_run_is_kept(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = pages(server, 1)
    before = datetime.now(UTC)
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    run = store.runs.get(result.run_id)
    assert run.finished_at is not None
    assert before <= run.started_at <= run.finished_at <= datetime.now(UTC)
    (attempt,) = store.attempts.of_run(result.run_id)
    assert 0 < attempt.seconds < 10
    assert (attempt.status, attempt.final_url) == (200, server.url("/0"))
