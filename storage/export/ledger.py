"""What an export has written, kept beside the files, so that names last and a person's edits are seen.

Not for the articles themselves: the store has those. It is written before the files, with what they are about to
hold, and after them: whenever a run is killed, each file is known either way. How it lies on the disk: journal.py.
"""

import unicodedata
from dataclasses import dataclass, field

from storage.export.entry import Entry
from storage.export.folder import Folder
from storage.export.journal import Journal, append_records, load_journal, rewrite_journal

# Fewer superseded lines than this are not worth a rewriting.
FEW_LINES = 1000


@dataclass
class Ledger:
    """The entries by article, which names are taken, and which entries are not on the disk yet."""

    path: str
    format_name: str
    entries: dict[str, Entry]
    journal: Journal
    changed: set[str] = field(default_factory=set)
    owners: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.owners = {name_key(entry.path): key for key, entry in self.entries.items()}

    def is_free(self, path: str, *, key: str) -> bool:
        """Whether no other article has the name, nor one that some file systems cannot tell from it."""
        return self.owners.get(name_key(path), key) == key

    def record(self, key: str, entry: Entry) -> None:
        """Keep an article's entry."""
        known = self.entries.get(key)
        if known == entry:
            return
        if known and known.path != entry.path:
            self.owners.pop(name_key(known.path), None)
        self.entries[key] = entry
        self.owners[name_key(entry.path)] = key
        self.changed.add(key)

    def forget(self, key: str) -> None:
        """Drop an article's entry; its name is free again."""
        entry = self.entries.pop(key, None)
        if entry:
            self.owners.pop(name_key(entry.path), None)
            self.changed.add(key)


def name_key(path: str) -> str:
    """Return what two paths share that are one file where case or composition does not count."""
    if path.isascii():
        return path.lower()
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", path).casefold())


def ledger_path(profile_name: str) -> str:
    """Return where the ledger of a profile lies in its folder."""
    return f".bowerbird/{profile_name}.jsonl"


def load_ledger(folder: Folder, *, profile_name: str, format_name: str) -> Ledger:
    """Return the ledger of a profile; an empty one where nothing was written yet.

    A profile that has changed its format starts anew: names are the format's, and the old files stay where they are.

    Raises:
        BadLedger: it is there but cannot be read.
    """
    path = ledger_path(profile_name)
    journal = load_journal(folder, path)
    entries = journal.take_entries()
    if journal.format_name == format_name:
        return Ledger(path, format_name, entries, journal)
    return Ledger(path, format_name, {}, Journal(must_be_rewritten=True))


def save_ledger(folder: Folder, ledger: Ledger) -> None:
    """Write what has changed, durably."""
    if not ledger.changed:
        return
    if ledger.journal.must_be_rewritten:
        rewrite(folder, ledger)
        return
    records = ((key, ledger.entries.get(key)) for key in sorted(ledger.changed))
    append_records(folder, ledger.path, format_name=ledger.format_name, records=records)
    ledger.journal.lines += len(ledger.changed)
    ledger.changed.clear()


def close_ledger(folder: Folder, ledger: Ledger) -> None:
    """Write what has changed, and the whole anew where most of what lies there is superseded."""
    save_ledger(folder, ledger)
    superseded = ledger.journal.lines - len(ledger.entries)
    if superseded > max(FEW_LINES, len(ledger.entries) // 2):
        rewrite(folder, ledger)


def rewrite(folder: Folder, ledger: Ledger) -> None:
    """Put a ledger of nothing but its entries in the place of the one that is there, whole or not at all."""
    rewrite_journal(folder, ledger.path, format_name=ledger.format_name, records=ledger.entries.items())
    ledger.journal = Journal(format_name=ledger.format_name, lines=len(ledger.entries))
    ledger.changed.clear()
