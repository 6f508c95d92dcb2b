"""A file that a person has renamed or moved stays its article's file."""

import os
import shutil
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


def test_a_file_that_names_the_article_is_its_own_when_the_ledger_is_lost(tmp_path: Path) -> None:
    profile = a_profile(tmp_path, format_name="note")
    shelf = Shelf(an_article("a", title="One"), an_article("b", title="Two"))
    export(shelf, profile)
    one, two = tmp_path / "contents/Blog post/One.md", tmp_path / "contents/Blog post/Two.md"
    one.write_text(one.read_text().replace("relevance: 0", "relevance: 4"))
    two.rename(tmp_path / "Mine.md")
    shutil.rmtree(tmp_path / ".bowerbird")
    report = export(shelf, profile)
    assert (report.written, report.kept, report.unchanged) == (0, 1, 1)
    assert sorted(path.name for path in tmp_path.rglob("*.md")) == ["Mine.md", "One.md"]
    assert "relevance: 4" in one.read_text()


def test_a_file_at_the_wanted_place_that_names_another_article_is_nobodys(tmp_path: Path) -> None:
    profile = a_profile(tmp_path, format_name="note")
    export(Shelf(an_article("a", title="One")), profile)
    place = tmp_path / "contents/Blog post/Two.md"
    place.write_text("---\nlink: https://elsewhere.example.org/\n---\n\nmine")
    assert export(Shelf(an_article("b", title="Two")), profile).written == 1
    assert place.read_text().endswith("mine")
    place = tmp_path / "contents/Blog post/Three.md"
    place.write_text("---\nlink: https://example.org/c\n---\n\nmine")
    assert export(Shelf(an_article("c", title="Three")), profile).kept == 1
    assert place.read_text().endswith("mine")


def test_a_link_in_the_place_of_one_file_hinders_no_other(tmp_path: Path) -> None:
    profile = a_profile(tmp_path, format_name="note")
    shelf = Shelf(an_article("a", title="One"), an_article("b", title="Two"))
    export(shelf, profile)
    for name in ("One", "Two"):
        (tmp_path / f"contents/Blog post/{name}.md").unlink()
    (tmp_path / "contents/Blog post/One.md").symlink_to("/etc/passwd")
    report = export(shelf, profile)
    assert [failure.article_id for failure in report.failures] == ["a"]
    assert report.written == 1
