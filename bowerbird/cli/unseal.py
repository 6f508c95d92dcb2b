"""``bowerbird unseal``: show what the field ``secured`` of news items says."""

from collections.abc import Iterator
from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.secured_key import required_secured_key
from storage.errors import StorageError
from storage.formats.envelope import unseal
from storage.formats.errors import MissingExtra, UnreadableFile
from storage.formats.sealed_item import read_sealed_item
from storage.formats.sealing_key import SealingKey
from storage.formats.secret import hash_of_url

MOST_BYTES = 16 << 20


@click.command(
    epilog=examples(
        "bowerbird unseal site/_news/2026-11-02-blue.md", "bowerbird unseal --json site/_news > sealed.jsonl"
    )
)
@click.argument("paths", nargs=-1, required=True, metavar="FILE...", type=click.Path(path_type=Path, exists=True))
@pass_app
def command(app: App, paths: tuple[Path, ...]) -> Exit:
    """Show what is sealed in each news FILE, or in those of a folder: which article it is, from where, and when.

    The key is read from the environment variable BOWERBIRD_SECURED_KEY.
    """
    key = required_secured_key(app.environment)
    files = [file for path in paths for file in files_at(path)]
    failed = 0
    for number, file in enumerate(files):
        try:
            row = sealed_row(file, key=key)
        except MissingExtra:
            raise
        except StorageError as error:
            app.note(str(error))
            failed += 1
            continue
        if number and not app.as_json:
            app.output.write("")
        app.output.record(row)
    return exit_of_tally(len(files), failed=failed, new=0, exit_nothing_new=False)


def files_at(path: Path) -> Iterator[Path]:
    """Yield the file that path is, or the Markdown files below the folder that it is."""
    if path.is_dir():
        yield from sorted(path.rglob("*.md"))
    else:
        yield path


def sealed_row(file: Path, *, key: SealingKey) -> dict[str, object]:
    """Return what is sealed in a file, and whether the address in the file is the sealed one.

    Raises:
        SealBroken: it is not what was sealed under the key.
        UnreadableFile: there is nothing sealed in it.
    """
    item = read_sealed_item(text_of(file), path=str(file))
    secret = unseal(item.envelope, key=key, path=str(file))
    return {
        "file": str(file),
        "version": secret.version,
        "article_id": secret.item_id,
        "captured_at": secret.captured_at,
        "url": item.url,
        "is_sealed_url": hash_of_url(item.url) == secret.url_hash,
        "url_sha256": secret.url_hash,
        "content_sha256": secret.content_hash or None,
    }


def text_of(file: Path) -> str:
    """Return the text of a file.

    Raises:
        UnreadableFile: it cannot be read, is too large, or no UTF-8.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(MOST_BYTES + 1)
    except OSError as error:
        raise UnreadableFile(str(file), why=str(error.strerror)) from error
    if len(content) > MOST_BYTES:
        raise UnreadableFile(str(file), why=f"it is larger than {MOST_BYTES >> 20} MiB, which no news item is")
    try:
        return content.decode()
    except UnicodeDecodeError as error:
        raise UnreadableFile(str(file), why="it is not UTF-8") from error
