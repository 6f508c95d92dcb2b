"""A newsroom for the tests that change nothing in it, and one of their own for those that do."""

from collections.abc import Iterator

import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom

SLOW_SECONDS = 0.3


@pytest.fixture(scope="session")
def quiet_newsroom() -> Iterator[Newsroom]:
    """One newsroom for all tests that only read."""
    with running_newsroom(slow_seconds=SLOW_SECONDS) as newsroom:
        yield newsroom


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom as on the first day."""
    with running_newsroom(slow_seconds=0) as fresh:
        yield fresh
