"""What the tests of the formats read in place: the shared files are never copied into the project."""

import json
import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[3]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared reference files, or a skipped test."""
    folder = Path(os.environ.get("BOWERBIRD_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "formats" / "seeds").is_dir():
        pytest.skip(f"the reference files are not at {folder}; set BOWERBIRD_SHARED to their folder")
    return folder


@pytest.fixture(scope="session")
def naughty_strings(shared: Path) -> list[str]:
    """Strings that break naive programs."""
    strings = json.loads((shared / "standards" / "naughty-strings.json").read_text(encoding="utf-8"))
    assert isinstance(strings, list)
    return [str(each) for each in strings]
