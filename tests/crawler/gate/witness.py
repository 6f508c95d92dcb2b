"""Tries every way inside there is, in a process of its own, and tells each connection that was opened meanwhile.

Run as a module; prints one JSON object. The witness is Python's audit hook, which sees every connect of the process
whoever asks for it, and a socket that listens where nobody may connect and counts who came.
"""

import asyncio
import json
import sys
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from ipaddress import IPv4Address
from typing import Any
from xml.sax.saxutils import escape

from crawler.books import ScratchBooks
from crawler.candidate import Candidate
from crawler.child import quiet_libraries
from crawler.gate.robots import Robots
from crawler.order import RunResult
from crawler.pictures import FetchedPicture, MissingPicture, fetch_pictures
from crawler.reactor import run_in_reactor
from crawler.run import Runs, Targets
from crawler.settings import CrawlerSettings
from crawler.workshop import Workshop, open_scratch_workshop
from storage.source import SourceKind
from tests.crawler.fake_dns import PUBLIC, FakeDNS, public_is_loopback
from tests.crawler.fetching import INGEST, order_for, settings_for
from tests.crawler.gate.spellings import INSIDE, of_ipv6, spellings
from tests.crawler.raw_server import RawServer, article, feed, reply

NAMES = 40  # of each kind, whose DNS answers lead inside


@dataclass
class Account:
    """attempts: URLs that were tried, by the entry they came through. verdicts: how they ended."""

    attempts: Counter[str] = field(default_factory=Counter)
    verdicts: Counter[str] = field(default_factory=Counter)
    opened: Counter[str] = field(default_factory=Counter)


ACCOUNT = Account()


def watch_connects() -> None:
    """Note each connect to an Internet address from now on; the hook stays for the life of the process."""

    def hook(event: str, arguments: tuple[Any, ...]) -> None:
        if event == "socket.connect" and isinstance(arguments[1], tuple):
            ACCOUNT.opened[f"{arguments[1][0]}:{arguments[1][1]}"] += 1

    sys.addaudithook(hook)


@dataclass(frozen=True)
class Attack:
    """The server that may be reached, the port of the one that may not, and how to get there."""

    outside: RawServer
    inside: RawServer
    workshop: Workshop
    books: ScratchBooks

    @property
    def targets(self) -> list[str]:
        """URLs that lead inside."""
        return [f"http://{host}:{self.inside.port}/{number}" for number, host in enumerate(spellings())]

    def serve(self, path: str, answer: bytes) -> str:
        """Serve one answer; return where it stands."""
        self.outside.answers = {**self.outside.answers, path: answer}
        return self.outside.url(path)

    def redirects(self, urls: Sequence[str]) -> list[str]:
        """Serve a redirect to each of urls; return where they stand."""
        self.outside.answers = {f"/{number}": redirect_to(url) for number, url in enumerate(urls)}
        return [self.outside.url(path) for path in self.outside.answers]

    async def ingest(self, entry: str, urls: Sequence[str]) -> None:
        """Take URLs one by one from a person."""
        candidates = tuple(Candidate(url=url, origin="ingest") for url in urls)
        self.count(entry, await Runs(self.workshop).ingest(INGEST, Targets(candidates)))

    async def visit(self, entry: str, url: str, kind: SourceKind) -> None:
        """Visit a source."""
        self.count(entry, await Runs(self.workshop).visit_source(order_for(url, kind=kind)))

    def count(self, entry: str, result: RunResult) -> None:
        """Add up a run: what it offered, or its own document where that did not come."""
        tried = max(result.totals.offered, result.reason.count("not fetched:"), 1)
        ACCOUNT.attempts[entry] += tried
        ACCOUNT.verdicts.update({str(verdict): count for verdict, count in result.verdicts.items()})


def redirect_to(url: str) -> bytes:
    return reply(status="302 Found", Location=url.encode().decode("latin-1"))


def sitemap_index(urls: Sequence[str]) -> bytes:
    children = "".join(f"<sitemap><loc>{escape(url)}</loc></sitemap>" for url in urls)
    return f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{children}</sitemapindex>".encode()


def section(paths: Sequence[str]) -> bytes:
    links = "".join(
        f"<li><h3><a href='{path}'>A story of some words, the {path}th of them</a></h3></li>" for path in paths
    )
    return f"<html><body><main><ul>{links}</ul></main></body></html>".encode()


async def try_entries(attack: Attack) -> None:
    """Go through every entry."""
    targets = attack.targets
    await attack.ingest("one-off", targets)
    await attack.ingest("redirect", attack.redirects(targets))
    entries = reply(feed(*(escape(url) for url in targets)))
    await attack.visit("feed entry", attack.serve("/feed", entries), SourceKind.FEED)
    children = reply(sitemap_index(targets))
    await attack.visit("sitemap child", attack.serve("/index", children), SourceKind.SITEMAP)
    links = reply(section(attack.redirects(targets)))
    await attack.visit("section link", attack.serve("/section", links), SourceKind.SECTION)
    for url in targets:
        await attack.visit("source", url, SourceKind.AUTO)
    for url in attack.redirects(targets):
        await attack.visit("feed redirect", url, SourceKind.FEED)
    for url in targets:
        await through_robots(attack, url)


async def through_robots(attack: Attack, url: str) -> None:
    """Let robots.txt lead inside; what is known of it is forgotten first."""
    gate = replace(attack.workshop.gate, robots=Robots())
    fresh = replace(attack, workshop=replace(attack.workshop, gate=gate))
    fresh.outside.answers = {"/robots.txt": redirect_to(url), "/page": reply(article("Page"))}
    await fresh.ingest("robots redirect", [fresh.outside.url("/page")])


async def try_names(attack: Attack, dns: FakeDNS) -> None:
    """Ask for names that lead inside, at once or once they have been let pass."""
    inside = [*INSIDE, *(address.partition("%")[0] for address in of_ipv6(IPv4Address(INSIDE[0])))]
    dns.names |= {f"n{number}.example": [[inside[number % len(inside)]]] for number in range(NAMES)}
    dns.names |= {f"r{number}.example": [[PUBLIC], [inside[number % len(inside)]]] for number in range(NAMES)}
    port = attack.outside.port
    attack.outside.answers = {"/robots.txt": reply(b"", Connection="close"), "/page": reply(article("Page"))}
    await attack.ingest("name", [f"http://n{number}.example:{port}/page" for number in range(NAMES)])
    await attack.ingest("changing name", [f"http://r{number}.example:{port}/page" for number in range(NAMES)])


async def try_pictures(settings: CrawlerSettings, entry: str, urls: Sequence[str]) -> None:
    """Fetch pictures."""

    def take(answer: FetchedPicture | MissingPicture) -> None:
        ACCOUNT.attempts[entry] += 1

    await fetch_pictures(urls, settings=settings, take=take)


async def main(_: asyncio.Event) -> None:
    from twisted.internet import reactor as installed

    reactor: Any = installed
    dns = FakeDNS({}, beneath=reactor.nameResolver)
    reactor.installNameResolver(dns)
    public_is_loopback(reactor)
    with RawServer() as outside, RawServer() as inside:
        inside.answers = {"/page": reply(article("Secret")), "/robots.txt": reply(b"")}
        settings = settings_for(
            outside.host, extra_ports=(inside.port, outside.port), connect_seconds=1, request_seconds=5, workers=1
        )
        books = ScratchBooks()
        async with open_scratch_workshop(settings, books) as workshop:
            attack = Attack(outside, inside, workshop, books)
            await try_entries(attack)
            await try_names(attack, dns)
            targets, redirects = attack.targets, attack.redirects(attack.targets)
        await try_pictures(settings, "picture", targets)
        await try_pictures(settings, "picture redirect", redirects)
        print(json.dumps({
            "attempts": dict(ACCOUNT.attempts),
            "verdicts": dict(ACCOUNT.verdicts),
            "opened": dict(ACCOUNT.opened),
            "allowed": outside.host,
            "asked_outside": len(outside.asked),
            "accepted_inside": inside.connections,
        }))  # fmt: skip


if __name__ == "__main__":
    quiet_libraries()
    watch_connects()
    run_in_reactor(main)
