"""A made-up newsroom of any size, with a share of faults of every kind, and the truth about each of its URLs."""

import socket
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import count, cycle

from storage.identity.url import url_key
from storage.verdict import Verdict
from tests.crawler.raw_server import PROSE, Answer, RawServer, feed, reply
from tests.crawler.site_pages import urlset

RSS = "application/rss+xml"
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


def faults(room: MadeUpNewsroom) -> dict[str, Callable[[int], None]]:
    """Return what adds one faulty URL of each kind, given its number."""
    gone, later = Verdict.GONE, (Verdict.HTTP_ERROR, Verdict.BLOCKED)
    free = '<script type="application/ld+json">{"@type":"NewsArticle","isAccessibleForFree":false}</script>'

    def serve(name: str, answer: Callable[[int], Answer], truth: Truth) -> Callable[[int], None]:
        def add(number: int) -> None:
            path = f"/{name}/{number}"
            room.answers[path] = answer(number)
            room.add(path, truth)

        return add

    def cut(number: int) -> Answer:
        whole = reply(story(number))
        return send(whole[: len(whole) // 2])

    def flaky(number: int) -> Answer:
        whole = reply(story(number), Connection="close")
        return first_then(whole[: len(whole) // 2], whole)

    def loop(number: int) -> Answer:
        return reply(status="302 Found", Location=f"/loop/{number}?again")

    def elsewhere(number: int) -> Answer:
        return reply(status="301 Moved", Location="/2026/11/story-1")

    def twin(number: int) -> None:
        room.add(f"/2026/11/story-2?utm_source=feed{number}&fbclid={number}", CAPTURED)

    def again(number: int) -> None:
        room.add(f"/2026/11/story-{number % 7 + 1}", CAPTURED)

    hold = room.server.hold
    links = b"".join(b"<li><h3><a href=/x/%d>The news of day %d</a></h3></li>" % (n, n) for n in range(60))
    listing = b"<html><head><title>Town</title><meta property=og:type content=website></head><body><ul>" + links
    network, broken = Verdict.NETWORK_ERROR, Verdict.REFUSED_ADDRESS
    copies = (Verdict.DUPLICATE, Verdict.UNCHANGED)
    return {
        "404": serve("404", lambda _: reply(b"no", status="404 Not Found"), ends(gone)),
        "410": serve("410", lambda _: reply(b"no", status="410 Gone"), ends(gone)),
        "500": serve("500", lambda _: reply(b"no", status="500 Oops"), ends(*later)),
        "503": serve("503", lambda _: reply(b"no", status="503 Busy", Retry_After="0"), ends(*later)),
        "403": serve("403", lambda _: reply(b"no", status="403 Forbidden"), ends(Verdict.BLOCKED)),
        "timeout": lambda n: serve("slow", lambda _: hold, ends(Verdict.TIMEOUT))(n) if n < 400 else None,
        "cut body": serve("cut", cut, ends(network)),
        "flaky": serve("flaky", flaky, ends(network, is_kept=True)),
        "reset": serve("reset", lambda _: send(), ends(network)),
        "loop": serve("loop", loop, ends(Verdict.HTTP_ERROR)),
        "elsewhere": serve("moved", elsewhere, ends(*copies, Verdict.CAPTURED)),
        "PDF": serve(
            "pdf", lambda _: reply(b"%PDF-1.7 x", Content_Type="application/pdf"), ends(Verdict.UNSUPPORTED_TYPE)
        ),
        "empty": serve("empty", lambda _: reply(), ends(Verdict.TOO_SHORT)),
        "copy": serve("copy", lambda _: reply(story(3)), ends(*copies, Verdict.CAPTURED)),
        "paywall": serve("paid", lambda n: reply(story(n, head=free)), ends(Verdict.PAYWALLED, is_kept=True)),
        "denied": serve("members", lambda n: reply(story(n)), ends(Verdict.ROBOTS_DENIED)),
        "private": lambda n: room.add(f"http://10.0.{n % 250}.1/a{n}", ends(broken)),
        "malformed": lambda n: room.add(f"http://exa mple{n}..org:99999/a", ends(broken, network)),
        "listing": serve("list", lambda _: reply(listing), ends(Verdict.NOT_AN_ARTICLE, Verdict.TOO_SHORT)),
        "twin": twin,
        "again": again,
    }


def fill(room: MadeUpNewsroom, size: int) -> None:
    """Offer so many URLs, every tenth of them faulty, each kind in its turn."""
    kinds: Iterator[Callable[[int], None]] = cycle(faults(room).values())
    for number in range(1, size + 1):
        if number % 10:
            room.publish(number)
        else:
            next(kinds)(number)
