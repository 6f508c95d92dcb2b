"""bowerbird export: articles as files, by profile or into a folder of one's own."""

import json
import re
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess
from typing import Any

import pytest

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

KEYS = {
    *("profile", "format", "folder", "written", "merged", "unchanged", "kept", "removed", "shared", "failed", "files"),
    "removed_files",
    "kept_files",
    "left_out",
}


@pytest.fixture
def article_count(cli: Cli, crawled: Crawled) -> int:
    (status,) = rows(cli("status", "--json", "--settings", str(crawled.settings)).stdout)
    return int(status["articles"])


@pytest.fixture
def settings(crawled: Crawled, tmp_path: Path) -> Path:
    """Settings with two profiles, over the store of the newsroom."""
    values: dict[str, Any] = json.loads(crawled.settings.read_text(encoding="utf-8"))
    values["storage"] = {"database": f"sqlite:///{crawled.shell.folder}/data/bowerbird.db"}
    values["export"] = [
        {"name": "vault", "format": "note", "folder": "vault"},
        {"name": "site", "format": "post", "folder": "site"},
    ]
    path = tmp_path / "settings.yaml"
    path.write_text(json.dumps(values), encoding="utf-8")
    return path


@pytest.mark.parametrize("name", ["news", "note", "text", "post"])
def test_a_format_goes_to_a_folder_once(
    cli: Cli, crawled: Crawled, article_count: int, tmp_path: Path, name: str
) -> None:
    arguments = ("export", "--format", name, "--to", str(tmp_path / "out"), "--settings", str(crawled.settings))
    done = cli(*arguments)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"{name}: wrote {article_count} files to {tmp_path / 'out'}, 0 unchanged\n"
    (row,) = rows(cli(*arguments, "--json").stdout)
    assert set(row) == KEYS
    assert (row["written"], row["unchanged"], row["kept"], row["failed"]) == (0, article_count, 0, 0)


def test_a_file_that_a_person_changed_is_left_alone(cli: Cli, settings: Path, article_count: int) -> None:
    cli("export", "vault", "--settings", str(settings))
    edited = sorted((settings.parent / "vault").rglob("*.md"))[0]
    edited.write_text("mine", encoding="utf-8")
    done = cli("export", "vault", "--settings", str(settings))
    said = f"0 files to {settings.parent / 'vault'}, {article_count - 1} unchanged, 1 left alone because a person"
    assert f"{said} changed it\n" in done.stdout
    assert done.stderr == f"vault: left alone: {edited.relative_to(settings.parent / 'vault')}\n"
    assert edited.read_text(encoding="utf-8") == "mine"


def test_of_many_files_left_alone_ten_are_named(cli: Cli, settings: Path) -> None:
    cli("export", "vault", "--settings", str(settings))
    for edited in sorted((settings.parent / "vault").rglob("*.md"))[:12]:
        edited.write_text("mine", encoding="utf-8")
    done = cli("export", "vault", "--settings", str(settings))
    assert "12 left alone because a person changed them\n" in done.stdout
    lines = done.stderr.splitlines()
    assert len(set(lines)) == 11
    assert lines[-1] == "vault: left alone: 2 more"


def test_one_file_is_no_files(cli: Cli, settings: Path) -> None:
    cli("export", "vault", "--settings", str(settings))
    next((settings.parent / "vault").rglob("*.md")).unlink()
    assert "vault: wrote 1 file to " in cli("export", "vault", "--settings", str(settings)).stdout


def test_a_broken_ledger_is_named_with_its_whole_path(
    cli: Cli, settings: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(settings.parent)
    ledger = settings.parent / "out/.bowerbird/note.jsonl"
    ledger.parent.mkdir(parents=True)
    ledger.write_text("{", encoding="utf-8")
    done = cli("export", "--format", "note", "--to", "out")
    assert (done.returncode, len(done.stderr.splitlines())) == (2, 1)
    assert done.stderr.startswith(f"bowerbird: {ledger} cannot be read: ")


def test_all_profiles_are_written_or_the_named_ones(cli: Cli, settings: Path, article_count: int) -> None:
    (row,) = rows(cli("export", "site", "--json", "--settings", str(settings)).stdout)
    assert (row["profile"], row["written"]) == ("site", article_count)
    assert not (settings.parent / "vault").exists()
    both = rows(cli("export", "--json", "--settings", str(settings)).stdout)
    assert [(row["profile"], row["written"]) for row in both] == [("vault", article_count), ("site", 0)]


def test_a_dry_run_shows_what_would_be_written(cli: Cli, settings: Path, article_count: int) -> None:
    done = cli("export", "vault", "--dry-run", "--json", "--settings", str(settings))
    (row,) = rows(done.stdout)
    assert row["written"] == len(row["files"]) == article_count
    assert not (settings.parent / "vault").exists()
    assert "would write" in cli("export", "vault", "--dry-run", "--settings", str(settings)).stdout


@pytest.mark.parametrize(
    ("since", "is_all"),
    [("1h", True), ("2020-01-01", True), ("2020-01-01T10:00:00+02:00", True), ("2999-12-31", False), ("0s", False)],
)
def test_since_is_a_date_or_a_span(cli: Cli, settings: Path, article_count: int, since: str, is_all: bool) -> None:
    (row,) = rows(cli("export", "vault", "--since", since, "--json", "--settings", str(settings)).stdout)
    assert row["written"] == (article_count if is_all else 0)


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["valt"], 2, "there is no export profile 'valt'. Did you mean 'vault'?"),
        (["--format", "nte", "--to", "x"], 2, "there is no format 'nte'. Did you mean 'note'?"),
        (["--format", "note"], 2, "give both --format and --to"),
        (["--to", "x"], 2, "give both --format and --to"),
        (["vault", "--format", "note", "--to", "x"], 2, "give both --format and --to"),
        (["--since", "yesterday"], 2, "--since yesterday: write a date such as 2026-11-01, or a span such as 7d"),
        (["--since", ""], 2, "--since : write a date"),
        (["--since", "0001-01-01T00:00+14:00"], 2, "write a date"),
        (["--format", "note", "--to", "settings.yaml"], 2, "is a file"),
        (["--format", "note", "--to", ""], 2, "name a folder; . is the current one"),
        (["--format", "note", "--to", "settings.yaml/below"], 2, "cannot be used for an export: Not a directory"),
    ],
)
def test_a_wrong_call_is_one_line(
    cli: Cli, settings: Path, monkeypatch: pytest.MonkeyPatch, arguments: list[str], code: int, said: str
) -> None:
    monkeypatch.chdir(settings.parent)
    done = cli("export", *arguments)
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (code, "", 1)
    assert said in done.stderr
    assert [path.name for path in settings.parent.iterdir()] == ["settings.yaml"]


def test_without_a_profile_there_is_a_hint(cli: Cli, crawled: Crawled) -> None:
    done = cli("export", "--settings", str(crawled.settings))
    assert done.returncode == 2
    assert "the settings hold no export profile; give --format and --to" in done.stderr


def test_a_second_run_has_nothing_to_do_and_touches_nothing(cli: Cli, settings: Path, article_count: int) -> None:
    cli("export", "vault", "--settings", str(settings))
    before = {file: file.stat().st_mtime_ns for file in (settings.parent / "vault").rglob("*.md")}
    (row,) = rows(cli("export", "vault", "--json", "--settings", str(settings)).stdout)
    assert (row["written"], row["unchanged"]) == (0, article_count)
    assert {file: file.stat().st_mtime_ns for file in before} == before


def test_a_query_chooses_and_prune_removes_the_rest(cli: Cli, settings: Path, article_count: int) -> None:
    vault = settings.parent / "vault"
    arguments = ("export", "vault", "--settings", str(settings), "--query", "swing bridge")
    cli("export", "vault", "--settings", str(settings))
    (row,) = rows(cli(*arguments, "--prune", "--dry-run", "--json").stdout)
    assert 0 < row["unchanged"] < article_count
    assert row["removed"] == len(row["removed_files"]) == article_count - row["unchanged"]
    assert len(list(vault.rglob("*.md"))) == article_count
    edited = vault / row["removed_files"][0]
    edited.write_text("mine", encoding="utf-8")
    done = cli(*arguments, "--prune")
    assert f"1 left alone because a person changed it, {row['removed'] - 1} removed\n" in done.stdout
    assert f"vault: removed: {row['removed_files'][1]}\n" in done.stderr
    assert len(list(vault.rglob("*.md"))) == row["unchanged"] + 1


def test_what_is_older_than_since_is_not_pruned(cli: Cli, settings: Path) -> None:
    done = cli("export", "vault", "--settings", str(settings), "--prune", "--since", "7d")
    assert (done.returncode, done.stdout) == (2, "")
    assert "--prune would remove all that is older than --since" in done.stderr


def test_what_a_person_set_stays_and_is_reported_until_it_is_to_be_overwritten(
    cli: Cli, settings: Path, article_count: int
) -> None:
    cli("export", "vault", "--settings", str(settings))
    edited = sorted((settings.parent / "vault").rglob("*.md"))[0]
    ours = edited.read_text(encoding="utf-8")
    edited.write_text(ours.replace("relevance: 0", "relevance: 4"), encoding="utf-8")
    (row,) = rows(cli("export", "vault", "--json", "--full", "--settings", str(settings)).stdout)
    assert (row["unchanged"], row["kept"]) == (article_count, 0)
    (row,) = rows(cli("export", "vault", "--json", "--on-conflict", "overwrite", "--settings", str(settings)).stdout)
    assert (row["written"], row["files"]) == (1, [str(edited.relative_to(settings.parent / "vault"))])
    assert edited.read_text(encoding="utf-8") == ours


def test_names_of_ones_own(cli: Cli, settings: Path) -> None:
    values = json.loads(settings.read_text(encoding="utf-8"))
    values["export"] = [{"name": "vault", "format": "note", "folder": "vault", "names": "{date}-{slug}-{id}"}]
    settings.write_text(json.dumps(values), encoding="utf-8")
    (row,) = rows(cli("export", "--json", "--settings", str(settings)).stdout)
    assert all(re.search(r"/\d{4}-\d\d-\d\d-.+-\w{8}\.md$", path) for path in row["files"])
    values["export"][0]["names"] = "{titel}"
    settings.write_text(json.dumps(values), encoding="utf-8")
    done = cli("export", "--settings", str(settings))
    assert done.returncode == 2
    assert "Did you mean 'title'?" in done.stderr
