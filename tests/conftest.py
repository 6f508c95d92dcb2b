"""Where the shared reference files are: read in place, never copied into the project."""

import os
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).resolve().parents[1]


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of the shared reference files, or a skipped test."""
    folder = Path(os.environ.get("BOWERBIRD_SHARED") or CHECKOUT.parent / "shared")
    if not (folder / "formats" / "seeds").is_dir():
        pytest.skip(f"the reference files are not at {folder}; set BOWERBIRD_SHARED to their folder")
    return folder
