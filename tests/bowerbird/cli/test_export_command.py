"""``bowerbird export`` for the formats of consumers, data sets and templates."""

import json
import sqlite3
import sys
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from subprocess import CompletedProcess

import pytest
import yaml

from storage.export.profile import FORMATS
from tests.bowerbird.conftest import Crawled

Cli = Callable[..., CompletedProcess[str]]


@pytest.fixture
def settings(crawled: Crawled, tmp_path: Path) -> Path:
    """Settings of a folder of its own, over a copy of the store that the newsroom was crawled into."""
    profiles = [
        {"name": "all", "format": "jsonl", "folder": "sets"},
        {"name": "mine", "format": "template", "folder": "mine", "options": {"template": "mine.md"}},
    ]
    (tmp_path / "mine.md").write_text("# {{title}}\n\n{{content}}\n", encoding="utf-8")
    with (
        closing(sqlite3.connect(crawled.shell.folder / "data" / "bowerbird.db")) as there,
        closing(sqlite3.connect(tmp_path / "copy.db")) as here,
    ):
        there.backup(here)
    path = tmp_path / "settings.yaml"
    path.write_text(
        yaml.safe_dump({"storage": {"database": "sqlite:///copy.db"}, "export": profiles}), encoding="utf-8"
    )
    return path


def test_profiles_start_from_the_folder_of_the_settings(cli: Cli, settings: Path) -> None:
    done = cli("--settings", str(settings), "--json", "export")
    first, second = (json.loads(line) for line in done.stdout.splitlines())
    assert (done.returncode, first["files"], first["written"]) == (0, ["articles.jsonl"], 1)
    lines = (settings.parent / "sets" / "articles.jsonl").read_text(encoding="utf-8").splitlines()
    assert len(lines) == second["written"] == len(list((settings.parent / "mine").glob("*.md")))
    again = cli("--settings", str(settings), "--json", "export", "all")
    assert json.loads(again.stdout)["unchanged"] == 1


@pytest.mark.parametrize("name", ["obsidian", "jekyll", "hugo", "zola", "astro", "csv"])
def test_a_format_is_named_on_the_command_line(cli: Cli, settings: Path, tmp_path: Path, name: str) -> None:
    done = cli("--settings", str(settings), "--json", "export", "--format", name, "--to", str(tmp_path / name))
    assert (done.returncode, done.stderr) == (0, "")
    assert all((tmp_path / name / file).is_file() for file in json.loads(done.stdout)["files"])


def test_the_kept_pages_are_an_archive(cli: Cli, settings: Path, tmp_path: Path) -> None:
    pytest.importorskip("warcio")
    done = cli("--settings", str(settings), "--json", "export", "--format", "warc", "--to", str(tmp_path / "w"))
    assert (done.returncode, json.loads(done.stdout)["failed"]) == (0, 0)
    assert (tmp_path / "w" / "articles.warc.gz").stat().st_size > 10_000


def test_a_template_that_is_wrong_is_named_in_one_line(cli: Cli, settings: Path) -> None:
    (settings.parent / "mine.md").write_text("a\n{% if %}", encoding="utf-8")
    done = cli("--settings", str(settings), "export", "mine")
    assert done.returncode == 2
    assert done.stderr.count("\n") == 1
    assert f"{settings.parent / 'mine.md'}, line 2: Expected an expression" in done.stderr


def test_a_missing_extra_is_one_line_that_says_what_to_do(
    cli: Cli, settings: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    # How Python is told that a module is not there.
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    done = cli("--settings", str(settings), "export", "--format", "parquet", "--to", str(tmp_path / "p"))
    assert done.returncode == 2
    assert done.stderr == "bowerbird: the format parquet needs more packages: pip install 'bowerbird[parquet]'\n"


def test_the_names_are_in_the_help(cli: Cli) -> None:
    said = " ".join(cli("export", "--help").stdout.split())
    assert FORMATS in said
