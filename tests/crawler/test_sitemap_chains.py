"""Sitemaps without end: those that lead back to themselves, and those that grow as they are read."""

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta

from storage.database.store import Store
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import Answer, RawServer, article, reply
from tests.crawler.site_pages import XML, add_up, index, urlset

MORE = 20


class Growing(Mapping[str, Answer]):
    """Every path is an index of MORE sitemaps that nobody has seen before."""

    def __init__(self, server: RawServer) -> None:
        self.server = server
        self.named = 0

    def __getitem__(self, path: str) -> Answer:
        if path == "/robots.txt":
            raise KeyError(path)
        self.named += MORE
        return index(*(self.server.url(f"/{self.named + number}.xml") for number in range(MORE)))

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return self.named


def sitemaps_asked(server: RawServer) -> list[str]:
    return [path for path in server.paths if path.endswith(".xml")]


def test_sitemaps_that_name_each_other_are_read_once(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {
        "/a.xml": index(server.url("/b.xml"), server.url("/a.xml")),
        "/b.xml": index(server.url("/a.xml"), server.url("/c.xml#1"), server.url("/c.xml#2")),
        "/c.xml": urlset(server.url("/page")),
        "/page": reply(article("Page")),
    }
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/a.xml"))))
    assert result.verdicts == {Verdict.CAPTURED: 1}
    assert sitemaps_asked(server) == ["/a.xml", "/b.xml", "/c.xml"]
    assert "it names itself as one of its sitemaps" in result.reason
    assert "named again" in result.reason
    add_up(store, result)


def test_a_chain_without_end_is_left_at_its_depth(server: RawServer, store: Store, in_reactor: InReactor) -> None:
    server.answers = {f"/{number}.xml": index(server.url(f"/{number + 1}.xml")) for number in range(50)}
    result = in_reactor(visit(settings_for(server.host), store, order_for(server.url("/0.xml"))))
    assert sitemaps_asked(server) == ["/0.xml", "/1.xml", "/2.xml"]
    assert "lie deeper than is followed" in result.reason


def test_an_index_that_grows_as_it_is_read_is_left_at_the_limit(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    server.answers = Growing(server)
    settings = settings_for(server.host, max_pages=30, max_sitemap_depth=5)
    result = in_reactor(visit(settings, store, order_for(server.url("/0.xml"))))
    assert len(sitemaps_asked(server)) == 30
    assert "crawler.max_pages" in result.reason


def test_the_newest_sitemap_is_read_first_and_one_before_the_window_not_at_all(
    server: RawServer, store: Store, in_reactor: InReactor
) -> None:
    def dated(path: str, days: int) -> str:
        lastmod = (datetime.now(UTC) - timedelta(days=days)).isoformat(timespec="seconds")
        return f"<sitemap><loc>{server.url(path)}</loc><lastmod>{lastmod}</lastmod></sitemap>"

    children = dated("/older.xml", 20) + dated("/old.xml", 400) + dated("/new.xml", 1)
    server.answers = {
        "/index.xml": reply(f"<sitemapindex>{children}</sitemapindex>".encode(), Content_Type=XML),
        "/new.xml": urlset(server.url("/page")),
        "/older.xml": urlset(),
        "/page": reply(article("Page")),
    }
    order = order_for(server.url("/index.xml"), since="30d")
    result = in_reactor(visit(settings_for(server.host), store, order))
    assert sitemaps_asked(server) == ["/index.xml", "/new.xml", "/older.xml"]
    assert "the source's since window" in result.reason
    add_up(store, result)
