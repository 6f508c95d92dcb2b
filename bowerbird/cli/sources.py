"""``bowerbird sources``: the places to watch. Those of settings.yaml are changed there; the others here."""

from typing import NoReturn

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.discovering import discover_sources
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.rehearsing import test_source
from bowerbird.cli.rows import source_row, watched_line
from bowerbird.cli.source_options import checked_source, source_options, watched_as
from storage.database.store import Store

COLUMNS = (
    Column("name", "Source"),
    Column("kind", "Kind"),
    Column("every", "Every"),
    Column("state", "State"),
    Column("next_run_at", "Next run (UTC)"),
    Column("url", "URL"),
)


@click.group(
    epilog=examples("bowerbird sources add example-blog https://example.org/feed.xml", "bowerbird sources list")
)
def command() -> None:
    """Find, add, test, list, pause and remove the places to watch."""


command.add_command(discover_sources)
command.add_command(test_source)


@command.command("list", epilog=examples("bowerbird sources list --json"))
@pass_app
def list_sources(app: App) -> None:
    """List all sources."""
    with opened_store(app) as store:
        states = store.sources.list()
    app.output.table([source_row(state) for state in states], COLUMNS)
    for state in states:
        if state.url != state.source.url:
            app.note(watched_line(state))
    if not states:
        app.note("no sources yet; `bowerbird sources add NAME URL` adds one")


@command.command("show", epilog=examples("bowerbird sources show example-blog"))
@click.argument("name")
@pass_app
def show_source(app: App, name: str) -> None:
    """Show one source with all its options."""
    with opened_store(app) as store:
        app.output.record(source_row(store.sources.get(name)))


@command.command(
    "add",
    epilog=examples(
        "bowerbird sources add example-blog https://example.org/feed.xml",
        "bowerbird sources add news https://example.org/politics/ --kind section --every 30m --tag politics",
        "bowerbird sources add club https://example.org/atom.xml --cookie 'session=${CLUB_SESSION}' --no-recheck",
    ),
)
@click.argument("name")
@click.argument("url")
@source_options
@pass_app
def add_source(app: App, /, **fields: object) -> None:
    """Watch URL under NAME from now on."""
    source = checked_source(fields)
    with opened_store(app) as store:
        other = watched_as(store, source.url)
        store.sources.add(source)
    if other:
        app.note(f"{source.url} is watched as {other} already; now it is visited for both")
    app.note(f"{source.name} is due now; `bowerbird crawl {source.name}` visits it, `bowerbird serve` keeps doing so")


@command.command("pause", epilog=examples("bowerbird sources pause example-blog"))
@click.argument("name")
@pass_app
def pause_source(app: App, name: str) -> None:
    """Let a source rest until it is resumed."""
    with opened_store(app) as store:
        store.sources.set_paused(name, is_paused=True)


@command.command("resume", epilog=examples("bowerbird sources resume example-blog"))
@click.argument("name")
@pass_app
def resume_source(app: App, name: str) -> None:
    """Watch a paused source again."""
    with opened_store(app) as store:
        store.sources.set_paused(name, is_paused=False)


@command.command("remove", epilog=examples("bowerbird sources remove example-blog"))
@click.argument("name")
@pass_app
def remove_source(app: App, name: str) -> None:
    """Watch a source no more; its articles and its history stay."""
    with opened_store(app) as store:
        refuse_if_of_file(store, name, app)
        store.sources.remove(name)


def refuse_if_of_file(store: Store, name: str, app: App) -> None:
    """Raise where the settings file holds the source: it would be back with the next command."""
    if store.sources.get(name).origin == "file":
        refuse(f"{name} is listed in {app.loaded.file}; remove it there, or `bowerbird sources pause {name}`")


def refuse(why: str) -> NoReturn:
    """End the command with a usage error."""
    raise click.UsageError(why)
