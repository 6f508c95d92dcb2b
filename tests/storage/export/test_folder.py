import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from storage.errors import UnsafePath
from storage.export.durability import can_sync_filesystem, sync_filesystem
from storage.export.errors import FolderUnusable
from storage.export.folder import Folder
from storage.export.publication import FEW_FILES

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


@pytest.mark.parametrize("count", [1, FEW_FILES, FEW_FILES + 1, 300])
def test_many_files_are_published_at_once(tmp_path: Path, count: int) -> None:
    contents = {f"{number % 7}/{number}.md": b"x" * number for number in range(count)}
    with Folder(tmp_path) as folder:
        states = folder.publish_all(contents)
        assert states == folder.states([*contents, "7/none.md", "none/none.md"])
    assert {path: (tmp_path / path).read_bytes() for path in contents} == contents
    assert temporary_files(tmp_path) == []


def test_of_files_one_of_which_cannot_be_published_none_is(tmp_path: Path) -> None:
    (tmp_path / "1").mkdir()
    (tmp_path / "2").symlink_to(tmp_path / "1")
    with Folder(tmp_path) as folder, pytest.raises(UnsafePath):
        folder.publish_all({f"{number % 3}/{number}.md": b"x" for number in range(100)})
    assert [file for file in tmp_path.rglob("*") if file.is_file()] == []


def test_a_state_tells_a_touched_file_and_nothing_of_links(tmp_path: Path) -> None:
    publish(tmp_path, "x.md")
    (tmp_path / "link.md").symlink_to(tmp_path / "x.md")
    with Folder(tmp_path) as folder:
        before = folder.states(["x.md", "link.md"])
        assert before.keys() == {"x.md"}
        os.utime(tmp_path / "x.md", ns=(1, 1))
        assert folder.states(["x.md"]) != before


def test_bytes_are_added_to_a_file_that_is_there(tmp_path: Path) -> None:
    publish(tmp_path, "a/x.md", b"one ")
    with Folder(tmp_path) as folder:
        folder.append("a/x.md", b"two")
        with pytest.raises(FolderUnusable):
            folder.append("a/none.md", b"two")
    assert (tmp_path / "a/x.md").read_bytes() == b"one two"


def test_nothing_is_added_to_or_removed_through_a_link(tmp_path: Path) -> None:
    secret = tmp_path / "secret"
    secret.write_text("secret")
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder/x.md").symlink_to(secret)
    with Folder(tmp_path / "folder") as folder:
        with pytest.raises(UnsafePath):
            folder.append("x.md", b"more")
        with pytest.raises(UnsafePath):
            folder.remove("x.md")
    assert secret.read_text() == "secret"


def test_only_an_empty_directory_is_removed(tmp_path: Path) -> None:
    publish(tmp_path, "a/b/x.md")
    with Folder(tmp_path) as folder:
        assert not folder.remove_if_empty(("a", "b"))
        folder.remove("a/b/x.md")
        assert folder.remove_if_empty(("a", "b"))
        assert not folder.remove_if_empty(("none",))
    assert list(tmp_path.rglob("*")) == [tmp_path / "a"]


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux has the call")
def test_a_file_system_is_flushed_or_the_failure_is_told(tmp_path: Path) -> None:
    assert can_sync_filesystem()
    descriptor = os.open(tmp_path, os.O_RDONLY)
    sync_filesystem(descriptor)
    os.close(descriptor)
    with pytest.raises(OSError, match="Bad file descriptor"):
        sync_filesystem(descriptor)


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
