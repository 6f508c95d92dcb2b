import json
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from pydantic import ValidationError

from storage.article import Article
from storage.errors import UnsafePath
from storage.export.dataset import export_dataset
from storage.export.profile import Profile

AT = datetime(2026, 3, 1, tzinfo=UTC)


def a_profile(folder: Path, **options: object) -> Profile:
    return Profile(name="data", format="jsonl", folder=folder, options=options)


def articles(count: int = 3) -> list[Article]:
    return [Article(id=f"a{n}", url=f"https://example.org/{n}", title=f"T{n}", captured_at=AT) for n in range(count)]


def names(folder: Path) -> list[str]:
    return sorted(file.name for file in folder.iterdir())


def test_a_data_set_that_would_be_the_same_is_not_touched(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    assert export_dataset(articles(), a_profile(tmp_path)).written == 1
    before = file.stat()
    report = export_dataset(articles(), a_profile(tmp_path))
    assert (report.written, report.unchanged) == (0, 1)
    assert (file.stat().st_mtime_ns, file.stat().st_ino) == (before.st_mtime_ns, before.st_ino)
    assert export_dataset(articles(4), a_profile(tmp_path)).paths == ("articles.jsonl",)
    assert len(file.read_text(encoding="utf-8").splitlines()) == 4
    assert names(tmp_path) == [".bowerbird", "articles.jsonl"]


def test_a_file_that_a_person_made_or_changed_is_left_alone(tmp_path: Path) -> None:
    file = tmp_path / "articles.jsonl"
    file.write_text("mine", encoding="utf-8")
    assert export_dataset(articles(), a_profile(tmp_path)).kept == 1
    file.unlink()
    export_dataset(articles(), a_profile(tmp_path))
    file.write_text("mine again", encoding="utf-8")
    assert export_dataset(articles(4), a_profile(tmp_path)).kept == 1
    assert file.read_text(encoding="utf-8") == "mine again"


def test_a_dry_run_writes_nothing(tmp_path: Path) -> None:
    assert export_dataset(articles(), a_profile(tmp_path / "new"), dry_run=True).written == 1
    assert not (tmp_path / "new").exists()


def test_a_run_that_is_broken_off_leaves_the_old_file_and_nothing_else(tmp_path: Path) -> None:
    def breaking() -> Iterator[Article]:
        yield from articles()
        raise KeyboardInterrupt

    export_dataset(articles(1), a_profile(tmp_path))
    before = (tmp_path / "articles.jsonl").read_bytes()
    with pytest.raises(KeyboardInterrupt):
        export_dataset(breaking(), a_profile(tmp_path))
    assert (tmp_path / "articles.jsonl").read_bytes() == before
    assert names(tmp_path) == [".bowerbird", "articles.jsonl"]


def test_what_a_killed_run_left_is_removed_and_its_file_known(tmp_path: Path) -> None:
    export_dataset(articles(1), a_profile(tmp_path))
    # Killed after the new file was moved into its place, before the ledger said so.
    ledger = tmp_path / ".bowerbird" / "data.jsonl"
    header, *_, last = ledger.read_text(encoding="utf-8").splitlines()
    entry = json.loads(last)
    entry["coming"], entry["written"] = entry["written"], {"digest": "of the file before"}
    ledger.write_text(f"{header}\n{json.dumps(entry)}\n", encoding="utf-8")
    (tmp_path / ".bowerbird-0.tmp").write_text("half", encoding="utf-8")
    assert export_dataset(articles(3), a_profile(tmp_path)).written == 1
    assert not (tmp_path / ".bowerbird-0.tmp").exists()


@pytest.mark.parametrize("name", ["../x.jsonl", "/x.jsonl", "a/../../x", "link/x.jsonl", "link"])
def test_nothing_is_written_outside_the_folder(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path)
    with pytest.raises(UnsafePath):
        export_dataset(articles(), a_profile(folder, file=name))
    assert names(tmp_path) == ["folder"]


def test_a_data_set_may_lie_in_a_folder_of_its_own(tmp_path: Path) -> None:
    export_dataset(articles(), a_profile(tmp_path, file="2026/all.jsonl"))
    assert (tmp_path / "2026" / "all.jsonl").exists()


def test_many_articles_are_not_all_in_memory(tmp_path: Path) -> None:
    living = 0

    class Counted(Article):
        def __del__(self) -> None:
            nonlocal living
            living -= 1

    def many() -> Iterator[Article]:
        nonlocal living
        for article in articles(50):
            living += 1
            assert living < 5
            yield Counted(**{name: getattr(article, name) for name in ("id", "url", "title", "captured_at")})

    export_dataset(many(), a_profile(tmp_path))


def test_a_data_set_does_not_follow_each_capture(tmp_path: Path) -> None:
    with pytest.raises(ValidationError, match="written as a whole; say on: manual"):
        Profile(name="data", format="jsonl", folder=tmp_path, on="capture")


def test_a_changed_article_is_in_the_next_data_set(tmp_path: Path) -> None:
    export_dataset(articles(), a_profile(tmp_path))
    changed = [replace(each, title="new") for each in articles()]
    assert export_dataset(changed, a_profile(tmp_path)).written == 1
