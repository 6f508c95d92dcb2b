"""The ledger's file: a line a change, appended, the last of a key wins. Not for what the entries mean.

Each append begins with a line that names the format and is flushed before anything is written that it tells of. So a
line that cannot be read is one that a power cut tore, unless another append follows it: then somebody broke it.
"""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from storage.export.entry import Entry, entry_from, entry_values
from storage.export.errors import BadLedger
from storage.export.folder import Folder

VERSION = 2
Record = tuple[str, Entry | None]


@dataclass
class Journal:
    """What lies on the disk. lines: of entries, superseded ones too. must_be_rewritten: nothing may be appended, as
    there is no file yet or its last line is torn. appends, torn_line: how far reading it has come.
    """

    format_name: str = ""
    lines: int = 0
    must_be_rewritten: bool = False
    entries: dict[str, Entry] = field(default_factory=dict)
    appends: int = 0
    torn_line: int = 0

    def take(self, number: int, values: Mapping[str, Any]) -> str:
        """Take over one line and return what is wrong with the file, if anything. values: empty for a broken line."""
        if "version" in values:
            self.begin_append(str(values.get("format", "")))
            known = "" if values["version"] == VERSION else "another version of the program wrote it"
            return f"line {self.torn_line} is broken" if self.torn_line else known
        if self.appends and self.take_record(values):
            return ""
        # The first append was put there whole, with its file.
        if self.appends < 2:
            return f"line {number} is broken"
        self.torn_line = self.torn_line or number
        return ""

    def begin_append(self, format_name: str) -> None:
        """Begin an append; one of another format makes all before it void."""
        if format_name != self.format_name:
            self.entries.clear()
        self.format_name = format_name
        self.appends += 1

    def take_record(self, values: Mapping[str, Any]) -> bool:
        """Take over one entry, or that it is gone; return whether it was one."""
        try:
            key = values["key"]
            if values.get("is_gone"):
                self.entries.pop(key, None)
            else:
                self.entries[key] = entry_from(values)
        except (KeyError, TypeError, AttributeError):
            return False
        self.lines += 1
        return True

    def take_entries(self) -> dict[str, Entry]:
        """Give the entries away."""
        entries, self.entries = self.entries, {}
        return entries


def load_journal(folder: Folder, path: str) -> Journal:
    """Return what the file holds; where there is none, an empty journal.

    Raises:
        BadLedger: it is not ours, of another version, or broken before its last append.
    """
    content = folder.read(path)
    if content is None:
        return Journal(must_be_rewritten=True)
    journal = Journal()
    # All that we write is ASCII; what is not is broken either way.
    lines = content.decode("ascii", "replace").removesuffix("\n").split("\n")
    for number, line in enumerate(lines, start=1):
        if why := journal.take(number, readable(line)):
            raise BadLedger(str((folder.path / path).absolute()), why)
    journal.must_be_rewritten = bool(journal.torn_line) or not content.endswith(b"\n")
    return journal


def readable(line: str) -> Mapping[str, Any]:
    """Return the object that stands in a line; an empty one where there is none."""
    try:
        values = json.loads(line)
    except ValueError:
        return {}
    return values if isinstance(values, dict) else {}


def append_records(folder: Folder, path: str, *, format_name: str, records: Iterable[Record]) -> None:
    """Append changes durably; None is an entry that is gone."""
    folder.append(path, journal_bytes(format_name, records))


def rewrite_journal(folder: Folder, path: str, *, format_name: str, records: Iterable[Record]) -> None:
    """Put a file of these records in the place of the one that is there, whole or not at all."""
    folder.publish(path, journal_bytes(format_name, records))
    folder.make_durable()


def journal_bytes(format_name: str, records: Iterable[Record]) -> bytes:
    """Return an append."""
    return "".join(f"{line}\n" for line in journal_lines(format_name, records)).encode()


def journal_lines(format_name: str, records: Iterable[Record]) -> Iterator[str]:
    """Yield the line that an append begins with, then one for each record."""
    yield json.dumps({"version": VERSION, "format": format_name})
    for key, entry in records:
        values = entry_values(entry) if entry else {"is_gone": True}
        yield json.dumps({"key": key, **values}, separators=(",", ":"))
