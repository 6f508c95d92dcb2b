"""``bowerbird import``: article files back into the store."""

from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.opened import opened_store
from bowerbird.cli.progress import progress
from bowerbird.cli.rows import recorded_line, recorded_row
from storage.files.found import files_at
from storage.formats.registry import find_readable
from storage.imports import import_files
from storage.verdict import Verdict


@click.command(
    epilog=examples("bowerbird import vault/contents", "bowerbird import --format post site/content/posts/a.md")
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path, exists=True), metavar="PATH...")
@click.option(
    "--format", "format_name", metavar="FORMAT", help="news, note, text or post; else each file's fields say."
)
@click.option("--exit-nothing-new", is_flag=True, help="Exit with 4 where nothing new was found.")
@pass_app
def command(app: App, paths: tuple[Path, ...], format_name: str | None, exit_nothing_new: bool) -> Exit:
    """Read the article files at each PATH, a file or a folder, into the store.

    An article that the store has already keeps its text; what a person wrote into the file is taken over: the reader's
    state, and front matter that is not ours, which is written back.
    """
    if format_name is not None:
        find_readable(format_name)
    files = [file for path in paths for file in files_at(path)]
    verdicts = []
    with opened_store(app) as store, progress(app, "importing", total=len(files)) as advance:
        for imported in import_files(store, files, format_name=format_name):
            row = {"file": str(imported.file.path), **recorded_row(imported.recorded)}
            app.output.item(row, recorded_line(imported.recorded))
            verdicts.append(imported.recorded.verdict)
            advance()
    failed = verdicts.count(Verdict.UNREADABLE)
    new = sum(verdict.is_new for verdict in verdicts)
    return exit_of_tally(len(files), failed=failed, new=new, exit_nothing_new=exit_nothing_new)
