"""Files of articles that are not wanted any more are removed on request, and no other."""

from pathlib import Path

from storage.export.choices import Choices
from storage.export.mirror import export
from tests.storage.export.articles import Shelf, a_profile, an_article, names

PRUNED = Choices(is_pruned=True)


def files(folder: Path) -> list[str]:
    return sorted(str(file.relative_to(folder)) for file in folder.rglob("*") if "/." not in str(file))


def test_the_file_of_an_article_that_is_gone_goes_on_request_only(tmp_path: Path) -> None:
    export(Shelf(an_article("a"), an_article("b", title="Other")), a_profile(tmp_path))
    assert export(Shelf(an_article("a")), a_profile(tmp_path)).removed == 0
    assert names(tmp_path) == ["other.txt", "title.txt"]
    report = export(Shelf(an_article("a")), a_profile(tmp_path), choices=PRUNED)
    assert (report.removed, report.paths, names(tmp_path)) == (1, ("title.txt",), ["title.txt"])
    assert export(Shelf(an_article("a")), a_profile(tmp_path), choices=PRUNED).removed == 0


def test_an_edited_file_is_never_removed(tmp_path: Path) -> None:
    shelf = Shelf(an_article("a"), an_article("b", title="Other"), an_article("c", title="Third"))
    profile = a_profile(tmp_path, format_name="note")
    export(shelf, profile)
    folder = tmp_path / "contents/Blog post"
    (folder / "Title.md").write_text("mine")
    other = folder / "Other.md"
    other.write_text(other.read_text("utf-8").replace("relevance: 0", "relevance: 1"), "utf-8")
    shelf.change("b", text="Changed.")
    assert export(shelf, profile).merged == 1
    for _ in range(2):
        report = export(Shelf(), profile, choices=PRUNED)
        assert report.kept == 2
    assert names(folder) == ["Other.md", "Title.md"]


def test_a_dry_run_shows_what_would_go(tmp_path: Path) -> None:
    export(Shelf(an_article()), a_profile(tmp_path))
    report = export(Shelf(), a_profile(tmp_path), choices=Choices(is_pruned=True, is_dry=True))
    assert [(file.path, file.outcome) for file in report.files] == [("title.txt", "removed")]
    assert names(tmp_path) == ["title.txt"]
    assert export(Shelf(), a_profile(tmp_path), choices=PRUNED).removed == 1


def test_folders_that_are_left_empty_go_too_but_for_those_of_a_person(tmp_path: Path) -> None:
    profile = a_profile(tmp_path, format_name="hugo")
    export(Shelf(an_article("a"), an_article("b", title="Other"), an_article("c", title="Third")), profile)
    posts = tmp_path / "content/posts"
    (posts / "third/picture.jpg").write_bytes(b"mine")
    (tmp_path / "mine").mkdir()
    (posts / "other/index.md").rename(tmp_path / "mine/other.md")
    (posts / "other").rmdir()
    shelf = Shelf(an_article("a"), an_article("b", title="Other"), an_article("c", title="Third"))
    export(shelf, profile)
    assert export(Shelf(), profile, choices=PRUNED).removed == 3
    assert files(tmp_path) == [
        "content",
        "content/posts",
        "content/posts/third",
        "content/posts/third/picture.jpg",
        "mine",
    ]


def test_an_article_that_could_not_be_written_keeps_its_file(tmp_path: Path) -> None:
    shelf = Shelf(an_article())
    profile = a_profile(tmp_path, format_name="news")
    export(shelf, profile)
    shelf.change("a1", captured_at=None)
    report = export(shelf, profile, choices=PRUNED)
    assert (len(report.failures), report.removed) == (1, 0)


def test_an_article_that_comes_back_has_its_name_again(tmp_path: Path) -> None:
    export(Shelf(an_article("a")), a_profile(tmp_path))
    export(Shelf(), a_profile(tmp_path), choices=PRUNED)
    assert export(Shelf(an_article("b")), a_profile(tmp_path)).paths == ("title.txt",)


def test_a_file_that_was_deleted_already_is_not_counted(tmp_path: Path) -> None:
    export(Shelf(an_article("a")), a_profile(tmp_path))
    (tmp_path / "title.txt").unlink()
    assert export(Shelf(), a_profile(tmp_path), choices=PRUNED).files == ()
