"""bowerbird import: article files back into the store."""

from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]

NOTE = """---
already_read: true
link: https://example.org/a
rating: 5
read_priority: 3
relevance: 4
source: null
tags:
- Deep_Learning
type: Content
upload_date: '2024-02-22'
---

https://example.org/a
## Summary

What somebody wrote of it.
## Links

- [a [b]](https://other.example.org/) : described

## Topics

![[topics/Concept/Pre training]]"""


@pytest.fixture
def settings(tmp_path: Path) -> Path:
    path = tmp_path / "settings.yaml"
    path.write_text("{}")
    return path


def exported(cli: Cli, settings: Path, kind: str) -> Path:
    folder = settings.parent / "out"
    done = cli("export", "--format", kind, "--to", str(folder), "--settings", str(settings))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.mark.parametrize("kind", ["news", "note", "text", "post"])
def test_an_imported_file_is_exported_as_it_was(cli: Cli, shared: Path, settings: Path, kind: str) -> None:
    (seed,) = (shared / "formats/seeds").glob(f"*_{kind}.*")
    done = cli("import", str(seed), "--settings", str(settings))
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith("captured")
    kept = {"topics", ".bowerbird"}
    found = [path for path in exported(cli, settings, kind).rglob("*.*") if path.is_file()]
    (file,) = [path for path in found if not kept & set(path.parts)]
    assert file.read_bytes() == seed.read_bytes()


def test_fields_that_are_not_ours_are_written_back(cli: Cli, settings: Path) -> None:
    path = settings.parent / "A note.md"
    path.write_text(NOTE)
    assert cli("import", str(path), "--settings", str(settings)).returncode == 0
    assert (exported(cli, settings, "note") / "contents/Blog post/A note.md").read_text() == NOTE


def test_a_second_import_takes_over_what_a_person_wrote(cli: Cli, settings: Path) -> None:
    path = settings.parent / "A note.md"
    path.write_text(NOTE)
    cli("import", str(path), "--settings", str(settings))
    path.write_text(NOTE.replace("relevance: 4", "relevance: 1").replace("rating: 5", "rating: 6"))
    (row,) = rows(cli("import", str(path), "--settings", str(settings), "--json").stdout)
    assert (row["verdict"], row["file"]) == ("unchanged", str(path))
    text = (exported(cli, settings, "note") / "contents/Blog post/A note.md").read_text()
    assert "relevance: 1" in text
    assert "rating: 6" in text


def test_a_note_never_replaces_the_text_of_a_crawled_article(cli: Cli, crawled: Crawled, tmp_path: Path) -> None:
    """On a copy of the store: others use it."""
    source = crawled.shell.folder / "data" / "bowerbird.db"
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "bowerbird.db").write_bytes(source.read_bytes())
    settings = tmp_path / "settings.yaml"
    settings.write_text("{}")
    before = rows(cli("articles", "list", "--json", "--settings", str(settings)).stdout)[0]
    path = tmp_path / "A note.md"
    path.write_text(NOTE.replace("https://example.org/a", before["url"]))
    (row,) = rows(cli("import", str(path), "--settings", str(settings), "--json").stdout)
    assert (row["verdict"], row["article_id"]) == ("unchanged", before["id"])
    assert "taken over" in row["reason"]
    shown = cli("articles", "show", before["id"], "--settings", str(settings)).stdout
    assert "What somebody wrote" not in shown


def test_what_cannot_be_read_is_unreadable_and_named(cli: Cli, settings: Path) -> None:
    good, bad = settings.parent / "a.md", settings.parent / "b.md"
    good.write_text(NOTE)
    bad.write_text("---\nlink: {\n---\n")
    done = cli("import", str(good), str(bad), "--settings", str(settings))
    assert done.returncode == 3
    assert "unreadable" in done.stdout
    assert f"{bad}, line 3" in done.stdout
    assert cli("import", str(bad), "--settings", str(settings)).returncode == 5
    assert cli("import", str(good), "--exit-nothing-new", "--settings", str(settings)).returncode == 4


def test_notes_of_the_same_words_on_other_pages_stay_two(cli: Cli, settings: Path) -> None:
    for number in (1, 2):
        text = NOTE.replace("https://example.org/a", f"https://example.org/{number}")
        (settings.parent / f"Note {number}.md").write_text(text)
    found = [str(path) for path in sorted(settings.parent.glob("Note *.md"))]
    assert [row["verdict"] for row in rows(cli("import", *found, "--settings", str(settings), "--json").stdout)] == [
        "captured",
        "captured",
    ]


def test_what_a_person_took_back_is_taken_back(cli: Cli, settings: Path) -> None:
    path = settings.parent / "A note.md"
    path.write_text(NOTE)
    cli("import", str(path), "--settings", str(settings))
    plain = NOTE.replace("relevance: 4", "relevance: 0").replace("already_read: true", "already_read: false")
    plain = plain.replace("rating: 5\n", "").replace("read_priority: 3", "read_priority: 0")
    path.write_text(plain)
    cli("import", str(path), "--settings", str(settings))
    assert (exported(cli, settings, "note") / "contents/Blog post/A note.md").read_text() == plain


def test_no_path_of_this_machine_is_published(cli: Cli, settings: Path) -> None:
    (settings.parent / "a.txt").write_text("Title\n\nSome words that stand for a text.\n\n\n\n")
    assert cli("import", str(settings.parent / "a.txt"), "--settings", str(settings)).returncode == 0
    for kind in ("note", "news", "post", "hugo", "obsidian"):
        folder = exported(cli, settings, kind)
        assert not any("file:" in path.read_text() for path in folder.rglob("*.md"))


def test_what_cannot_be_walked_costs_nothing_else(cli: Cli, settings: Path) -> None:
    folder = settings.parent / "vault"
    folder.mkdir()
    (folder / "A note.md").write_text(NOTE)
    (folder / "loop").symlink_to("loop")
    (folder / "loop.md").symlink_to("loop.md")
    done = cli("import", str(folder), "--settings", str(settings))
    assert done.returncode == 3
    assert "loop.md cannot be read: Too many levels of symbolic links" in done.stdout
