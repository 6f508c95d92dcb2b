"""What the second crawl of a newsroom that stayed the same asks and takes, counted where it is served."""

from collections.abc import Iterator, Sequence

import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from crawler.order import RunResult
from crawler.run import Runs
from crawler.settings import CrawlerSettings
from storage.database.store import Store
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_runs, order_for, settings_for
from tests.crawler.made_up_newsroom import RSS, story
from tests.crawler.raw_server import RawServer, feed, reply
from tests.crawler.site_pages import add_up, urlset

SIZE = 500
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"
FILLER = b"<script>" + b"var filler = 1;" * 700 + b"</script>"
LEAST_SPARED = 0.95
MOST_BYTES = 0.02


def serve(server: RawServer, *, clock: str) -> None:
    """Serve a feed, a sitemap and a section page over pages of 12 KB.

    A fifth of the pages send no validators, nor does the section page, whose bytes change with the clock.
    """
    urls = [server.url(f"/2026/11/the-story-of-day-{number}") for number in range(SIZE)]
    links = "".join(
        f"<article><h2><a href={url}>What came of day number {url[-3:]}</a></h2></article>" for url in urls[:60]
    )
    with_tag = {"ETag": '"1"', "Last_Modified": "Sun, 01 Mar 2020 08:00:00 GMT"}
    for number, url in enumerate(urls):
        path = url.removeprefix(server.url(""))
        server.answers = {**server.answers, path: reply(story(number) + FILLER, **(with_tag if number % 5 else {}))}
    server.answers = {
        **server.answers,
        "/robots.txt": reply(b"User-agent: *\nDisallow: /private/\n"),
        "/feed": reply(feed(*urls[:50]), Content_Type=RSS, **with_tag),
        "/map.xml": urlset(*urls).replace(b"\r\n\r\n", b'\r\nETag: "map"\r\n\r\n', 1),
        "/town": reply(f"<html><body><main>{links}</main><p>It is {clock}</p></body></html>".encode()),
    }
    has_tag = [path for path, answer in server.answers.items() if isinstance(answer, bytes) and b"\r\nETag: " in answer]
    server.conditional = dict.fromkeys(has_tag, NOT_MODIFIED)


async def visit_all(runs: Runs, server: RawServer, *, recheck: bool = False) -> list[RunResult]:
    """Visit the three sources one after the other."""
    kinds = {"/feed": SourceKind.FEED, "/map.xml": SourceKind.SITEMAP, "/town": SourceKind.SECTION}
    orders = [order_for(server.url(path), name=path, kind=kind, recheck=recheck) for path, kind in kinds.items()]
    return [await runs.visit_source(order) for order in orders]


def test_a_newsroom_that_stayed_the_same_is_hardly_asked_and_sends_next_to_nothing(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    counted: list[tuple[int, int]] = []
    results: list[RunResult] = []

    async def main() -> None:
        async with opened_runs(settings_for(server.host), store) as runs:
            for clock in ("noon", "one"):
                serve(server, clock=clock)
                server.asked.clear()
                server.wire_bytes = 0
                results.extend(await visit_all(runs, server))
                counted.append((sum(result.totals.requests - result.totals.not_modified for result in results[-3:]),
                                server.wire_bytes))  # fmt: skip
                assert sum(result.totals.requests for result in results[-3:]) == len(server.asked)

    in_reactor(main())
    (first_in_full, first_bytes), (second_in_full, second_bytes) = counted
    assert results[1].verdicts[Verdict.CAPTURED] + results[0].verdicts[Verdict.CAPTURED] == SIZE
    assert second_in_full <= (1 - LEAST_SPARED) * first_in_full
    assert second_bytes < MOST_BYTES * first_bytes
    assert [result.totals.offered for result in results[3:]] == [0, 0, 0]
    assert {result.status for result in results} == {"finished"}
    for result in results:
        add_up(store, result)


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with running_newsroom(slow_seconds=0.2) as running:
        yield running


async def visit_newsroom_twice(newsroom: Newsroom, store: Store, settings: CrawlerSettings) -> Sequence[RunResult]:
    async with opened_runs(settings, store) as runs:
        orders = [order_for(each.url, name=each.name, kind=SourceKind(each.kind)) for each in newsroom.sources]
        return [await runs.visit_source(order) for order in (*orders, *orders)]


def test_the_bundled_newsroom_is_asked_nothing_in_full_at_the_second_crawl(
    newsroom: Newsroom, store: Store, in_reactor: InReactor
) -> None:
    results = in_reactor(visit_newsroom_twice(newsroom, store, settings_for(*newsroom.hosts)))
    half = len(results) // 2
    first, second = results[:half], results[half:]
    assert sum(result.totals.requests - result.totals.not_modified for result in second) == 0
    assert sum(result.totals.bytes for result in second) < MOST_BYTES * sum(result.totals.bytes for result in first)
    visits = newsroom.requests[-sum(result.totals.requests for result in second) :]
    assert {visit.status for visit in visits} == {304}
