import pytest

from storage.errors import StorageError
from storage.export.errors import BadLedger, BadNames, FolderUnusable
from storage.formats.errors import BadFrontMatter, BadOption, BadTemplate, MissingExtra, MissingField


@pytest.mark.parametrize(
    ("error", "subject"),
    [
        (BadFrontMatter("news", "title", why="w"), "title"),
        (BadOption("post", "image_url", why="w"), "image_url"),
        (BadTemplate("mine.md", why="w", line=3), "mine.md, line 3"),
        (MissingExtra("parquet", "parquet"), "pip install 'bowerbird[parquet]'"),
        (MissingField("note", "upload_date", need="captured_at"), "captured_at"),
        (BadLedger(".bowerbird/p.jsonl", "w"), ".bowerbird/p.jsonl"),
        (BadNames("{titel}", "w"), "{titel}"),
        (FolderUnusable("data/vault", "w"), "data/vault"),
    ],
)
def test_every_message_names_its_subject(error: StorageError, subject: str) -> None:
    assert subject in str(error)
