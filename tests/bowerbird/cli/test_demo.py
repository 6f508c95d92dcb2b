"""bowerbird demo: what a newcomer sees."""

import signal
from collections.abc import Callable
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from bowerbird.cli.context import App
from bowerbird.cli.demo import tell
from bowerbird.demo.tour import Tour
from crawler.order import RunResult
from storage.export.report import ExportedFile, ExportReport
from storage.outcome import Totals
from storage.verdict import Verdict
from tests.bowerbird.shell import Row, Shell, rows

Cli = Callable[..., CompletedProcess[str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Row]:
    """One demo, kept and then interrupted: its folder, and what it said with --json."""
    shell = Shell(tmp_path_factory.mktemp("demo"))
    with shell.start("demo", "--json", "--keep", stdout=True) as process:
        assert process.stderr is not None
        assert process.stderr.readline().startswith("a newsroom of three publications is up at http://127.0.0.1:")
        kept = process.stderr.readline()
        process.send_signal(signal.SIGINT)
        text, said = process.communicate(timeout=20)
        assert (process.returncode, "Traceback" in said) == (0, False)
    assert kept.startswith("the newsroom stays up; try `bowerbird --settings data/demo/settings.yaml serve`")
    (row,) = rows(text)
    return shell.folder, row


def test_the_verdicts_of_every_run_add_up(demo: tuple[Path, Row]) -> None:
    _, said = demo
    runs = [*said["first"], said["ingested"], *said["second"]]
    assert [run["status"] for run in runs] == ["finished"] * 9
    assert all(run["offered"] == sum(run["counts"].values()) for run in runs)


def test_the_second_visit_asks_conditionally_and_finds_what_is_new(demo: tuple[Path, Row]) -> None:
    _, said = demo
    assert sum(run["not_modified"] for run in said["first"]) == 0
    assert sum(run["not_modified"] for run in said["second"]) > 20
    assert sum(run["counts"].get("captured", 0) for run in said["second"]) == 1
    assert sum(run["counts"].get("changed", 0) for run in said["second"]) == 1


def test_all_articles_lie_there_in_four_formats(demo: tuple[Path, Row]) -> None:
    folder, said = demo
    assert said["folder"] == "data/demo/export"
    (count,) = set(said["files"].values())
    assert count > 24
    for name in ("news", "note", "text", "post"):
        files = [path for path in (folder / said["folder"] / name).rglob("*") if path.is_file()]
        assert sum(".bowerbird" not in path.parts for path in files) == count


def test_other_commands_can_be_tried_on_what_it_leaves(demo: tuple[Path, Row], cli: Cli) -> None:
    folder, said = demo
    (status,) = rows(cli("status", "--json", "--settings", str(folder / "data/demo/settings.yaml")).stdout)
    assert status["articles"] == said["files"]["note"]


def test_in_words_the_accounts_add_up_too(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    sample = tmp_path / "sample.md"
    sample.write_text("---\nlink: https://example.org/\n---\n", encoding="utf-8")

    def run(offered: int, not_modified: int, **verdicts: int) -> RunResult:
        totals = Totals(offered=offered, requests=offered + 1, not_modified=not_modified)
        counts = {Verdict(name): count for name, count in verdicts.items()}
        return RunResult(run_id=1, source="blog", status="finished", reason="", totals=totals, verdicts=counts)

    tour = Tour(
        folder=tmp_path,
        first=[run(3, 0, captured=2, gone=1), run(1, 0, captured=1)],
        ingested=run(1, 0, unchanged=1),
        published="Ice works",
        corrected="Swing bridge",
        second=[run(4, 3, captured=1, unchanged=3)],
        exports=[ExportReport((ExportedFile("a", "a.md", "written"),))] * 4,
        sample=sample,
    )
    tell(App(), tour, seconds=1.26)
    text = capsys.readouterr().out
    assert "4 URLs offered = 3 captured + 1 gone; 6 requests, 0 of them answered 304 Not Modified" in text
    assert "4 URLs offered = 1 captured + 3 unchanged; 5 requests, 3 of them answered 304 Not Modified" in text
    assert "The newsroom published “Ice works” and corrected “Swing bridge”." in text
    assert f"  1 of format text in {tmp_path / 'export' / 'text'}\n" in text
    assert "\nlink: https://example.org/\n" in text
    assert text.endswith("Done in 1.3 s.\n")
