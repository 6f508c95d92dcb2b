"""bowerbird opml: sources from other readers, and back to them."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.cli.subscribing import Names, subscribe
from crawler.opml import Subscription
from storage.source import Source
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

LIST = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="1.1"><head><title>Subscriptions</title></head><body>
<outline text="Birds"><outline text="Bowers &amp; Co: news!" type="rss" xmlUrl="https://example.org/bowers.xml"/>
<outline text="Nests" xmlUrl="feed://example.org/nests"/></outline>
<outline text="Fun" title="Fun"><outline text="Nests again" xmlUrl="http://example.org/nests"/></outline>
<outline text="Nests" xmlUrl="https://example.com/nests"/>
<outline text="Mail" xmlUrl="mailto:a@example.org"/>
<outline text="A page" type="link" url="https://example.org/page"/>
</body></opml>
"""


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a list in it."""
    (tmp_path / "list.opml").write_text(LIST, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_list_is_taken_over_once(cli: Cli) -> None:
    dry = cli("opml", "import", "list.opml", "--dry-run", "--json")
    assert (dry.returncode, dry.stderr) == (3, "3 added, 2 refused; nothing was kept\n")
    assert cli("sources", "list", "--json").stdout == ""
    done = cli("opml", "import", "list.opml", "--json")
    assert (done.returncode, done.stdout, done.stderr) == (3, dry.stdout, "3 added, 2 refused\n")
    assert [(row["result"], row["name"], row["url"], row["tags"], row["line"]) for row in rows(done.stdout)] == [
        ("added", "Bowers Co news", "https://example.org/bowers.xml", ["Birds"], 3),
        ("added", "Nests", "http://example.org/nests", ["Birds", "Fun"], 4),
        ("added", "Nests-2", "https://example.com/nests", [], 6),
        ("refused", "", "mailto:a@example.org", [], 7),
        ("refused", "", "", [], 8),
    ]
    assert [row["reason"] for row in rows(done.stdout)][3:] == [
        "url: it must be a URL that begins with http:// or https://",
        "it names no feed (no xmlUrl)",
    ]
    before = cli("sources", "list", "--json").stdout
    again = cli("opml", "import", "list.opml")
    assert again.stderr == "3 already there, 2 refused\n"
    assert "already there Nests http://example.org/nests [Birds, Fun]" in again.stdout.splitlines()
    assert cli("sources", "list", "--json").stdout == before


def test_what_is_exported_comes_back_the_same(cli: Cli, folder: Path) -> None:
    cli("sources", "add", "a", "https://example.org/a", "--kind", "section", "--tag", "x, y", "--tag", "b/c")
    cli("sources", "add", "b", "https://example.org/b.xml", "--every", "30m")
    cli("opml", "import", "list.opml")
    sources = [
        (row["name"], row["url"], row["kind"], row["tags"]) for row in rows(cli("sources", "list", "--json").stdout)
    ]
    done = cli("opml", "export", "out.opml")
    assert (done.returncode, done.stdout) == (0, "")
    assert "1 sources have other options, too" in done.stderr
    exported = (folder / "out.opml").read_text(encoding="utf-8")
    assert cli("opml", "export").stdout == exported
    assert cli("opml", "import", "out.opml").stderr == "5 already there\n"
    (folder / "data" / "bowerbird.db").unlink()
    back = cli("opml", "import", "out.opml")
    assert (back.returncode, back.stderr) == (0, "5 added\n")
    listed = [
        (row["name"], row["url"], row["kind"], row["tags"]) for row in rows(cli("sources", "list", "--json").stdout)
    ]
    assert listed == sources
    assert cli("opml", "export").stdout == exported


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("<opml>\n<body>\n<outline text='a & b'/></body></opml>", "broken.opml:3: xmlParseEntityRef"),
        ("<rss/>", "broken.opml:1: its root element is 'rss', not opml"),
    ],
)
def test_a_list_that_cannot_be_read_is_one_line(cli: Cli, folder: Path, text: str, said: str) -> None:
    (folder / "broken.opml").write_text(text, encoding="utf-8")
    done = cli("opml", "import", "broken.opml")
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert cli("opml", "import", "nowhere.opml").returncode == 2


def test_an_empty_list_is_all_well(cli: Cli, folder: Path) -> None:
    (folder / "empty.opml").write_text("<opml><body/></opml>", encoding="utf-8")
    done = cli("opml", "import", "empty.opml")
    assert (done.returncode, done.stderr) == (0, "it lists no feeds\n")


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("A good name", "A good name"),
        ("The *Daily* / News: №1", "The Daily News No1"),
        ("--- ", "example.org"),
        ("", "example.org"),
        ("ingest", "ingest-2"),
        ("taken", "taken-2"),
        ("鳥のニュース", "鳥のニュース"),
        ("x" * 300, "x" * 90),
    ],
)
def test_a_title_becomes_a_name(title: str, name: str) -> None:
    assert Names(["taken"]).name_for(title, "https://example.org/feed") == name


def test_ten_thousand_feeds_of_one_title_each_get_a_name_of_their_own() -> None:
    listed = [Subscription(title="Feed", url=f"https://example.org/{n}") for n in range(10_000)]
    found = list(subscribe(listed, [Source(name="Feed", url="https://example.org/7")]))
    assert [each.result for each in found].count("added") == 9_999
    assert len({each.name for each in found}) == 10_000
    assert found[8].name == "Feed-9"


def test_an_export_is_no_json(cli: Cli, folder: Path) -> None:
    done = cli("opml", "export", "out.opml", "--json")
    assert (done.returncode, done.stdout) == (2, "")
    assert "`bowerbird sources list --json` gives the sources as JSON" in done.stderr
    assert not (folder / "out.opml").exists()
