"""Made-up sites for the tests of runs: pages, sitemaps, and whether the accounts add up."""

import asyncio

from crawler.listener import Listener
from crawler.order import RunResult
from crawler.plan import Plan
from storage.database.store import Store
from storage.outcome import Recorded
from tests.crawler.raw_server import Answer, RawServer, article, feed, reply

XML = "application/xml"


def pages(server: RawServer, count: int) -> dict[str, Answer]:
    """Return count articles and the feed that lists them, the newest first."""
    found: dict[str, Answer] = {f"/{number}": reply(article(f"Page {number}")) for number in range(count)}
    urls = [server.url(f"/{number}") for number in range(count)]
    return found | {"/feed": reply(feed(*urls), Content_Type="application/rss+xml", ETag='"one"')}


def urlset(*urls: str) -> bytes:
    locs = "".join(f"<url><loc>{url}</loc></url>" for url in urls)
    return reply(
        f"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</urlset>".encode(), Content_Type=XML
    )


def index(*urls: str, **headers: str) -> bytes:
    locs = "".join(f"<sitemap><loc>{url}</loc></sitemap>" for url in urls)
    body = f"<sitemapindex xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'>{locs}</sitemapindex>"
    return reply(body.encode(), Content_Type=XML, **headers)


def add_up(store: Store, result: RunResult) -> None:
    """The accounts of a whole run: what was offered, what stands in the store, what is told, are one."""
    run = store.runs.get(result.run_id)
    assert run.attempts == len(store.attempts.of_run(result.run_id)) == result.totals.offered
    assert (run.verdicts, run.totals, run.status) == (result.verdicts, result.totals, result.status)


class Notes(Listener):
    """Keeps what it hears."""

    def __init__(self) -> None:
        self.heard: list[Recorded] = []
        self.plans: list[Plan] = []
        self.event = asyncio.Event()

    def recorded(self, recorded: Recorded) -> None:
        self.heard.append(recorded)
        self.event.set()

    def planned(self, plan: Plan) -> None:
        self.plans.append(plan)
