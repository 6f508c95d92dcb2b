"""``bowerbird sources test``: a visit that keeps nothing, for a person to look at."""

import asyncio
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from datetime import date

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import plain
from bowerbird.cli.source_options import checked_source
from crawler.books import RehearsalBooks, ScratchBooks
from crawler.candidate import Listing
from crawler.order import Order
from crawler.reactor import run_in_reactor
from crawler.rehearsal import Heard, Holding, Rehearsal, rehearse
from crawler.run import Runs
from crawler.settings import CrawlerSettings
from crawler.workshop import Workshop, open_scratch_workshop, open_workshop
from storage.article import Article
from storage.database.store import Store
from storage.outcome import Outcome
from storage.source import SourceState

SHOWN = {"title": "title", "authors": "authors", "published_at": "published", "words": "words", "begins": "begins"}
BEGINNING = 120


@click.command(
    "test",
    epilog=examples(
        "bowerbird sources test example-blog",
        "bowerbird sources test https://example.org/politics/ --fetch 5",
    ),
)
@click.argument("target", metavar="NAME|URL")
@click.option(
    "--fetch", type=click.IntRange(min=0), default=3, show_default=True, help="Articles fetched and shown at most."
)
@pass_app
def test_source(app: App, target: str, fetch: int) -> Exit:
    """Show what a source, or a URL not yet watched, would bring: each URL it offers, and its first articles.

    Reads all documents in full, fetches a few articles, keeps nothing.
    """
    if "://" in target:
        state = SourceState(source=checked_source({"name": "test", "url": target}))
        rehearsal = run_in_reactor(lambda stop: try_out(app, state, None, fetch=fetch, stop=stop))
    else:
        with opened_store(app) as store:
            known = store.sources.get(target)
            rehearsal = run_in_reactor(lambda stop: try_out(app, known, store, fetch=fetch, stop=stop))
    if rehearsal.result.status == "interrupted":
        return Exit.INTERRUPTED
    return show(app, rehearsal)


async def try_out(app: App, state: SourceState, store: Store | None, *, fetch: int, stop: asyncio.Event) -> Rehearsal:
    """Visit the source at the place where it is looked for now. store: knows what is known; None: nothing is."""
    order = Order(source=state.target, kind=state.kind, trigger="crawl")
    async with opened(app.settings.crawler, store) as (workshop, books):
        heard = Heard()
        runs = Runs(workshop, listener=heard)
        stopping = asyncio.create_task(stop_when_asked(stop, runs))
        try:
            return await rehearse(runs, order, heard=heard, books=books, fetch=fetch)
        finally:
            stopping.cancel()


@asynccontextmanager
async def opened(settings: CrawlerSettings, store: Store | None) -> AsyncIterator[tuple[Workshop, Holding]]:
    """Open a workshop that keeps nothing, and its books."""
    if store is None:
        scratch = ScratchBooks()
        async with open_scratch_workshop(settings, scratch) as workshop:
            yield workshop, scratch
        return
    async with open_workshop(settings, store, books=RehearsalBooks) as workshop:
        assert isinstance(workshop.books, RehearsalBooks)
        yield workshop, workshop.books


async def stop_when_asked(stop: asyncio.Event, runs: Runs) -> None:
    """Wait for stop, then end the runs."""
    await stop.wait()
    await runs.stop()


def show(app: App, rehearsal: Rehearsal) -> Exit:
    """Print documents, decisions and articles. What could not be read is a failure."""
    heard, result = rehearsal.heard, rehearsal.result
    for url, listing in heard.documents:
        app.output.item(document_row(url, listing), document_line(url, listing))
    for row in decision_rows(heard):
        reason = f"  ({row['reason']})" if row["reason"] else ""
        app.output.item(row, f"{row['decision']}  {row['url']}{reason}")
    for outcome in rehearsal.outcomes:
        row = outcome_row(outcome)
        reason = f"  ({outcome.reason})" if outcome.reason else ""
        app.output.item(row, f"{outcome.verdict}  {outcome.url}{reason}")
        for line in article_lines(row) if not app.output.as_json else ():
            app.output.write(line)
    app.note(f"{result.source}: {result.reason}; nothing was kept")
    if result.status == "failed":
        return Exit.ALL_FAILED
    failed = sum(outcome.verdict.is_failure for outcome in rehearsal.outcomes)
    return exit_of_tally(len(rehearsal.outcomes), failed=failed, new=0, exit_nothing_new=False)


def document_row(url: str, listing: Listing) -> dict[str, object]:
    """One document of the source."""
    return {
        "document": url,
        "kind": listing.kind,
        "title": listing.title,
        "entries": len(listing.candidates),
        "documents": len(listing.children),
        "notes": list(listing.notes),
    }


def document_line(url: str, listing: Listing) -> str:
    """The same in one line for a person."""
    lists = f"{len(listing.candidates)} entries" + (f", {len(listing.children)} sitemaps" if listing.children else "")
    return f"read  {url}  ({'; '.join([f'{listing.kind}, {lists}', *listing.notes])})"


def decision_rows(heard: Heard) -> Iterator[dict[str, object]]:
    """What would become of each URL: fetch, or the verdict and the rule that keep it out."""
    for candidate in heard.fetch:
        yield {"url": candidate.url, "decision": "fetch", "reason": candidate.title}
    for skip in heard.skip:
        yield {"url": skip.candidate.url, "decision": skip.verdict, "reason": skip.reason}


def outcome_row(outcome: Outcome) -> dict[str, object]:
    """One article that was fetched and read."""
    row: dict[str, object] = {"url": outcome.url, "verdict": outcome.verdict, "reason": outcome.reason}
    article = outcome.article
    if article is None:
        return row
    return row | {
        "title": article.title,
        "authors": [author.name for author in article.authors],
        "published_at": article.published_at,
        "words": article.word_count,
        "begins": beginning_of(article),
        "origins": {name: [each.origin, each.confidence] for name, each in article.origins.items()},
    }


def beginning_of(article: Article) -> str:
    """Return the first line of the text, cut to fit a line."""
    line = next((line for line in article.text.splitlines() if line.strip()), "")
    return line if len(line) <= BEGINNING else line[: BEGINNING - 1] + "…"


def article_lines(row: dict[str, object]) -> Iterator[str]:
    """The fields of an article, each with where it came from."""
    origins = row.get("origins")
    for key, title in SHOWN.items():
        value = row.get(key)
        if value in (None, "", []):
            if "origins" in row and isinstance(origins, dict):
                yield f"    {title:<10}–"
            continue
        origin = origins.get(key) if isinstance(origins, dict) else None
        said = f"  ({', '.join(origin)})" if origin else ""
        shown = value.isoformat() if isinstance(value, date) else plain(value)
        yield f"    {title:<10}{shown}{said}"
