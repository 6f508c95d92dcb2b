"""Where Chromium is looked for, and what it is given."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

from crawler.gate.browser_folder import PREFIX, is_alive, make_folder, sweep_folders
from crawler.gate.chromium import FLAGS, environment, find_chromium, what_is_missing
from crawler.gate.process_tree import kill_tree, private_bytes_of_tree, tree_of


@pytest.fixture
def programs(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder that is all of PATH."""
    monkeypatch.setenv("PATH", str(tmp_path))
    return tmp_path


def install(folder: Path, name: str) -> Path:
    program = folder / name
    program.write_text("#!/bin/sh\n", encoding="ascii")
    program.chmod(0o755)
    return program


def test_the_first_on_path_is_taken_unless_the_settings_name_one(programs: Path) -> None:
    assert find_chromium(None) is None
    chrome = install(programs, "google-chrome")
    assert find_chromium(None) == str(chrome)
    chromium = install(programs, "chromium")
    assert find_chromium(None) == str(chromium)
    assert find_chromium("google-chrome") == find_chromium(str(chrome)) == str(chrome)
    assert find_chromium("/nowhere/chromium") is None


def test_what_is_missing_is_told_with_what_to_do(programs: Path) -> None:
    needs = "render: browser needs `pip install bowerbird[browser]` and Chromium; "
    assert what_is_missing(None, extra="no_such_module") == needs + "the extra is not installed"
    assert what_is_missing(None, extra="json") == needs + "there is no chromium or chrome on PATH"
    install(programs, "chrome")
    assert what_is_missing(None, extra="json") is None
    assert what_is_missing("/x", extra="json") == needs + "there is no program at crawler.browser (/x)"


def test_chromium_is_told_none_of_our_secrets(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_TOKEN", "secret")
    monkeypatch.setenv("HTTP_PROXY", "http://proxy.example")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    given = environment("/folder")
    assert (given["HOME"], given["TMPDIR"], given["LC_ALL"]) == ("/folder", "/folder", "C.UTF-8")
    assert not {"NEWS_TOKEN", "HTTP_PROXY"} & set(given)


def test_the_flags_leave_no_way_past_the_proxy() -> None:
    assert "--proxy-bypass-list=<-loopback>" in FLAGS
    assert not {flag for flag in FLAGS if "sandbox" in flag or "web-security" in flag}


def test_the_folder_of_a_process_that_is_gone_is_removed(tmp_path: Path) -> None:
    gone = subprocess.Popen([sys.executable, "-c", ""])
    gone.wait()
    assert not is_alive(gone.pid)
    kept = [
        tmp_path / f"{PREFIX}{os.getpid()}-x",
        tmp_path / f"{PREFIX}1-x",
        tmp_path / "other",
        tmp_path / f"{PREFIX}x",
    ]
    for folder in [tmp_path / f"{PREFIX}{gone.pid}-x", *kept]:
        folder.mkdir()
    sweep_folders(tmp_path)
    assert sorted(tmp_path.iterdir()) == sorted(kept)


def test_a_folder_carries_the_number_of_its_process() -> None:
    with make_folder() as folder:
        assert Path(folder).parent == Path(tempfile.gettempdir())
        assert Path(folder).name.startswith(f"{PREFIX}{os.getpid()}-")


def test_a_process_is_counted_and_ended_with_its_descendants() -> None:
    grandchild = "import time; held = bytearray(b'x' * 50_000_000); print('ready', flush=True); time.sleep(60)"
    child = f"import subprocess, sys; subprocess.run([sys.executable, '-c', {grandchild!r}])"
    process = subprocess.Popen([sys.executable, "-c", child], stdout=subprocess.PIPE)
    assert process.stdout is not None
    assert process.stdout.readline() == b"ready\n"
    tree = tree_of(process.pid)
    assert len(tree) == 2
    assert 50_000_000 < private_bytes_of_tree(process.pid) < 200_000_000
    kill_tree(process.pid)
    process.wait(10)
    assert process.stdout.read() == b""  # the grandchild held the other end
    process.stdout.close()
