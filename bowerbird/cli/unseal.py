"""``bowerbird unseal``: show what the field ``secured`` of news items says."""

from pathlib import Path

import click

from bowerbird.cli.context import App, examples, pass_app
from bowerbird.cli.exits import Exit, exit_of_tally
from bowerbird.cli.secured_key import required_secured_key
from storage.errors import StorageError
from storage.files.found import ArticleFile, files_at
from storage.files.read import content_of
from storage.formats.envelope import unseal
from storage.formats.sealed_item import read_sealed_item
from storage.formats.sealing_key import SealingKey
from storage.formats.secret import hash_of_url
from storage.formats.source_file import decoded


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
        except StorageError as error:
            app.note(str(error))
            failed += 1
            continue
        if number and not app.as_json:
            app.output.write("")
        app.output.record(row)
    return exit_of_tally(len(files), failed=failed, new=0, exit_nothing_new=False)


def sealed_row(file: ArticleFile, *, key: SealingKey) -> dict[str, object]:
    """Return what is sealed in a file, and whether the address in the file is the sealed one.

    Raises:
        SealBroken: it is not what was sealed under the key.
        FileUnusable, UnreadableFile: it cannot be read, or there is nothing sealed in it.
    """
    item = read_sealed_item(decoded(content_of(file).content, path=str(file.path)), path=str(file.path))
    secret = unseal(item.envelope, key=key, path=str(file.path))
    return {
        "file": str(file.path),
        "version": secret.version,
        "article_id": secret.item_id,
        "captured_at": secret.captured_at,
        "url": item.url,
        "is_sealed_url": hash_of_url(item.url) == secret.url_hash,
        "url_sha256": secret.url_hash,
        "content_sha256": secret.content_hash or None,
    }
