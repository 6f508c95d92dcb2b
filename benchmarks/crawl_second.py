"""What the second crawl of a newsroom that stayed the same costs, counted on the wire by its server.

    .venv/bin/python benchmarks/crawl_second.py [--pages 500]

A server in a process of its own serves a feed, a sitemap and a section page over the same articles, on loopback. A
tenth of the articles, and the section page, send no validators. It counts requests by status and all bytes that come
and go, headers included. The three sources are crawled one after the other: at first; again; and again with --recheck,
which asks for every article, whatever its age.
"""

import argparse
import asyncio
import multiprocessing
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).parents[1]))

from benchmarks.crawl_cpu import article, feed, hosts_of, loopback_listener, page_urls, reply

if TYPE_CHECKING:
    import socket
    from multiprocessing.sharedctypes import SynchronizedArray

VALIDATORS = b'ETag: "1"\r\nLast-Modified: Sun, 01 Mar 2020 08:00:00 GMT\r\n'
NOT_MODIFIED = b"HTTP/1.1 304 Not Modified\r\nContent-Length: 0\r\n\r\n"
REQUESTS, IN_FULL, BYTES = range(3)


@dataclass(frozen=True, slots=True)
class Cost:
    """What one crawl cost, as the server saw it."""

    requests: int
    in_full: int
    wire_bytes: int


class Counted(asyncio.Protocol):
    """One connection that counts."""

    def __init__(self, answers: dict[bytes, bytes], counts: "SynchronizedArray[int]") -> None:
        self._answers, self._counts = answers, counts
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._answer(head)

    def _answer(self, head: bytes) -> None:
        answer = self._answers.get(head.split(b" ", 2)[1], b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n")
        is_same = VALIDATORS in answer and b"if-none-match:" in head.lower()
        answer = NOT_MODIFIED if is_same else answer
        self._counts[REQUESTS] += 1
        self._counts[IN_FULL] += not is_same
        self._counts[BYTES] += len(head) + 4 + len(answer)
        self._transport.write(answer)


def with_validators(answer: bytes) -> bytes:
    return answer.replace(b"\r\n", b"\r\n" + VALIDATORS, 1)


def answers_of(host: str, pages: int) -> dict[bytes, bytes]:
    """What each path gives."""
    urls = page_urls([host], pages)
    found = {f"/a/{number}".encode(): reply(article(number), "text/html; charset=utf-8") for number in range(pages)}
    found = {path: answer if int(path[3:]) % 10 == 0 else with_validators(answer) for path, answer in found.items()}
    locations = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    sitemap = f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locations}</urlset>"
    links = "".join(f"<article><h2><a href={url}>What the harbour master saw</a></h2></article>" for url in urls[:60])
    return found | {
        b"/feed.xml": with_validators(reply(feed([host], 50), "application/rss+xml")),
        b"/map.xml": with_validators(reply(sitemap.encode(), "application/xml")),
        b"/town": reply(f"<html><body><main>{links}</main></body></html>".encode(), "text/html"),
    }


def serve(listener: "socket.socket", pages: int, counts: "SynchronizedArray[int]") -> None:
    """Serve until killed."""
    answers = answers_of(hosts_of([listener])[0], pages)

    async def main() -> None:
        await asyncio.get_running_loop().create_server(lambda: Counted(answers, counts), sock=listener)
        await asyncio.Event().wait()

    asyncio.run(main())


def crawl(host: str, counts: "SynchronizedArray[int]") -> list[Cost]:
    """The three crawls in one process, as the service does them."""
    from crawler.order import Order
    from crawler.reactor import run_in_reactor
    from crawler.run import Runs
    from crawler.settings import CrawlerSettings
    from crawler.workshop import open_workshop
    from storage.database.store import open_store
    from storage.settings import StorageSettings
    from storage.source import Source, SourceKind

    kinds = {"/feed.xml": SourceKind.FEED, "/map.xml": SourceKind.SITEMAP, "/town": SourceKind.SECTION}
    settings = CrawlerSettings(delay_seconds=0, allow_private_hosts=(host,))

    async def once(runs: Runs, *, recheck: bool) -> Cost:
        counts[:] = [0, 0, 0]
        for path, kind in kinds.items():
            source = Source(name=path, url=f"http://{host}{path}", kind=kind)
            await runs.visit_source(Order(source=source, kind=kind, trigger="crawl", recheck=recheck))
        return Cost(counts[REQUESTS], counts[IN_FULL], counts[BYTES])

    async def main(_: asyncio.Event) -> list[Cost]:
        with (
            tempfile.TemporaryDirectory() as folder,
            open_store(StorageSettings(database=f"sqlite:///{folder}/b.db")) as store,
        ):
            async with open_workshop(settings, store) as workshop:
                runs = Runs(workshop)
                return [await once(runs, recheck=recheck) for recheck in (False, False, True)]

    return run_in_reactor(main)


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="cost of the second crawl of a newsroom that stayed the same")
    parser.add_argument("--pages", type=int, default=500)
    options = parser.parse_args()
    listener = loopback_listener(0)
    context = multiprocessing.get_context("fork")
    counts: SynchronizedArray[int] = context.Array("q", 3)
    server = context.Process(target=serve, args=(listener, options.pages, counts), daemon=True)
    server.start()
    costs = crawl(hosts_of([listener])[0], counts)
    server.kill()
    print(f"{options.pages} articles of {len(article(1)):,} bytes, in a feed, a sitemap and a section page\n")
    print("| crawl | requests | answered 304 | in full | bytes on the wire | of the first |")
    print("|---|---|---|---|---|---|")
    for name, cost in zip(("first", "second", "second, `--recheck`"), costs, strict=True):
        share = cost.wire_bytes / costs[0].wire_bytes
        told = f"{cost.requests - cost.in_full} | {cost.in_full} | {cost.wire_bytes:,} | {share:.2%}"
        print(f"| {name} | {cost.requests} | {told} |")


if __name__ == "__main__":
    main()
