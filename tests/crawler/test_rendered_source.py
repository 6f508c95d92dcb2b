"""Sources that ask for a browser: what of them is rendered, and what is fetched plainly."""

import pytest

from crawler.order import RunResult
from storage.database.store import Store
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import RawServer, article, feed, reply
from tests.crawler.rendering import app, needs_browser

pytestmark = pytest.mark.browser
NAMES = ("ferry", "storm", "harbour", "bridge", "market", "lighthouse")


@pytest.fixture(autouse=True)
def _browser() -> None:
    needs_browser()


def is_rendered(server: RawServer, path: str) -> set[bool]:
    """Return how path was asked for: by a browser, which says what for, or plainly."""
    return {"sec-fetch-mode" in asked.headers for asked in server.asked if asked.path == path}


def visited(in_reactor: InReactor, server: RawServer, store: Store, path: str, **values: object) -> RunResult:
    order = order_for(server.url(path), render="browser", **values)
    result: RunResult = in_reactor(visit(settings_for(server.host), store, order))
    return result


def test_a_feed_is_read_plainly_and_its_articles_are_rendered(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {
        "/feed": reply(feed(server.url("/app")), Content_Type="application/rss+xml", ETag='"f"'),
        "/app": reply(app(), ETag='"a"'),
        "/data": reply(article("Storm")),
    }
    first = visited(in_reactor, server, store, "/feed", kind=SourceKind.FEED)
    assert first.verdicts == {Verdict.CAPTURED: 1}, first
    again = visited(in_reactor, server, store, "/feed", kind=SourceKind.FEED, recheck=True)
    assert again.verdicts == {Verdict.UNCHANGED: 1}, again
    assert (is_rendered(server, "/feed"), is_rendered(server, "/app")) == ({False}, {True})
    visited(in_reactor, server, store, "/feed", kind=SourceKind.FEED)
    assert "if-none-match" in [asked.headers for asked in server.asked if asked.path == "/feed"][-1]
    assert not [asked for asked in server.asked if asked.path == "/app" and "if-none-match" in asked.headers]


def test_the_links_of_a_section_may_be_written_by_scripts(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    links = "".join(f"<h2><a href='/2026/{name}-comes-home'>The {name} comes home at last</a></h2>" for name in NAMES)
    server.answers = {"/news": reply(app("/links")), "/links": reply(links.encode())}
    server.answers |= {f"/2026/{name}-comes-home": reply(article(name)) for name in NAMES}
    result = visited(in_reactor, server, store, "/news", kind=SourceKind.SECTION, limit=2)
    assert (result.totals.offered, result.verdicts[Verdict.CAPTURED]) == (len(NAMES), 2), result
    assert is_rendered(server, "/news") == {True}


def test_a_page_that_is_only_looked_at_is_rendered_afterwards(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = {"/app": reply(app()), "/data": reply(article("Storm"))}
    result = visited(in_reactor, server, store, "/app", kind=SourceKind.AUTO)
    assert (result.verdicts, result.found_kind) == ({Verdict.CAPTURED: 1}, SourceKind.PAGE), result
    assert [asked.path for asked in server.asked] == ["/robots.txt", "/app", "/app", "/data"]
    assert is_rendered(server, "/app") == {False, True}
