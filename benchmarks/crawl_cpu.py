"""CPU of one crawl apart from extraction, beside plain Scrapy on the same pages in the same run.

    .venv/bin/python benchmarks/crawl_cpu.py [--pages 500] [--rounds 3]

A server in a process of its own serves a feed and its articles on loopback, without delay. What is measured is the
CPU time (user and system) of the crawling process alone; the extraction workers and the server have their own.
Each round runs in fresh processes. The reference is a bare Scrapy spider that fetches the same pages and drops them.
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
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route

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


def feed(host: str, pages: int) -> bytes:
    """An RSS feed of all articles."""
    items = "".join(f"<item><title>Boats {n}</title><link>http://{host}/a/{n}</link></item>" for n in range(pages))
    return f'<rss version="2.0"><channel><title>Ledger</title>{items}</channel></rss>'.encode()


def loopback_listener() -> socket.socket:
    """A listening socket with its protocol named: asyncio sets TCP_NODELAY on no other, and answers come 40 ms late."""
    listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listener.bind(("127.0.0.1", 0))
    listener.listen(128)
    return listener


def serve(listener: socket.socket, pages: int) -> None:
    """Serve until killed."""
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    listing = feed(host, pages)

    async def page(request: Request) -> Response:
        return Response(article(int(request.path_params["number"])), media_type="text/html; charset=utf-8")

    async def rss(_: Request) -> Response:
        return Response(listing, media_type="application/rss+xml")

    app = Starlette(routes=[Route("/feed.xml", rss), Route("/a/{number:int}", page)])
    server = uvicorn.Server(uvicorn.Config(app, log_level="critical", access_log=False))
    asyncio.run(server.serve(sockets=[listener]))


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


def crawl_with_bowerbird(host: str, pages: int) -> Measure:
    """One visit of the feed, everything stored."""
    from crawler.order import Order
    from crawler.reactor import run_in_reactor
    from crawler.run import Runs
    from crawler.settings import CrawlerSettings
    from crawler.workshop import open_workshop
    from storage.database.store import open_store
    from storage.settings import StorageSettings
    from storage.source import Source, SourceKind

    async def main(_: asyncio.Event) -> Measure:
        settings = CrawlerSettings(delay_seconds=0, allow_private_hosts=(host,))
        source = Source(name="ledger", url=f"http://{host}/feed.xml", kind=SourceKind.FEED)
        with (
            tempfile.TemporaryDirectory() as folder,
            open_store(StorageSettings(database=f"sqlite:///{folder}/b.db")) as store,
        ):
            async with open_workshop(settings, store) as workshop:
                await warm(workshop.pool)
                begun, wall = cpu_now(), time.monotonic()
                order = Order(source=source, kind=SourceKind.FEED, trigger="crawl")
                result = await Runs(workshop).visit_source(order)
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


def crawl_with_scrapy(host: str, pages: int) -> Measure:
    """The same pages by a bare spider on the same reactor, one connection, nothing read and nothing kept."""
    import scrapy
    from scrapy.crawler import AsyncCrawlerRunner

    from crawler.reactor import run_in_reactor

    seen: list[int] = []

    class Bare(scrapy.Spider):
        name = "bare"

        async def start(self) -> AsyncIterator[scrapy.Request]:
            for number in range(pages):
                yield scrapy.Request(f"http://{host}/a/{number}", dont_filter=True)

        def parse(self, response: object, **_: object) -> None:
            seen.append(1)

    async def main(_: asyncio.Event) -> Measure:
        begun, wall = cpu_now(), time.monotonic()
        settings = {"LOG_ENABLED": False, "CONCURRENT_REQUESTS_PER_DOMAIN": 1, "TELNETCONSOLE_ENABLED": False}
        await AsyncCrawlerRunner(settings | {"REMOTE_CONTROL_ENABLED": False}).crawl(Bare)
        assert len(seen) == pages
        return Measure(cpu_now() - begun, time.monotonic() - wall)

    return run_in_reactor(main)


CRAWLS = {"bowerbird": crawl_with_bowerbird, "scrapy": crawl_with_scrapy}


def measured(which: str, host: str, pages: int) -> Measure:
    """Run one crawl in a process of its own."""
    command = [sys.executable, __file__, "--crawl", which, "--host", host, "--pages", str(pages)]
    done = subprocess.run(command, stdout=subprocess.PIPE, check=True, cwd=Path(__file__).parents[1])
    return Measure(**json.loads(done.stdout))


def report(pages: int, rounds: int) -> None:
    """Run all rounds and print a table."""
    listener = loopback_listener()
    host = f"127.0.0.1:{listener.getsockname()[1]}"
    server = multiprocessing.get_context("fork").Process(target=serve, args=(listener, pages), daemon=True)
    server.start()
    print(f"{pages} pages of {len(article(1)):,} bytes, {rounds} rounds, {os.cpu_count()} cores\n")
    print("| crawl | CPU ms a page | pages/s (wall) | workers' CPU ms a page |")
    print("|---|---|---|---|")
    for which in CRAWLS:
        all_rounds = [measured(which, host, pages) for _ in range(rounds)]
        cpu = statistics.median(each.cpu for each in all_rounds) / pages * 1000
        rate = pages / statistics.median(each.wall for each in all_rounds)
        workers = statistics.median(each.cpu_workers for each in all_rounds) / pages * 1000
        print(f"| {which} | {cpu:.2f} | {rate:.0f} | {f'{workers:.1f}' if workers else '-'} |")
    server.kill()


def main() -> None:
    """Entry point."""
    parser = argparse.ArgumentParser(description="CPU of one crawl apart from extraction")
    parser.add_argument("--pages", type=int, default=500)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--crawl", choices=CRAWLS, help=argparse.SUPPRESS)
    parser.add_argument("--host", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.crawl:
        sys.path.insert(0, str(Path(__file__).parents[1]))
        measure = CRAWLS[options.crawl](options.host, options.pages)
        print(json.dumps({"cpu": measure.cpu, "wall": measure.wall, "cpu_workers": measure.cpu_workers}))
    else:
        report(options.pages, options.rounds)


if __name__ == "__main__":
    main()
