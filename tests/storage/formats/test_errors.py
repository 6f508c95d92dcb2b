import pytest

from storage.errors import StorageError
from storage.export.errors import BadLedger, BadNames, FolderUnusable
from storage.formats.errors import (
    BadFrontMatter,
    BadOption,
    BadSealingKey,
    BadTemplate,
    MissingExtra,
    MissingField,
    NoArticle,
    SealBroken,
    UnreadableFile,
    Unsealable,
)


@pytest.mark.parametrize(
    ("error", "subject"),
    [
        (BadFrontMatter("news", "title", why="w"), "title"),
        (BadOption("post", "image_url", why="w"), "image_url"),
        (BadSealingKey("BOWERBIRD_SECURED_KEY"), "BOWERBIRD_SECURED_KEY"),
        (BadTemplate("mine.md", why="w", line=3), "mine.md, line 3"),
        (MissingExtra("parquet", "parquet"), "pip install 'bowerbird[parquet]'"),
        (MissingField("note", "upload_date", need="captured_at"), "captured_at"),
        (NoArticle("topics/Tool/a.md", what="the note of a topic"), "topics/Tool/a.md"),
        (SealBroken("_news/a.md"), "_news/a.md"),
        (Unsealable("id", why="w"), "the article's id"),
        (UnreadableFile("a.md", why="w", line=3), "a.md, line 3"),
        (BadLedger(".bowerbird/p.jsonl", "w"), ".bowerbird/p.jsonl"),
        (BadNames("{titel}", "w"), "{titel}"),
        (FolderUnusable("data/vault", "w"), "data/vault"),
    ],
)
def test_every_message_names_its_subject(error: StorageError, subject: str) -> None:
    assert subject in str(error)
