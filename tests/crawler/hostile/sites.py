"""Whole sites that mean harm: robots.txt that hangs, sitemaps of sitemaps, calendars, documents that swell."""

import gzip
import socket
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from xml.sax.saxutils import escape

from crawler.order import Status
from storage.source import SourceKind
from tests.crawler.hostile.answers import endless, redirect
from tests.crawler.raw_server import NOT_FOUND, Answer, article, feed, reply

NAMESPACE = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
ENTITIES = "".join(f"<!ENTITY e{n} '{f'&e{n - 1};' * 10}'>" for n in range(1, 12))
LAUGHS = f"<!DOCTYPE rss [<!ENTITY e0 'ha'>{ENTITIES}]><rss version='2.0'><channel><title>&e11;</title></channel></rss>"
FILE = "<!DOCTYPE rss [<!ENTITY x SYSTEM 'file:///etc/passwd'>]>"
OUTSIDE = f"{FILE}<rss version='2.0'><channel><title>&x;</title></channel></rss>"


class Endless(Mapping[str, Answer]):
    """Answers that go on for ever: each path is answered by make, robots.txt by nothing."""

    def __init__(self, make: Callable[[str], Answer]) -> None:
        self.make = make

    def __getitem__(self, path: str) -> Answer:
        return NOT_FOUND if path == "/robots.txt" else self.make(path)

    def __iter__(self) -> Iterator[str]:
        return iter(())

    def __len__(self) -> int:
        return 0


@dataclass(frozen=True)
class Site:
    """answers: given the server's address. most: requests that it may cost at most. words: what the run says of it."""

    answers: Callable[[str], Mapping[str, Answer]]
    limit: str
    status: Status
    most: int
    words: str
    kind: SourceKind = SourceKind.SITEMAP


def number_in(path: str) -> int:
    return int(path.strip("/").rpartition("-")[2] or 0) if path.strip("/").rpartition("-")[2].isdigit() else 0


def index(*urls: str) -> bytes:
    children = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return f"<sitemapindex {NAMESPACE}>{children}</sitemapindex>".encode()


def urlset(*urls: str) -> bytes:
    return f"<urlset {NAMESPACE}>{''.join(f'<url><loc>{escape(url)}</loc></url>' for url in urls)}</urlset>".encode()


def next_index(base: str) -> Mapping[str, Answer]:
    return Endless(lambda path: reply(index(f"{base}/map-{number_in(path) + 1}")))


def wide_index(base: str) -> Mapping[str, Answer]:
    return {"/source": reply(index(*(f"{base}/map-{n}" for n in range(60_000))))}


def wide_sitemap(base: str) -> Mapping[str, Answer]:
    return {"/source": reply(urlset(*(f"{base}/page-{n}" for n in range(60_000))))}


def calendar(base: str) -> Mapping[str, Answer]:
    """Each day links to the next fifty, for ever."""

    def day(path: str) -> bytes:
        links = "".join(
            f"<li><h3><a href='/day-{number_in(path) + n}'>What happened on day {n}, told at some length</a></h3></li>"
            for n in range(1, 51)
        )
        return reply(b"<html><body><main><ul>" + links.encode() + b"</ul></main></body></html>")

    return Endless(day)


def growing_feed(base: str) -> Mapping[str, Answer]:
    return Endless(lambda path: reply(feed(*(f"{base}/p-{n}" for n in range(400)))) if path == "/source" else NOT_FOUND)


def only(answer: Answer) -> Callable[[str], Mapping[str, Answer]]:
    """Return a site of one document."""
    return lambda _: {"/source": answer}


def behind_robots(answer: Answer) -> Callable[[str], Mapping[str, Answer]]:
    """Return a sound site with that robots.txt."""
    return lambda base: {
        "/robots.txt": answer, "/source": reply(feed(f"{base}/page")), "/page": reply(article("Page"))
    }  # fmt: skip


def hang(conn: socket.socket) -> None:
    """Answer nothing until the client has enough."""
    conn.settimeout(20)
    conn.recv(1)


SITES: dict[str, Site] = {
    "sitemaps of sitemaps without an end": Site(
        next_index, "max_sitemap_depth", "finished", 4, "deeper than is followed"
    ),
    "a sitemap of itself": Site(
        lambda base: {"/source": reply(index(f"{base}/source", f"{base}/source?"))},
        "max_sitemap_depth", "finished", 5, "names itself",
    ),
    "sixty thousand sitemaps": Site(wide_index, "max_pages", "failed", 60, "crawler.max_pages"),
    "sixty thousand pages": Site(wide_sitemap, "max_sitemap_urls", "finished", 60, "only its first 500 URLs"),
    "a sitemap that is a bomb": Site(
        only(reply(gzip.compress(b"<urlset>" + b" " * 90_000_000), Content_Type="application/gzip")),
        "MAX_DECODED_BYTES", "finished", 3, "",
    ),
    "a calendar": Site(calendar, "max_pages", "finished", 60, "", SourceKind.SECTION),
    "a feed of four hundred new pages": Site(growing_feed, "max_pages", "finished", 60, "50 gone", SourceKind.FEED),
    "a billion laughs": Site(only(reply(LAUGHS.encode())), "document_seconds", "finished", 3, "", SourceKind.FEED),
    "an entity from outside": Site(only(reply(OUTSIDE.encode())), "no entities", "finished", 3, "", SourceKind.FEED),
    "a document without an end": Site(
        only(endless(b"HTTP/1.1 200 OK\r\n\r\n<rss>", b"<item>" * 9999)), "max_page_bytes", "failed", 3,
        "crawler.max_page_bytes", SourceKind.FEED,
    ),
    "a source that leads inside": Site(
        only(redirect("http://10.0.0.1/feed")), "addresses", "failed", 3, "not a public address", SourceKind.FEED
    ),
    "robots.txt that hangs": Site(
        behind_robots(hang), "request_seconds", "failed", 1, "no complete answer", SourceKind.FEED
    ),
    "robots.txt that is 503": Site(
        behind_robots(reply(status="503 Busy", Retry_After="0")), "RFC 9309", "failed", 1, "HTTP 503", SourceKind.FEED
    ),
    "robots.txt that redirects for ever": Site(
        behind_robots(redirect("/robots.txt")), "max_redirects", "finished", 9, "1 captured", SourceKind.FEED
    ),
    "robots.txt that leads inside": Site(
        behind_robots(redirect("http://[::ffff:a00:1]/")), "addresses", "failed", 1, "public address", SourceKind.FEED
    ),
    "robots.txt without an end": Site(
        behind_robots(endless(b"HTTP/1.1 200 OK\r\n\r\n", b"# more\n" * 9999)), "500 KiB", "finished", 3, "1 captured",
        SourceKind.FEED,
    ),
    "robots.txt of a hundred thousand rules": Site(
        behind_robots(reply(b"User-agent: *\n" + b"Disallow: /*a*b*c*d*e$\n" * 100_000)), "500 KiB", "finished", 3,
        "1 captured", SourceKind.FEED,
    ),
    "robots.txt that is no text": Site(
        behind_robots(reply(bytes(range(256)) * 999)), "none: it is read", "finished", 3, "1 captured", SourceKind.FEED
    ),
}  # fmt: skip
