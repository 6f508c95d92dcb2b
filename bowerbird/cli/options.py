"""The options that every command takes, before its name or after it. Not for options of one command."""

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

import click

from bowerbird.cli.context import App
from bowerbird.cli.logs import set_up_logging


def take_settings(context: click.Context, _: click.Parameter, value: Path | None) -> None:
    """Keep the file that --settings names."""
    if value is not None:
        context.obj = replace(current_app(context), settings_path=value)


def take_json(context: click.Context, _: click.Parameter, value: bool) -> None:
    """Keep that --json was given."""
    if value:
        context.obj = replace(current_app(context), as_json=True)


def take_quiet(context: click.Context, _: click.Parameter, value: bool) -> None:
    """Keep that -q was given, and let the log say no more than errors."""
    if value:
        context.obj = replace(current_app(context), verbosity=-1)
        set_up_logging(-1)


def take_verbose(context: click.Context, _: click.Parameter, value: int) -> None:
    """Keep how many -v were given, and let the log say as much."""
    if value:
        context.obj = replace(current_app(context), verbosity=value)
        set_up_logging(value)


def current_app(context: click.Context) -> App:
    """Return what the options read so far add up to."""
    return context.obj if isinstance(context.obj, App) else App()


def shared_options() -> list[click.Parameter]:
    """Return new options for one command; their values are in ``App``, none is passed on."""
    return [
        click.Option(
            ["--settings"],
            type=click.Path(path_type=Path),
            metavar="FILE",
            expose_value=False,
            callback=take_settings,
            help="Settings to use.  [default: $BOWERBIRD_SETTINGS, or ./settings.yaml]",
        ),
        click.Option(
            ["--json"],
            is_flag=True,
            expose_value=False,
            callback=take_json,
            help="Write one JSON object a line instead of text.",
        ),
        click.Option(
            ["-q", "--quiet"],
            is_flag=True,
            expose_value=False,
            callback=take_quiet,
            help="Say nothing but data and errors.",
        ),
        click.Option(
            ["-v", "--verbose"],
            count=True,
            expose_value=False,
            callback=take_verbose,
            help="Say more on stderr; -vv everything.",
        ),
    ]


def add_shared_options(command: click.Command) -> None:
    """Give command, and those below it, the shared options that it does not define by itself."""
    for option in shared_options():
        if not set(option.opts) & set(names(command.params)):
            command.params.append(option)
    if isinstance(command, click.Group):
        for child in command.commands.values():
            add_shared_options(child)


def names(parameters: Iterable[click.Parameter]) -> list[str]:
    """Return every spelling of the parameters, such as ``-q`` and ``--quiet``."""
    return [name for parameter in parameters for name in parameter.opts]
