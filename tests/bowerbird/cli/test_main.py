"""The frame of the command line: options anywhere, lazy commands, and one line for every error."""

import json
import logging
import os
import subprocess
import sys
from collections.abc import Callable
from importlib.util import find_spec

import click
import pytest

from bowerbird.cli import lazy
from bowerbird.cli.context import App, pass_app
from bowerbird.cli.exits import Exit, exit_of_error, exit_of_tally
from bowerbird.cli.lazy import COMMANDS, load_command
from bowerbird.cli.main import main
from bowerbird.cli.options import add_shared_options
from bowerbird.errors import Problem, SettingsMissing, SettingsWrong
from crawler.errors import BadManifest, CrawlerGone, RefusedAddress
from scheduler.errors import BadEvery
from storage.errors import BadDuration, DatabaseUnusable, NoSuchSource, UnknownFormat, UnsafePath

Cli = Callable[..., "Result"]  # noqa: F821  from conftest.py

WRITTEN = [name for name in COMMANDS if find_spec(f"bowerbird.cli.{name}")]
HEAVY = ("scrapy", "twisted", "sqlalchemy", "trafilatura", "lxml", "apscheduler", "starlette", "rich")


def command_paths() -> list[tuple[str, ...]]:
    paths: list[tuple[str, ...]] = []
    waiting = [((name,), load_command(name)) for name in WRITTEN]
    while waiting:
        path, command = waiting.pop()
        paths.append(path)
        if isinstance(command, click.Group):
            waiting += [((*path, name), child) for name, child in command.commands.items()]
    return sorted(paths)


def python(code: str, **environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False, env={**os.environ, **environment}
    )


@pytest.fixture
def odd(monkeypatch: pytest.MonkeyPatch) -> Callable[[Callable[[App], object]], None]:
    """Return a function that makes ``bowerbird status`` do something else."""

    def put(action: Callable[[App], object]) -> None:
        @click.command()
        @pass_app
        def command(app: App) -> object:
            return action(app)

        add_shared_options(command)
        monkeypatch.setattr(lazy, "load_command", lambda _: command)

    return put
