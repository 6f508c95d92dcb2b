"""The crawler process, driven over its pipes as the service drives it."""

import json
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import psutil
import pytest

from crawler.message import ChildMessage, Done, Message, Ready, Setup, Stop, Ticket, dump, parse_child_message
from crawler.order import Order
from crawler.settings import CrawlerSettings
from storage.database.store import Store, open_store
from storage.settings import StorageSettings
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import order_for, settings_for, visit
from tests.crawler.raw_server import Answer, RawServer, article, feed, reply

ROOT = Path(__file__).parents[2]


class ChildAtHand:
    """A running ``python -m crawler.child``."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        self.process = process

    def say(self, message: Message) -> None:
        self.say_line(dump(message).encode())

    def say_line(self, line: bytes) -> None:
        assert self.process.stdin is not None
        self.process.stdin.write(line + b"\n")
        self.process.stdin.flush()

    def hear(self) -> ChildMessage:
        assert self.process.stdout is not None
        line = self.process.stdout.readline()
        assert line, f"it ended with {self.process.wait(5)}"
        return parse_child_message(line)

    def begin(self, settings: CrawlerSettings, storage: StorageSettings) -> None:
        self.say(Setup(storage=storage, crawler=settings))
        assert self.hear() == Ready()

    def family(self) -> list[psutil.Process]:
        parent = psutil.Process(self.process.pid)
        return [parent, *parent.children(recursive=True)]


@contextmanager
def child() -> Iterator[ChildAtHand]:
    """Start one, and see to it that none of its family outlives the test."""
    process = subprocess.Popen(
        [sys.executable, "-m", "crawler.child"],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT, env={**os.environ, "PYTHONPATH": str(ROOT)},
    )  # fmt: skip
    with process:
        try:
            yield ChildAtHand(process)
        finally:
            process.kill()


def gone(family: list[psutil.Process], *, seconds: float = 8) -> bool:
    """Whether all of family end in time."""
    return not psutil.wait_procs(family, timeout=seconds)[1]


@pytest.fixture
def storage(tmp_path: Path) -> StorageSettings:
    return StorageSettings(database=f"sqlite:///{tmp_path / 'store.db'}")


def pages(server: RawServer, count: int) -> dict[str, Answer]:
    found: dict[str, Answer] = {f"/{number}": reply(article(f"Page {number}")) for number in range(count)}
    return found | {"/feed": reply(feed(*[server.url(f"/{number}") for number in range(count)]))}


def ticket(number: int, order: Order) -> Ticket:
    return Ticket(number=number, order=order)


def until(store: Store, count: int) -> None:
    """Wait until the store holds so many articles."""
    end = time.monotonic() + 30
    while len(list(store.articles.iterate())) < count:
        assert time.monotonic() < end
        time.sleep(0.02)


@pytest.mark.slow
def test_it_carries_out_what_it_is_told_and_leaves_when_told(server: RawServer, storage: StorageSettings) -> None:
    server.answers = pages(server, 4)
    with child() as crawler:
        crawler.begin(settings_for(server.host), storage)
        crawler.say(ticket(1, order_for(server.url("/feed"))))
        crawler.say(ticket(2, order_for(server.url("/none"), name="other")))
        done = [crawler.hear(), crawler.hear()]
        results = {each.number: each.result for each in done if isinstance(each, Done)}
        assert results[1].verdicts == {Verdict.CAPTURED: 4}
        assert (results[2].status, results[2].source) == ("failed", "other")
        assert all(isinstance(each, Done) and 10**7 < each.peak_bytes < 10**9 for each in done)
        family = crawler.family()
        crawler.say(Stop())
        assert crawler.process.wait(10) == 0
        assert gone(family[1:])
    with open_store(storage) as store:
        assert {run.status for run in store.runs.list(limit=9)} == {"finished", "failed"}


@pytest.mark.slow
def test_it_ends_at_once_when_its_parent_is_gone_and_leaves_nobody(server: RawServer, storage: StorageSettings) -> None:
    server.answers = pages(server, 40)
    with child() as crawler:
        crawler.begin(settings_for(server.host, delay_seconds=0.05), storage)
        crawler.say(ticket(1, order_for(server.url("/feed"))))
        with open_store(storage) as store:
            until(store, 3)
        family = crawler.family()
        assert crawler.process.stdin is not None
        crawler.process.stdin.close()
        assert crawler.process.wait(3) == 1
        assert gone(family[1:])


@pytest.mark.slow
def test_a_line_that_is_no_message_ends_it_for_it_could_not_see_its_parent_go(storage: StorageSettings) -> None:
    with child() as crawler:
        crawler.begin(settings_for(), storage)
        crawler.say_line(b"nonsense")
        assert crawler.process.wait(5) == 1


@pytest.mark.slow
def test_a_kill_in_the_middle_leaves_a_store_that_the_next_one_goes_on_with(
    server: RawServer, storage: StorageSettings, in_reactor: InReactor
) -> None:
    server.answers = pages(server, 30)
    order = order_for(server.url("/feed"))
    with open_store(storage) as store:
        with child() as crawler:
            crawler.begin(settings_for(server.host, delay_seconds=0.05), storage)
            crawler.say(ticket(1, order))
            until(store, 5)
            family = crawler.family()
            crawler.process.kill()
            assert gone(family[1:])
        (run,) = store.runs.list(limit=9)
        assert run.status == "running"
        store.recover(now=datetime.now(UTC))
        run = store.runs.get(run.id)
        kept = list(store.articles.iterate())
        assert (run.status, run.attempts) == ("interrupted", len(kept))
        assert all(each.text and store.pages.get(each.url) for each in kept)
        rest = in_reactor(visit(settings_for(server.host), store, order))
        assert rest.verdicts == {Verdict.KNOWN: len(kept), Verdict.CAPTURED: 30 - len(kept)}
        assert len({each.url for each in store.articles.iterate()}) == 30


@pytest.mark.slow
def test_told_to_stop_in_the_middle_it_ends_its_runs_in_time(server: RawServer, storage: StorageSettings) -> None:
    server.answers = {**pages(server, 30), "/robots.txt": reply(b"User-agent: *\nCrawl-delay: 50")}
    with child() as crawler:
        crawler.begin(settings_for(server.host), storage)
        crawler.say(ticket(1, order_for(server.url("/feed"))))
        while not server.paths:
            time.sleep(0.01)
        began = time.monotonic()
        crawler.say(Stop())
        done = crawler.hear()
        assert isinstance(done, Done)
        assert done.result.status == "interrupted"
        assert crawler.process.wait(5) == 0
        assert time.monotonic() - began < 3.5  # the service gives it that long: scheduler.queue.local.STOP_SECONDS


@pytest.mark.slow
def test_a_run_the_store_does_not_take_is_answered_all_the_same(server: RawServer, storage: StorageSettings) -> None:
    """A ticket without an answer would hold its source for ever."""
    server.answers = pages(server, 1)
    with child() as crawler:
        crawler.begin(settings_for(server.host), storage)
        with open_store(storage) as store:
            drop_runs(store)
        crawler.say(ticket(1, order_for(server.url("/feed"))))
        done: Any = crawler.hear()
        assert (done.number, done.result.status) == (1, "failed")
        assert "cannot be used" in done.result.reason
        assert json.loads(dump(done))["result"]["run_id"] == 0


def drop_runs(store: Store) -> None:
    """Break the database under the child."""
    with store.engine.begin() as connection:
        connection.exec_driver_sql("PRAGMA foreign_keys=OFF")
        connection.exec_driver_sql("ALTER TABLE runs RENAME TO runs_elsewhere")


def test_the_memory_of_a_process_is_its_own_not_its_parents() -> None:
    ballast = bytearray(300 << 20)
    code = "from crawler.child import peak_memory_bytes; print(peak_memory_bytes())"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert 10 << 20 < int(done.stdout) < len(ballast)
