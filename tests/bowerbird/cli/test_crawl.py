"""bowerbird crawl: visits of sources, now."""

import signal
import time
from collections.abc import Callable
from subprocess import CompletedProcess

import pytest

from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
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


def test_a_source_that_cannot_be_read_fails_and_the_others_go_on(
    standing_newsroom: Newsroom, shell: Shell, cli: Cli
) -> None:
    profile = {"name": "notes", "format": "note", "folder": "notes", "on": "capture"}
    path = shell.write_settings(standing_newsroom, names=["observatory-notes"], export=[profile])
    nowhere = f"{standing_newsroom.addresses['observatory']}/nothing-here.xml"
    assert cli("sources", "add", "gone", nowhere, "--settings", str(path)).returncode == 0
    done = shell.run("crawl", "--all", "--json", "--limit", "2")
    assert done.returncode == 3
    by_name = {row["source"]: row for row in rows(done.stdout)}
    assert by_name["gone"]["status"] == "failed"
    assert "HTTP 404" in by_name["gone"]["reason"]
    assert by_name["observatory-notes"]["counts"] == {"captured": 2, "filtered": 2}
    # A profile that follows each capture does so here too.
    assert len(list((path.parent / "notes").rglob("*.md"))) == 2
    listed = rows(cli("sources", "list", "--json", "--settings", str(path)).stdout)
    assert [row["state"] for row in listed if row["name"] == "gone"] == ["failed 1×"]


def test_a_visit_that_was_killed_is_taken_up_again(shell: Shell, cli: Cli) -> None:
    with running_newsroom(slow_seconds=30) as newsroom:
        settings = shell.write_settings(newsroom, names=["feldnotizen"])
        with shell.start("crawl", "--all") as killed:
            await_requests(newsroom, 2)
            killed.kill()
        with shell.start("crawl", "feldnotizen") as interrupted:
            await_requests(newsroom, len(newsroom.requests) + 1)
            begun = time.monotonic()
            interrupted.send_signal(signal.SIGINT)
            assert interrupted.wait(timeout=10) == 130
            assert time.monotonic() - begun < 5
    runs = rows(cli("runs", "list", "--json", "--settings", str(settings)).stdout)
    assert [run["status"] for run in runs] == ["interrupted", "interrupted"]
    assert runs[1]["reason"] == "its process ended before the run did"


def await_requests(newsroom: Newsroom, count: int) -> None:
    """Wait until the newsroom has answered that many requests."""
    deadline = time.monotonic() + 20
    while len(newsroom.requests) < count:
        assert time.monotonic() < deadline
        time.sleep(0.02)
