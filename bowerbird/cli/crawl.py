"""``bowerbird crawl``: visit sources now."""

from collections.abc import Sequence
from datetime import UTC, datetime

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.exporter import Exporter
from bowerbird.cli.opened import opened_store
from bowerbird.cli.rows import recorded_line, result_row
from bowerbird.cli.watching import Watching, watched
from crawler.order import RunResult
from crawler.reactor import run_in_reactor
from scheduler.foreground import Visits, visit_now
from storage.database.store import Store
from storage.errors import NoSuchSource
from storage.source import SourceState


@click.command(epilog=examples("bowerbird crawl --all", "bowerbird crawl example-blog --limit 5 --dry-run"))
@click.argument("names", nargs=-1)
@click.option("--due", "which", flag_value="due", default=True, help="Those whose time has come.  [default]")
@click.option("--all", "which", flag_value="all", help="All that are not paused.")
@click.option("--limit", type=click.IntRange(min=1), help="Fetch at most so many articles of each.")
@click.option("--recheck", is_flag=True, help="Ask for known articles again, whatever their age.")
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would be fetched; fetch no article, keep nothing.")
@click.option("--exit-nothing-new", is_flag=True, help="Exit with 4 where nothing new was found.")
@pass_app
def command(
    app: App,
    names: tuple[str, ...],
    which: str,
    limit: int | None,
    recheck: bool,
    is_dry: bool,
    exit_nothing_new: bool,
) -> Exit:
    """Visit the named sources now, or all that are due."""
    with opened_store(app) as store:
        chosen = choose(store.sources.list(), names, which)
        if not chosen:
            app.note(nothing_to_do(store.sources.list()))
            return Exit.NOTHING_NEW if exit_nothing_new else Exit.ALL_WELL
        visits = Visits(names=chosen, recheck=recheck, is_dry=is_dry, limit=limit)
        return crawl_now(app, store, visits, exit_nothing_new=exit_nothing_new)


def crawl_now(app: App, store: Store, visits: Visits, *, exit_nothing_new: bool = False) -> Exit:
    """Visit and print one line a run; with a dry run one line a URL."""
    with watched(app, "visiting") as watching:
        results = run_in_reactor(
            lambda stop: visit_now(
                visits,
                store=store,
                crawler=app.settings.crawler,
                scheduler=app.settings.scheduler,
                listener=watching,
                stop=stop,
            )
        )
    export_all(app, store, results)
    report(app, results, watching, is_dry=visits.is_dry)
    if len(results) < len(visits.names) or any(r.status == "interrupted" and r.run_id for r in results):
        return Exit.INTERRUPTED
    failed = sum(result.status != "finished" for result in results)
    new = sum(result.new for result in results)
    return exit_of_tally(len(results), failed=failed, new=new, exit_nothing_new=exit_nothing_new)


def export_all(app: App, store: Store, results: Sequence[RunResult]) -> None:
    """Write what the visits brought into the profiles that follow each capture."""
    exporter = Exporter(app, store)
    for result in results:
        if result.run_id and result.new:
            exporter.export_new(result)


def report(app: App, results: Sequence[RunResult], watching: Watching, *, is_dry: bool) -> None:
    """Print what came of the visits."""
    if is_dry:
        for decision in watching.decisions:
            app.output.item(decision.row, decision.line)
        for result in results:
            app.note(
                f"{result.source}: {result.reason}" if not watching.decisions else f"{result.source}: nothing was kept"
            )
        return
    for result in results:
        app.output.item(result_row(result), f"{result.source}: {result.status}: {result.reason}")
    for recorded in watching.failures if app.verbosity > 0 else ():
        app.note(recorded_line(recorded))


def choose(states: Sequence[SourceState], names: Sequence[str], which: str) -> list[str]:
    """Return the names of the sources to visit.

    Raises:
        NoSuchSource: a name is not known.
    """
    known = [state.source.name for state in states]
    for name in names:
        if name not in known:
            raise NoSuchSource(name, known)
    if names:
        return list(dict.fromkeys(names))
    now = datetime.now(UTC)
    return [
        state.source.name
        for state in states
        if not state.is_paused and (which == "all" or state.next_run_at is None or state.next_run_at <= now)
    ]


def nothing_to_do(states: Sequence[SourceState]) -> str:
    """Return why there is no source to visit."""
    planned = [(s.next_run_at, s.source.name) for s in states if s.next_run_at is not None and not s.is_paused]
    if not planned:
        return "there is no source to visit; `bowerbird sources add NAME URL` adds one"
    at, name = min(planned)
    return f"no source is due; the next is {name} at {at:%Y-%m-%d %H:%M:%S} UTC; --all visits all now"
