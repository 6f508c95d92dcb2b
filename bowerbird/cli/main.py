"""The entry point: the group of commands, and the one place that turns an error into a line and a code."""

import logging
import os
import select
import sys
from collections.abc import Sequence
from typing import NoReturn

import click

from bowerbird.cli.context import examples
from bowerbird.cli.exits import Exit, exit_of_error
from bowerbird.cli.lazy import LazyGroup
from bowerbird.cli.logs import set_up_logging
from bowerbird.cli.options import shared_options
from bowerbird.cli.output import clean_line


@click.group(
    cls=LazyGroup,
    params=shared_options(),
    context_settings={"help_option_names": ["-h", "--help"], "max_content_width": 100},
    epilog=examples(
        "bowerbird demo",
        "bowerbird ingest https://example.org/article.html",
        "bowerbird --settings news.yaml crawl --due",
    ),
)
@click.version_option(package_name="bowerbird", prog_name="bowerbird", message="%(prog)s %(version)s")
def main() -> None:
    """Watch sites, capture each new article once, lay it out as front-matter files.

    --settings, --json, -q and -v may stand before the command or after it.
    """


def run() -> NoReturn:
    """Run the program with the arguments it was called with, and end it."""
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(errors="backslashreplace")  # type: ignore[union-attr]
    sys.exit(execute(sys.argv[1:]))


def execute(arguments: Sequence[str], *, group: click.Group = main) -> int:
    """Run one command line and return its exit code; every error ends here, as a line on stderr.

    A command returns its Exit; None is all well, and so is a pipe whose reader has gone. group: the commands there are.
    """
    set_up_logging(0)
    try:
        code = group.main(list(arguments), prog_name="bowerbird", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError as error:
        return leave_broken_pipe() if is_reader_gone() else fail_with(error)
    except SystemExit:
        # Click ends the process by itself where it meets a broken pipe first.
        if is_reader_gone():
            return leave_broken_pipe()
        raise
    except (KeyboardInterrupt, click.Abort):
        return fail("interrupted", Exit.INTERRUPTED)
    except click.ClickException as error:
        return fail_usage(error)
    except OSError as error:
        return fail(f"{error.filename}: {error.strerror}" if error.filename else str(error), Exit.UNEXPECTED)
    except Exception as error:  # noqa: BLE001  the edge: no error may reach a user as a traceback
        return fail_with(error)
    return code if isinstance(code, int) else Exit.ALL_WELL


def fail(text: str, code: Exit) -> Exit:
    """Say why on stderr, a line for each line of text, and return code."""
    for line in text.splitlines():
        click.echo(f"bowerbird: {clean_line(line)}", err=True)
    return code


def fail_usage(error: click.ClickException) -> Exit:
    """Say what was wrong with the command line; a group called without a command shows its help."""
    if isinstance(error, click.exceptions.NoArgsIsHelpError):
        error.show()
        return Exit.USAGE
    context = error.ctx if isinstance(error, click.UsageError) else None
    text = clean_line(error.format_message())
    if context:
        text += f"{'' if text.endswith(('.', '?')) else '.'} See `{context.command_path} --help`"
    return fail(text, Exit.USAGE)


def fail_with(error: Exception) -> Exit:
    """Say what failed: one of our errors by its own message, any other as a bug; with -v the traceback too."""
    logging.getLogger("bowerbird").info("where it failed:", exc_info=error)
    code = exit_of_error(error)
    if code is not None:
        return fail(str(error), code)
    what = clean_line(f"{type(error).__name__}: {error}")
    return fail(f"{what}; this is a bug; run with -v for the traceback", Exit.UNEXPECTED)


def is_reader_gone() -> bool:
    """Whether nobody reads stdout or stderr any more: a pipe to one of our own processes may break as well."""
    poll = select.poll()
    for stream in (sys.stdout, sys.stderr):
        poll.register(stream.fileno(), 0)
    return any(events & (select.POLLERR | select.POLLHUP) for _, events in poll.poll(0))


def leave_broken_pipe() -> Exit:
    """Say nothing and end well: who read our output, such as ``head``, has gone because they had enough.

    What is still buffered goes nowhere, as Python's manual advises.
    """
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Exit.ALL_WELL
