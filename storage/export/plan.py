"""Deciding what is to be done for one article. Files are read for it, none is written."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from storage.export.choices import Choices
from storage.export.directory import FileState
from storage.export.entry import Entry
from storage.export.finder import Finder
from storage.export.folder import Folder
from storage.export.ledger import Ledger
from storage.export.naming import candidate_paths
from storage.export.reconcile import Decision, Fresh, reconcile
from storage.export.rendering import Rendered
from storage.export.report import ExportedFile
from storage.export.state import is_as_left


@dataclass(frozen=True, slots=True)
class Plan:
    """What is to be done for one article. entry: what the ledger keeps then, but for the state of the file."""

    key: str
    entry: Entry
    decision: Decision

    @property
    def file(self) -> ExportedFile:
        """What the report says of it."""
        return ExportedFile(self.key, self.entry.path, self.decision.outcome)

    def begun(self, known: Entry) -> Entry:
        """Return what the ledger keeps while the file is written: what it holds now, and what it will hold."""
        return replace(known, written=self.decision.before or known.written, coming=self.decision.content)


@dataclass(frozen=True, slots=True)
class Place:
    """A path, and what stands there."""

    path: str
    there: bytes | None


@dataclass(frozen=True, slots=True)
class Planner:
    """Plans for the articles of one profile; the ledger remembers the names that are given."""

    folder: Folder
    ledger: Ledger
    choices: Choices
    finder: Finder

    def plan(self, rendered: Rendered, fresh: Fresh, *, stamp: str, states: Mapping[str, FileState]) -> Plan:
        """Decide on an article's name and whether its file needs to be written.

        states: of the files that are there, of those at the names that new articles want as well.
        """
        entry = self.ledger.entries.get(rendered.key)
        if entry is None:
            place = self.free_place(rendered.key, rendered.path, fresh, states=states)
            entry = Entry(place.path)
            self.ledger.record(rendered.key, entry)
            decision = reconcile(entry, place.there, fresh, on_conflict=self.choices.on_conflict)
        else:
            decision = self.decide(entry, fresh, states.get(entry.path))
        entry = replace(entry, stamp=stamp, shared=tuple(each.path for each in rendered.shared))
        if decision.content is None:
            return Plan(rendered.key, replace(entry, is_kept=True), decision)
        entry = replace(entry, written=decision.content, coming=None, identity=fresh.identity, is_kept=False)
        return Plan(rendered.key, entry, decision)

    def decide(self, entry: Entry, fresh: Fresh, state: FileState | None) -> Decision:
        """Decide on a file that the ledger knows; one that is as we left it need not be read."""
        is_ours = entry.written is not None and not entry.written.is_merged and not entry.is_kept
        if is_ours and not self.choices.is_full and is_as_left(entry, state):
            if entry.written == fresh.content:
                return Decision("unchanged", None, fresh.content)
            return Decision("written", fresh.encoded, fresh.content, entry.written)
        return reconcile(entry, self.folder.read(entry.path), fresh, on_conflict=self.choices.on_conflict)

    def free_place(self, key: str, wanted: str, fresh: Fresh, *, states: Mapping[str, FileState]) -> Place:
        """Return the path of a file that is the article's already, else one that no other article has, with no file."""
        known = self.finder.find_unknown(wanted, fresh=fresh)
        if known:
            return Place(known, self.folder.read(known))
        for path in candidate_paths(wanted, key=key):
            if self.ledger.is_free(path, key=key):
                is_missing = path == wanted and path not in states
                there = None if is_missing else self.folder.read(path)
                if there in (None, fresh.encoded):
                    return Place(path, there)
        raise AssertionError("there is always another name")
