"""``bowerbird sources discover``: what a site offers to be watched by, and which of it is best."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.progress import progress
from bowerbird.cli.source_options import checked_source, source_options, watched_as
from crawler.books import ScratchBooks
from crawler.discovery.choice import Choice, freshness
from crawler.discovery.ladder import Ladder
from crawler.discovery.offer import Offer
from crawler.reactor import run_in_reactor
from crawler.run import Runs
from crawler.workshop import open_scratch_workshop
from storage.errors import SourceExists
from storage.source import Source, SourceKind

COLUMNS = (
    Column("rank", "#", is_number=True),
    Column("what", "What"),
    Column("entries", "Entries", is_number=True),
    Column("last_7_days", "7 days", is_number=True),
    Column("newest_ago", "Newest"),
    Column("full_text", "Full text"),
    Column("url", "URL"),
    Column("found", "Found"),
    Column("verdict", "Verdict"),
    Column("reason", "Trouble"),
)


@click.command(
    "discover",
    epilog=examples(
        "bowerbird sources discover https://example.org/",
        "bowerbird sources discover https://example.org/ --add example-blog --every 30m --tag example",
    ),
)
@click.argument("url")
@click.option("--add", "name", metavar="NAME", help="Watch the best under NAME, the runners-up as its fallbacks.")
@source_options
@pass_app
def discover_sources(app: App, /, name: str | None, **fields: object) -> Exit:
    """Look what a site offers: its feeds, sitemaps and section pages; say which is best, and why.

    The options that describe a source go with --add.
    """
    url = str(fields.pop("url"))
    asked = checked_source({"name": name or "discover", "url": url if "://" in url else f"https://{url}", **fields})
    if name is not None:
        refuse_taken(app, name)
    now = datetime.now(UTC)
    with progress(app, "looking", total=None) as advance:
        choice = run_in_reactor(lambda stop: climb(app, asked, now=now, stop=stop, advance=advance))
    if choice is None:
        return Exit.INTERRUPTED
    show(app, choice, now)
    if choice.best is None:
        return Exit.ALL_FAILED
    if name is not None:
        keep(app, asked, choice)
    else:
        app.note(f"`bowerbird sources discover {url} --add NAME` watches it")
    return Exit.ALL_WELL


async def climb(
    app: App, asked: Source, *, now: datetime, stop: asyncio.Event, advance: Callable[[], None]
) -> Choice | None:
    """Return what was found; None where it was interrupted."""
    books = ScratchBooks()
    async with open_scratch_workshop(app.settings.crawler, books) as workshop:
        runs = Runs(workshop)
        ladder = Ladder(runs, workshop, books, asked, now, told=lambda _: advance())
        climbing = asyncio.create_task(ladder.climb())
        stopping = asyncio.create_task(stop.wait())
        await asyncio.wait({climbing, stopping}, return_when=asyncio.FIRST_COMPLETED)
        stopping.cancel()
        if stop.is_set():
            await runs.stop()
            climbing.cancel()
            await asyncio.wait({climbing})
            return None
        return climbing.result()


def refuse_taken(app: App, name: str) -> None:
    """Raise where a source of that name is there: before anything is asked for."""
    with opened_store(app) as store:
        if any(state.source.name == name for state in store.sources.list()):
            raise SourceExists(name)


def show(app: App, choice: Choice, now: datetime) -> None:
    """Print the places, the best first, and why it is that."""
    rows = [offer_row(each, rank, choice, now=now) for rank, each in enumerate(choice.offers, start=1)]
    app.output.table(rows, COLUMNS)
    app.note(choice.why)


def offer_row(offer: Offer, rank: int, choice: Choice, *, now: datetime) -> dict[str, object]:
    """Return one place as a row."""
    return {
        "rank": rank,
        "url": offer.url,
        "kind": offer.kind,
        "what": offer.what,
        "title": offer.title,
        "found": offer.rung,
        "entries": offer.entries,
        "newest": offer.newest,
        "newest_ago": freshness(offer.newest, now),
        "last_7_days": offer.in_week,
        "full_text": offer.has_full_text if offer.kind is SourceKind.FEED else None,
        "is_best": offer is choice.best,
        "is_fallback": any(offer is each for each in choice.fallbacks),
        "verdict": offer.verdict,
        "reason": offer.trouble,
    }


def keep(app: App, asked: Source, choice: Choice) -> None:
    """Watch the best, with the runners-up behind the fallbacks that were named."""
    assert choice.best is not None
    spare = dict.fromkeys([*asked.fallbacks, *(each.url for each in choice.fallbacks)])
    kind = choice.best.kind if asked.kind is SourceKind.AUTO and choice.best.kind else asked.kind
    source = replace(asked, url=choice.best.url, kind=kind, fallbacks=tuple(spare))
    with opened_store(app) as store:
        other = watched_as(store, source.url)
        store.sources.add(source)
    if other:
        app.note(f"{source.url} is watched as {other} already; now it is visited for both")
    behind = f", with {len(source.fallbacks)} fallbacks" if source.fallbacks else ""
    app.note(f"{source.name} watches {source.url}{behind}; `bowerbird crawl {source.name}` visits it")
