"""Finding the files that a person has renamed or moved. Not for those that are where they were."""

from collections import Counter, defaultdict
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath

from storage.errors import StorageError
from storage.export.entry import Entry, digest
from storage.export.folder import Folder
from storage.export.front import split_page
from storage.export.front_values import values_of
from storage.export.identity import identity_of
from storage.export.journal import load_journal
from storage.export.ledger import Ledger, name_key
from storage.export.reconcile import Fresh, read_text
from storage.export.walk import files_below, names_in

# No article is larger; what is larger is somebody's film.
LARGEST_BYTES = 4 << 20
LEDGERS = ".bowerbird"


@dataclass
class Strangers:
    """The files of a folder that no profile knows, in the order of their paths."""

    by_digest: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))
    by_identity: defaultdict[str, list[str]] = field(default_factory=lambda: defaultdict(list))


class Finder:
    """Looks through a folder once, when the first file is missed."""

    def __init__(self, folder: Folder, ledger: Ledger) -> None:
        self.folder = folder
        self.ledger = ledger
        self.given: set[str] = set()
        self.was_empty = not ledger.entries
        self.suffixes = {suffix_of(entry.path) for entry in ledger.entries.values()}

    def find(self, entry: Entry) -> str | None:
        """Return where a file is now: the same bytes, or else the same identity; None where it is nowhere."""
        candidates = [path for each in entry.contents for path in self.strangers.by_digest.get(each.digest, ())]
        if entry.identity and self.identities[entry.identity] == 1:
            candidates += self.strangers.by_identity.get(entry.identity, ())
        found = next((path for path in candidates if path not in self.given), None)
        if found:
            self.given.add(found)
        return found

    def find_unknown(self, wanted: str, *, fresh: Fresh) -> str | None:
        """Return the file of an article that the ledger does not know, as one that was lost does not, or one of a vault
        that was imported: the same bytes anywhere, or the same identity; the latter also at the wanted path alone.
        """
        if not self.was_empty:
            return wanted if self.is_of(wanted, fresh) else None
        self.suffixes.add(suffix_of(wanted))
        same = self.strangers.by_identity.get(fresh.identity, ()) if fresh.identity else ()
        candidates = [*self.strangers.by_digest.get(fresh.content.digest, ()), *(same if len(same) == 1 else ())]
        found = next((path for path in candidates if path not in self.given), None)
        if found:
            self.given.add(found)
        return found

    def is_of(self, path: str, fresh: Fresh) -> bool:
        """Whether a file that is there, and nobody's, says that it is this article's."""
        content = read_if_allowed(self.folder, path) if fresh.identity and name_key(path) not in self.owned else None
        page = split_page(read_text(content) or "") if content else None
        return page is not None and identity_of(values_of(page)) == fresh.identity

    @property
    def owned(self) -> AbstractSet[str]:
        """The names that this profile has, as name_key has them."""
        return self.ledger.owners.keys()

    @cached_property
    def identities(self) -> Counter[str]:
        """How many articles have an identity: one that several have tells nothing."""
        return Counter(entry.identity for entry in self.ledger.entries.values())

    @cached_property
    def strangers(self) -> Strangers:
        """The files that may be an article's, each read once."""
        found = Strangers()
        owned = self.ledger.owners.keys() | names_of_others(self.folder, self.ledger.path)
        paths = [
            path
            for path in files_below(self.folder)
            if suffix_of(path) in self.suffixes and name_key(path) not in owned
        ]
        for path, state in sorted(self.folder.states(paths).items()):
            content = read_if_allowed(self.folder, path) if state.size_bytes <= LARGEST_BYTES else None
            if content is not None:
                found.by_digest[digest(content)].append(path)
                page = split_page(read_text(content) or "")
                found.by_identity[identity_of(values_of(page)) if page else ""].append(path)
        return found


def suffix_of(path: str) -> str:
    """Return the suffix of a file, in lower case."""
    return PurePosixPath(path).suffix.lower()


def read_if_allowed(folder: Folder, path: str) -> bytes | None:
    """Return what a file of somebody's holds; None where it may not be read or is gone."""
    try:
        return folder.read(path)
    except StorageError:
        return None


def names_of_others(folder: Folder, own_ledger: str) -> set[str]:
    """Return the names that other profiles have in the folder, as name_key has them."""
    paths = (f"{LEDGERS}/{name}" for name in names_in(folder, (LEDGERS,)) if name.endswith(".jsonl"))
    return {
        name_key(entry.path)
        for path in paths
        if path != own_ledger
        for entry in load_journal(folder, path).take_entries().values()
    }
