"""``bowerbird convert``: article files from one format to another; no store, no trace."""

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.progress import progress
from bowerbird.cli.secured_key import secured_key
from storage.export.conversion import Conversion, Converted, convert_files
from storage.export.folder import Folder
from storage.export.sealing import sealed
from storage.files.found import SUFFIXES, files_at
from storage.formats.registry import find_format, find_readable


@dataclass(frozen=True, slots=True)
class Target:
    """Where the files go. file_name: of a single one, where the person named it."""

    folder: Path
    file_name: str | None = None


@click.command(
    epilog=examples(
        "bowerbird convert vault/contents --to post --out site",
        "bowerbird convert old.md --from news --to news --out new.md",
    )
)
@click.argument("source", type=click.Path(path_type=Path, exists=True), metavar="SRC")
@click.option("--from", "from_name", metavar="FORMAT", help="news, note, text or post; else each file's fields say.")
@click.option("--to", "to_name", required=True, metavar="FORMAT", help="The format to write.")
@click.option("--out", "destination", required=True, type=click.Path(path_type=Path), metavar="DST", help="Where to.")
@pass_app
def command(app: App, source: Path, from_name: str | None, to_name: str, destination: Path) -> Exit:
    """Turn SRC, an article file or a folder of them, into files of another format at DST.

    DST is a folder, or one file where SRC is one and DST has the suffix of one. What is there under the same name is
    replaced. Converting a format to itself keeps the files' names and spells them the canonical way.
    """
    writer = find_format(to_name)
    if to_name == "template":
        raise click.UsageError("a template is an option of a profile; import the files, and export by that profile")
    if from_name is not None:
        find_readable(from_name)
    target = target_of(source, destination)
    files = list(files_at(source))
    key = secured_key(app.environment) if to_name == "news" else None
    conversion = Conversion(
        writer=writer,
        from_name=from_name,
        file_name=target.file_name,
        prepare=lambda article: sealed(article, key=key),
    )
    tally: Counter[str] = Counter()
    lost: Counter[str] = Counter()
    with Folder(target.folder) as folder, progress(app, "converting", total=len(files)) as advance:
        for converted in convert_files(files, folder, conversion):
            tally[converted.outcome] += 1
            lost.update(converted.lost)
            say(app, converted, target)
            advance()
    if not app.as_json:
        app.output.write(summary_line(tally, destination))
    for what, count in lost.items():
        app.note(f"{count} of {len(files)} had {what}, for which {to_name} has no place")
    return exit_of_tally(len(files), failed=tally["failed"], new=0, exit_nothing_new=False)


def target_of(source: Path, destination: Path) -> Target:
    """Return where the files go."""
    is_file = not destination.is_dir() and destination.suffix.lower() in SUFFIXES
    if is_file and source.is_dir():
        raise click.UsageError(f"{source} is a folder, so --out must be one, not {destination.name}")
    return Target(destination.parent, destination.name) if is_file else Target(destination)


def say(app: App, converted: Converted, target: Target) -> None:
    """Print one file with --json; a failure on stderr in any case."""
    if app.as_json:
        app.output.item(
            {
                "source": str(converted.source),
                "path": str(target.folder / converted.path) if converted.path else None,
                "outcome": converted.outcome,
                "reason": converted.reason,
                "lost": list(converted.lost),
            },
            "",
        )
    elif converted.outcome == "failed":
        app.note(converted.reason)


def summary_line(tally: Counter[str], destination: Path) -> str:
    """Return how many files came out how."""
    said = f"wrote {tally['written']} {'file' if tally['written'] == 1 else 'files'} to {destination}"
    said += f", {tally['unchanged']} unchanged" if tally["unchanged"] else ""
    said += f", {tally['skipped']} skipped as they are notes of topics" if tally["skipped"] else ""
    return said + (f", {tally['failed']} could not be converted" if tally["failed"] else "")
