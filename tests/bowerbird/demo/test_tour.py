"""What the tour leaves for whoever took it: a folder made ready, and settings that work."""

from pathlib import Path

import pytest

from bowerbird.demo.newsroom.running import Newsroom
from bowerbird.demo.tour import FORMATS, crawler_settings, fresh_folder, sample_file, write_settings
from bowerbird.settings.load import load_settings
from storage.database.store import open_store
from storage.export.report import ExportedFile, ExportReport
from storage.source import Source


def test_a_fresh_folder_holds_nothing_of_an_earlier_tour(tmp_path: Path) -> None:
    folder = tmp_path / "data" / "demo"
    with open_store(fresh_folder(folder)) as store:
        store.sources.add(Source(name="old", url="https://example.org/"))
    (folder / "export" / "note").mkdir(parents=True)
    (folder / "mine.txt").touch()
    with open_store(fresh_folder(folder)) as store:
        assert store.sources.list() == []
    assert not (folder / "export").exists()
    assert (folder / "mine.txt").exists()


def test_its_settings_can_be_used_by_other_commands(tmp_path: Path, standing_newsroom: Newsroom) -> None:
    path = write_settings(tmp_path, standing_newsroom)
    settings = load_settings(path, {}).settings
    assert settings.storage == fresh_folder(tmp_path)
    assert settings.crawler == crawler_settings(standing_newsroom)
    assert [profile.folder for profile in settings.export] == [tmp_path / "export" / name for name in FORMATS]


@pytest.mark.parametrize("paths", [["a.md", "the swing bridge.md"], ["a.md", "b.md"]])
def test_the_file_that_is_shown_is_one_of_those_written(paths: list[str]) -> None:
    report = ExportReport(tuple(ExportedFile(path, path, "written") for path in paths))
    shown = sample_file(Path("demo"), report)
    assert shown == Path("demo/export/note") / next((path for path in paths if "swing bridge" in path), "a.md")
