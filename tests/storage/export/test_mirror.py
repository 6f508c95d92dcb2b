import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import permutations
from pathlib import Path

import pytest
from pydantic import ValidationError

from storage.article import Article
from storage.errors import UnsafePath
from storage.export.errors import BadLedger
from storage.export.mirror import export
from storage.export.profile import Profile
from tests.storage.export.articles import AT, a_profile, an_article, names


@pytest.mark.parametrize(
    ("format_name", "path"),
    [
        ("news", "_news/2024-01-31-title.md"),
        ("note", "contents/Blog post/Title.md"),
        ("text", "title.txt"),
        ("post", "content/posts/2024-01-31-{}.md"),
    ],
)
def test_an_article_is_laid_out_in_each_format(tmp_path: Path, format_name: str, path: str) -> None:
    report = export([an_article()], a_profile(tmp_path, format_name=format_name))
    assert report.written == 1
    assert report.paths[0].startswith(path.split("{}", maxsplit=1)[0])
    assert (tmp_path / report.paths[0]).read_text("utf-8")


def test_an_unchanged_file_is_not_touched(tmp_path: Path) -> None:
    export([an_article()], a_profile(tmp_path))
    os.utime(tmp_path / "title.txt", (1, 1))
    report = export([an_article()], a_profile(tmp_path))
    assert (report.written, report.unchanged) == (0, 1)
    assert (tmp_path / "title.txt").stat().st_mtime == 1


def test_a_changed_article_keeps_its_file(tmp_path: Path) -> None:
    export([an_article()], a_profile(tmp_path))
    report = export([an_article(title="Another title", text="Changed.")], a_profile(tmp_path))
    assert report.paths == ("title.txt",)
    assert "Changed." in (tmp_path / "title.txt").read_text("utf-8")


def test_a_file_a_person_has_edited_is_kept(tmp_path: Path) -> None:
    export([an_article()], a_profile(tmp_path))
    (tmp_path / "title.txt").write_text("mine")
    for _ in range(2):
        report = export([an_article(text="Changed.")], a_profile(tmp_path))
        assert (report.written, report.kept) == (0, 1)
    assert (tmp_path / "title.txt").read_text() == "mine"


def test_a_file_that_is_not_ours_is_never_overwritten(tmp_path: Path) -> None:
    (tmp_path / "title.txt").write_text("mine")
    (tmp_path / "title-a1.txt").write_text("mine too")
    report = export([an_article()], a_profile(tmp_path))
    assert report.paths == ("title-a1-2.txt",)
    assert (tmp_path / "title.txt").read_text() == "mine"
    assert (tmp_path / "title-a1.txt").read_text() == "mine too"


def test_without_its_ledger_an_export_takes_over_equal_files(tmp_path: Path) -> None:
    export([an_article()], a_profile(tmp_path))
    (tmp_path / ".bowerbird/p.jsonl").unlink()
    report = export([an_article()], a_profile(tmp_path))
    assert (report.unchanged, report.paths) == (1, ("title.txt",))


def test_the_first_captured_keeps_the_plain_name_in_whatever_order(tmp_path: Path) -> None:
    articles = [an_article("b", days=1), an_article("a", days=2), an_article("c", days=0)]
    for number, order in enumerate(permutations(articles)):
        report = export(order, a_profile(tmp_path / str(number)))
        assert {file.article_id: file.path for file in report.files} == {
            "c": "title.txt",
            "b": "title-b.txt",
            "a": "title-a.txt",
        }


def test_names_that_differ_in_case_or_composition_do_not_collide(tmp_path: Path) -> None:
    titles = ["Caf\u00e9 Stra\u00dfe", "CAFE\u0301 STRASSE", "caf\u00e9 strasse"]
    articles = [an_article(f"a{number}", title=title, days=number) for number, title in enumerate(titles)]
    report = export(articles, a_profile(tmp_path, format_name="note"))
    assert report.written == 3
    assert len({path.casefold() for path in report.paths}) == 3
    assert report.paths[0] == "contents/Blog post/Caf\u00e9 Stra\u00dfe.md"


def test_a_name_once_given_lasts(tmp_path: Path) -> None:
    export([an_article("late", days=5)], a_profile(tmp_path))
    report = export([an_article("early", days=0), an_article("late", days=5)], a_profile(tmp_path))
    assert {file.article_id: file.path for file in report.files} == {"late": "title.txt", "early": "title-early.txt"}


def test_a_profile_that_changes_its_format_has_new_names(tmp_path: Path) -> None:
    export([an_article()], a_profile(tmp_path))
    report = export([an_article()], a_profile(tmp_path, format_name="news"))
    assert report.paths == ("_news/2024-01-31-title.md",)
    assert names(tmp_path) == ["_news", "title.txt"]


def test_two_profiles_in_one_folder_leave_each_other_alone(tmp_path: Path) -> None:
    export([an_article(text="One.")], a_profile(tmp_path, name="one"))
    export([an_article(text="Two.")], a_profile(tmp_path, name="two"))
    assert names(tmp_path) == ["title-a1.txt", "title.txt"]


def test_articles_without_an_id_have_a_file_each(tmp_path: Path) -> None:
    articles = [Article(url="", title="Title", text=text, captured_at=AT) for text in ("One.", "Two.")]
    assert export(articles, a_profile(tmp_path)).written == 2


def test_an_article_given_twice_is_written_once(tmp_path: Path) -> None:
    report = export([an_article(), an_article()], a_profile(tmp_path))
    assert (report.written, names(tmp_path)) == (1, ["title.txt"])


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    articles = [an_article("a"), an_article("b")]
    report = export(articles, a_profile(tmp_path / "new"), dry_run=True)
    assert report.written == 2
    assert not (tmp_path / "new").exists()
    export([an_article("a")], a_profile(tmp_path))
    report = export([an_article("a", text="Changed."), an_article("b")], a_profile(tmp_path), dry_run=True)
    assert (report.written, report.paths) == (2, ("title.txt", "title-b.txt"))
    assert names(tmp_path) == ["title.txt"]


def test_an_article_that_cannot_be_written_does_not_stop_the_others(tmp_path: Path) -> None:
    undated = replace(an_article("undated"), captured_at=None)
    report = export([undated, an_article()], a_profile(tmp_path, format_name="news"))
    assert report.written == 1
    assert [failure.article_id for failure in report.failures] == ["undated"]
    assert "publishedDateTime" in report.failures[0].reason


def test_a_linked_subfolder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "outside").mkdir()
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/_news").symlink_to(tmp_path / "outside")
    report = export([an_article()], a_profile(tmp_path / "folder", format_name="news"))
    assert "'_news' is a symbolic link or no folder" in report.failures[0].reason
    assert list((tmp_path / "outside").iterdir()) == []


def test_a_folder_option_that_leaves_the_folder_is_refused(tmp_path: Path) -> None:
    profile = Profile(name="p", format="news", folder=tmp_path / "folder", options={"folder": "../outside"})
    with pytest.raises(UnsafePath):
        export([an_article()], profile)
    assert not (tmp_path / "outside").exists()


@pytest.mark.parametrize(
    "content", ["", "{", '{"version": 1, "articles": {}}', '{"key": "a", "path": "x"}', '{"version": 2}\n{"key": 1}\n']
)
def test_a_broken_ledger_is_refused_not_forgotten(tmp_path: Path, content: str) -> None:
    (tmp_path / ".bowerbird").mkdir()
    (tmp_path / ".bowerbird/p.jsonl").write_text(content)
    with pytest.raises(BadLedger) as caught:
        export([an_article()], a_profile(tmp_path))
    assert caught.value.path == str(tmp_path / ".bowerbird/p.jsonl")


def test_a_ledger_cannot_lead_outside(tmp_path: Path) -> None:
    (tmp_path / "folder/.bowerbird").mkdir(parents=True)
    ledger = '{"version": 2, "format": "text"}\n{"key": "a1", "path": "../outside.txt"}\n'
    (tmp_path / "folder/.bowerbird/p.jsonl").write_text(ledger)
    with pytest.raises(UnsafePath):
        export([an_article()], a_profile(tmp_path / "folder"))
    assert not (tmp_path / "outside.txt").exists()


def test_articles_are_taken_one_at_a_time(tmp_path: Path) -> None:
    def articles() -> Iterator[Article]:
        for number in range(1500):
            yield an_article(f"a{number}", title=f"Title {number}")

    report = export(articles(), a_profile(tmp_path), dry_run=True)
    assert report.written == 1500


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"format": "notes"}, "Did you mean 'note'"),
        ({"options": {"foldr": "x"}}, "Did you mean 'folder'"),
        ({"name": "../x"}, "pattern"),
        ({"fold": "x"}, "Extra inputs"),
        ({"on": "never"}, "manual"),
    ],
)
def test_a_mistake_in_a_profile_shows_when_it_is_read(fields: dict[str, object], message: str) -> None:
    with pytest.raises(ValidationError, match=message):
        Profile.model_validate({"name": "p", "format": "news", "folder": "data"} | fields)
