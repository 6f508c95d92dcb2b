"""``bowerbird opml``: take sources over from other feed readers, and give them away."""

from collections import Counter
from collections.abc import Mapping
from typing import BinaryIO

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.opened import opened_store
from bowerbird.cli.subscribing import Result, Subscribed, subscribe
from crawler.opml import MAX_BYTES, read_opml, write_opml
from storage.source import Source

WORDS: Mapping[Result, str] = {"added": "added", "known": "already there", "refused": "refused"}


@click.group(epilog=examples("bowerbird opml import subscriptions.opml", "bowerbird opml export sources.opml"))
def command() -> None:
    """Take sources over from other feed readers, and give them away."""


@command.command(
    "import",
    epilog=examples("bowerbird opml import subscriptions.opml --dry-run", "bowerbird opml import subscriptions.opml"),
)
@click.argument("file", type=click.File("rb"))
@click.option("--dry-run", "is_dry", is_flag=True, help="Show what would be added; add nothing.")
@pass_app
def import_opml(app: App, file: BinaryIO, is_dry: bool) -> Exit:
    """Watch each feed of FILE (- is stdin) that is not watched yet; its folders and categories become tags."""
    listed = read_opml(file.read(MAX_BYTES + 1), path=file.name)
    with opened_store(app) as store:
        subscribed = list(subscribe(listed, [state.source for state in store.sources.list()]))
        if not is_dry:
            store.sources.add_all([each.source for each in subscribed if each.source is not None])
    for each in subscribed:
        app.output.item(subscribed_row(each), subscribed_line(each))
    counts = Counter(each.result for each in subscribed)
    said = ", ".join(f"{counts[result]} {word}" for result, word in WORDS.items() if counts[result])
    app.note(f"{said or 'it lists no feeds'}{'; nothing was kept' if is_dry else ''}")
    return exit_of_tally(len(subscribed), failed=counts["refused"], new=counts["added"], exit_nothing_new=False)


@command.command(
    "export", epilog=examples("bowerbird opml export sources.opml", "bowerbird opml export > sources.opml")
)
@click.argument("file", type=click.File("wb", lazy=True, atomic=True), default="-")
@pass_app
def export_opml(app: App, file: BinaryIO) -> None:
    """Write all sources to FILE (stdout by default) as OPML 2.0: the first tag as a folder, all tags as categories."""
    if app.output.as_json:
        raise click.UsageError("OPML is XML; `bowerbird sources list --json` gives the sources as JSON")
    with opened_store(app) as store:
        states = store.sources.list()
    file.write(write_opml([(state.source, state.kind) for state in states]))
    plain = [state.source.name for state in states if is_plain(state.source)]
    if len(plain) < len(states):
        app.note(f"OPML holds names, URLs, kinds and tags; {len(states) - len(plain)} sources have other options, too")


def is_plain(source: Source) -> bool:
    """Whether a source says nothing that OPML has no place for."""
    return source == Source(name=source.name, url=source.url, kind=source.kind, tags=source.tags)


def subscribed_row(subscribed: Subscribed) -> dict[str, object]:
    """What became of one entry."""
    entry = subscribed.subscription
    return {
        "result": subscribed.result,
        "name": subscribed.name,
        "url": entry.url,
        "title": entry.title,
        "tags": list(entry.tags),
        "line": entry.line,
        "reason": subscribed.reason,
    }


def subscribed_line(subscribed: Subscribed) -> str:
    """The same in one line for a person."""
    entry = subscribed.subscription
    what = subscribed.name or entry.title or f"line {entry.line}"
    parts = (WORDS[subscribed.result], what, entry.url, f"[{', '.join(entry.tags)}]" if entry.tags else "")
    reason = f"({subscribed.reason})" if subscribed.result == "refused" else ""
    return "  ".join(part for part in (*parts, reason) if part)
