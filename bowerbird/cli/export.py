"""``bowerbird export``: write articles as front-matter files."""

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Literal, get_args

import click
from dateutil.parser import isoparse

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.exported import print_report
from bowerbird.cli.opened import opened_store
from bowerbird.cli.picturing import PicturedExport, fetch_missing_pictures
from bowerbird.cli.progress import progress
from bowerbird.cli.secured_key import secured_key
from bowerbird.errors import NoSuchProfile
from storage.article import Article
from storage.database.store import Store
from storage.duration import parse_duration
from storage.errors import BadDuration, UnsafePath
from storage.export.choices import Choices
from storage.export.dataset import export_dataset
from storage.export.errors import ExportError
from storage.export.mirror import export
from storage.export.profile import FORMATS, Profile
from storage.export.reconcile import OnConflict
from storage.export.report import ExportReport
from storage.formats.registry import check_options, find_dataset


@dataclass(frozen=True, slots=True)
class Wish:
    """Which articles are wanted: those stored or changed since, that hold the words."""

    since: datetime | None
    words: str


class ExportFolder(click.Path):
    """A folder that is named: an empty name would be the current one, which nobody meant."""

    def convert(
        self, value: str | os.PathLike[str], param: click.Parameter | None, ctx: click.Context | None
    ) -> str | bytes | os.PathLike[str]:
        """Return the folder's path, or refuse it."""
        if value == "":
            self.fail("name a folder; . is the current one", param, ctx)
        return super().convert(value, param, ctx)


@click.command(
    epilog=examples(
        "bowerbird export",
        "bowerbird export vault --prune --dry-run",
        "bowerbird export --format note --to vault --since 7d",
        'bowerbird export --format jekyll --to site --query "swing bridge"',
    )
)
@click.argument("profiles", nargs=-1, metavar="[PROFILE]...")
@click.option("--format", "format_name", metavar="FORMAT", help=f"{FORMATS}. Goes with --to.")
@click.option("--to", "folder", type=ExportFolder(path_type=Path, file_okay=False), metavar="DIR", help="Where to.")
@click.option("--since", metavar="TIME", help="Only what was captured since: a date, a time, or a span such as 7d.")
@click.option("--query", metavar="WORDS", default="", help="Only articles whose title or text holds all the words.")
@click.option(
    "--on-conflict",
    type=click.Choice(get_args(OnConflict)),
    default="keep-edited",
    show_default=True,
    help="What becomes of a file that a person has edited.",
)
@click.option(
    "--images",
    type=click.Choice(["link", "download"]),
    help="link: pictures stay on the web; download: they are fetched and kept beside the files. [the profile's]",
)
@click.option("--prune", is_flag=True, help="Remove the files of all other articles, but for edited ones.")
@click.option("--full", is_flag=True, help="Look into every file and at every article, changed or not.")
@click.option("--dry-run", is_flag=True, help="Show what would be written and removed; do neither.")
@pass_app
def command(
    app: App,
    profiles: tuple[str, ...],
    format_name: str | None,
    folder: Path | None,
    since: str | None,
    query: str,
    on_conflict: OnConflict,
    images: Literal["link", "download"] | None,
    prune: bool,
    full: bool,
    dry_run: bool,
) -> Exit:
    """Write the articles into each PROFILE of the settings, all of them by default, or into a folder of your own.

    Files that are up to date are passed over; what a person has edited stays.
    """
    if prune and since is not None:
        raise click.UsageError("--prune would remove all that is older than --since; give one of them")
    chosen = [with_images(each, images) for each in choose_profiles(app, profiles, format_name, folder)]
    wish = Wish(parse_since(since) if since is not None else None, query)
    key = secured_key(app.environment)
    choices = Choices(on_conflict=on_conflict, is_full=full, is_pruned=prune, is_dry=dry_run, key=key)
    with opened_store(app) as store:
        if not dry_run:
            selection = store.articles.selection(since=wish.since, words=wish.words)
            pictured = [PicturedExport(each, selection) for each in chosen if each.images == "download"]
            fetch_missing_pictures(app, pictured, choices=choices)
        reports = list(each_report(app, store, chosen, wish=wish, choices=choices))
    failed = sum(len(report.failures) for report in reports) + len(chosen) - len(reports)
    return exit_of_tally(sum(len(r.files) for r in reports) + failed, failed=failed, new=0, exit_nothing_new=False)


def each_report(
    app: App, store: Store, profiles: Sequence[Profile], *, wish: Wish, choices: Choices
) -> Iterator[ExportReport]:
    """Write each profile; one whose folder cannot be used is named and hinders no other.

    Raises:
        StorageError: it is the only one.
    """
    for profile in profiles:
        try:
            yield export_profile(app, store, profile, wish=wish, choices=choices)
        except (ExportError, UnsafePath) as error:
            if len(profiles) == 1:
                raise
            app.note(f"{profile.name}: {error}")


def choose_profiles(app: App, names: Sequence[str], format_name: str | None, folder: Path | None) -> Sequence[Profile]:
    """Return the profiles to write.

    Raises:
        click.UsageError: the options do not go together, or there is nothing to write.
        NoSuchProfile, UnknownFormat: a name is not known.
        MissingExtra: the format needs a package that is not installed.
    """
    if (format_name is None) != (folder is None) or (names and format_name):
        raise click.UsageError("name profiles of the settings, or give both --format and --to")
    if format_name is not None and folder is not None:
        check_options(format_name, {})
        return [Profile(name=format_name, format=format_name, folder=folder)]
    known = {profile.name: profile for profile in app.settings.export}
    if not known:
        raise click.UsageError("the settings hold no export profile; give --format and --to, or add one under export:")
    for name in names:
        if name not in known:
            raise NoSuchProfile(name, known)
    return [known[name] for name in names] if names else list(known.values())


def with_images(profile: Profile, images: Literal["link", "download"] | None) -> Profile:
    """Return the profile with what the command line says of pictures.

    Raises:
        click.UsageError: its format has none.
    """
    if images == "download" and profile.shows_no_pictures:
        raise click.UsageError(f"the format {profile.format} shows no pictures to download")
    return profile.model_copy(update={"images": images}) if images else profile


def export_profile(app: App, store: Store, profile: Profile, *, wish: Wish, choices: Choices) -> ExportReport:
    """Write one profile and say what became of it."""
    with progress(app, f"writing {profile.name}", total=None) as advance:
        if find_dataset(profile.format):
            articles = counted(store.articles.iterate(since=wish.since, words=wish.words), advance)
            report = export_dataset(articles, profile, page_of=store.pages.latest, dry_run=choices.is_dry)
        else:
            selection = store.articles.selection(since=wish.since, words=wish.words)
            report = export(selection, profile, choices=choices, advance=advance)
    print_report(app, report, profile, is_dry=choices.is_dry)
    return report


def counted(articles: Iterable[Article], advance: Callable[[], None]) -> Iterator[Article]:
    """Yield articles and count them."""
    for article in articles:
        advance()
        yield article


def parse_since(text: str) -> datetime:
    """Return the moment text names: a span before now, or a date or time; without an offset it is UTC.

    Raises:
        click.UsageError: it is neither.
    """
    try:
        return datetime.now(UTC) - parse_duration(text)
    except BadDuration:
        pass
    try:
        moment = isoparse(text)
        return moment.astimezone(UTC) if moment.tzinfo else moment.replace(tzinfo=UTC)
    except (ValueError, OverflowError) as error:
        raise click.UsageError(f"--since {text}: write a date such as 2026-11-01, or a span such as 7d") from error
