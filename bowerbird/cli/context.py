"""What every command gets: the settings, where to print, how loud to be. Not for any command's own options."""

import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bowerbird.cli.output import Output, clean_line

if TYPE_CHECKING:
    from rich.console import Console

    from bowerbird.settings.load import Loaded
    from bowerbird.settings.model import Settings


@dataclass(frozen=True)
class App:
    """One call of the program. verbosity: -1 quiet, 0 as usual, 1 and 2 for each -v."""

    settings_path: Path | None = None
    as_json: bool = False
    verbosity: int = 0
    environment: Mapping[str, str] = field(default_factory=lambda: os.environ)

    @cached_property
    def loaded(self) -> "Loaded":
        """The settings with the origin of each value, read when first asked for.

        Raises:
            SettingsError: they cannot be used.
        """
        from bowerbird.settings.load import load_settings

        return load_settings(self.settings_path, self.environment)

    @property
    def settings(self) -> "Settings":
        """The settings alone."""
        return self.loaded.settings

    @cached_property
    def output(self) -> Output:
        """Where the command's data goes."""
        return Output(as_json=self.as_json)

    @cached_property
    def console_err(self) -> "Console":
        """Rich's console on stderr, for progress; silent with -q."""
        from rich.console import Console

        return Console(stderr=True, quiet=self.is_quiet, highlight=False)

    @property
    def is_quiet(self) -> bool:
        """Whether only data and errors are wanted."""
        return self.verbosity < 0

    @property
    def shows_progress(self) -> bool:
        """Whether a person is watching stderr."""
        return not self.is_quiet and sys.stderr.isatty()

    def note(self, text: str) -> None:
        """Say something helpful on stderr that is not the answer; nothing with -q."""
        if not self.is_quiet:
            self.complain(text)

    def complain(self, text: str) -> None:
        """Say on stderr what went wrong, with -q too."""
        click.echo(clean_line(text), err=True)


pass_app = click.make_pass_decorator(App, ensure=True)


def examples(*lines: str) -> str:
    """Return the epilog of a command: its examples, one a line, as they would be typed."""
    title = "Example:" if len(lines) == 1 else "Examples:"
    return "\n".join(["\b", title, *(f"  {line}" for line in lines)])
