"""Calls the installed command as a shell does, in a folder of its own, with settings for the newsroom. Not a test."""

import json
import os
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bowerbird.demo.newsroom.running import Newsroom

COMMAND = Path(sys.executable).with_name("bowerbird")
TIMEOUT_SECONDS = 60
Row = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Shell:
    """A folder to call the command in."""

    folder: Path

    def run(self, *arguments: str, stdin: str = "") -> subprocess.CompletedProcess[str]:
        """Run one command line to its end."""
        return subprocess.run(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=environment(),
            input=stdin,
            capture_output=True,
            text=True,
            timeout=TIMEOUT_SECONDS,
            check=False,
        )

    @contextmanager
    def start(self, *arguments: str, stdout: bool = False) -> Iterator[subprocess.Popen[str]]:
        """Start one command line, its stderr in a pipe, its stdout too if wanted; it is killed at the block's end."""
        with subprocess.Popen(
            [COMMAND, *arguments],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE if stdout else subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
        ) as process:
            try:
                yield process
            finally:
                process.kill()

    def write_settings(self, newsroom: Newsroom, *, names: Sequence[str] | None = None, **sections: Any) -> Path:
        """Write a settings.yaml that watches the newsroom. names: of the sources, all by default."""
        watched = [
            {"name": place.name, "url": place.url, "kind": place.kind}
            for place in newsroom.sources
            if names is None or place.name in names
        ]
        crawler = {"delay_seconds": 0, "workers": 2, "allow_private_hosts": newsroom.hosts}
        settings: Row = {"crawler": {**crawler, **sections.pop("crawler", {})}, "sources": watched, **sections}
        path = self.folder / "settings.yaml"
        # JSON is YAML.
        path.write_text(json.dumps(settings), encoding="utf-8")
        return path


def environment() -> dict[str, str]:
    """Return this process's environment without the settings of whoever runs the tests."""
    return {name: value for name, value in os.environ.items() if not name.startswith("BOWERBIRD_")}


def rows(text: str) -> list[Row]:
    """Return the objects of JSON lines."""
    return [json.loads(line) for line in text.splitlines()]
