"""The climb, on servers that offer this and that. Loopback only."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

import pytest

from crawler.discovery.choice import Choice
from crawler.discovery.ladder import MOST_REQUESTS, Ladder
from crawler.discovery.offer import Rung
from crawler.run import Runs
from storage.source import Source, SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_scratch, settings_for
from tests.crawler.raw_server import Answer, RawServer, article, reply

NOW = datetime.now(UTC)
NEWS = "http://www.google.com/schemas/sitemap-news/0.9"


def rss(*, days: float = 0, count: int = 6, title: str = "Feed") -> bytes:
    at = format_datetime(NOW - timedelta(days=days))
    items = "".join(f"<item><title>T{n}</title><link>/a/{n}</link><pubDate>{at}</pubDate></item>" for n in range(count))
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode())


def urlset(*, news: bool = False, count: int = 6) -> bytes:
    day = NOW.date().isoformat()
    extra = f"<n:news><n:publication_date>{day}</n:publication_date><n:title>T</n:title></n:news>" if news else ""
    urls = "".join(f"<url><loc>/a/{n}</loc><lastmod>{day}</lastmod>{extra}</url>" for n in range(count))
    return reply(f"<urlset xmlns:n='{NEWS}'>{urls}</urlset>".encode())


def index(*paths: str) -> bytes:
    inner = "".join(f"<sitemap><loc>{path}</loc></sitemap>" for path in paths)
    return reply(f"<sitemapindex>{inner}</sitemapindex>".encode())


def home(head: str = "", body: str = "", **headers: str) -> bytes:
    links = "".join(f"<h2><a href='/a/story-number-{n}-of-many'>Story number {n} of many</a></h2>" for n in range(6))
    return reply(f"<html><head>{head}</head><body><main>{links}</main>{body}</body></html>".encode(), **headers)


def declared(path: str) -> str:
    return f"<link rel='alternate' type='application/rss+xml' href='{path}'>"


async def climbed(server: RawServer, path: str, **values: str) -> Choice:
    async with opened_scratch(settings_for(server.host)) as (workshop, books):
        source = Source(name="discover", url=server.url(path), **values)  # type: ignore[arg-type]
        return await Ladder(Runs(workshop), workshop, books, source, NOW).climb()


SITES: Mapping[str, tuple[dict[str, Answer], str, Rung]] = {
    "a declared feed": ({"/": home(declared("/x")), "/x": rss()}, "/x", Rung.DECLARED),
    "a linked feed": ({"/": home(body="<a href='/my.rss'>RSS</a>"), "/my.rss": rss()}, "/my.rss", Rung.LINKED),
    "a feed in a header": (
        {"/": home(Link="</h>; rel=alternate; type=application/rss+xml"), "/h": rss()},
        "/h",
        Rung.HEADER,
    ),
    "a usual path": ({"/": home(), "/atom.xml": rss()}, "/atom.xml", Rung.USUAL),
    "a usual path that moved": (
        {"/": home(), "/feed/": reply(status="301 Moved", Location="/new"), "/new": rss()},
        "/new",
        Rung.USUAL,
    ),
    "news in robots": (
        {"/": home(), "/robots.txt": reply(b"Sitemap: /n.xml"), "/n.xml": urlset(news=True)},
        "/n.xml",
        Rung.ROBOTS,
    ),
    "news in an index": (
        {"/": home(), "/sitemap.xml": index("/p.xml", "/news.xml"), "/news.xml": urlset(news=True), "/p.xml": urlset()},
        "/news.xml",
        Rung.INDEXED,
    ),
    "a sitemap in robots at a usual path of feeds": (
        {"/": home(), "/robots.txt": reply(b"Sitemap: /index.xml"), "/index.xml": urlset(news=True)},
        "/index.xml",
        Rung.ROBOTS,
    ),
    "an index in robots at a usual path of feeds": (
        {
            "/": home(),
            "/robots.txt": reply(b"Sitemap: /index.xml"),
            "/index.xml": index("/n.xml"),
            "/n.xml": urlset(news=True),
        },
        "/n.xml",
        Rung.INDEXED,
    ),
    "a sitemap that is said to be a feed": (
        {"/": home(declared("/index.xml")), "/index.xml": urlset(news=True)},
        "/index.xml",
        Rung.USUAL,
    ),
    "the page alone": ({"/": home()}, "/", Rung.ASKED),
    "a page that is no list": ({"/": reply(article("x")), "/sitemap.xml": urlset()}, "/sitemap.xml", Rung.USUAL),
    "a page that fails": ({"/": reply(status="500 No"), "/rss.xml": rss()}, "/rss.xml", Rung.USUAL),
    "a dead feed": ({"/": home(declared("/x")), "/x": rss(days=900)}, "/", Rung.ASKED),
}


@pytest.mark.parametrize(("answers", "path", "rung"), SITES.values(), ids=SITES)
def test_the_best_of_a_site_is_found(
    answers: dict[str, Answer], path: str, rung: Rung, server: RawServer, in_reactor: InReactor
) -> None:
    server.answers = answers
    choice = in_reactor(climbed(server, "/"))
    assert choice.best is not None
    assert (choice.best.url, choice.best.rung) == (server.url(path), rung)
    assert len(server.paths) <= MOST_REQUESTS + 2  # a redirect, and robots.txt for the gate


def test_a_page_below_is_asked_for_its_own_feed_and_home_for_the_site_s(
    server: RawServer, in_reactor: InReactor
) -> None:
    server.answers = {"/": home(declared("/all")), "/all": rss(), "/sport/": home(), "/sport/feed/": rss()}
    choice = in_reactor(climbed(server, "/sport/"))
    assert {(each.url, each.rung) for each in choice.offers if each.kind is SourceKind.FEED} == {
        (server.url("/all"), Rung.OF_HOME),
        (server.url("/sport/feed/"), Rung.USUAL),
    }
    assert choice.best is not None
    assert choice.best.url == server.url("/sport/feed/")
    assert {server.url("/all"), server.url("/sport/")} <= {each.url for each in choice.fallbacks}
    assert "/feed/" not in server.paths


def test_what_fails_is_shown_with_its_verdict(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/": home("".join(map(declared, ("/gone", "/html", "/broken", "/empty")))),
        "/html": home(),
        "/broken": reply(b"%PDF-1.4"),
        "/empty": rss(count=0),
        "/robots.txt": reply(b"User-agent: *\nDisallow: /n.xml\nSitemap: /n.xml"),
    }
    choice = in_reactor(climbed(server, "/"))
    troubles = {each.url.removeprefix(server.url("")): each for each in choice.offers if each.trouble}
    assert {path: each.verdict for path, each in troubles.items()} == {
        "/gone": Verdict.GONE,
        "/html": Verdict.UNSUPPORTED_TYPE,
        "/broken": Verdict.UNREADABLE,
        "/empty": None,
        "/n.xml": Verdict.ROBOTS_DENIED,
    }
    assert all(each.trouble for each in troubles.values())
    assert "/n.xml" not in server.paths


def test_guesses_end_with_the_first_live_feed(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/": home(), "/feed/": rss()}
    in_reactor(climbed(server, "/"))
    assert "/rss.xml" in server.paths  # of the same batch
    assert "/feed.json" not in server.paths


def test_a_host_out_of_reach_is_asked_once(server: RawServer, in_reactor: InReactor) -> None:
    async def refused() -> Choice:
        async with opened_scratch(settings_for()) as (workshop, books):
            source = Source(name="discover", url=server.url("/"))
            return await Ladder(Runs(workshop), workshop, books, source, NOW).climb()

    choice = in_reactor(refused())
    assert (choice.best, server.connections) == (None, 0)
    (offer,) = choice.offers
    assert offer.verdict is Verdict.REFUSED_ADDRESS
    assert "not a public address" in offer.trouble


def test_every_address_is_asked_for_once(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {
        "/": home(declared("/feed/") * 3, body="<a href='/feed/'>RSS</a>"),
        "/feed/": rss(days=900),
        "/robots.txt": reply(b"Sitemap: /sitemap.xml\n" * 5),
        "/sitemap.xml": index("/sitemap.xml", "/a.xml", "/a.xml", "/b.xml"),
        "/a.xml": urlset(),
    }
    in_reactor(climbed(server, "/"))
    asked = [path for path in server.paths if path != "/robots.txt"]
    assert len(asked) == len(set(asked))


def test_a_header_whose_variable_is_not_set_is_said_and_nobody_asked(server: RawServer, in_reactor: InReactor) -> None:
    async def climbed_with_header() -> Choice:
        async with opened_scratch(settings_for(server.host)) as (workshop, books):
            source = Source(name="discover", url=server.url("/"), headers={"X-Key": "${BOWERBIRD_NOT_SET}"})
            return await Ladder(Runs(workshop), workshop, books, source, NOW).climb()

    choice = in_reactor(climbed_with_header())
    assert (choice.best, server.paths) == (None, [])
    assert "BOWERBIRD_NOT_SET" in choice.offers[0].trouble
