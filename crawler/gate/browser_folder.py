"""The folder that a Chromium of ours may write to; one whose process was killed is removed by the next."""

import os
import shutil
import tempfile
from pathlib import Path

PREFIX = "bowerbird-browser-"


def make_folder() -> "tempfile.TemporaryDirectory[str]":
    """Return a new folder that carries this process's number."""
    return tempfile.TemporaryDirectory(prefix=f"{PREFIX}{os.getpid()}-", ignore_cleanup_errors=True)


def sweep_folders(where: Path) -> None:
    """Remove the folders in where whose process is no more."""
    for folder in where.glob(f"{PREFIX}*"):
        number = folder.name.removeprefix(PREFIX).partition("-")[0]
        if number.isdigit() and not is_alive(int(number)):
            shutil.rmtree(folder, ignore_errors=True)


def is_alive(process_id: int) -> bool:
    """Whether a process of that number is there, whoever's it is."""
    try:
        os.kill(process_id, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
