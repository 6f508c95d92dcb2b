"""What the ledger keeps of one file, and its form as a line of JSON. Not for the ledger as a whole."""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

DIGEST_LENGTH = 32


@dataclass(frozen=True, slots=True)
class Content:
    """What a file holds when we have written it.

    digest: of its bytes. body: of what follows the front matter. fields: of each value in the front matter as our
    own text had it. is_merged: the file holds a person's values beside ours, so its bytes say nothing of theirs.
    """

    digest: str
    body: str = ""
    fields: Mapping[str, str] = field(default_factory=dict)
    is_merged: bool = False


@dataclass(frozen=True, slots=True)
class Entry:
    """The file of one article.

    written: what was last written there; coming: what was about to be, if the run was killed. stamp: the state of the
    article and of the profile the file is up to date with. size_bytes, mtime_ns: of the file as it was then. identity:
    what in its front matter tells whose it is. secured: the envelope that its article was first given. shared: the
    documents it refers to that others refer to as well. is_kept: it held a person's own body then. is_moved: a person
    chose its place.
    """

    path: str
    written: Content | None = None
    coming: Content | None = None
    stamp: str = ""
    size_bytes: int = -1
    mtime_ns: int = 0
    identity: str = ""
    secured: str = ""
    shared: tuple[str, ...] = ()
    is_kept: bool = False
    is_moved: bool = False

    @property
    def contents(self) -> tuple[Content, ...]:
        """What the file may hold if nobody has touched it."""
        return tuple(each for each in (self.written, self.coming) if each)


def digest(content: bytes) -> str:
    """Return what tells one content from another: half of its SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()[:DIGEST_LENGTH]


def entry_values(entry: Entry) -> dict[str, Any]:
    """Return an entry in JSON's terms, without what has its default."""
    values: dict[str, Any] = {"path": entry.path}
    for name in ("written", "coming"):
        content: Content | None = getattr(entry, name)
        if content:
            values[name] = content_values(content)
    if entry.size_bytes >= 0:
        values |= {"size_bytes": entry.size_bytes, "mtime_ns": entry.mtime_ns}
    values |= {name: value for name in ("stamp", "identity", "secured", "shared") if (value := getattr(entry, name))}
    return values | {name: True for name in ("is_kept", "is_moved") if getattr(entry, name)}


def content_values(content: Content) -> dict[str, Any]:
    """Return a content in JSON's terms, without what has its default."""
    values: dict[str, Any] = {"digest": content.digest}
    if content.body:
        values |= {"body": content.body, "fields": content.fields}
    return values | ({"is_merged": True} if content.is_merged else {})


def entry_from(values: Mapping[str, Any]) -> Entry:
    """Return the entry that entry_values wrote; keys that are not known are passed over.

    Raises:
        KeyError, TypeError: it is none.
    """
    path = values["path"]
    if not isinstance(path, str):
        raise TypeError("a path is no text")
    return Entry(
        path=path,
        written=content_from(values.get("written")),
        coming=content_from(values.get("coming")),
        stamp=values.get("stamp", ""),
        size_bytes=values.get("size_bytes", -1),
        mtime_ns=values.get("mtime_ns", 0),
        identity=values.get("identity", ""),
        secured=values.get("secured", ""),
        shared=tuple(values.get("shared", ())),
        is_kept=values.get("is_kept", False),
        is_moved=values.get("is_moved", False),
    )


def content_from(values: Mapping[str, Any] | None) -> Content | None:
    """Return the content that content_values wrote."""
    if values is None:
        return None
    return Content(
        values["digest"], values.get("body", ""), values.get("fields", {}), is_merged=values.get("is_merged", False)
    )
