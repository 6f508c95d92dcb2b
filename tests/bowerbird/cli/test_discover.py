"""bowerbird sources discover: what a site offers, and what --add makes of it."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime
from email.utils import format_datetime

import pytest

from tests.bowerbird.shell import Shell, rows
from tests.crawler.raw_server import RawServer, reply

KEYS = {
    *("rank", "url", "kind", "what", "title", "found", "entries", "newest", "newest_ago", "last_7_days"),
    *("full_text", "is_best", "is_fallback", "verdict", "reason"),
}
HEAD = b"""<html><head><title>Example</title><link rel="alternate" type="application/rss+xml" href="/comments/feed/">
<link rel="alternate" type="application/rss+xml" href="/gone.xml">
<link rel="alternate" type="application/rss+xml" href="/all.xml"></head><body><main>"""
HOME = HEAD + b"".join(b"<h2><a href='/story-%d-of-the-many'>Story %d of the many</a></h2>" % (n, n) for n in range(6))


def rss(title: str) -> bytes:
    at = format_datetime(datetime.now(UTC))
    items = "".join(f"<item><title>T{n}</title><link>/a/{n}</link><pubDate>{at}</pubDate></item>" for n in range(6))
    return reply(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>".encode())


@pytest.fixture
def server() -> Iterator[RawServer]:
    answers = {"/": reply(HOME), "/all.xml": rss("Example"), "/comments/feed/": rss("Comments on Example")}
    with RawServer(answers) as running:
        yield running


@pytest.fixture
def watcher(shell: Shell, server: RawServer) -> Shell:
    crawler = {"delay_seconds": 0, "workers": 1, "allow_private_hosts": [server.host]}
    (shell.folder / "settings.yaml").write_text(json.dumps({"crawler": crawler}), encoding="utf-8")
    return shell


def test_a_site_is_shown_the_best_first_and_nothing_is_kept(watcher: Shell, server: RawServer) -> None:
    done = watcher.run("sources", "discover", server.url("/"), "--json")
    assert done.returncode == 0
    found = rows(done.stdout)
    assert all(set(row) == KEYS for row in found)
    assert [(row["url"], row["kind"], row["is_best"]) for row in found] == [
        (server.url("/all.xml"), "feed", True),
        (server.url("/"), "section", False),
        (server.url("/comments/feed/"), "feed", False),
        (server.url("/gone.xml"), None, False),
    ]
    assert (found[0]["entries"], found[0]["last_7_days"], found[0]["found"]) == (6, 6, "declared by the page")
    assert (found[3]["verdict"], found[2]["what"]) == ("gone", "feed of comments")
    assert [row["full_text"] for row in found] == [False, None, False, None]
    assert f"{server.url('/all.xml')} is best: a live feed names and dates each new entry" in done.stderr
    assert not (watcher.folder / "data").exists()


def test_a_person_gets_a_table(watcher: Shell, server: RawServer) -> None:
    done = watcher.run("sources", "discover", server.url("/"))
    title, first, *_ = done.stdout.splitlines()
    assert title.split()[:2] == ["#", "What"]
    assert first.split()[:4] == ["1", "feed", "6", "6"]
    assert "--add NAME` watches it" in done.stderr


def test_the_best_is_added_with_its_runners_up(watcher: Shell, server: RawServer) -> None:
    options = ("--add", "example", "--every", "30m", "--tag", "a", "--fallback", "https://example.org/other")
    assert watcher.run("sources", "discover", server.url("/"), *options).returncode == 0
    (row,) = rows(watcher.run("sources", "list", "--json").stdout)
    assert (row["name"], row["url"], row["kind"]) == ("example", server.url("/all.xml"), "feed")
    assert (row["every"], row["tags"]) == ("30m", ["a"])
    assert row["fallbacks"] == ["https://example.org/other", server.url("/")]
    requests = len(server.asked)
    again = watcher.run("sources", "discover", server.url("/"), "--add", "example")
    assert (again.returncode, len(server.asked)) == (2, requests)
    assert "a source named 'example' is there already" in again.stderr
    twin = watcher.run("sources", "discover", server.url("/"), "--add", "twin", "--kind", "section")
    assert twin.returncode == 0
    assert "is watched as example already" in twin.stderr
    row = rows(watcher.run("sources", "list", "--json").stdout)[1]
    assert (row["url"], row["kind"]) == (server.url("/"), "section")


def test_where_nothing_is_found_all_has_failed(watcher: Shell, server: RawServer) -> None:
    server.answers = {}
    done = watcher.run("sources", "discover", server.url("/"), "--add", "example")
    assert done.returncode == 5
    assert "nothing was found that could be watched" in done.stderr
    assert "gone" not in done.stderr
    assert watcher.run("sources", "list", "--json").stdout == ""


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["ftp://example.org/"], "url: it must be a URL"),
        (["https://example.org/", "--add", "../x"], "name: it must begin with a letter or digit"),
        (["https://example.org/", "--header", "X"], "'X' is not NAME=VALUE"),
        ([], "Missing argument 'URL'"),
    ],
)
def test_a_wrong_call_asks_nobody(shell: Shell, arguments: list[str], said: str) -> None:
    done = shell.run("sources", "discover", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
