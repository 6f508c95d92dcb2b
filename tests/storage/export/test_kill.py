"""A mirror whose run is killed is whole again after the next one."""

import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from benchmarks.export_kill import CHECKOUT, Killed, start_exporter, survive_kills

COUNT = 2500


@pytest.mark.slow
def test_kill_9_truncates_loses_and_doubles_nothing(tmp_path: Path) -> None:
    found = survive_kills(tmp_path, kills=10, count=COUNT)
    assert found == Killed(kills=10, interrupted=found.interrupted, truncated=0, doubled=0, left_over=0)
    assert found.interrupted > 0


@pytest.mark.slow
def test_the_processes_that_help_end_with_the_one_that_is_killed(tmp_path: Path) -> None:
    with start_exporter(tmp_path, count=20_000, revision=1) as exporter:
        process = psutil.Process(exporter.pid)
        deadline = time.monotonic() + 60
        # One for each core, and one that keeps their books.
        while len(helpers := process.children(recursive=True)) < 2 and time.monotonic() < deadline:
            time.sleep(0.05)
        exporter.kill()
    _, alive = psutil.wait_procs(helpers, timeout=10)
    assert len(helpers) >= 2
    assert alive == []


def test_the_script_says_how_it_is_called() -> None:
    done = subprocess.run(
        [sys.executable, "benchmarks/export_kill.py", "--help"],
        cwd=CHECKOUT,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "--kills" in done.stdout
