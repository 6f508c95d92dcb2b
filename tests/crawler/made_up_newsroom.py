"""A made-up newsroom of any size, with a share of faults of every kind, and the truth about each of its URLs."""

import socket
from collections.abc import Callable
from dataclasses import dataclass, field
from itertools import count, cycle

from storage.identity.url import url_key
from storage.verdict import Verdict
from tests.crawler.raw_server import PROSE, Answer, RawServer, feed, reply
from tests.crawler.site_pages import urlset

RSS = "application/rss+xml"
FEW = 200  # up to this number pages may be slow: each costs the time of a whole request
ROBOTS = b"User-agent: *\nDisallow: /members/\n"


def story(number: int, *, head: str = "") -> bytes:
    """A page that is an article, its text told apart by its number."""
    title = f"Story number {number}"
    text = PROSE.replace(b"ferry", f"ferry {number}".encode())
    return f"<html lang=en><head><title>{title}</title>{head}</head><body><article><h1>{title}</h1>".encode() + (
        text + b"</article></body></html>"
    )


@dataclass(frozen=True, slots=True)
class Truth:
    """How a URL ends at its first visit, one of ends; is_kept: it is an article that the store must hold then."""

    ends: frozenset[Verdict]
    is_kept: bool = False


def ends(*verdicts: Verdict, is_kept: bool = False) -> Truth:
    return Truth(frozenset(verdicts), is_kept)


CAPTURED = ends(Verdict.CAPTURED, is_kept=True)


@dataclass
class MadeUpNewsroom:
    """What a server is to answer, what the feed and the sitemap offer in their order, and the truth by url_key."""

    server: RawServer
    answers: dict[str, Answer] = field(default_factory=lambda: {"/robots.txt": reply(ROBOTS)})
    offered: list[str] = field(default_factory=list)
    truths: dict[str, Truth] = field(default_factory=dict)

    def add(self, url: str, truth: Truth) -> None:
        """Offer a URL; a path is one of the server's."""
        full = self.server.url(url) if url.startswith("/") else url
        self.offered.append(full)
        self.truths.setdefault(url_key(full), truth)

    def publish(self, number: int, **headers: str) -> str:
        """Publish an honest story and return its path."""
        path = f"/2026/11/story-{number}"
        self.answers[path] = reply(story(number), **headers)
        self.add(path, CAPTURED)
        return path

    def open(self, *, in_feed: int) -> None:
        """Serve it all: the first URLs in the feed, all in the sitemap."""
        self.answers["/feed"] = reply(feed(*self.offered[:in_feed]), Content_Type=RSS, ETag='"feed"')
        self.answers["/map.xml"] = urlset(*self.offered)
        self.server.answers = self.answers

    @property
    def kept(self) -> set[str]:
        """The keys of the URLs that the store must hold an article for."""
        return {key for key, truth in self.truths.items() if truth.is_kept}


def send(*parts: bytes) -> Callable[[socket.socket], None]:
    """An answer that is sent as it is, then the connection is closed."""

    def answer(conn: socket.socket) -> None:
        for part in parts:
            conn.sendall(part)

    return answer


def first_then(first: bytes, then: bytes) -> Callable[[socket.socket], None]:
    """An answer that is another one at each request but the first two, one of which is a retry."""
    times = count()

    def answer(conn: socket.socket) -> None:
        conn.sendall(first if next(times) < 2 else then)

    return answer


Add = Callable[[int], None]


def served(room: MadeUpNewsroom, name: str, answer: Callable[[int], Answer], truth: Truth) -> Add:
    """Return what adds a URL of that name, which gives an answer made for its number."""

    def add(number: int) -> None:
        path = f"/{name}/{number}"
        room.answers[path] = answer(number)
        room.add(path, truth)

    return add


def cut(number: int) -> Answer:
    """Half of a page."""
    whole = reply(story(number))
    return send(whole[: len(whole) // 2])


def flaky(number: int) -> Answer:
    """Half of a page, twice; then the whole of it."""
    whole = reply(story(number), Connection="close")
    return first_then(whole[: len(whole) // 2], whole)


def connection_faults(room: MadeUpNewsroom) -> list[Add]:
    """What adds one URL of each kind that fails before there is a page."""
    passing, network = ends(Verdict.HTTP_ERROR, Verdict.BLOCKED), ends(Verdict.NETWORK_ERROR)
    slow = served(room, "slow", lambda _: room.server.hold, ends(Verdict.TIMEOUT))
    loop = served(
        room, "loop", lambda n: reply(status="302 Found", Location=f"/loop/{n}?again"), ends(Verdict.HTTP_ERROR)
    )
    busy = reply(b"no", status="503 Busy", Retry_After="0")
    return [
        served(room, "404", lambda _: reply(b"no", status="404 Not Found"), ends(Verdict.GONE)),
        served(room, "410", lambda _: reply(b"no", status="410 Gone"), ends(Verdict.GONE)),
        served(room, "403", lambda _: reply(b"no", status="403 Forbidden"), ends(Verdict.BLOCKED)),
        served(room, "500", lambda _: reply(b"no", status="500 Oops"), passing),
        served(room, "503", lambda _: busy, passing),
        served(room, "cut", cut, network),
        served(room, "flaky", flaky, ends(Verdict.NETWORK_ERROR, is_kept=True)),
        served(room, "reset", lambda _: send(), network),
        served(room, "members", lambda n: reply(story(n)), ends(Verdict.ROBOTS_DENIED)),
        lambda n: slow(n) if n < FEW else loop(n),
        loop,
        lambda n: room.add(f"http://10.0.{n % 250}.1/a{n}", ends(Verdict.REFUSED_ADDRESS)),
        lambda n: room.add(f"http://exa mple{n}..org:99999/a", ends(Verdict.REFUSED_ADDRESS, Verdict.NETWORK_ERROR)),
    ]


def page_faults(room: MadeUpNewsroom) -> list[Add]:
    """What adds one URL of each kind that is no new article, or one that was offered before."""
    copy = ends(Verdict.DUPLICATE, Verdict.UNCHANGED, Verdict.CAPTURED)
    paid = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'
    links = b"".join(b"<li><h3><a href=/x/%d>The news of day %d</a></h3></li>" % (n, n) for n in range(60))
    listing = b"<html><head><title>Town</title><meta property=og:type content=website></head><body><ul>" + links
    pdf = reply(b"%PDF-1.7 x", Content_Type="application/pdf")
    return [
        served(room, "moved", lambda _: reply(status="301 Moved", Location="/2026/11/story-1"), copy),
        served(room, "copy", lambda _: reply(story(3)), copy),
        served(room, "pdf", lambda _: pdf, ends(Verdict.UNSUPPORTED_TYPE)),
        served(room, "empty", lambda _: reply(), ends(Verdict.TOO_SHORT)),
        served(room, "paid", lambda n: reply(story(n, head=paid)), ends(Verdict.PAYWALLED, is_kept=True)),
        served(room, "list", lambda _: reply(listing), ends(Verdict.NOT_AN_ARTICLE, Verdict.TOO_SHORT)),
        lambda n: room.add(f"/2026/11/story-2?utm_source=feed{n}&fbclid={n}", CAPTURED),
        lambda n: room.add(f"/2026/11/story-{n % 7 + 1}", CAPTURED),
    ]


def fill(room: MadeUpNewsroom, size: int) -> None:
    """Offer so many URLs, every tenth of them faulty, each kind in its turn."""
    kinds = cycle([*connection_faults(room), *page_faults(room)])
    for number in range(1, size + 1):
        if number % 10:
            room.publish(number)
        else:
            next(kinds)(number)
