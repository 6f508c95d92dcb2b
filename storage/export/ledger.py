"""What an export has written, kept beside the files, so that names last and a person's edits are seen.

Not for the articles themselves: the store has those. It is written before the files, with what they are about to
hold, and after them: whenever a run is killed, each file is known either way.
"""

import hashlib
import unicodedata
from dataclasses import dataclass, field
from typing import Literal

from pydantic import BaseModel, ConfigDict, ValidationError

from storage.export.errors import BadLedger
from storage.export.folder import Folder


class Entry(BaseModel):
    """The file of one article. sha256: of what was last written there; upcoming: of what was about to be."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    path: str
    sha256: str = ""
    upcoming: str = ""


class Entries(BaseModel):
    """The ledger's own file. version: of its layout. format: of the files it lists."""

    model_config = ConfigDict(frozen=True, extra="ignore")

    version: Literal[1] = 1
    format: str = ""
    articles: dict[str, Entry] = {}


@dataclass
class Ledger:
    """The entries by article, and which names are taken."""

    path: str
    format_name: str
    entries: dict[str, Entry]
    is_changed: bool = False
    owners: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owners = {name_key(entry.path): key for key, entry in self.entries.items()}

    def is_free(self, path: str, *, key: str) -> bool:
        """Whether no other article has the name, nor one that some file systems cannot tell from it."""
        return self.owners.get(name_key(path), key) == key

    def record(self, key: str, entry: Entry) -> None:
        """Keep an article's entry."""
        if self.entries.get(key) != entry:
            self.entries[key] = entry
            self.owners[name_key(entry.path)] = key
            self.is_changed = True

    def is_ours(self, key: str, content: bytes) -> bool:
        """Whether a file holds what we wrote for the article, or were about to write."""
        entry = self.entries.get(key)
        return entry is not None and digest(content) in (entry.sha256, entry.upcoming)


def name_key(path: str) -> str:
    """Return what two paths share that are one file where case or composition does not count."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def digest(content: bytes) -> str:
    """Return the SHA-256 in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def load_ledger(folder: Folder, *, profile_name: str, format_name: str) -> Ledger:
    """Return the ledger of a profile; an empty one where nothing was written yet.

    A profile that has changed its format starts anew: names are the format's, and the old files stay where they are.

    Raises:
        BadLedger: it is there but cannot be read.
    """
    path = f".bowerbird/{profile_name}.json"
    content = folder.read(path)
    if content is None:
        return Ledger(path, format_name, {})
    try:
        known = Entries.model_validate_json(content)
    except ValidationError as error:
        raise BadLedger(str((folder.path / path).absolute()), error.errors()[0]["msg"]) from error
    return Ledger(path, format_name, dict(known.articles) if known.format == format_name else {})


def save_ledger(folder: Folder, ledger: Ledger) -> None:
    """Write the ledger where it has changed, durably."""
    if ledger.is_changed:
        content = Entries(format=ledger.format_name, articles=ledger.entries).model_dump_json(indent=1)
        folder.publish(ledger.path, f"{content}\n".encode())
        folder.make_durable()
        ledger.is_changed = False
