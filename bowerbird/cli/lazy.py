"""The table of commands, and a group that imports one only when it is called.

Scrapy, SQLAlchemy and trafilatura take over a second to import together; ``--version`` and ``settings`` need none.
"""

from collections.abc import Mapping
from importlib import import_module

import click

from bowerbird.cli.options import add_shared_options

# Each is ``command`` in the module of its name in bowerbird/cli/ (or that of MODULES); the help stands here so that
# --help imports none.
COMMANDS: Mapping[str, str] = {
    "demo": "Watch it work, offline, on a newsroom that comes with it.",
    "ingest": "Fetch, extract and store single pages.",
    "extract": "Extract pages and print them; stores nothing.",
    "sources": "Find, add, test, list, pause and remove the places to watch.",
    "opml": "Take sources over from other feed readers, and give them away.",
    "crawl": "Visit sources now.",
    "serve": "Watch the sources on their schedule.",
    "runs": "Show what the visits brought.",
    "why": "Tell all that happened to a URL.",
    "status": "Show whether all is well.",
    "articles": "List, show and search what was captured.",
    "export": "Write articles as front-matter files.",
    "import": "Read article files back into the store.",
    "convert": "Turn article files into another format; stores nothing.",
    "unseal": "Show what is sealed in news items.",
    "settings": "Show and check the settings.",
}
# A name that Python keeps for itself.
MODULES: Mapping[str, str] = {"import": "importing"}


class LazyGroup(click.Group):
    """The top group; its commands come from the table."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        return list(COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return the command of that name. Raises NoSuchCommand, with the nearest, where there is none."""
        if cmd_name in COMMANDS:
            return load_command(cmd_name)
        if cmd_name.startswith("-"):
            return None
        raise click.exceptions.NoSuchCommand(cmd_name, possibilities=COMMANDS, ctx=ctx)

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commands"):
            formatter.write_dl(list(COMMANDS.items()))


def load_command(name: str) -> click.Command:
    """Import one command of the table and give it the shared options."""
    command = import_module(f"bowerbird.cli.{MODULES.get(name, name)}").command
    if not isinstance(command, click.Command):
        raise TypeError(f"bowerbird.cli.{name}.command is not a click command")
    add_shared_options(command)
    return command
