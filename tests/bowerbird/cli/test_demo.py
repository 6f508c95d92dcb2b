"""bowerbird demo: what a newcomer sees."""

import signal
from pathlib import Path

import pytest

from tests.bowerbird.shell import Row, Shell, rows


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Row]:
    """One demo: its folder, and what it said with --json."""
    shell = Shell(tmp_path_factory.mktemp("demo"))
    done = shell.run("demo", "--json")
    assert done.returncode == 0
    assert "Traceback" not in done.stderr
    (row,) = rows(done.stdout)
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


def test_it_says_the_same_in_words_and_can_be_taken_again(demo: tuple[Path, Row]) -> None:
    folder, said = demo
    shell = Shell(folder)
    with shell.start("demo", "--keep", stdout=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        heard = [process.stderr.readline() for _ in range(2)]
        process.send_signal(signal.SIGINT)
        text, _ = process.communicate(timeout=20)
        assert process.returncode == 0
    assert heard[0].startswith("a newsroom of three publications is up at http://127.0.0.1:")
    assert heard[1].startswith("the newsroom stays up; try `bowerbird --settings data/demo/settings.yaml serve`")
    offered = sum(run["offered"] for run in said["first"])
    assert f"{offered} URLs offered = " in text
    assert "of them answered 304 Not Modified" in text
    assert "link: http://127.0.0.1:" in text
    assert "Done in " in text
    assert shell.run("--settings", "data/demo/settings.yaml", "status").returncode == 0
