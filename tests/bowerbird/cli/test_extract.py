"""bowerbird extract: pages on stdout, without a store and without a trace."""

import json
import subprocess
import sys
from collections.abc import Callable
from datetime import UTC, datetime
from io import StringIO
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.demo.newsroom.running import Newsroom
from tests.bowerbird.cli.hostile import PROSE, article
from tests.bowerbird.corpora import find_corpus
from tests.bowerbird.shell import Shell, rows

Cli = Callable[..., CompletedProcess[str]]

KEYS = {
    *(
        "id",
        "url",
        "title",
        "authors",
        "author_kinds",
        "published",
        "modified",
        "date_confidence",
        "tags",
        "language",
        "type",
    ),
    *("text", "markdown", "outcome", "reason", "seconds", "origins"),
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a page in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(article("Blue things", PROSE), encoding="utf-8")
    return tmp_path


def test_a_saved_page_is_one_json_object_with_the_keys_of_the_contract(cli: Cli, folder: Path) -> None:
    done = cli("extract", "page.html", "--url", "https://example.org/blue")
    assert (done.returncode, done.stderr) == (0, "")
    (row,) = rows(done.stdout)
    assert set(row) == KEYS
    assert (row["id"], row["url"], row["title"]) == ("page.html", "https://example.org/blue", "Blue things")
    assert (row["outcome"], row["authors"], row["published"]) == ("ok", [], None)
    assert row["text"].split() == PROSE.split()
    assert row["seconds"] > 0
    assert [path.name for path in folder.iterdir()] == ["page.html"]


@pytest.mark.parametrize("name", ["news", "note", "text", "post"])
def test_a_page_is_printed_in_a_format(cli: Cli, folder: Path, name: str) -> None:
    done = cli("extract", "page.html", "--url", "https://example.org/blue", "--format", name)
    assert (done.returncode, done.stderr) == (0, "")
    assert "Blue things" in done.stdout or "https://example.org/blue" in done.stdout


def test_a_hostile_page_cannot_reach_the_terminal(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = article("\x1b]0;owned\x07Blue &#27;[2J", f"{PROSE} &#155;31m \x9b2J \u202e backwards &#7;")
    (folder / "page.html").write_text(page, encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    for options in ([], ["--format", "text"], ["--format", "note"], ["--format", "post"], ["--format", "news"]):
        done = cli("extract", "page.html", *options)
        assert done.returncode == 0
        assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr)


def test_pages_that_give_no_article_are_reported_and_counted(cli: Cli, folder: Path) -> None:
    (folder / "empty.html").touch()
    (folder / "a.pdf").write_bytes(b"%PDF-1.7\n%\xe2\xe3")
    done = cli("extract", "page.html", "empty.html", "a.pdf", "missing.html", str(folder))
    assert done.returncode == 3
    outcomes = [(Path(row["id"]).name, row["outcome"]) for row in rows(done.stdout)]
    assert outcomes == [
        ("page.html", "ok"),
        ("empty.html", "too_short"),
        ("a.pdf", "unsupported_type"),
        ("missing.html", "unreadable"),
        (folder.name, "unreadable"),
    ]
    assert cli("extract", "empty.html").returncode == 5
    as_note = cli("extract", "empty.html", "--format", "note")
    assert (as_note.returncode, as_note.stdout) == (5, "")
    assert as_note.stderr == "empty.html: too_short: the page is empty\n"


def test_urls_are_fetched_by_the_same_rules_as_ever(standing_newsroom: Newsroom, shell: Shell) -> None:
    shell.write_settings(standing_newsroom, names=[])
    url = standing_newsroom.url_of("tool-library")
    listed = ["file:///etc/hostname", f"{standing_newsroom.addresses['observatory']}/nothing", url]
    done = shell.run("extract", "-", stdin="\n".join(listed))
    assert (done.returncode, done.stderr) == (3, "")
    said = {row["id"]: row for row in rows(done.stdout)}
    assert {each: row["outcome"] for each, row in said.items()} == {
        "file:///etc/hostname": "refused_address",
        listed[1]: "gone",
        url: "ok",
    }
    assert said[url]["language"] == "en"
    assert not (shell.folder / "data").exists()


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        ([], "name targets or a --manifest, and not both"),
        (["page.html", "--manifest", "page.html"], "name targets or a --manifest, and not both"),
        (["--manifest", "missing.jsonl"], "does not exist"),
        (["--manifest", "binary.jsonl"], "binary.jsonl:2: cannot be read, as it is not UTF-8"),
        (["--manifest", "page.html", "--url", "https://example.org/"], "a manifest names the URL of each page itself"),
        (["page.html", "--url", "ftp://example.org/"], "it must be a URL that begins with http:// or https://"),
        (["page.html", "page2.html", "--url", "https://example.org/"], "--url goes with one saved page"),
        (["page.html", "--explain", "--format", "note"], "--explain says how a page is read; leave --format away"),
        (["page.html", "--format", "nte"], "there is no format 'nte'. Did you mean 'note'?"),
    ],
)
def test_a_wrong_call_is_one_line(cli: Cli, folder: Path, arguments: list[str], said: str) -> None:
    (folder / "binary.jsonl").write_bytes(b"\n\xff")
    done = cli("extract", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr


def test_a_broken_line_of_a_manifest_is_one_unreadable_page(cli: Cli, folder: Path) -> None:
    lines = [json.dumps({"id": "a", "path": path}) for path in ("page.html", "a\0b")]
    (folder / "pages.jsonl").write_text("\n".join([lines[0], "{", lines[1]]), encoding="utf-8")
    done = cli("extract", "--manifest", "pages.jsonl")
    assert (done.returncode, done.stderr) == (3, "")
    said = rows(done.stdout)
    assert [(row["id"], row["outcome"]) for row in said] == [
        ("a", "ok"),
        ("line 2", "unreadable"),
        ("a", "unreadable"),
    ]
    assert said[1]["reason"].startswith("pages.jsonl:2: is not JSON")


def test_a_note_is_dated_by_the_day_it_is_made(cli: Cli, folder: Path) -> None:
    meta = '<meta property="article:published_time" content="2020-05-04T10:00:00Z">'
    (folder / "page.html").write_text(article("Blue", PROSE).replace("<head>", f"<head>{meta}"), encoding="utf-8")
    assert rows(cli("extract", "page.html").stdout)[0]["published"].startswith("2020-05-04")
    before = datetime.now(UTC).date()
    done = cli("extract", "page.html", "--url", "https://example.org/blue", "--format", "note")
    days = {before, datetime.now(UTC).date()}
    assert done.stdout.partition("upload_date: '")[2][:10] in {day.isoformat() for day in days}


@pytest.mark.parametrize("text", ["", "\n# nothing yet\n"])
def test_an_empty_list_is_nothing_to_do(cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr(sys, "stdin", StringIO(text))
    done = cli("extract", "-")
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "the list is empty; there is nothing to do\n")
    (folder / "empty.jsonl").touch()
    assert cli("extract", "--manifest", "empty.jsonl").returncode == 0


@pytest.mark.parametrize(
    ("target", "is_url"),
    [("example.org/x", True), ("www.example.org", True), ("missing.html", False), ("folder/missing.html", False)],
)
def test_a_url_without_its_scheme_is_told_so(cli: Cli, folder: Path, target: str, is_url: bool) -> None:
    (row,) = rows(cli("extract", target).stdout)
    assert row["outcome"] == "unreadable"
    assert (f"; if it is a URL, write https://{target}" in row["reason"]) is is_url


@pytest.mark.corpora
def test_a_manifest_gives_a_line_a_page_that_the_score_reads(cli: Cli, folder: Path) -> None:
    corpus = find_corpus("wcxb-dev")
    entries = corpus.entries(24)
    lines = "\n".join(json.dumps(entry) for entry in entries)
    (folder / "manifest.jsonl").write_text(lines, encoding="utf-8")
    done = cli("extract", "--manifest", "manifest.jsonl")
    assert done.returncode in (0, 3)
    assert done.stderr == ""
    results = rows(done.stdout)
    assert [row["id"] for row in results] == [entry["id"] for entry in entries]
    assert all(set(row) == KEYS for row in results)
    assert sum(row["outcome"] == "ok" for row in results) > 18
    (folder / "got.jsonl").write_text(done.stdout, encoding="utf-8")
    command: list[str | Path] = [
        sys.executable,
        corpus.score,
        "--corpus",
        corpus.folder,
        "--got",
        "got.jsonl",
        "--json",
    ]
    scored = subprocess.run(command, capture_output=True, text=True, check=True)
    assert json.loads(scored.stdout)
