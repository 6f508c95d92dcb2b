"""``bowerbird runs``: what the visits brought."""

import click

from bowerbird.cli.advice import advice_on_run
from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.rows import MOST, attempt_row, run_row

RUN_COLUMNS = (
    Column("run", "Run", is_number=True),
    Column("source", "Source"),
    Column("started_at", "Began (UTC)"),
    Column("status", "Status"),
    Column("attempts", "URLs", is_number=True),
    Column("not_modified", "304", is_number=True),
    Column("verdicts", "Verdicts"),
)
ATTEMPT_COLUMNS = (
    Column("verdict", "Verdict"),
    Column("status", "HTTP", is_number=True),
    Column("url", "URL"),
    Column("title", "Title"),
    Column("reason", "Why"),
)


@click.group(epilog=examples("bowerbird runs list", "bowerbird runs show 12"))
def command() -> None:
    """Show what the visits brought."""


@command.command("list", epilog=examples("bowerbird runs list --source example-blog --limit 5"))
@click.option("--source", metavar="NAME", help="Only runs of this source.")
@click.option("--limit", type=click.IntRange(1, MOST), default=20, show_default=True, help="At most so many.")
@pass_app
def list_runs(app: App, source: str | None, limit: int) -> None:
    """List the latest runs, newest first."""
    with opened_store(app) as store:
        runs = store.runs.list(limit=limit, source=source)
    app.output.table([run_row(run) for run in runs], RUN_COLUMNS)


@command.command("show", epilog=examples("bowerbird runs show 12"))
@click.argument("run_id", type=click.IntRange(1, MOST), metavar="RUN")
@pass_app
def show_run(app: App, run_id: int) -> None:
    """Show one run, URL by URL, and what may help. With --json: the run in one line, then each attempt."""
    with opened_store(app) as store:
        run = store.runs.get(run_id)
        attempts = store.attempts.of_run(run_id)
        watched = frozenset(state.source.name for state in store.sources.list())
    row = run_row(run)
    if not app.output.as_json:
        del row["counts"]
    app.output.record(row)
    if attempts:
        app.output.table([attempt_row(attempt, watched) for attempt in attempts], ATTEMPT_COLUMNS)
    for line in () if app.output.as_json else advice_on_run(attempts, watched):
        app.output.write(f"what may help: {line}")
