"""A run looks at what has changed, and at nothing else."""

import os
from pathlib import Path

import pytest

from storage.export.choices import Choices
from storage.export.mirror import export
from tests.storage.export.articles import Shelf, a_profile, an_article


def test_what_is_up_to_date_is_not_even_loaded(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"), an_article("b", title="Other"))
    export(shelf, a_profile(tmp_path))
    shelf.loaded.clear()
    report = export(shelf, a_profile(tmp_path))
    assert (report.unchanged, shelf.loaded) == (2, [])


def test_only_what_has_changed_is_loaded(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"), an_article("b", title="Other"))
    export(shelf, a_profile(tmp_path))
    shelf.loaded.clear()
    shelf.change("b", text="Changed.")
    report = export(shelf, a_profile(tmp_path))
    assert (report.written, report.unchanged, shelf.loaded) == (1, 1, ["b"])
    assert "Changed." in (tmp_path / "other.txt").read_text("utf-8")


def test_a_change_that_shows_in_no_file_touches_none(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path))
    os.utime(tmp_path / "title.txt", (1, 1))
    shelf.change("a", license="CC0")
    for _ in range(2):
        shelf.loaded.clear()
        assert export(shelf, a_profile(tmp_path)).unchanged == 1
    assert shelf.loaded == []
    assert (tmp_path / "title.txt").stat().st_mtime == 1


def test_an_article_that_is_committed_late_is_not_missed(tmp_path: Path) -> None:
    shelf = Shelf(an_article("late", days=5))
    export(shelf, a_profile(tmp_path))
    shelf.articles = {"early": an_article("early", title="Early"), **shelf.articles}
    shelf.versions["early"] = 1
    assert export(shelf, a_profile(tmp_path)).written == 1


def test_a_file_that_was_touched_is_looked_into(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path))
    (tmp_path / "title.txt").write_text("mine")
    report = export(shelf, a_profile(tmp_path))
    assert report.kept == 1


def test_a_file_that_stays_edited_is_reported_without_being_looked_into_again(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path))
    (tmp_path / "title.txt").write_text("mine")
    export(shelf, a_profile(tmp_path))
    shelf.loaded.clear()
    assert (export(shelf, a_profile(tmp_path)).kept, shelf.loaded) == (1, [])


def test_a_deleted_file_is_written_again(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path))
    (tmp_path / "title.txt").unlink()
    assert export(shelf, a_profile(tmp_path)).written == 1


def test_other_options_give_other_files(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path, format_name="hugo"))
    profile = a_profile(tmp_path, format_name="hugo", options={"draft": True})
    assert export(shelf, profile).written == 1
    assert "draft: true" in (tmp_path / "content/posts/title/index.md").read_text("utf-8")


@pytest.mark.parametrize("is_full", [False, True])
def test_a_full_run_finds_what_hides(tmp_path: Path, is_full: bool) -> None:
    shelf = Shelf(an_article("a"))
    export(shelf, a_profile(tmp_path))
    file = tmp_path / "title.txt"
    before = file.stat()
    file.write_bytes(file.read_bytes().replace(b"Text", b"Mine"))
    os.utime(file, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert export(shelf, a_profile(tmp_path), choices=Choices(is_full=is_full)).kept == is_full


def test_many_articles_are_rendered_by_other_processes_alike(tmp_path: Path) -> None:
    shelf = Shelf(*(an_article(f"a{number}", title=f"Title {number}") for number in range(3100)))
    shelf.change("a3000", captured_at=None)
    report = export(shelf, a_profile(tmp_path, format_name="note"))
    assert (report.written, [failure.article_id for failure in report.failures]) == (3099, ["a3000"])
    assert [file.article_id for file in report.files[:3]] == ["a0", "a1", "a10"]
    file = tmp_path / "contents/Blog post/Title 3050.md"
    assert file.read_text("utf-8").count("https://example.org/a3050") == 2


def test_however_often_a_run_is_killed_its_files_are_known(tmp_path: Path) -> None:
    shelf = Shelf(an_article(text="First."))
    profile = a_profile(tmp_path)
    export(shelf, profile)
    ledger = tmp_path / ".bowerbird/p.jsonl"
    for number in range(3):
        shelf.change("a1", text=f"Revision {number}.")
        kept = ledger.read_bytes()
        export(shelf, profile)
        # Killed when the file was in its place, and before the ledger said so.
        begun = ledger.read_bytes().removeprefix(kept).split(b"\n")
        ledger.write_bytes(kept + b"\n".join(begun[:2]) + b"\n")
        file = (tmp_path / "title.txt").read_bytes()
        shelf.change("a1", text=f"Never written {number}.")
        kept = ledger.read_bytes()
        export(shelf, profile)
        # Killed when the ledger told of a file that was not in its place yet.
        begun = ledger.read_bytes().removeprefix(kept).split(b"\n")
        ledger.write_bytes(kept + b"\n".join(begun[:2]) + b"\n")
        (tmp_path / "title.txt").write_bytes(file)
    shelf.change("a1", text="Last.")
    report = export(shelf, profile)
    assert (report.written, report.kept) == (1, 0)
    assert "Last." in (tmp_path / "title.txt").read_text("utf-8")
