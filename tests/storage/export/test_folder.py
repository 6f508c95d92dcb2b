import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.errors import UnsafePath
from storage.export.errors import FolderUnusable
from storage.export.folder import Folder

CHECKOUT = Path(__file__).resolve().parents[3]
ENDLESS_WRITER = """
import sys
from pathlib import Path
from storage.export.folder import Folder
sizes = [1, 70_000, 3_000_000]
with Folder(Path(sys.argv[1])) as folder:
    print("ready", flush=True)
    for number in range(10**9):
        byte = b"abcdefghij"[number % 10 : number % 10 + 1]
        folder.publish(f"sub/{number % 5}.md", byte * sizes[number % 3] + b"END")
"""


def publish(folder: Path, path: str, content: bytes = b"new") -> None:
    with Folder(folder) as opened:
        opened.publish(path, content)


def temporary_files(folder: Path) -> list[Path]:
    return [file for file in folder.rglob("*") if file.name.endswith(".tmp")]


def test_a_file_is_published_with_its_folders(tmp_path: Path) -> None:
    publish(tmp_path / "new/folder", "a/b/c.md", b"text")
    assert (tmp_path / "new/folder/a/b/c.md").read_bytes() == b"text"
    assert temporary_files(tmp_path) == []


@pytest.mark.parametrize(
    "path", ["", "..", "../x", "a/../../x", "/etc/x", "a//b", "./a", "a/.", "a\\..\\b", "a\0b", "a/"]
)
def test_a_path_that_is_no_plain_relative_one_is_refused(tmp_path: Path, path: str) -> None:
    with Folder(tmp_path / "folder") as folder:
        with pytest.raises(UnsafePath):
            folder.publish(path, b"x")
        with pytest.raises(UnsafePath):
            folder.read(path)
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_linked_folder_is_not_followed(tmp_path: Path) -> None:
    outside = tmp_path / "outside"
    outside.mkdir()
    (tmp_path / "folder/real").mkdir(parents=True)
    (tmp_path / "folder/linked").symlink_to(outside)
    (tmp_path / "folder/real/deeper").symlink_to(outside)
    for path in ("linked/x.md", "linked/new/x.md", "real/deeper/x.md"):
        with pytest.raises(UnsafePath, match="symbolic link"):
            publish(tmp_path / "folder", path)
    assert list(outside.iterdir()) == []


def test_a_linked_file_is_neither_read_nor_replaced(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "x.md").symlink_to(secret)
    with pytest.raises(UnsafePath):
        publish(folder, "x.md")
    with Folder(folder) as opened, pytest.raises(UnsafePath):
        opened.read("x.md")
    assert secret.read_text() == "secret"


def test_the_folder_itself_may_be_a_link(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "real")
    publish(tmp_path / "link", "x.md")
    assert (tmp_path / "real/x.md").read_bytes() == b"new"


def test_what_is_no_file_is_not_replaced(tmp_path: Path) -> None:
    (tmp_path / "x.md").mkdir()
    os.mkfifo(tmp_path / "pipe")
    for path in ("x.md", "pipe"):
        with pytest.raises(UnsafePath):
            publish(tmp_path, path)


def test_a_file_in_the_place_of_a_folder_is_refused(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("file")
    with pytest.raises(UnsafePath):
        publish(tmp_path, "a/b.md")


def test_a_missing_file_is_none(tmp_path: Path) -> None:
    with Folder(tmp_path) as folder:
        assert folder.read("a.md") is None
        assert folder.read("no/such/a.md") is None


def test_a_folder_that_is_only_read_is_not_made(tmp_path: Path) -> None:
    with Folder(tmp_path / "none", is_read_only=True) as folder:
        assert folder.read("a.md") is None
    assert not (tmp_path / "none").exists()


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(FolderUnusable, match="file"), Folder(tmp_path / "file"):
        pass


def test_leftovers_of_a_killed_run_are_removed_and_nothing_else(tmp_path: Path) -> None:
    (tmp_path / ".bowerbird-0123.tmp").write_text("half")
    (tmp_path / "mine.tmp").write_text("mine")
    publish(tmp_path, "x.md")
    assert sorted(file.name for file in tmp_path.iterdir()) == ["mine.tmp", "x.md"]


def test_a_second_writer_waits_for_the_first(tmp_path: Path) -> None:
    with Folder(tmp_path):
        arguments = [sys.executable, "-c", ENDLESS_WRITER, str(tmp_path)]
        with subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE) as second:
            with pytest.raises(subprocess.TimeoutExpired):
                second.wait(1)
            second.kill()
            assert second.stdout
            assert second.stdout.read() == b""


@pytest.mark.slow
def test_kill_9_leaves_no_truncated_file(tmp_path: Path) -> None:
    for delay_seconds in (0.01, 0.05, 0.1, 0.2, 0.3):
        arguments = [sys.executable, "-c", ENDLESS_WRITER, str(tmp_path)]
        with subprocess.Popen(arguments, cwd=CHECKOUT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(delay_seconds)
            writer.send_signal(signal.SIGKILL)
        for file in (tmp_path / "sub").glob("*.md"):
            content = file.read_bytes()
            assert content.endswith(b"END")
            assert len(set(content[:-3])) == 1
            assert len(content) - 3 in (1, 70_000, 3_000_000)
    publish(tmp_path, "sub/x.md")
    assert temporary_files(tmp_path) == []
