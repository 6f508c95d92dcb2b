"""bowerbird ingest: single pages, good and bad, from the web and from disk."""

import json
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.demo.newsroom.running import Newsroom
from tests.bowerbird.cli.hostile import MIB, hostile_server
from tests.bowerbird.corpora import find_corpus
from tests.bowerbird.shell import Row, Shell, rows

Cli = Callable[..., CompletedProcess[str]]

KEYS = {"url", "verdict", "reason", "article_id", "title", "duplicate_of"}


def test_every_bad_target_gets_its_verdict(shell: Shell) -> None:
    with hostile_server() as server:
        verdicts = {
            "file:///etc/hostname": "refused_address",
            "http://127.0.0.1:22/": "refused_address",
            "http://127.0.0.1/": "refused_address",
            "http://[::1]/": "refused_address",
            "http://": "refused_address",
            "http://[::1": "refused_address",
            "https://user:********@example.org/": "refused_address",
            "data://text/html,x": "refused_address",
            "data:text/html,x": "refused_address",
            "http:/x": "refused_address",
            "https://me:********@[::1": "refused_address",
            "ftp://me:********@example.org/": "refused_address",
            server.url("/huge"): "too_large",
            server.url("/huge-declared"): "too_large",
            server.url("/empty"): "too_short",
            server.url("/pdf"): "unsupported_type",
            server.url("/pdf-called-html"): "unsupported_type",
            server.url("/nothing"): "gone",
            server.url("/attributes"): "truncated",
            server.url("/invalid-utf-8"): "captured",
            server.url("/control"): "captured",
            (shell.folder / "no-such-file.html").as_uri(): "unreadable",
            shell.folder.as_uri(): "unreadable",
            (shell.folder / "huge.html").as_uri(): "too_large",
        }
        settings = {"crawler": {"delay_seconds": 0, "allow_private_hosts": [server.host]}}
        (shell.folder / "settings.yaml").write_text(json.dumps(settings), encoding="utf-8")
        with (shell.folder / "huge.html").open("wb") as file:
            file.truncate(100 * MIB)
        listed = [url.replace("*" * 8, "secret") for url in verdicts if not url.startswith(shell.folder.as_uri())]
        arguments = ["ingest", "-", "no-such-file.html", "huge.html", str(shell.folder), "--json"]
        done = shell.run(*arguments, stdin="\n".join(["# a list", "", *listed]))
    assert done.returncode == 3
    assert "Traceback" not in done.stdout + done.stderr
    said = rows(done.stdout)
    assert all(set(row) == KEYS and row["reason"] for row in said)
    assert {row["url"]: row["verdict"] for row in said} == verdicts
    assert len(said) == len(verdicts)
    assert {row["url"] for row in said if row["article_id"]} == {
        server.url(path) for path in ("/attributes", "/invalid-utf-8", "/control")
    }


def test_a_url_is_stored_and_goes_into_the_profiles_that_follow(standing_newsroom: Newsroom, shell: Shell) -> None:
    profile = {"name": "notes", "format": "note", "folder": "notes", "on": "capture"}
    shell.write_settings(standing_newsroom, names=[], export=[profile])
    url = standing_newsroom.url_of("tool-library")
    done = shell.run("ingest", url)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(f"captured {url} ")
    (note,) = (shell.folder / "notes").rglob("*.md")
    assert url in note.read_text(encoding="utf-8")


@pytest.mark.corpora
def test_saved_pages_are_stored_once_whatever_their_address(shell: Shell) -> None:
    pages = [entry["path"] for entry in find_corpus("fundus-a").entries(6)]
    (nameless,) = (entry["path"] for entry in find_corpus("readability").entries(1))

    def ingest(*arguments: str, code: int = 0) -> list[Row]:
        done = shell.run("ingest", "--json", *arguments)
        assert (done.returncode, done.stderr) == (code, "")
        return rows(done.stdout)

    stored = {row["url"]: row for row in ingest(*pages, nameless)}
    assert Path(nameless).as_uri() in stored
    assert len(stored) == 7
    assert {row["verdict"] for row in stored.values()} == {"captured"}
    again = {row["url"]: row for row in ingest(*pages, nameless, "--exit-nothing-new", code=4)}
    assert {row["verdict"] for row in again.values()} == {"unchanged"}
    assert {url: row["article_id"] for url, row in again.items()} == {
        url: row["article_id"] for url, row in stored.items()
    }
    (other,) = ingest(pages[0], "--url", "https://example.net/second")
    assert (other["verdict"], other["url"]) == ("duplicate", "https://example.net/second")
    assert other["duplicate_of"] in {row["article_id"] for row in stored.values()}
    assert other["duplicate_of"] in other["reason"]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name a URL or a saved page, or - to read a list from stdin"),
        ([""], "name a URL or a saved page, or - to read a list from stdin"),
        (["a.html", "b.html", "--url", "https://example.org/"], "--url goes with one saved page"),
        (["https://example.org/", "--url", "https://example.org/"], "--url goes with one saved page"),
        (
            ["a.html", "--url", "example.org"],
            "--url example.org: it must be a URL that begins with http:// or https://",
        ),
        (["a.html", "--url", "file:///etc/passwd"], "it must be a URL that begins with http:// or https://"),
        (["a.html", "--url", ""], "it must be a URL that begins with http:// or https://"),
    ],
)
def test_a_wrong_call_is_one_line_and_stores_nothing(
    cli: Cli, shell: Shell, monkeypatch: pytest.MonkeyPatch, arguments: list[str], said: str
) -> None:
    monkeypatch.chdir(shell.folder)
    done = cli("ingest", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert list(shell.folder.iterdir()) == []


def test_a_store_that_cannot_be_opened_is_code_6(cli: Cli, shell: Shell) -> None:
    path = shell.folder / "settings.yaml"
    path.write_text("storage: {database: 'sqlite:///settings.yaml/x.db'}", encoding="utf-8")
    done = cli("ingest", "https://example.org/", "--settings", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (6, 1)
    assert "cannot be used" in done.stderr


def test_an_unknown_settings_key_is_named_with_the_nearest(cli: Cli, shell: Shell) -> None:
    path = shell.folder / "settings.yaml"
    path.write_text("crawler: {delay_second: 3}", encoding="utf-8")
    done = cli("ingest", "https://example.org/", "--settings", str(path))
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert "crawler.delay_second" in done.stderr
    assert "delay_seconds" in done.stderr


@pytest.mark.parametrize("command", ["ingest", "extract"])
def test_a_run_that_fails_as_a_whole_says_why(shell: Shell, command: str) -> None:
    (shell.folder / "settings.yaml").write_text("crawler: {ca_file: notes.pem, workers: 1}", encoding="utf-8")
    (shell.folder / "notes.pem").write_text("no certificate", encoding="utf-8")
    done = shell.run(command, "https://example.org/a", "-q")
    assert done.returncode == 5
    assert "notes.pem cannot be read as a PEM file of certificates" in done.stdout + done.stderr
    assert command == "extract" or done.stderr.startswith("ingest failed: crawler.ca_file ")


def test_every_spelling_of_one_url_is_answered(shell: Shell) -> None:
    spellings = ("http://127.0.0.1/x", "https://127.0.0.1/x", "http://127.0.0.1/x?utm_source=x")
    done = shell.run("ingest", "--json", *spellings, "http://a b/")
    said = {row["url"]: row["reason"] for row in rows(done.stdout)}
    assert done.returncode == 5
    assert set(said) == {*spellings, "http://a b/"}
    assert {said[url] for url in spellings[1:]} == {f"the same URL as {spellings[0]}, which was fetched for both"}
    assert said["http://a b/"] == "the host holds a space or a percent sign"
    assert {row["verdict"] for row in rows(done.stdout)} == {"refused_address"}


def test_the_password_of_a_refused_url_is_shown_and_kept_nowhere(shell: Shell) -> None:
    url = "https://me:geheim1@127.0.0.1/a"
    said = [shell.run("ingest", url, "-v"), shell.run("runs", "show", "1"), shell.run("runs", "show", "1", "--json")]
    said += [shell.run("why", url), shell.run("why", "https://127.0.0.1/a", "--json"), shell.run("extract", url)]
    said += [shell.run("why", "https://me:geheim1@example.org/never")]
    assert [done.args for done in said if "geheim1" in done.stdout + done.stderr] == []
    assert [done.args for done in said if "me:********@" not in done.stdout + done.stderr] == []
    assert [path for path in shell.folder.rglob("*") if path.is_file() and b"geheim1" in path.read_bytes()] == []
