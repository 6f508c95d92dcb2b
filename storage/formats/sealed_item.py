"""A news item's envelope as its file holds it. Not for opening it, nor for the other fields."""

from dataclasses import dataclass

from storage.formats.errors import UnreadableFile
from storage.formats.given_yaml import read_given
from storage.formats.source_file import split_file


@dataclass(frozen=True, slots=True)
class SealedItem:
    """envelope: the field ``secured``; url: the address the item names as its own, or nothing."""

    envelope: str
    url: str


def read_sealed_item(text: str, *, path: str) -> SealedItem:
    """Return the envelope of a file.

    Raises:
        UnreadableFile: it has none.
    """
    file = split_file(text, path=path)
    given = read_given(file.front_matter or "", path=path)
    if not given.text("secured"):
        raise UnreadableFile(path, why="it has no field 'secured'; it is no news item, or was written without a key")
    return SealedItem(given.text("secured"), given.text("originalUrl") or given.text("webUrl"))
