"""bowerbird extract --explain: how a page was read, for a person and for a program."""

import sys
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.cli.explaining import explanation_lines
from crawler.extract.explanation import explain_page
from crawler.extract.extraction import RawPage
from tests.bowerbird.cli.hostile import PROSE, article
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]
URL = "https://example.org/blue"
MENU = "<nav class='top menu'><a href='/a'>The first of the pages</a> <a href='/b'>The second of the pages</a></nav>"
RULE = "crawler: {rules: [{site: example.org, title: .given, authors: .none}]}"


def page(title: str = "Blue things") -> str:
    html = article(title, PROSE).replace("</article>", f"<p class='given'>Given</p></article>{MENU}")
    return html.replace("<head>", "<head><meta name='author' content='Anna Berg'>")


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The current folder, with a page and a rule for its site in it."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "page.html").write_text(page(), encoding="utf-8")
    (tmp_path / "settings.yaml").write_text(RULE, encoding="utf-8")
    return tmp_path


def test_a_person_reads_fields_and_blocks(cli: Cli, folder: Path) -> None:
    done = cli("extract", "--explain", "page.html", "--url", URL)
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == URL
    assert lines[2] == "rule              example.org; names no body; nothing on this page for authors"
    assert lines[3].startswith("text              ")
    assert lines[3].endswith(" characters, chosen by trafilatura")
    title = lines.index("title             Given (site)")
    assert lines[title + 1] == "  * site          Given  [what the rule of a known site finds]"
    assert "    html          Blue things  [the title element]" in lines
    assert "license           -" in lines
    kept, left = (next(n for n, line in enumerate(lines) if line.startswith(word)) for word in ("KEPT: ", "LEFT OUT: "))
    assert kept < left
    assert any("article > p" in line and "chosen: Bowerbirds gather" in line for line in lines[kept:left])
    assert any("nav.top.menu  not chosen: it is part of a menu: The first of" in line for line in lines[left:])


def test_a_program_reads_one_object_a_page(cli: Cli, folder: Path) -> None:
    done = cli("extract", "--explain", "page.html", "missing.html", "--json")
    assert done.returncode == 3
    first, second = rows(done.stdout)
    assert set(first) == set(second)
    assert (first["id"], first["outcome"], first["rule"]) == ("page.html", "ok", None)
    assert first["fields"]["authors"]["value"] == ["Anna Berg"]
    assert (second["outcome"], second["fields"], second["kept"]) == ("unreadable", {}, [])


def test_pages_stand_apart_in_the_order_they_were_named(cli: Cli, folder: Path) -> None:
    (folder / "empty.html").touch()
    done = cli("extract", "--explain", "empty.html", "page.html")
    assert done.returncode == 3
    assert done.stdout.startswith("empty.html\noutcome           too_short: the page is empty\n\npage.html\n")


def test_a_rule_that_is_not_used_is_told(cli: Cli, folder: Path) -> None:
    (folder / "settings.yaml").write_text("crawler: {rules: [{site: example.org, body: .gone}]}", encoding="utf-8")
    lines = cli("extract", "--explain", "page.html", "--url", URL).stdout.splitlines()
    assert lines[2].startswith("rule              example.org: not used, for its body is not on this page")


@pytest.mark.parametrize("options", [[], ["--json"]], ids=["text", "json"])
def test_a_hostile_page_cannot_reach_the_terminal(
    cli: Cli, folder: Path, monkeypatch: pytest.MonkeyPatch, options: list[str]
) -> None:
    html = page("\x1b]0;owned\x07Blue &#27;[2J &#155;31m \u202e").replace("top menu", "\x1b[31m\u202e\x9b2J")
    html = html.replace("Bowerbirds", "Bower\x1b[2J\u202ebirds &#7;")
    (folder / "page.html").write_text(html, encoding="utf-8")
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    done = cli("extract", "--explain", "page.html", *options)
    assert done.returncode == 0
    assert not set("\x1b\x07\x9b\u202e") & set(done.stdout + done.stderr)


def test_long_values_and_paths_are_cut() -> None:
    tags = ", ".join(f"tag {number}" for number in range(12))
    head = f"<title>{'x' * 300}</title><meta name='keywords' content='{tags}'>"
    text = "<div class='a-name-of-a-class-that-is-long'>" * 4 + f"<p>{PROSE}</p>" + "</div>" * 4
    html = f"<html><head>{head}</head><body>{text}</body></html>"
    lines = list(explanation_lines(explain_page(RawPage(html=html.encode(), url=URL), "page")))
    assert f"title             {'x' * 119}… (html)" in lines
    assert "tags              tag 0; tag 1; tag 2; tag 3; tag 4 and 7 more (meta)" in lines
    assert any("  …class-that-is-long > div.a-name" in line for line in lines)
