"""Whole runs of sources that never end."""

from storage.database.store import Store
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply
from tests.crawler.site_pages import XML, add_up, urlset


def test_a_calendar_in_a_feed_costs_no_request_and_each_of_its_pages_says_why(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    future = [server.url(f"/calendar/{year}/{month:02}/") for year in (2131, 2132) for month in range(1, 13)]
    server.answers = {
        "/2026/11/26/story": reply(article("Honest")),
        "/feed": reply(feed(*future, server.url("/2026/11/26/story")), Content_Type=XML, ETag='"1"'),
    }
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/feed"))))
    assert result.verdicts == {Verdict.CAPTURED: 1, Verdict.FILTERED: 24}
    assert server.paths == ["/robots.txt", "/feed", "/2026/11/26/story"]
    reasons = {attempt.reason for attempt in store.attempts.of_run(result.run_id) if attempt.reason}
    assert sum(reason.startswith("crawl trap: a calendar's page for 213") for reason in reasons) == 24
    assert store.validators.for_urls([server.url("/feed")])
    add_up(store, result)


def test_a_session_in_the_address_makes_no_second_page(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    spellings = [f"/a.jsp;jsessionid={number:032X}?PHPSESSID={number}" for number in range(30)]
    server.answers = {
        **{spelling.partition("?")[0]: reply(article("One")) for spelling in spellings},
        "/feed": reply(feed(*map(server.url, spellings)), Content_Type=XML),
    }
    order, settings = order_for(server.url("/feed")), settings_for(server.host)
    assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.CAPTURED: 1}
    server.answers = {**server.answers, "/feed": reply(feed(server.url("/a.jsp;jsessionid=F0")), Content_Type=XML)}
    assert in_reactor(visit(settings, store, order)).verdicts == {Verdict.KNOWN: 1}


def test_a_sitemap_that_grows_by_itself_is_taken_in_parts_and_an_honest_one_in_time(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    """All its pages are gone: what counts here is how many are asked for."""
    order = order_for(server.url("/map.xml"), kind=SourceKind.SITEMAP)
    settings = settings_for(server.host)

    def offer(first: int, count: int) -> list[int]:
        urls = [server.url(f"/x/{number}") for number in range(first, first + count)]
        server.answers = {"/map.xml": urlset(*urls)}
        result = in_reactor(visit(settings, store, order))
        add_up(store, result)
        return [result.verdicts.get(verdict, 0) for verdict in (Verdict.GONE, Verdict.KNOWN, Verdict.FILTERED)]

    assert offer(0, 250) == [250, 0, 0]
    assert offer(1000, 300) == [200, 0, 100]
    assert offer(1000, 300) == [100, 200, 0]
    assert offer(2000, 300) == [200, 0, 100]
