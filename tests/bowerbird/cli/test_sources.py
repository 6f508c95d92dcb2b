"""bowerbird sources: what is watched."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

URL = "https://example.org/feed.xml"
KEYS = {
    *("name", "url", "kind", "every", "state", "last_run_at", "next_run_at", "origin"),
    *("include", "exclude", "since", "tags", "category", "body", "recheck", "max_pages", "full_text"),
    *("headers", "cookies", "render", "fallbacks", "watched_url"),
    *("watched_since", "watched_because", "empty_runs"),
}


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, empty."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_a_source_is_added_shown_rests_and_is_removed(cli: Cli) -> None:
    added = cli("sources", "add", "blog", URL, "--every", "30m", "--tag", "a", "--tag", "b", "--exclude", "*/ads/*")
    assert (added.returncode, added.stdout) == (0, "")
    assert "blog is due now" in added.stderr
    (row,) = rows(cli("sources", "list", "--json").stdout)
    assert set(row) == KEYS
    assert (row["name"], row["url"], row["kind"], row["every"]) == ("blog", URL, "auto", "30m")
    assert (row["tags"], row["exclude"], row["state"], row["origin"]) == (["a", "b"], ["*/ads/*"], "active", "store")
    assert (row["last_run_at"], row["next_run_at"]) == (None, None)
    assert cli("sources", "pause", "blog").returncode == 0
    assert "paused" in cli("sources", "show", "blog").stdout
    assert cli("crawl", "--all").stdout == ""
    assert cli("sources", "resume", "blog").returncode == 0
    assert "active" in cli("sources", "list").stdout
    assert cli("sources", "remove", "blog").returncode == 0
    assert cli("sources", "list").stderr == "no sources yet; `bowerbird sources add NAME URL` adds one\n"


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["add", "blog", URL], "a source named 'blog' is there already"),
        (["add", "../x", URL], "name: it must begin with a letter or digit"),
        (["add", "x", "example.org"], "url: it must be a URL that begins with http:// or https://"),
        (["add", "x", "file:///etc/passwd"], "url: it must be a URL"),
        (["add", "x", URL, "--every", "5x"], "every: it must be auto, a span such as 30m, or cron"),
        (["add", "x", URL, "--every", "99 * * * *"], "the minute 99 is not between 0 and 59"),
        (["add", "x", URL, "--since", "soon"], "since: 'soon' is not a span of time"),
        (["add", "x", URL, "--include", "re:("], "include: it must be a glob such as */news/*"),
        (["add", "x", URL, "--kind", "fead"], "'fead' is not one of"),
        (["add", "x", URL, "--recheck", "1h", "--no-recheck"], "--recheck and --no-recheck exclude each other"),
        (["add", "x", URL, "--header", "Host=a"], "headers: 'Host' is no header that can be set"),
        (["add", "x", URL, "--cookie", "a"], "'a' is not NAME=VALUE"),
        (["add", "x", URL, "--max-pages", "0"], "0 is not in the range"),
        (["add", "x", URL, "--fallback", "nowhere"], "fallbacks: it must be a URL"),
        (["add", "x"], "Missing argument 'URL'"),
        (["show", "blgo"], "there is no source 'blgo'. Did you mean 'blog'?"),
        (["pause", "blgo"], "Did you mean 'blog'?"),
        (["resume", "blgo"], "Did you mean 'blog'?"),
        (["remove", "blgo"], "Did you mean 'blog'?"),
        (["test", "blgo"], "Did you mean 'blog'?"),
        (["test", "ftp://example.org/"], "url: it must be a URL"),
    ],
    ids=lambda value: " ".join(value) if isinstance(value, list) else "",
)
def test_a_wrong_call_is_one_line_and_changes_nothing(cli: Cli, arguments: list[str], said: str) -> None:
    cli("sources", "add", "blog", URL)
    done = cli("sources", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert said in done.stderr
    assert [row["name"] for row in rows(cli("sources", "list", "--json").stdout)] == ["blog"]


def test_all_that_is_wrong_is_said_at_once(cli: Cli) -> None:
    done = cli("sources", "add", "-", "nowhere", "--every", "never")
    assert done.returncode == 2
    assert all(f"{option}: " in done.stderr for option in ("name", "url", "every"))


def test_a_source_of_the_settings_file_is_removed_there(cli: Cli, folder: Path) -> None:
    (folder / "settings.yaml").write_text(f"sources: [{{name: blog, url: '{URL}'}}]", encoding="utf-8")
    done = cli("sources", "remove", "blog")
    assert done.returncode == 2
    assert "blog is listed in settings.yaml; remove it there" in done.stderr
    (row,) = rows(cli("sources", "list", "--json").stdout)
    assert row["origin"] == "file"
    (folder / "settings.yaml").write_text("", encoding="utf-8")
    assert cli("sources", "list", "--json").stdout == ""


def test_sources_that_were_visited_show_when_they_are_next(cli: Cli, crawled: Crawled) -> None:
    listed = rows(cli("sources", "list", "--json", "--settings", str(crawled.settings)).stdout)
    assert len(listed) == 4
    assert all(row["last_run_at"] < row["next_run_at"] for row in listed)


def test_a_source_is_added_with_all_its_options(cli: Cli) -> None:
    options = {
        "--recheck": ["1h", "7d"],
        "--max-pages": ["50"],
        "--full-text": ["feed"],
        "--header": ["X-Key=${KEY}", "X-Plain=a=b"],
        "--cookie": ["session=${SESSION}"],
        "--render": ["browser"],
        "--fallback": ["https://example.org/b", "https://example.org/c"],
    }
    given = [part for name, values in options.items() for value in values for part in (name, value)]
    assert cli("sources", "add", "blog", URL, *given).returncode == 0
    (row,) = rows(cli("sources", "list", "--json").stdout)
    assert (row["recheck"], row["max_pages"], row["full_text"]) == (["1h", "7d"], 50, "feed")
    assert (row["headers"], row["cookies"]) == ({"X-Key": "${KEY}", "X-Plain": "********"}, {"session": "${SESSION}"})
    assert (row["render"], row["fallbacks"]) == ("browser", ["https://example.org/b", "https://example.org/c"])
    assert cli("sources", "add", "calm", "https://example.org/d", "--no-recheck").returncode == 0
    assert rows(cli("sources", "list", "--json").stdout)[1]["recheck"] == []


def test_a_url_that_is_watched_already_is_said(cli: Cli) -> None:
    cli("sources", "add", "blog", URL, "--fallback", "https://example.org/spare")
    for url in (URL, "http://example.org/feed.xml#top", "https://example.org/spare"):
        done = cli("sources", "add", f"twin of {url[-4:].strip('#')}", url)
        assert done.returncode == 0
        assert f"{url} is watched as blog already; now it is visited for both" in done.stderr
    assert "already" not in cli("sources", "add", "other", "https://example.org/other").stderr
