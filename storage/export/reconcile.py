"""Deciding what becomes of one file: what stands there against what we wrote and would write. No disk is touched."""

from dataclasses import dataclass, replace
from typing import Literal

from storage.export.entry import Content, Entry, digest
from storage.export.front import body_hash, short_hash, split_page
from storage.export.front_values import values_of
from storage.export.identity import identity_of
from storage.export.merge import merged_text
from storage.export.report import Outcome

OnConflict = Literal["keep-edited", "overwrite"]


@dataclass(frozen=True, slots=True)
class Decision:
    """What becomes of a file. text: what is to be written, if anything; content: what the file holds of ours then.

    Where the file is kept, content is None: what we wrote last still counts. before: what it holds of ours now; of
    two that are possible after a killed run it is the one that was found.
    """

    outcome: Outcome
    text: bytes | None
    content: Content | None
    before: Content | None = None


@dataclass(frozen=True, slots=True)
class Fresh:
    """A text as we would write it now, what the ledger keeps of it, and what in it tells whose it is."""

    text: str
    encoded: bytes
    content: Content
    identity: str


def fresh_from(text: str) -> Fresh:
    """Return a text with what is to be known of it."""
    page = split_page(text)
    values = values_of(page) if page else {}
    encoded = text.encode()
    fields = {name: short_hash(value) for name, value in values.items()}
    content = Content(digest(encoded), body_hash(page.body if page else text), fields)
    return Fresh(text, encoded, content, identity_of(values))


def reconcile(entry: Entry, there: bytes | None, fresh: Fresh, *, on_conflict: OnConflict) -> Decision:
    """Decide on a file that the ledger knows; one that was deleted is written again."""
    if there == fresh.encoded:
        return Decision("unchanged", None, fresh.content)
    if there is None:
        return Decision("written", fresh.encoded, fresh.content)
    bases = bases_of(entry, there)
    before = bases[0] if bases else None
    if on_conflict == "overwrite" or is_untouched(entry, there):
        return Decision("written", fresh.encoded, fresh.content, before)
    theirs = read_text(there)
    merged = merged_text(theirs, fresh.text, bases=bases) if theirs is not None else None
    if merged is None:
        return Decision("kept", None, None)
    if merged == theirs:
        return Decision("unchanged", None, replace(fresh.content, digest=digest(there), is_merged=True))
    text = merged.encode()
    return Decision("merged", text, replace(fresh.content, digest=digest(text), is_merged=True), before)


def is_untouched(entry: Entry, there: bytes) -> bool:
    """Whether a file holds nothing but our own text."""
    return any(each.digest == digest(there) and not each.is_merged for each in entry.contents)


def bases_of(entry: Entry, there: bytes) -> tuple[Content, ...]:
    """Return what the file held before a person edited it: two contents where a run was killed and both may be."""
    exact = tuple(each for each in entry.contents if each.digest == digest(there))
    return exact or entry.contents


def read_text(content: bytes) -> str | None:
    """Return the text of a file, with the line ends that we write; None where it is none."""
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError:
        return None
