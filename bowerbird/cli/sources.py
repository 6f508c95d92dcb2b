"""``bowerbird sources``: the places to watch. Those of settings.yaml are changed there; the others here."""

from collections.abc import Mapping
from typing import NoReturn

import click
from pydantic import ValidationError

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.crawl import crawl_now
from bowerbird.cli.exits import Exit
from bowerbird.cli.opened import opened_store
from bowerbird.cli.output import Column
from bowerbird.cli.rows import source_row
from bowerbird.settings.source import SourceSettings
from scheduler.foreground import Visits
from storage.database.store import Store
from storage.source import Source, SourceKind

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
    """List, add, test, pause and remove the places to watch."""


@command.command("list", epilog=examples("bowerbird sources list --json"))
@pass_app
def list_sources(app: App) -> None:
    """List all sources."""
    with opened_store(app) as store:
        states = store.sources.list()
    app.output.table([source_row(state) for state in states], COLUMNS)
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
    ),
)
@click.argument("name")
@click.argument("url")
@click.option("--kind", type=click.Choice([kind.value for kind in SourceKind]), default="auto", show_default=True)
@click.option("--every", default="auto", show_default=True, help="auto, a span such as 30m, or cron in UTC.")
@click.option("--include", multiple=True, metavar="PATTERN", help="Only URLs like this: a glob, or re:REGEX.")
@click.option("--exclude", multiple=True, metavar="PATTERN", help="No URLs like this.")
@click.option("--since", metavar="SPAN", help="Nothing older than this at the first visit, e.g. 30d.")
@click.option("--tag", "tags", multiple=True, help="Given to each of its articles.")
@click.option("--category", default="", help="Given to each of its articles.")
@click.option("--body", metavar="CSS", help="Selector of the main text, where the extractor gets it wrong.")
@pass_app
def add_source(app: App, /, **fields: object) -> None:
    """Watch URL under NAME from now on."""
    source = checked_source(fields)
    with opened_store(app) as store:
        store.sources.add(source)
    app.note(f"{source.name} is due now; `bowerbird crawl {source.name}` visits it, `bowerbird serve` keeps doing so")


@command.command("test", epilog=examples("bowerbird sources test example-blog"))
@click.argument("name")
@pass_app
def test_source(app: App, name: str) -> Exit:
    """Read what a source offers and show what would be fetched; fetches no article, keeps nothing."""
    with opened_store(app) as store:
        store.sources.get(name)
        return crawl_now(app, store, Visits(names=[name], is_dry=True))


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


def checked_source(fields: Mapping[str, object]) -> Source:
    """Return the source that the options describe, by the rules of settings.yaml.

    Raises:
        click.UsageError: with every option that is wrong.
    """
    try:
        return SourceSettings.model_validate(fields).source
    except ValidationError as error:
        wrong = [f"{fault['loc'][0]}: {fault['msg'].removeprefix('Value error, ')}" for fault in error.errors()]
        raise click.UsageError("; ".join(wrong)) from error


def refuse_if_of_file(store: Store, name: str, app: App) -> None:
    """Raise where the settings file holds the source: it would be back with the next command."""
    if store.sources.get(name).origin == "file":
        refuse(f"{name} is listed in {app.loaded.file}; remove it there, or `bowerbird sources pause {name}`")


def refuse(why: str) -> NoReturn:
    """End the command with a usage error."""
    raise click.UsageError(why)
