"""Telling that nothing has changed, without looking at an article or into a file. Not for what to do otherwise."""

import hashlib
import json
from functools import cache
from importlib.metadata import PackageNotFoundError, version

from storage.export.directory import FileState
from storage.export.entry import Entry
from storage.export.profile import Profile
from storage.export.reconcile import OnConflict
from storage.stamp import Stamp


@cache
def program_version() -> str:
    """Return the version of the program: another may write the same article in another way."""
    try:
        return version("bowerbird")
    except PackageNotFoundError:
        return ""


def fingerprint(profile: Profile) -> str:
    """Return what is the same as long as the same article gives the same file."""
    facts = [profile.format, dict(profile.options), profile.images, program_version()]
    return hashlib.sha256(json.dumps(facts, sort_keys=True, default=str).encode()).hexdigest()


def stamp_of(stamp: Stamp, profile_fingerprint: str) -> str:
    """Return the state of an article and of its profile as the ledger keeps it; empty where it is not known."""
    if not stamp.version:
        return ""
    return hashlib.sha256(f"{stamp.version}\n{profile_fingerprint}".encode()).hexdigest()[:16]


def is_settled(entry: Entry, state: FileState | None, *, stamp: str, on_conflict: OnConflict) -> bool:
    """Whether article, profile and file are what they were when the file was last looked at."""
    is_edited = entry.is_kept or (entry.written is not None and entry.written.is_merged)
    if is_edited and on_conflict == "overwrite":
        return False
    return bool(stamp) and stamp == entry.stamp and is_as_left(entry, state)


def is_as_left(entry: Entry, state: FileState | None) -> bool:
    """Whether a file is as it was when it was last looked at, and no run was killed since."""
    return entry.coming is None and state == FileState(entry.size_bytes, entry.mtime_ns)
