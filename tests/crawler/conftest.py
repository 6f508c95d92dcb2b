"""What the tests of the crawler share: the reactor, a raw server, and fetching through the whole crawler."""

from collections.abc import Callable, Coroutine, Iterator
from pathlib import Path
from typing import Any

import pytest

from storage.database.store import Store, open_store
from storage.settings import StorageSettings
from tests.crawler.raw_server import RawServer
from tests.crawler.reactor_thread import ReactorThread

InReactor = Callable[[Coroutine[Any, Any, Any]], Any]


@pytest.fixture(scope="session")
def reactor_thread() -> Iterator[ReactorThread]:
    thread = ReactorThread()
    thread.start()
    yield thread
    thread.stop()


@pytest.fixture
def in_reactor(reactor_thread: ReactorThread) -> InReactor:
    """Return a function that runs a coroutine on the reactor and returns its result."""
    return reactor_thread.run


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(StorageSettings(database=f"sqlite:///{tmp_path / 'store.db'}")) as opened:
        yield opened
