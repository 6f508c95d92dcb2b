"""What all tests share: the reference files, read in place and never copied into the project; a place for files."""

import os
import tempfile
from collections.abc import Iterator
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


@pytest.fixture(scope="session", autouse=True)
def own_temporary_folder() -> Iterator[None]:
    """Each process of a parallel run has its own: some tests look at what a program leaves behind there."""
    before, given = tempfile.gettempdir(), os.environ.get("TMPDIR")
    with tempfile.TemporaryDirectory(prefix="tests-", dir=before, ignore_cleanup_errors=True) as folder:
        os.environ["TMPDIR"] = tempfile.tempdir = folder
        yield
        tempfile.tempdir = before
        os.environ.pop("TMPDIR")
        os.environ.update({"TMPDIR": given} if given is not None else {})
