"""bowerbird sources test: what a source would bring, shown and not kept."""

import json
from collections.abc import Iterator

import pytest

from tests.bowerbird.shell import Shell, rows
from tests.crawler.raw_server import RawServer, article, feed, reply

ARTICLE_KEYS = {"url", "verdict", "reason", "title", "authors", "published_at", "words", "begins", "origins"}


@pytest.fixture
def server() -> Iterator[RawServer]:
    with RawServer() as running:
        paths = [f"/{name}" for name in "abcd"]
        item = (
            "<item><title>Blue things</title><link>{}</link><pubDate>Thu, 26 Nov 2026 10:00:00 +0100</pubDate></item>"
        )
        items = "".join(item.format(running.url(path)) for path in paths)
        listed = f"<rss version='2.0'><channel><title>Feed</title>{items}</channel></rss>".encode()
        running.answers = {"/feed": reply(listed, ETag='"1"'), "/page": reply(article("Page"))}
        running.answers |= {path: reply(article(f"Story {path}")) for path in paths[:2]}
        yield running


@pytest.fixture
def tester(shell: Shell, server: RawServer) -> Shell:
    sources = [
        {"name": "blog", "url": server.url("/feed"), "exclude": ["*/d"], "tags": ["a"]},
        {"name": "moved", "url": server.url("/nowhere"), "fallbacks": [server.url("/feed")]},
    ]
    crawler = {"delay_seconds": 0, "workers": 1, "allow_private_hosts": [server.host]}
    scheduler = {"fallback_runs": 1}
    settings = {"crawler": crawler, "sources": sources, "scheduler": scheduler}
    (shell.folder / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
    return shell


def test_a_source_is_shown_in_full_and_nothing_is_kept(tester: Shell, server: RawServer) -> None:
    done = tester.run("sources", "test", "blog", "--json")
    assert done.returncode == 3  # one of the three that were fetched is gone
    document, *rest = rows(done.stdout)
    assert (document["document"], document["kind"], document["entries"]) == (server.url("/feed"), "feed", 4)
    assert [(row["url"][-2:], row["decision"]) for row in rest[:4]] == [
        ("/a", "fetch"),
        ("/b", "fetch"),
        ("/c", "fetch"),
        ("/d", "filtered"),
    ]
    assert rest[3]["reason"] == "the source's exclude rule '*/d' matches"
    assert [row["verdict"] for row in rest[4:]] == ["captured", "captured", "gone"]
    first = rest[4]
    assert set(first) == ARTICLE_KEYS
    assert (first["title"], first["origins"]["title"][1]) == ("Story /a", "sure")
    assert first["words"] > 100
    assert first["begins"].startswith("The Story /a left the harbour")
    assert "blog: 4 offered: 3 to be fetched, 1 filtered; nothing was kept" in done.stderr
    assert rows(tester.run("runs", "list", "--json").stdout) == []
    assert rows(tester.run("sources", "list", "--json").stdout)[0]["last_run_at"] is None


def test_what_is_known_is_said_and_documents_are_read_in_full_all_the_same(tester: Shell, server: RawServer) -> None:
    tester.run("crawl", "blog", "--limit", "1")
    begin = len(server.asked)
    done = tester.run("sources", "test", "blog", "--fetch", "0", "--json")
    assert done.returncode == 0
    assert [row.get("decision") for row in rows(done.stdout)] == [None, "fetch", "fetch", "known", "filtered"]
    asked = [each for each in server.asked[begin:] if each.path != "/robots.txt"]
    assert [(each.path, "if-none-match" in each.headers) for each in asked] == [("/feed", False)]


def test_a_source_is_tested_at_the_place_where_it_is_watched_now(tester: Shell, server: RawServer) -> None:
    tester.run("crawl", "moved")
    done = tester.run("sources", "test", "moved", "--fetch", "1")
    assert done.returncode == 0
    assert f"read {server.url('/feed')} (feed, 4 entries)" in done.stdout.splitlines()
    assert f"captured {server.url('/a')}" in done.stdout
    shown = {line.split()[0]: line for line in done.stdout.splitlines() if line.startswith("    ")}
    assert set(shown) == {"title", "authors", "published", "words", "begins"}
    assert "Story /a" in shown["title"]
    assert shown["authors"].endswith("–")


@pytest.mark.parametrize(
    ("path", "code", "decisions", "verdicts"),
    [
        ("/feed", 0, ["fetch"] * 4, ["captured"]),
        ("/page", 0, [], ["captured"]),
        ("/nowhere", 5, [], []),
    ],
)
def test_a_url_that_is_not_watched_is_tested_without_a_store(
    tester: Shell, server: RawServer, path: str, code: int, decisions: list[str], verdicts: list[str]
) -> None:
    done = tester.run("sources", "test", server.url(path), "--fetch", "1", "--json")
    found = rows(done.stdout)
    assert done.returncode == code
    assert [row["decision"] for row in found if "decision" in row] == decisions
    assert [row["verdict"] for row in found if "verdict" in row] == verdicts
    assert not (tester.folder / "data").exists()
    assert "nothing was kept" in done.stderr


def test_a_url_that_fails_says_why(tester: Shell, server: RawServer) -> None:
    done = tester.run("sources", "test", server.url("/nowhere"))
    assert (done.returncode, done.stdout) == (5, "")
    assert "HTTP 404" in done.stderr


def test_an_empty_feed_is_no_failure(tester: Shell, server: RawServer) -> None:
    server.answers = {"/feed": reply(feed())}
    done = tester.run("sources", "test", server.url("/feed"))
    assert done.returncode == 0
    assert "the source's document lists no articles; nothing was kept" in done.stderr


def test_where_the_feed_carries_the_text_that_is_shown(tester: Shell, server: RawServer) -> None:
    text = "<p>" + "The ferry left the harbour at noon and came back with news of the storm. " * 20 + "</p>"
    item = (
        f"<item><title>Ferry</title><link>{server.url('/a')}</link><description><![CDATA[{text}]]></description></item>"
    )
    server.answers = {"/feed": reply(f"<rss version='2.0'><channel><title>F</title>{item}</channel></rss>".encode())}
    tester.run("sources", "add", "full", server.url("/feed"), "--full-text", "feed")
    done = tester.run("sources", "test", "full", "--json")
    (shown,) = (row for row in rows(done.stdout) if "verdict" in row)
    assert (done.returncode, shown["verdict"], shown["reason"]) == (0, "captured", "from the feed's full text")
    assert shown["title"] == "Ferry"
    assert "/a" not in server.paths
