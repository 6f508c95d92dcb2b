"""What the tests of the command line share: calling it as a shell does, within this process."""

import logging
from collections.abc import Callable, Iterator
from subprocess import CompletedProcess

import click
import pytest

from bowerbird.cli.main import execute, main


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., CompletedProcess[str]]]:
    """Return a function that runs one command line and gives its exit code and what it wrote."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def call(*arguments: str, group: click.Group = main) -> CompletedProcess[str]:
        capsys.readouterr()
        code = execute(arguments, group=group)
        written = capsys.readouterr()
        return CompletedProcess(arguments, code, written.out, written.err)

    yield call
    root.handlers[:] = handlers
    root.setLevel(level)
