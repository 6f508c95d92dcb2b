"""bowerbird convert: article files from one format to another."""

import os
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

NOTE = """---
link: https://example.org/{number}
upload_date: '2024-02-22'
tags: [a b]
---
https://example.org/{number}
## Summary

Words of note {number}.
"""


@pytest.fixture
def vault(tmp_path: Path) -> Path:
    folder = tmp_path / "vault" / "contents" / "Course"
    folder.mkdir(parents=True)
    for number in (1, 2):
        (folder / f"Note {number}.md").write_text(NOTE.format(number=number))
    (tmp_path / "vault" / ".obsidian").mkdir()
    (tmp_path / "vault" / ".obsidian" / "x.md").write_text("no article")
    return tmp_path / "vault"


@pytest.mark.parametrize("kind", ["news", "note", "text", "post"])
def test_the_seeds_come_out_byte_for_byte(cli: Cli, shared: Path, tmp_path: Path, kind: str) -> None:
    (seed,) = (shared / "formats/seeds").glob(f"*_{kind}.*")
    out = tmp_path / seed.name
    done = cli("convert", str(seed), "--from", kind, "--to", kind, "--out", str(out))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout == f"wrote 1 file to {out}\n"
    assert out.read_bytes() == seed.read_bytes()


def test_a_folder_keeps_its_names_and_is_not_touched_twice(cli: Cli, vault: Path, tmp_path: Path) -> None:
    arguments = ("convert", str(vault), "--to", "note", "--out", str(tmp_path / "out"), "--json")
    assert {row["outcome"] for row in rows(cli(*arguments).stdout)} == {"written"}
    names = sorted(path.relative_to(tmp_path / "out").as_posix() for path in (tmp_path / "out").rglob("*.md"))
    assert names == ["contents/Course/Note 1.md", "contents/Course/Note 2.md"]
    assert {row["outcome"] for row in rows(cli(*arguments).stdout)} == {"unchanged"}


def test_another_format_gets_its_own_names_and_the_whole_text(cli: Cli, vault: Path, tmp_path: Path) -> None:
    done = cli("convert", str(vault), "--from", "note", "--to", "hugo", "--out", str(tmp_path / "site"))
    assert (done.returncode, done.stdout) == (0, f"wrote 2 files to {tmp_path / 'site'}\n")
    assert "Words of note 2." in (tmp_path / "site/content/posts/note-2/index.md").read_text()


def test_two_files_that_want_one_name_get_two(cli: Cli, vault: Path, tmp_path: Path) -> None:
    other = vault / "contents" / "Documentation"
    other.mkdir()
    (other / "Note 1.md").write_text(NOTE.format(number=3))
    done = cli("convert", str(vault), "--to", "text", "--out", str(tmp_path / "out"))
    assert done.returncode == 0
    assert len(list((tmp_path / "out").glob("note-1*.txt"))) == 2


def test_a_file_that_fails_is_named_and_costs_no_other(cli: Cli, vault: Path, tmp_path: Path) -> None:
    (vault / "broken.md").write_text("---\nlink: [\n---\n")
    (vault / "latin.md").write_bytes(b"---\nlink: caf\xe9\n---\n")
    os.mkfifo(vault / "pipe.md")
    done = cli("convert", str(vault), "--to", "post", "--out", str(tmp_path / "out"))
    assert done.returncode == 3
    assert f"{vault}/broken.md, line 3: the front matter is no YAML" in done.stderr
    assert f"{vault}/latin.md, line 2: it is not UTF-8" in done.stderr
    assert f"{vault}/pipe.md cannot be read: it is no file" in done.stderr
    assert "wrote 2 files" in done.stdout
    again = cli("convert", str(vault), "--to", "post", "--out", str(tmp_path / "o"), "--json")
    failed = [row for row in rows(again.stdout) if row["reason"]]
    assert {row["outcome"] for row in failed} == {"failed"}


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--from", "notes", "--to", "post", "--out", "x"), "Did you mean 'note'"),
        (("--from", "hugo", "--to", "post", "--out", "x"), "there is no format 'hugo' to read"),
        (("--to", "poste", "--out", "x"), "Did you mean 'post'"),
        (("--to", "post", "--out", "x.md"), "so --out must be one, not x.md"),
    ],
)
def test_what_makes_no_sense_is_refused(cli: Cli, vault: Path, arguments: tuple[str, ...], message: str) -> None:
    done = cli("convert", str(vault), *arguments)
    assert done.returncode == 2
    assert message in done.stderr


def test_nothing_is_written_through_a_link(cli: Cli, vault: Path, tmp_path: Path) -> None:
    (tmp_path / "out").mkdir()
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out" / "contents").symlink_to(tmp_path / "elsewhere")
    done = cli("convert", str(vault), "--to", "note", "--out", str(tmp_path / "out"))
    assert done.returncode == 2
    assert "symbolic link" in done.stderr
    assert list((tmp_path / "elsewhere").iterdir()) == []


def test_notes_of_topics_go_along_to_notes_alone(cli: Cli, vault: Path, tmp_path: Path) -> None:
    folder = vault / "topics" / "Tool"
    folder.mkdir(parents=True)
    (folder / "Git.md").write_text("---\ntype:   Tool\n---\n\nKeeps versions.\n")
    done = cli("convert", str(vault), "--to", "note", "--out", str(tmp_path / "out"))
    assert (done.returncode, done.stdout) == (0, f"wrote 3 files to {tmp_path / 'out'}\n")
    assert (tmp_path / "out/topics/Tool/Git.md").read_text() == "---\ntype: Tool\n---\n\nKeeps versions."
    done = cli("convert", str(vault), "--to", "post", "--out", str(tmp_path / "site"))
    assert done.returncode == 0
    assert done.stdout == f"wrote 2 files to {tmp_path / 'site'}, 1 skipped as they are notes of topics\n"


def test_a_news_item_is_sealed_where_there_is_a_key(
    cli: Cli, vault: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOWERBIRD_SECURED_KEY", "ab" * 32)
    assert cli("convert", str(vault), "--to", "news", "--out", str(tmp_path / "out")).returncode == 0
    shown = rows(cli("unseal", str(tmp_path / "out"), "--json").stdout)
    assert [row["url"] for row in shown] == ["https://example.org/1", "https://example.org/2"]
    assert all(row["is_sealed_url"] for row in shown)


def test_what_a_format_has_no_place_for_is_said(cli: Cli, vault: Path, tmp_path: Path) -> None:
    done = cli("convert", str(vault), "--to", "text", "--out", str(tmp_path / "out"))
    said = [f"2 of 2 had {what}, for which text has no place" for what in ("an address", "tags")]
    assert done.stderr.splitlines() == said
    (row, _) = rows(cli("convert", str(vault), "--to", "text", "--out", str(tmp_path / "out"), "--json").stdout)
    assert row["lost"] == ["an address", "tags"]
