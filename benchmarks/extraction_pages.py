"""The shared collections of pages with known truth, and the script that scores results against it. Read in place."""

import gzip
import hashlib
import importlib.util
import json
import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
SETS = ("fundus-a", "wcxb-dev", "readability", "defuddle", "traf-eval", "htmldate-dev")


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a collection. truth: what the collection states of it, as the scorer takes it."""

    collection: str
    file: Path
    truth: dict[str, Any]

    @property
    def name(self) -> str:
        """What the collection calls it."""
        return str(self.truth["id"])

    @property
    def url(self) -> str:
        """Its address, or nothing."""
        return str(self.truth.get("url") or "")

    @property
    def digest(self) -> str:
        """What divides a collection in halves, and names a page in a report."""
        return hashlib.md5(self.name.encode(), usedforsecurity=False).hexdigest()

    @property
    def half(self) -> int:
        """0 or 1, by the parity of its digest."""
        return int(self.digest, 16) % 2

    def read(self) -> bytes:
        """Return the page's bytes."""
        return gzip.decompress(self.file.read_bytes())


class NoCollections(SystemExit):
    """The shared folder is not there."""

    def __init__(self, folder: Path) -> None:
        super().__init__(
            f"no page collections in {folder}: --shared or BOWERBIRD_SHARED names the folder with corpora/ and score/"
        )


def shared_folder(given: Path | None = None) -> Path:
    """Return the folder that holds corpora and scorer: the given one, $BOWERBIRD_SHARED, or the checkout's neighbour.

    Raises:
        NoCollections: it holds none.
    """
    folder = given or Path(os.environ.get("BOWERBIRD_SHARED") or ROOT.parent / "shared")
    if not (folder / "corpora").is_dir() or not (folder / "score" / "score.py").is_file():
        raise NoCollections(folder)
    return folder


def pages_of(shared: Path, collection: str, *, every: int = 1) -> Sequence[Page]:
    """Return each page of a collection, or one of so many."""
    folder = shared / "corpora" / collection
    lines = (folder / "truth.jsonl").read_text(encoding="utf-8").split("\n")
    truths = [json.loads(line) for line in lines if line.strip()]
    return [Page(collection, folder / truth["file"], truth) for truth in truths][::every]


def scorer(shared: Path) -> ModuleType:
    """Return the script that scores, as a module."""
    spec = importlib.util.spec_from_file_location("score", shared / "score" / "score.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module
