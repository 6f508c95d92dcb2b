"""``bowerbird status``: whether all is well, in one screen."""

from datetime import UTC, datetime

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.rows import source_row
from crawler.summary import counts_of
from storage.database.store import Store
from storage.source import SourceState

COLUMNS = (
    Column("name", "Source"),
    Column("kind", "Kind"),
    Column("state", "State"),
    Column("last_run_at", "Last run (UTC)"),
    Column("next_run_at", "Next run (UTC)"),
)


@click.command(epilog=examples("bowerbird status", "bowerbird status --json"))
@pass_app
def command(app: App) -> None:
    """Show the sources, what is due, and the accounts of all attempts so far."""
    with opened_store(app) as store:
        states = store.sources.list()
        row = summary(store, states)
    if not app.output.as_json:
        del row["counts"]
    app.output.record(row)
    if states and not app.output.as_json:
        app.output.write("")
        app.output.table([source_row(state) for state in states], COLUMNS)


def summary(store: Store, states: list[SourceState]) -> dict[str, object]:
    """Return the figures of the whole store."""
    counts = store.attempts.counts()
    now = datetime.now(UTC)
    due = [s for s in states if not s.is_paused and (s.next_run_at is None or s.next_run_at <= now)]
    latest = store.runs.list(limit=1)
    return {
        "articles": store.articles.count(),
        "sources": len(states),
        "due": len(due),
        "failing": [state.source.name for state in states if state.failures],
        "last_run": latest[0].started_at if latest else None,
        "attempts": sum(counts.values()),
        "verdicts": counts_of(counts),
        "counts": {str(verdict): count for verdict, count in counts.items()},
    }
