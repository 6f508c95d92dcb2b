"""A browser ends with what started it, however that ends: no process, no folder, no open port is left."""

import asyncio
import signal
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

import psutil
import pytest

from crawler.message import Ticket
from crawler.order import RunResult
from crawler.run import Runs
from storage.settings import StorageSettings
from storage.source import SourceKind
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_scratch, order_for, settings_for
from tests.crawler.raw_server import RawServer, article, reply
from tests.crawler.rendering import needs_browser, rendered
from tests.crawler.test_child import ChildAtHand, child

pytestmark = pytest.mark.browser
PATIENCE_SECONDS = 20


@pytest.fixture(autouse=True)
def _browser() -> None:
    needs_browser()


def folders() -> set[Path]:
    """Return what browsers leave where temporary files are."""
    where = Path(tempfile.gettempdir())
    return {
        path for pattern in ("playwright*", "bowerbird-browser-*", ".org.chromium*") for path in where.glob(pattern)
    }


class RenderingChild(ChildAtHand):
    """profiles: the folders that its Chromium has."""

    profiles: frozenset[Path] = frozenset()


@pytest.fixture
def rendering_child(server: RawServer, tmp_path: Path) -> Iterator[RenderingChild]:
    """A crawler process that is loading a page which never comes."""
    before = folders()
    server.answers = {"/never": server.hold}
    with child() as running:
        at_hand = RenderingChild(running.process)
        storage = StorageSettings(database=f"sqlite:///{tmp_path / 'store.db'}")
        at_hand.begin(settings_for(server.host), storage)
        at_hand.say(Ticket(number=1, order=order_for(server.url("/never"), kind=SourceKind.PAGE, render="browser")))
        wait_until(lambda: "/never" in server.paths)
        at_hand.profiles = frozenset(path for path in folders() - before if path.name.startswith("playwright"))
        assert at_hand.profiles
        yield at_hand


def wait_until(is_so: object) -> None:
    assert callable(is_so)
    give_up = time.monotonic() + PATIENCE_SECONDS
    while not is_so():
        assert time.monotonic() < give_up
        time.sleep(0.05)


def is_living(process: psutil.Process) -> bool:
    try:
        return process.is_running() and process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False


@pytest.mark.parametrize("number", [signal.SIGKILL, signal.SIGTERM])
def test_a_browser_does_not_outlive_its_crawler(rendering_child: RenderingChild, number: signal.Signals) -> None:
    family = rendering_child.family()
    assert len([process for process in family if process.name() in ("chromium", "chrome")]) > 3
    rendering_child.process.send_signal(number)
    rendering_child.process.wait(PATIENCE_SECONDS)
    wait_until(lambda: not [process for process in family if is_living(process)])
    wait_until(lambda: not any(path.exists() for path in rendering_child.profiles))


def test_a_crawler_that_is_left_alone_ends_its_browser(rendering_child: RenderingChild) -> None:
    family = rendering_child.family()
    assert rendering_child.process.stdin is not None
    rendering_child.process.stdin.close()
    wait_until(lambda: not [process for process in family if is_living(process)])


def test_nothing_is_left_after_a_run(server: RawServer, in_reactor: InReactor) -> None:
    before, ours = folders(), psutil.Process()
    earlier = set(ours.children(recursive=True))  # of tests that ran before in this process
    sockets = {each.laddr for each in ours.net_connections("inet")}
    server.answers = {"/fine": reply(article("Storm")), "/cut": lambda conn: conn.close()}
    for _ in range(2):
        in_reactor(rendered(settings_for(server.host), [server.url("/fine"), server.url("/cut")]))
    names = {process.name() for process in set(ours.children(recursive=True)) - earlier}
    assert {name for name in names if not name.startswith("python")} == set()  # the fork server of the workers stays
    assert {each.laddr for each in ours.net_connections("inet") if each.status == "LISTEN"} <= sockets
    assert folders() - before == set()


def test_a_run_that_is_stopped_closes_its_browser(server: RawServer, in_reactor: InReactor) -> None:
    server.answers = {"/never": server.hold}

    async def stop_while_it_loads() -> RunResult:
        async with opened_scratch(settings_for(server.host)) as (workshop, _):
            runs = Runs(workshop)
            order = order_for(server.url("/never"), kind=SourceKind.PAGE, render="browser")
            visiting = asyncio.ensure_future(runs.visit_source(order))
            while "/never" not in server.paths:
                await asyncio.sleep(0.05)
            await runs.stop()
            result = await visiting
            while workshop.browser.is_running:
                await asyncio.sleep(0.05)
            return result

    assert in_reactor(stop_while_it_loads()).status == "interrupted"
