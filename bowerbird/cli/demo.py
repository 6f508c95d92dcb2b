"""``bowerbird demo``: watch it work, offline."""

import time
from collections.abc import Sequence
from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit
from bowerbird.cli.output import Column
from bowerbird.cli.rows import result_row
from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from bowerbird.demo.tour import FORMATS, Tour, take_tour, write_settings
from crawler.order import RunResult
from crawler.reactor import run_in_reactor
from crawler.summary import counts_of
from storage.verdict import Verdict

FOLDER = Path("data/demo")
COLUMNS = (
    Column("source", "Source"),
    Column("offered", "URLs", is_number=True),
    Column("requests", "Requests", is_number=True),
    Column("not_modified", "304", is_number=True),
    Column("verdicts", "Verdicts"),
)


@click.command(epilog=examples("bowerbird demo", "bowerbird demo --keep"))
@click.option("--keep", is_flag=True, help="Leave the newsroom running afterwards, until Ctrl-C.")
@pass_app
def command(app: App, keep: bool) -> Exit:
    """Start a small newsroom on this machine, watch it, and lay its articles out under data/demo/export/."""
    begun = time.monotonic()
    with running_newsroom() as newsroom:
        app.note(f"a newsroom of three publications is up at {', '.join(newsroom.addresses.values())}")
        tour = run_in_reactor(lambda stop: take_tour(newsroom, FOLDER, stop=stop))
        if tour is None:
            return Exit.INTERRUPTED
        settings = write_settings(FOLDER, newsroom)
        tell(app, tour, seconds=time.monotonic() - begun)
        if keep:
            leave_running(app, newsroom, settings)
    return (
        Exit.ALL_WELL
        if all(result.status == "finished" for result in (*tour.first, *tour.second))
        else Exit.SOME_FAILED
    )


def tell(app: App, tour: Tour, *, seconds: float) -> None:
    """Print what came out."""
    if app.output.as_json:
        app.output.item(summary(tour, seconds), "")
        return
    say = app.output.write
    say("First visit of every source")
    tell_runs(app, tour.first)
    say(f"\nOne URL by hand: {tour.ingested.reason}")
    say(f"\nThe newsroom published “{tour.published}” and corrected “{tour.corrected}”.")
    say("\nSecond visit, asking only for what changed")
    tell_runs(app, tour.second)
    say("\nFiles")
    for name, report in zip(FORMATS, tour.exports, strict=True):
        say(f"  {report.written:>3} of format {name:<4} in {tour.folder / 'export' / name}")
    say(f"\nOne of them, {tour.sample}:\n")
    say(tour.sample.read_text(encoding="utf-8"))
    say(f"\nDone in {seconds:.1f} s.")


def tell_runs(app: App, results: Sequence[RunResult]) -> None:
    """Print the accounts of some runs, and that they add up."""
    rows = [{**result_row(result), "verdicts": counts_of(result.verdicts)} for result in results]
    app.output.table(rows, COLUMNS)
    verdicts = total(results)
    offered = sum(result.totals.offered for result in results)
    requests = sum(result.totals.requests for result in results)
    unmodified = sum(result.totals.not_modified for result in results)
    app.output.write(
        f"{offered} URLs offered = {' + '.join(f'{count} {verdict}' for verdict, count in verdicts.items())}; "
        f"{requests} requests, {unmodified} of them answered 304 Not Modified"
    )


def total(results: Sequence[RunResult]) -> dict[Verdict, int]:
    """Return the verdicts of several runs together."""
    sums = {verdict: sum(result.verdicts.get(verdict, 0) for result in results) for verdict in Verdict}
    return {verdict: count for verdict, count in sums.items() if count}


def summary(tour: Tour, seconds: float) -> dict[str, object]:
    """Return the tour as one JSON object."""
    return {
        "first": [result_row(result) for result in tour.first],
        "ingested": result_row(tour.ingested),
        "second": [result_row(result) for result in tour.second],
        "files": {name: report.written for name, report in zip(FORMATS, tour.exports, strict=True)},
        "folder": str(tour.folder / "export"),
        "seconds": round(seconds, 1),
    }


def leave_running(app: App, newsroom: Newsroom, settings: Path) -> None:
    """Serve on until Ctrl-C."""
    try:
        app.note(f"the newsroom stays up; try `bowerbird --settings {settings} serve`; Ctrl-C ends it")
        for address in newsroom.addresses.values():
            app.note(f"  {address}")
        while True:
            time.sleep(3600)
    except KeyboardInterrupt:
        return
