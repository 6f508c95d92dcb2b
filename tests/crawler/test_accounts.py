"""A newsroom of two thousand URLs, a tenth of them faulty: nothing is missed, doubled or left without its verdict."""

import subprocess
import sys
import time
from collections import Counter
from datetime import UTC, datetime

import pytest

from crawler.order import RunResult
from storage.database.store import Store
from storage.identity.url import url_key
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_runs, order_for, settings_for
from tests.crawler.made_up_newsroom import MadeUpNewsroom, fill
from tests.crawler.raw_server import RawServer
from tests.crawler.site_pages import add_up

SIZE = 2000
KILLED_SIZE = 600
IN_FEED = 100
CRAWL = """
import asyncio, sys
from datetime import UTC, datetime
from crawler.child import quiet_libraries
from crawler.order import Order
from crawler.reactor import run_in_reactor
from crawler.run import Runs
from crawler.settings import CrawlerSettings
from crawler.workshop import open_workshop
from storage.database.store import open_store
from storage.settings import StorageSettings
from storage.source import Source, SourceKind

async def main(_):
    host, database = sys.argv[1:]
    settings = CrawlerSettings(allow_private_hosts=(host,), delay_seconds=0, max_pages=5000, request_seconds=3)
    source = Source(name="map", url=f"http://{host}/map.xml", kind=SourceKind.SITEMAP)
    with open_store(StorageSettings(database=database)) as store:
        store.recover(now=datetime.now(UTC))
        async with open_workshop(settings, store) as workshop:
            order = Order(source=source, kind=SourceKind.SITEMAP, trigger="crawl")
            print((await Runs(workshop).visit_source(order)).run_id)

quiet_libraries()
run_in_reactor(main)
"""


def newsroom(server: RawServer, size: int) -> MadeUpNewsroom:
    room = MadeUpNewsroom(server)
    fill(room, size)
    room.open(in_feed=IN_FEED)
    return room


async def visit_both(room: MadeUpNewsroom, store: Store) -> list[RunResult]:
    """Visit the feed, then the sitemap that offers the same and more."""
    settings = settings_for(room.server.host, max_pages=5000, request_seconds=3)
    async with opened_runs(settings, store) as runs:
        feed = order_for(room.server.url("/feed"), name="feed", kind=SourceKind.FEED)
        sitemap = order_for(room.server.url("/map.xml"), name="map", kind=SourceKind.SITEMAP)
        return [await runs.visit_source(feed), await runs.visit_source(sitemap)]


def each_text_once(store: Store, room: MadeUpNewsroom) -> None:
    """The store holds all that was published and could be had, and each text once."""
    held = list(store.articles.iterate())
    assert {url_key(article.url) for article in held} >= room.kept - {url_key(room.server.url("/2026/11/story-3"))}
    assert len({article.text for article in held}) == len(held) == len(room.kept)


@pytest.mark.slow
def test_the_accounts_of_a_faulty_newsroom_add_up_and_nothing_is_missed(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    room = newsroom(server, SIZE)
    first = in_reactor(visit_both(room, store))
    for result, offered in zip(first, (room.offered[:IN_FEED], room.offered), strict=True):
        add_up(store, result)
        attempts = store.attempts.of_run(result.run_id)
        assert Counter(url_key(attempt.url) for attempt in attempts) == Counter({url_key(url) for url in offered})
        assert result.status == "finished"
    seen: set[str] = set()
    for attempt in (attempt for result in first for attempt in store.attempts.of_run(result.run_id)):
        key = url_key(attempt.url)
        is_first = key not in seen
        seen.add(key)
        allowed = room.truths[key].ends if is_first else room.truths[key].ends | {Verdict.KNOWN, Verdict.CAPTURED}
        assert attempt.verdict in allowed, attempt
        assert attempt.reason or attempt.verdict is Verdict.CAPTURED, attempt
    assert seen == room.truths.keys()
    second = in_reactor(visit_both(room, store))
    for result in second:
        add_up(store, result)
    each_text_once(store, room)


@pytest.mark.slow
def test_a_crawl_that_is_killed_again_and_again_misses_nothing_and_doubles_nothing(
    server: RawServer, store: Store
) -> None:
    room = newsroom(server, KILLED_SIZE)
    command = [sys.executable, "-c", CRAWL, server.host, store.engine.url.render_as_string()]
    for share in (1, 2):
        with subprocess.Popen(command, stdout=subprocess.DEVNULL) as process:
            while len(set(server.paths)) < share * KILLED_SIZE // 3 and process.poll() is None:
                time.sleep(0.01)
            assert process.poll() is None
            process.kill()
    assert 0 < len(list(store.articles.iterate())) < len(room.kept)
    for _ in range(2):  # the second time for what fails at its first request
        done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
        run = store.runs.get(int(done.stdout))
        assert run.attempts == run.totals.offered == len(room.truths)
    each_text_once(store, room)
    store.recover(now=datetime.now(UTC))
    assert Counter(run.status for run in store.runs.list(limit=9)) == {"finished": 2, "interrupted": 2}
