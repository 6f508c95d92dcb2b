"""CPU and speed of one crawl, with extraction and without, beside plain Scrapy on the same pages in the same run.

    .venv/bin/python benchmarks/crawl_cpu.py [--pages 800] [--rounds 3] [--hosts 8]

A server in a process of its own serves a feed and its articles on loopback, without delay, at as many ports as hosts
are asked for: each is a host of its own, with one connection. What is measured is the CPU time (user and system) of the
crawling process alone, and the wall time; the extraction workers and the server have their own CPU. Each round runs all
crawls, each in a fresh process, so that all meet the same load of the machine.

scrapy fetches the pages with a bare spider and drops them. unread is Bowerbird with all it does but extraction: gate,
robots.txt, feed, plan, ledger, and the store of verdicts and raw pages. bowerbird reads and stores the articles too.
"""

import argparse
import asyncio
import json
import multiprocessing
import os
import resource
import socket
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from scrapy.http import Response

    from crawler.spiders.source import SourceSpider

SENTENCE = (
    "The harbour master counted {n} boats before noon, wrote the number down, and went to see about the weather. "
)


def article(number: int) -> bytes:
    """A page of about 20 KB with 600 words of prose, and the boilerplate that pages have."""
    paragraphs = "".join(f"<p>{(SENTENCE.format(n=number * 10 + part)) * 4}</p>" for part in range(8))
    menu = "".join(f'<li><a href="/section/{index}">Section number {index}</a></li>' for index in range(60))
    head = (
        f'<title>Boats, count {number} | The Ledger</title><meta property="og:title" content="Boats, count {number}">'
    )
    story = f"<article><h1>Boats, count {number}</h1>{paragraphs}</article>"
    padding = f"<script>{'var filler = 1; ' * 500}</script>"
    body = f"<body><nav><ul>{menu}</ul></nav>{story}</body>"
    return f"<!doctype html><html lang=en><head>{head}{padding}</head>{body}</html>".encode()


def feed(hosts: Sequence[str], pages: int) -> bytes:
    """An RSS feed of all articles, taken from the hosts in turn."""
    urls = page_urls(hosts, pages)
    items = "".join(f"<item><title>Boats {n}</title><link>{url}</link></item>" for n, url in enumerate(urls))
    return f'<rss version="2.0"><channel><title>Ledger</title>{items}</channel></rss>'.encode()


def page_urls(hosts: Sequence[str], pages: int) -> list[str]:
    """The articles' URLs."""
    return [f"http://{hosts[number % len(hosts)]}/a/{number}" for number in range(pages)]


def loopback_listener(index: int) -> socket.socket:
    """A listening socket with its protocol named: asyncio sets TCP_NODELAY on no other, and answers come 40 ms late."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind((f"127.0.0.{1 + index}", 0))
    listener.listen(128)
    return listener


class Served(asyncio.Protocol):
    """One connection. As little as a server can do, for it shares the machine with what is measured."""

    def __init__(self, answers: Mapping[bytes, bytes]) -> None:
        self._answers = answers
        self._buffer = b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while b"\r\n\r\n" in self._buffer:
            head, _, self._buffer = self._buffer.partition(b"\r\n\r\n")
            self._transport.write(self._answers.get(head.split(b" ", 2)[1], NOT_FOUND))


def reply(body: bytes, content_type: str) -> bytes:
    """A whole answer."""
    return f"HTTP/1.1 200 OK\r\nContent-Type: {content_type}\r\nContent-Length: {len(body)}\r\n\r\n".encode() + body


NOT_FOUND = b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"


def serve(listeners: Sequence[socket.socket], pages: int) -> None:
    """Serve until killed."""
    answers = {f"/a/{number}".encode(): reply(article(number), "text/html; charset=utf-8") for number in range(pages)}
    answers[b"/feed.xml"] = reply(feed(hosts_of(listeners), pages), "application/rss+xml")

    async def main() -> None:
        loop = asyncio.get_running_loop()
        for listener in listeners:
            await loop.create_server(lambda: Served(answers), sock=listener)
        await asyncio.Event().wait()

    asyncio.run(main())


def hosts_of(listeners: Sequence[socket.socket]) -> list[str]:
    """host:port of each; every port has a name of its own, which is a host of its own to a crawler."""
    return [f"127.0.0.{1 + index}:{each.getsockname()[1]}" for index, each in enumerate(listeners)]


@dataclass(frozen=True, slots=True)
class Measure:
    """CPU of the crawling process and wall time, both for the whole crawl, in seconds; cpu_workers: all workers."""

    cpu: float
    wall: float
    cpu_workers: float = 0.0


def cpu_now() -> float:
    """CPU seconds of this process so far."""
    usage = resource.getrusage(resource.RUSAGE_SELF)
    return usage.ru_utime + usage.ru_stime


def crawl_with_bowerbird(hosts: Sequence[str], pages: int) -> Measure:
    """One visit of the feed, everything stored."""
    from crawler.spiders.source import SourceSpider

    return crawl_with(SourceSpider, hosts, pages)


def crawl_unread(hosts: Sequence[str], pages: int) -> Measure:
    """The same without extraction."""
    from crawler.candidate import Candidate
    from crawler.response import page_of
    from crawler.spiders.source import SourceSpider
    from storage.outcome import Outcome
    from storage.verdict import Verdict

    class Unread(SourceSpider):
        async def read_article(self, response: "Response", candidate: Candidate, told: Outcome) -> Outcome:
            return replace(told, verdict=Verdict.CAPTURED, reason="fetched", page=page_of(response, told.at))

    return crawl_with(Unread, hosts, pages)


def crawl_with(spider: "type[SourceSpider]", hosts: Sequence[str], pages: int) -> Measure:
    """One visit of the feed by a spider."""
    from crawler.order import Order
    from crawler.reactor import run_in_reactor
    from crawler.run import Runs
    from crawler.settings import CrawlerSettings
    from crawler.workshop import open_workshop
    from storage.database.store import open_store
    from storage.settings import StorageSettings
    from storage.source import Source, SourceKind

    async def main(_: asyncio.Event) -> Measure:
        settings = CrawlerSettings(delay_seconds=0, allow_private_hosts=tuple(hosts), max_pages=100_000)
        source = Source(name="ledger", url=f"http://{hosts[0]}/feed.xml", kind=SourceKind.FEED)
        with (
            tempfile.TemporaryDirectory() as folder,
            open_store(StorageSettings(database=f"sqlite:///{folder}/b.db")) as store,
        ):
            async with open_workshop(settings, store) as workshop:
                await warm(workshop.pool)
                begun, wall = cpu_now(), time.monotonic()
                order = Order(source=source, kind=SourceKind.FEED, trigger="crawl")
                result = await Runs(workshop).carry_out(order, spider)
                ended = Measure(cpu_now() - begun, time.monotonic() - wall, workers_cpu())
            assert result.new == pages, result
        return ended

    return run_in_reactor(main)


async def warm(pool: object) -> None:
    """Start every worker before the clock does."""
    from crawler.pool import Pool

    assert isinstance(pool, Pool)
    await asyncio.gather(*(pool.run(time.sleep, 0.3, what="warm-up", seconds=30) for _ in range(pool.size.workers)))


def workers_cpu() -> float:
    """CPU seconds of all extraction workers: the children of our fork server."""
    import psutil

    total = 0.0
    for process in psutil.Process().children(recursive=True):
        times = process.cpu_times()
        total += times.user + times.system
    return total


def crawl_with_scrapy(hosts: Sequence[str], pages: int) -> Measure:
    """The same pages by a bare spider on the same reactor, one connection a host, nothing read and nothing kept."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerRunner

    from crawler.reactor import run_in_reactor

    seen: list[int] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for url in page_urls(hosts, pages):
                yield scrapy.Request(url, dont_filter=True)

        def parse(self, response: object, **_: object) -> None:
            seen.append(1)

    async def main(_: asyncio.Event) -> Measure:
        begun, wall = cpu_now(), time.monotonic()
        settings = {"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False}
        await AsyncCrawlerRunner(settings | {"REMOTE_CONTROL_ENABLED": False}).crawl(Bare)
        assert len(seen) == pages
        return Measure(cpu_now() - begun, time.monotonic() - wall)

    return run_in_reactor(main)


CRAWLS = {"scrapy": crawl_with_scrapy, "unread": crawl_unread, "bowerbird": crawl_with_bowerbird}


def measured(which: str, hosts: Sequence[str], pages: int) -> Measure:
    """Run one crawl in a process of its own."""
    command = [sys.executable, __file__, "--crawl", which, "--at", ",".join(hosts), "--pages", str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return Measure(**json.loads(done.stdout))


def report(pages: int, rounds: int, hosts: int) -> None:
    """Run all rounds and print a table."""
    listeners = [loopback_listener(index) for index in range(hosts)]
    server = multiprocessing.get_context("fork").Process(target=serve, args=(listeners, pages), daemon=True)
    server.start()
    found: dict[str, list[Measure]] = {which: [] for which in CRAWLS}
    for _ in range(rounds):
        for which, measures in found.items():
            measures.append(measured(which, hosts_of(listeners), pages))
    server.kill()
    size = len(article(1))
    print(f"{pages} pages of {size:,} bytes from {hosts} hosts, {rounds} rounds, {os.cpu_count()} cores; medians\n")
    print("| crawl | CPU ms a page | least | pages/s (wall) | most | workers' CPU ms a page |")
    print("|---|---|---|---|---|---|")
    for which, measures in found.items():
        print(row(which, measures, pages))


def row(which: str, measures: Sequence[Measure], pages: int) -> str:
    """A line of the table."""
    cpu = [each.cpu / pages * 1000 for each in measures]
    rate = [pages / each.wall for each in measures]
    workers = statistics.median(each.cpu_workers for each in measures) / pages * 1000
    own = f"{statistics.median(cpu):.2f} | {min(cpu):.2f} | {statistics.median(rate):.0f} | {max(rate):.0f}"
    return f"| {which} | {own} | {f'{workers:.1f}' if workers else '-'} |"


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="CPU and speed of one crawl, with extraction and without")
    parser.add_argument("--pages", type=int, default=800)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--crawl", choices=CRAWLS, help=argparse.SUPPRESS)
    parser.add_argument("--at", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        sys.path.insert(0, str(Path(__file__).parents[1]))
        measure = CRAWLS[options.crawl](options.at.split(","), options.pages)
        print(json.dumps({"cpu": measure.cpu, "wall": measure.wall, "cpu_workers": measure.cpu_workers}))
    else:
        report(options.pages, options.rounds, options.hosts)


if __name__ == "__main__":
    main()
