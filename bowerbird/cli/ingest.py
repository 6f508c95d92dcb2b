"""``bowerbird ingest``: fetch, extract and store single pages."""

import asyncio
import sys
from dataclasses import replace

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.exporter import Exporter
from bowerbird.cli.opened import opened_store
from bowerbird.cli.rows import recorded_line, recorded_row
from bowerbird.cli.targets import NOTHING_NAMED, TargetList, check_origin, read_targets, spellings_of
from crawler.candidate import Candidate
from crawler.listener import Listener
from crawler.order import Order, RunResult
from crawler.reactor import run_in_reactor
from crawler.run import Runs, Targets
from crawler.saved import SavedPage
from crawler.workshop import open_workshop
from storage.database.store import Store
from storage.identity.password import mask_password
from storage.identity.url import url_key
from storage.outcome import Recorded
from storage.source import Source, SourceKind

ORDER = Order(source=Source(name="ingest", url=""), kind=SourceKind.PAGE, trigger="ingest", recheck=True)


class Printing(Listener):
    """Prints each verdict as it falls, and for each other spelling of its URL that was named."""

    def __init__(self, app: App, named: TargetList) -> None:
        self._app = app
        self._spellings = spellings_of(named.urls)

    def recorded(self, recorded: Recorded) -> None:
        first, *others = self._spellings.pop(url_key(recorded.url), [recorded.url])
        self._print(replace(recorded, url=mask_password(first)))
        for other in others:
            self._print(
                replace(
                    recorded,
                    url=mask_password(other),
                    reason=f"the same URL as {mask_password(first)}, which was fetched for both",
                )
            )

    def _print(self, recorded: Recorded) -> None:
        self._app.output.item(recorded_row(recorded), recorded_line(recorded))


@click.command(
    epilog=examples(
        "bowerbird ingest https://example.org/article.html",
        "bowerbird ingest saved.html --url https://example.org/article.html",
        "bowerbird ingest - < list.txt",
    )
)
@click.argument("targets", nargs=-1, metavar="TARGET...")
@click.option("--url", metavar="URL", help="Where a saved page came from; else its own canonical link says.")
@click.option("--exit-nothing-new", is_flag=True, help="Exit with 4 where nothing new was found.")
@pass_app
def command(app: App, targets: tuple[str, ...], url: str | None, exit_nothing_new: bool) -> Exit:
    """Fetch, extract and store each TARGET: a URL, a saved page, or - for a list on stdin."""
    named = read_targets(targets, sys.stdin)
    check_origin(url, named)
    if not named.count:
        app.note(NOTHING_NAMED)
        return exit_of_tally(0, failed=0, new=0, exit_nothing_new=exit_nothing_new)
    with opened_store(app) as store:
        result = run_in_reactor(lambda stop: ingest(app, store, named, url=url, stop=stop))
        if result.new:
            Exporter(app, store).export_new(result)
    if result.status != "finished":
        app.complain(f"ingest {result.status}: {result.reason or 'it could not begin; run with -v'}")
    if result.status == "interrupted":
        return Exit.INTERRUPTED
    tried = len(spellings_of(named.urls)) + len(named.paths)
    failed = tried if result.status == "failed" else result.failures
    return exit_of_tally(tried, failed=failed, new=result.new, exit_nothing_new=exit_nothing_new)


async def ingest(app: App, store: Store, named: TargetList, *, url: str | None, stop: asyncio.Event) -> RunResult:
    """Carry out one ingest; stop ends it early."""
    candidates = tuple(Candidate(url=each, origin="ingest") for each in named.urls)
    saved = tuple(SavedPage(path, url) for path in named.paths)
    async with open_workshop(app.settings.crawler, store) as workshop:
        runs = Runs(workshop, listener=Printing(app, named))
        stopping = asyncio.create_task(stop_when_asked(stop, runs))
        result = await runs.ingest(ORDER, Targets(candidates, saved))
        stopping.cancel()
    return result


async def stop_when_asked(stop: asyncio.Event, runs: Runs) -> None:
    """Wait for stop, then end the runs."""
    await stop.wait()
    await runs.stop()
