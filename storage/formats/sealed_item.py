"""A news item's envelope as its file holds it. Not for opening it, nor for the other fields."""

from dataclasses import dataclass

from storage.formats.errors import UnreadableFile
from storage.formats.plain_fields import read_plain_fields


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
    fields = read_plain_fields(text, path=path).fields
    if not fields.get("secured"):
        raise UnreadableFile(path, why="it has no field 'secured'; it is no news item, or was written without a key")
    return SealedItem(fields["secured"], fields.get("originalUrl") or fields.get("webUrl") or "")
