"""How one export is carried out, whatever the profile. Not for what a profile says."""

from dataclasses import dataclass

from storage.export.reconcile import OnConflict
from storage.formats.sealing_key import SealingKey


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person asks for.

    on_conflict: what becomes of a file that a person has edited. is_full: every file is read and every article
    rendered, also where nothing has changed. is_pruned: the files of all other articles are removed. is_dry: nothing
    is written, not even the folder made. key: what new items of ``news`` are sealed under.
    """

    on_conflict: OnConflict = "keep-edited"
    is_full: bool = False
    is_pruned: bool = False
    is_dry: bool = False
    key: SealingKey | None = None
