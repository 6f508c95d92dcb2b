"""bowerbird serve: a service that is started, watched, stopped, killed and started again, against the newsroom."""

import json
import re
import signal
import socket
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPConnection
from pathlib import Path
from subprocess import CompletedProcess, Popen

import psutil
import pytest

from bowerbird.cli.serve import greeting
from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from storage.database.store import Store, open_store
from storage.outcome import Run
from storage.settings import StorageSettings
from storage.verdict import Verdict
from tests.bowerbird.shell import Row, Shell, rows

INTERVAL_SECONDS = 2
SETTINGS = {
    "scheduler": {"every": f"{INTERVAL_SECONDS}s", "shortest": "1s", "tick_seconds": 0.2},
    "web": {"port": 0},
    "export": [{"name": "notes", "format": "note", "folder": "notes", "on": "capture"}],
}
LATER = datetime(2100, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Serving:
    """A service under way. host: of its page, with the port."""

    process: Popen[str]
    host: str

    def get(self, path: str, *, host: str | None = None) -> tuple[int, str]:
        """Return the status and body of an answer. host: the Host header."""
        connection = HTTPConnection(self.host, timeout=10)
        try:
            connection.request("GET", path, headers={"Host": host or self.host})
            response = connection.getresponse()
            return response.status, response.read().decode()
        finally:
            connection.close()

    def stop(self, number: signal.Signals) -> tuple[int, float]:
        """Send a signal; return the exit code and how many seconds that took."""
        begun = time.monotonic()
        self.process.send_signal(number)
        code = self.process.wait(timeout=15)
        return code, time.monotonic() - begun


@contextmanager
def serving(shell: Shell) -> Iterator[Serving]:
    """Serve while the block runs; it is killed at its end where it still lives."""
    with shell.start("serve") as process:
        assert process.stderr is not None
        line = process.stderr.readline()
        found = re.search(r"http://([^/]+)/", line)
        assert found, line
        yield Serving(process, found[1])


@contextmanager
def store_of(shell: Shell) -> Iterator[Store]:
    with open_store(StorageSettings(database=f"sqlite:///{shell.folder}/data/bowerbird.db")) as store:
        yield store


def until(is_so: Callable[[], object], *, seconds: float = 20) -> float:
    """Wait until something is so; return how many seconds that took."""
    begun = time.monotonic()
    while not is_so():
        assert time.monotonic() - begun < seconds
        time.sleep(0.05)
    return time.monotonic() - begun


def has_title(store: Store, title: str) -> bool:
    return any(article.title == title for article in store.articles.list(limit=99))


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """What was seen of a service that was stopped and started again.

    seconds_to_news, seconds_to_news_again: from the publication of a story until it was in the store.
    """

    shell: Shell
    health: tuple[int, str]
    page: str
    foreign: tuple[int, str]
    stopped: tuple[int, float]
    stopped_again: tuple[int, float]
    seconds_to_news: float
    seconds_to_news_again: float
    planned: dict[str, datetime | None]
    runs: list[Run]


@pytest.fixture(scope="module")
def day(tmp_path_factory: pytest.TempPathFactory) -> Day:
    """One service with a pause."""
    shell = Shell(tmp_path_factory.mktemp("day"))
    with running_newsroom(slow_seconds=0) as newsroom:
        shell.write_settings(newsroom, names=["harbour-ledger", "observatory-notes"], **SETTINGS)
        with serving(shell) as service, store_of(shell) as store:
            until(lambda: any(run.totals.not_modified for run in store.runs.list(limit=9)))
            seconds_to_news = seconds_until_stored(newsroom, store)
            seen = {
                "health": service.get("/healthz"),
                "page": service.get("/")[1],
                "foreign": service.get("/", host="evil.example"),
                "stopped": service.stop(signal.SIGTERM),
            }
            store.sources.plan("observatory-notes", LATER)
        with serving(shell) as service, store_of(shell) as store:
            seconds_to_news_again = seconds_until_stored(newsroom, store)
            stopped_again = service.stop(signal.SIGINT)
            return Day(
                shell=shell,
                **seen,  # type: ignore[arg-type]
                stopped_again=stopped_again,
                seconds_to_news=seconds_to_news,
                seconds_to_news_again=seconds_to_news_again,
                planned={state.source.name: state.next_run_at for state in store.sources.list()},
                runs=store.runs.list(limit=99),
            )


def seconds_until_stored(newsroom: Newsroom, store: Store) -> float:
    """Publish until something is new in the source that is watched, and wait for that."""
    story = newsroom.publish_next()
    while story is not None and story.publication != "harbour-ledger":
        story = newsroom.publish_next()
    assert story is not None
    return until(lambda: has_title(store, story.title))


def test_a_new_article_is_in_the_store_within_an_interval_and_its_delay(day: Day) -> None:
    assert day.seconds_to_news < INTERVAL_SECONDS + 3


def test_a_second_start_goes_on_where_the_first_stopped(day: Day) -> None:
    assert day.planned["observatory-notes"] == LATER
    # It has to start first.
    assert day.seconds_to_news_again < INTERVAL_SECONDS + 8
    with store_of(day.shell) as store:
        new = [attempt.url for run in day.runs for attempt in store.attempts.of_run(run.id) if attempt.verdict.is_new]
        assert [url for url, count in Counter(new).items() if count > 1] == []
        assert store.articles.count() == len(new)


def test_a_stop_exits_with_0_within_five_seconds(day: Day) -> None:
    for code, seconds in (day.stopped, day.stopped_again):
        assert code == 0
        assert seconds < 5


def test_no_run_is_left_open(day: Day) -> None:
    assert {run.status for run in day.runs} <= {"finished", "interrupted"}
    with store_of(day.shell) as store:
        assert [state.source.name for state in store.sources.list() if state.claimed_until] == []


def test_unchanged_documents_are_asked_for_conditionally(day: Day) -> None:
    assert sum(run.totals.not_modified for run in day.runs) > 0
    assert sum(run.attempts for run in day.runs) == sum(run.totals.offered for run in day.runs)


def test_healthz_says_that_it_lives(day: Day) -> None:
    status, body = day.health
    said = json.loads(body)
    assert (status, said["status"], said["trouble"]) == (200, "ok", "")
    assert datetime.now(UTC) - datetime.fromisoformat(said["last_tick_at"]) < timedelta(minutes=1)


def test_the_page_shows_sources_runs_and_articles(day: Day) -> None:
    assert "<strong>harbour-ledger</strong>" in day.page
    assert "captured" in day.page
    with store_of(day.shell) as store:
        titles = [article.title for article in store.articles.list(limit=99)]
    assert sum(title in day.page for title in titles) >= 10


def test_another_host_header_is_refused(day: Day) -> None:
    status, body = day.foreign
    assert status == 400
    assert "Bowerbird" not in body


def test_profiles_that_follow_each_capture_are_written(day: Day) -> None:
    with store_of(day.shell) as store:
        assert len(list((day.shell.folder / "notes").rglob("*.md"))) == store.articles.count() > 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Crash:
    """What was seen of a service that was killed in the middle of a run, and of the next one.

    crawled: what ``crawl`` said beside the next one. seconds_to_go_on: until it had begun the run again.
    """

    left: list[str]
    seconds_to_go_on: float
    crawled: list[Row]
    stopped: tuple[int, float]
    runs: list[Run]


@pytest.fixture(scope="module")
def crash(tmp_path_factory: pytest.TempPathFactory) -> Crash:
    """A service that is killed, and a second one whose run is cut short by its stop."""
    shell = Shell(tmp_path_factory.mktemp("crash"))
    with running_newsroom(slow_seconds=60) as newsroom:
        shell.write_settings(newsroom, names=["feldnotizen"], **SETTINGS)
        with serving(shell) as service, store_of(shell) as store:
            until(lambda: len(newsroom.requests) > 1)
            family = psutil.Process(service.process.pid).children(recursive=True)
            service.process.kill()
            _, alive = psutil.wait_procs(family, timeout=8)
        with serving(shell) as service, store_of(shell) as store:
            seconds = until(lambda: [run.status for run in store.runs.list(limit=9)] == ["running", "interrupted"])
            crawled = rows(shell.run("crawl", "--all", "--json").stdout)
            stopped = service.stop(signal.SIGTERM)
            return Crash(
                left=[process.name() for process in alive],
                seconds_to_go_on=seconds,
                crawled=crawled,
                stopped=stopped,
                runs=store.runs.list(limit=9),
            )


def test_a_kill_leaves_no_process_behind(crash: Crash) -> None:
    assert crash.left == []


def test_after_a_kill_the_run_is_interrupted_and_begun_again_at_once(crash: Crash) -> None:
    assert crash.seconds_to_go_on < 10
    assert crash.runs[1].reason == "its process ended before the run did"


def test_two_processes_do_not_visit_one_source_at_once(crash: Crash) -> None:
    (row,) = crash.crawled
    assert (row["run"], row["status"], row["offered"]) == (0, "interrupted", 0)
    assert row["reason"] == "another process is visiting it now"
    assert len(crash.runs) == 2


def test_a_stop_in_the_middle_of_a_run_takes_less_than_five_seconds(crash: Crash) -> None:
    code, seconds = crash.stopped
    assert code == 0
    assert seconds < 5
    assert crash.runs[0].status == "interrupted"
    assert Verdict.UNREADABLE not in crash.runs[0].verdicts


def test_a_port_that_is_taken_is_one_line(cli: Callable[..., CompletedProcess[str]], tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        (tmp_path / "settings.yaml").write_text(f"web: {{port: {port}}}", encoding="utf-8")
        done = cli("serve", "--settings", str(tmp_path / "settings.yaml"))
    assert done.returncode == 2
    (line,) = done.stderr.splitlines()
    assert line.startswith(f"bowerbird: the status page cannot listen on 127.0.0.1:{port}: ")
    assert line.endswith("choose others with web.host and web.port")


@pytest.mark.parametrize(("sources", "said"), [(0, "0 sources"), (1, "1 source"), (2, "2 sources")])
def test_one_source_is_no_sources(sources: int, said: str) -> None:
    assert greeting(sources, "http://x/") == f"watching {said}; status page at http://x/"
