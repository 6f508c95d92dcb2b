"""A newsroom to watch, a shell to call the command in, and a store that the newsroom was crawled into."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from tests.bowerbird.shell import Row, Shell, rows


@dataclass(frozen=True, slots=True)
class Crawled:
    """A newsroom that was crawled once. results: what ``crawl --json`` said; nobody may change the store."""

    newsroom: Newsroom
    shell: Shell
    settings: Path
    results: list[Row]


@pytest.fixture(scope="session")
def standing_newsroom() -> Iterator[Newsroom]:
    """One newsroom for all tests that publish nothing in it."""
    with running_newsroom(slow_seconds=0) as newsroom:
        yield newsroom


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    """A newsroom as on the first day."""
    with running_newsroom(slow_seconds=0) as fresh:
        yield fresh


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """A shell in an empty folder."""
    return Shell(tmp_path)


@pytest.fixture(scope="session")
def crawled(standing_newsroom: Newsroom, tmp_path_factory: pytest.TempPathFactory) -> Crawled:
    """All sources of the newsroom, crawled once with one worker a core."""
    shell = Shell(tmp_path_factory.mktemp("crawled"))
    settings = shell.write_settings(standing_newsroom)
    done = shell.run("crawl", "--all", "--json")
    assert (done.returncode, done.stderr) == (0, "")
    return Crawled(standing_newsroom, shell, settings, rows(done.stdout))
