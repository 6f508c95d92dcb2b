"""A source whose URL fails moves to its fallback, says so everywhere, and comes back."""

import json
from collections.abc import Iterator

import pytest

from tests.bowerbird.shell import Shell, rows
from tests.crawler.raw_server import RawServer, article, feed, reply


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        yield running


def write_settings(shell: Shell, server: RawServer) -> None:
    source = {"name": "blog", "url": server.url("/own"), "fallbacks": [server.url("/spare")]}
    crawler = {"delay_seconds": 0, "workers": 1, "allow_private_hosts": [server.host]}
    scheduler = {"fallback_runs": 2, "fallback_return": "1s"}
    settings = {"crawler": crawler, "scheduler": scheduler, "sources": [source]}
    (shell.folder / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")


def test_a_source_moves_to_its_fallback_and_comes_back(server: RawServer, shell: Shell) -> None:
    write_settings(shell, server)
    server.answers = {
        "/own": reply(feed(), ETag='"1"'),
        "/spare": reply(feed(server.url("/a"))),
        "/a": reply(article("Blue")),
        "/b": reply(article("Green")),
    }
    said = [rows(shell.run("crawl", "blog", "--json").stdout)[0] for _ in range(3)]
    assert [row["offered"] for row in said] == [0, 0, 1]
    assert f"from now on it is looked for at {server.url('/spare')}, because" in said[1]["reason"]
    assert "from now on" not in said[0]["reason"] + said[2]["reason"]
    listed = shell.run("sources", "list")
    assert "at a fallback" in listed.stdout
    assert f"blog is watched at {server.url('/spare')} since" in listed.stderr
    (row,) = rows(shell.run("sources", "list", "--json").stdout)
    assert (row["watched_url"], row["url"], row["kind"]) == (server.url("/spare"), server.url("/own"), "feed")
    assert "brought nothing in 2 runs in a row" in row["watched_because"]
    server.answers = {**server.answers, "/own": reply(feed(server.url("/b")))}
    (back,) = rows(shell.run("crawl", "blog", "--json").stdout)
    assert back["counts"] == {"captured": 1}
    assert f"{server.url('/own')} works again" in back["reason"]
    (row,) = rows(shell.run("sources", "list", "--json").stdout)
    assert (row["watched_url"], row["watched_since"], row["state"]) == (server.url("/own"), None, "active")
