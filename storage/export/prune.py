"""Removing the files of articles that are not wanted any more. Not for files that a person has edited.

Which articles are wanted is told by their keys; nothing else is known of those that are not.
"""

from collections.abc import Iterator, Set
from dataclasses import replace
from pathlib import PurePosixPath

from storage.export.finder import Finder
from storage.export.folder import Folder
from storage.export.ledger import Ledger
from storage.export.reconcile import is_untouched
from storage.export.report import ExportedFile
from storage.export.shared import is_shared, shared_key


def prune(wanted: Set[str], *, folder: Folder, ledger: Ledger, finder: Finder) -> Iterator[ExportedFile]:
    """Remove the files of all other articles, and yield what became of each; in a dry run nothing is removed.

    The documents they shared go with the last that refers to them; so do folders that are left empty, but for those
    that a person has moved a file to.
    """
    mentioned = {shared_key(path) for key in wanted & ledger.entries.keys() for path in ledger.entries[key].shared}
    for key in sorted(ledger.entries.keys() - wanted - mentioned):
        entry = ledger.entries[key]
        there = folder.read(entry.path)
        if there is None and (moved := finder.find(entry)):
            entry = replace(entry, path=moved, is_moved=True)
            there = folder.read(moved)
        if there is not None and not is_untouched(entry, there):
            if not is_shared(key):
                yield ExportedFile(key, entry.path, "kept")
            continue
        if there is not None and not folder.is_read_only:
            folder.remove(entry.path)
            if not entry.is_moved:
                remove_empty_folders(folder, entry.path)
        ledger.forget(key)
        if there is not None:
            yield ExportedFile("" if is_shared(key) else key, entry.path, "removed")


def remove_empty_folders(folder: Folder, path: str) -> None:
    """Remove the folders a file was in, from the innermost on, as far as they are empty."""
    parents = PurePosixPath(path).parent.parts
    while parents and folder.remove_if_empty(parents):
        parents = parents[:-1]
