"""What the tests of the command line share: calling it as a shell does, within this process."""

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import pytest

from bowerbird.cli.main import execute


@dataclass(frozen=True)
class Result:
    """What a call of the program left: its exit code and what it wrote."""

    code: int
    out: str
    err: str


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Iterator[Callable[..., Result]]:
    """Return a function that runs one command line."""
    root = logging.getLogger()
    handlers, level = list(root.handlers), root.level

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        code = execute(arguments)
        written = capsys.readouterr()
        return Result(code, written.out, written.err)

    yield call
    root.handlers[:] = handlers
    root.setLevel(level)
