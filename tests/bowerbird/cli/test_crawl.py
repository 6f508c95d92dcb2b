"""bowerbird crawl: visits of sources, now."""

import signal
import time
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from storage.database.store import open_store
from storage.settings import StorageSettings
from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import Shell, rows

Cli = Callable[..., CompletedProcess[str]]


def test_every_source_is_visited_and_its_accounts_add_up(crawled: Crawled) -> None:
    assert {row["source"] for row in crawled.results} == {place.name for place in crawled.newsroom.sources}
    for row in crawled.results:
        assert row["status"] == "finished"
        assert row["offered"] == sum(row["counts"].values()) > 0
        assert row["reason"].startswith(f"{row['offered']} offered: ")


def test_what_is_not_due_is_not_visited_and_the_next_visit_is_named(crawled: Crawled, cli: Cli) -> None:
    done = cli("--settings", str(crawled.settings), "crawl")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr.startswith("no source is due; the next is ")
    assert cli("--settings", str(crawled.settings), "crawl", "--exit-nothing-new").returncode == 4


def test_without_a_source_there_is_a_hint(cli: Cli, shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(shell.folder)
    done = cli("crawl", "--all")
    assert (done.returncode, done.stdout) == (0, "")
    assert done.stderr == "there is no source to visit; `bowerbird sources add NAME URL` adds one\n"


def test_an_unknown_source_is_refused_with_the_nearest_name(crawled: Crawled, cli: Cli) -> None:
    done = cli("--settings", str(crawled.settings), "crawl", "observatry")
    assert done.returncode == 2
    assert done.stderr.startswith("bowerbird: there is no source 'observatry'. Did you mean 'observatory'?")


def test_a_dry_run_shows_each_url_and_keeps_nothing(standing_newsroom: Newsroom, shell: Shell) -> None:
    shell.write_settings(standing_newsroom)
    done = shell.run("crawl", "feldnotizen", "--dry-run", "--json")
    assert done.returncode == 0
    planned = rows(done.stdout)
    assert {row["decision"] for row in planned} == {"fetch"}
    assert {row["url"] for row in planned} == {
        truth.url for truth in standing_newsroom.expected() if truth.source == "feldnotizen"
    }
    assert all(set(row) == {"url", "decision", "reason"} for row in planned)
    with open_store(StorageSettings(database=f"sqlite:///{shell.folder}/data/bowerbird.db")) as store:
        assert store.runs.list(limit=9) == []
        assert store.articles.count() == 0
        assert store.sources.get("feldnotizen").next_run_at is None


def test_a_source_that_cannot_be_read_fails_and_the_others_go_on(standing_newsroom: Newsroom, shell: Shell) -> None:
    profile = {"name": "notes", "format": "note", "folder": "notes", "on": "capture"}
    path = shell.write_settings(standing_newsroom, names=["observatory-notes"], export=[profile])
    shell.run("sources", "add", "gone", f"{standing_newsroom.addresses['observatory']}/nothing-here.xml")
    done = shell.run("crawl", "--all", "--json", "--limit", "2")
    assert done.returncode == 3
    by_name = {row["source"]: row for row in rows(done.stdout)}
    assert by_name["gone"]["status"] == "failed"
    assert "HTTP 404" in by_name["gone"]["reason"]
    assert by_name["observatory-notes"]["counts"] == {"captured": 2, "filtered": 2}
    # A profile that follows each capture does so here too.
    assert len(list((path.parent / "notes").rglob("*.md"))) == 2
    (failing,) = [row for row in rows(shell.run("sources", "list", "--json").stdout) if row["name"] == "gone"]
    assert failing["state"] == "failed 1 times"
    assert shell.run("crawl", "gone").returncode == 5


def test_a_visit_that_was_killed_is_taken_up_again(shell: Shell) -> None:
    with running_newsroom(slow_seconds=30) as newsroom:
        shell.write_settings(newsroom, names=["feldnotizen"])
        with shell.start("crawl", "--all") as killed:
            await_requests(newsroom, 2)
            killed.kill()
        with shell.start("crawl", "feldnotizen") as interrupted:
            await_requests(newsroom, len(newsroom.requests) + 1)
            begun = time.monotonic()
            interrupted.send_signal(signal.SIGINT)
            assert interrupted.wait(timeout=10) == 130
            assert time.monotonic() - begun < 5
    runs = rows(shell.run("runs", "list", "--json").stdout)
    assert [run["status"] for run in runs] == ["interrupted", "interrupted"]
    assert runs[1]["reason"] == "its process ended before the run did"


def await_requests(newsroom: Newsroom, count: int) -> None:
    """Wait until the newsroom has answered that many requests."""
    deadline = time.monotonic() + 20
    while len(newsroom.requests) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)
