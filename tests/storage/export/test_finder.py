"""A file that a person has renamed or moved stays its article's file."""

import os
from pathlib import Path

import pytest

from storage.export.choices import Choices
from storage.export.mirror import export
from tests.storage.export.articles import Shelf, a_profile, an_article

MOVED = "My notes/2024/renamed.md"


def move(file: Path, to: Path) -> None:
    to.parent.mkdir(parents=True, exist_ok=True)
    file.rename(to)


@pytest.mark.parametrize("format_name", ["news", "note", "post", "obsidian", "jekyll", "hugo", "zola", "astro"])
@pytest.mark.parametrize("is_edited", [False, True])
def test_a_moved_file_is_found_and_keeps_its_new_place(tmp_path: Path, format_name: str, is_edited: bool) -> None:
    shelf = Shelf(an_article("abcdefghij"), an_article("bcdefghijk", title="Other"))
    profile = a_profile(tmp_path, format_name=format_name)
    first, _ = export(shelf, profile).paths
    move(tmp_path / first, tmp_path / MOVED)
    if is_edited:
        text = (tmp_path / MOVED).read_text("utf-8")
        (tmp_path / MOVED).write_text(text.replace(text[:4], f"{text[:4]}# mine\n", 1), "utf-8")
    shelf.change("abcdefghij", title="New", text="New.", body="New.", excerpt="New.")
    for _ in range(2):
        report = export(shelf, profile)
        assert {file.article_id: file.path for file in report.files}["abcdefghij"] == MOVED
    assert "New" in (tmp_path / MOVED).read_text("utf-8")
    assert not (tmp_path / first).exists()


def test_a_moved_file_without_a_front_matter_is_found_by_its_bytes(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    export(shelf, a_profile(tmp_path))
    move(tmp_path / "title.txt", tmp_path / "deep/er/x.TXT")
    report = export(shelf, a_profile(tmp_path))
    assert (report.unchanged, report.paths) == (1, ("deep/er/x.TXT",))


def test_a_dry_run_finds_a_moved_file_and_remembers_nothing(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    export(shelf, a_profile(tmp_path))
    ledger = (tmp_path / ".bowerbird/p.jsonl").read_bytes()
    move(tmp_path / "title.txt", tmp_path / "x.txt")
    assert export(shelf, a_profile(tmp_path), choices=Choices(is_dry=True)).paths == ("x.txt",)
    assert (tmp_path / ".bowerbird/p.jsonl").read_bytes() == ledger


def test_where_it_is_not_looked_for(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    folder = tmp_path / "folder"
    export(shelf, a_profile(folder))
    text = (folder / "title.txt").read_bytes()
    (folder / "title.txt").unlink()
    (folder / ".trash").mkdir()
    (folder / ".trash/title.txt").write_bytes(text)
    (folder / ".hidden.txt").write_bytes(text)
    (tmp_path / "outside").mkdir()
    (tmp_path / "outside/title.txt").write_bytes(text)
    (folder / "linked").symlink_to(tmp_path / "outside")
    (folder / "linked.txt").symlink_to(tmp_path / "outside/title.txt")
    os.mkfifo(folder / "pipe.txt")
    report = export(shelf, a_profile(folder))
    assert (report.written, report.paths) == (1, ("title.txt",))


def test_the_file_of_another_profile_is_not_taken_for_a_moved_one(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    one, two = (a_profile(tmp_path, name=name, format_name="note") for name in ("one", "two"))
    export(shelf, one)
    shelf.change("a1", text="Changed.")
    (second,) = export(shelf, two).paths
    (tmp_path / "contents/Blog post/Title.md").unlink()
    report = export(shelf, one)
    assert (report.written, report.paths) == (1, ("contents/Blog post/Title.md",))
    assert second != report.paths[0]


def test_an_identity_that_several_articles_have_tells_nothing(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"), an_article("b"))
    shelf.change("b", url="https://example.org/a", title="Other")
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    note = tmp_path / "contents/Blog post/Title.md"
    (tmp_path / "mine.md").write_text(note.read_text("utf-8") + "\nMine.", "utf-8")
    note.unlink()
    report = export(shelf, profile)
    assert {file.article_id: file.path for file in report.files}["a"] == "contents/Blog post/Title.md"


def test_a_copy_is_no_move(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    export(shelf, a_profile(tmp_path))
    (tmp_path / "copy.txt").write_bytes((tmp_path / "title.txt").read_bytes())
    shelf.change("a1", text="Changed.")
    assert export(shelf, a_profile(tmp_path)).paths == ("title.txt",)
    assert "Changed." not in (tmp_path / "copy.txt").read_text()
