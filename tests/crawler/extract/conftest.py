"""Pages made up for the tests, and the shared corpora where they are at hand."""

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest

from crawler.extract.clues import Clues
from crawler.extract.document import parse_page
from crawler.extract.structured import read_clues

NOW = datetime(2026, 5, 1, 12, tzinfo=UTC)
URL = "https://news.example.org/2026/04/bowers-of-blue"
ReadClues = Callable[..., Clues]


@pytest.fixture
def clues_of() -> ReadClues:
    """Clues of a page with this head and body."""

    def read(head: str = "", body: str = "", *, url: str = URL) -> Clues:
        page = parse_page(f"<html><head>{head}</head><body>{body}</body></html>".encode())
        assert page is not None
        return read_clues(page.tree, url=url, now=NOW)

    return read


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder with corpora and standards: $BOWERBIRD_SHARED, or ``shared`` beside the checkout."""
    folder = Path(os.environ.get("BOWERBIRD_SHARED") or Path(__file__).parents[4] / "shared")
    if not (folder / "corpora").is_dir():
        pytest.skip(f"no corpora in {folder}; set BOWERBIRD_SHARED to the folder that holds them")
    return folder
