"""The shared corpora of saved pages, read in place. Not a test."""

import json
import os
from dataclasses import dataclass
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[2]


@dataclass(frozen=True, slots=True)
class Corpus:
    """One corpus. score: the script that compares results with its truth."""

    folder: Path
    score: Path

    def entries(self, count: int) -> list[dict[str, str]]:
        """Return the first pages as lines of a manifest."""
        with (self.folder / "truth.jsonl").open(encoding="utf-8") as lines:
            pages = [json.loads(line) for line, _ in zip(lines, range(count), strict=False)]
        return [{"id": page["id"], "path": str(self.folder / page["file"]), "url": page["url"] or ""} for page in pages]


def shared_folder() -> Path:
    """Return where the shared material lies: $BOWERBIRD_SHARED, or ``shared`` beside the checkout."""
    return Path(os.environ.get("BOWERBIRD_SHARED") or CHECKOUT.parent / "shared").absolute()


def find_corpus(name: str) -> Corpus:
    """Return a corpus; the test is skipped where it is not there."""
    shared = shared_folder()
    folder = shared / "corpora" / name
    if not (folder / "truth.jsonl").is_file():
        pytest.skip(f"no corpus at {folder}; BOWERBIRD_SHARED names the folder that holds corpora/")
    return Corpus(folder, shared / "score" / "score.py")
