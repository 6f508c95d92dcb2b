"""Whole runs: source documents, articles, accounts, against a real store. The newsroom's are in test_newsroom."""

import asyncio
import re
from datetime import UTC, datetime
from itertools import pairwise

import pytest

from crawler.books import DryBooks
from crawler.candidate import Candidate
from crawler.order import RunResult
from crawler.run import Runs, Targets
from storage.database.store import Store
from storage.outcome import Outcome
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import INGEST, opened_runs, opened_scratch, order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply
from tests.crawler.site_pages import XML, Notes, add_up, index, pages, urlset


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
    assert "127.0.0.1 is not a public address" in result.reason
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
