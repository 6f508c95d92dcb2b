"""What of docs/ is made from the program itself: commands, policies, a schema. ``make docs`` writes it."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path

import click

from bowerbird.cli.lazy import COMMANDS, load_command
from bowerbird.cli.main import main
from bowerbird.cli.options import shared_options
from crawler.extract.fields import POLICIES
from storage.formats.datasets.row import ArticleRow

BEGIN, END = "<!-- made by make docs -->", "<!-- end -->"
HEAD = """# Which commands are there?

Every command takes `--settings FILE`, `--json`, `-q` and `-v`, before its name or after it, and `--help`. Data goes to
stdout, all else to stderr. With `--json` every list is one JSON object a line.

| exit code | meaning |
|---|---|
| 0 | all well |
| 1 | something unexpected: a bug, or a process that was ended |
| 2 | usage or settings: what was typed is not so |
| 3 | some of what was asked for failed |
| 4 | nothing new (only with `--exit-nothing-new`) |
| 5 | all of it failed |
| 6 | the database cannot be used |
| 130 | interrupted |
"""


def manual() -> str:
    """Return the whole document."""
    parts = [HEAD]
    with click.Context(main, info_name="bowerbird") as context:
        for name in COMMANDS:
            parts += sections(load_command(name), name, context)
    return "\n".join(parts)


def sections(command: click.Command, name: str, parent: click.Context) -> Iterator[str]:
    """Yield the section of a command, then those of the commands below it."""
    with click.Context(command, info_name=name, parent=parent) as context:
        yield section(command, context)
        if isinstance(command, click.Group):
            for child_name, child in command.commands.items():
                yield from sections(child, child_name, context)


def section(command: click.Command, context: click.Context) -> str:
    """Return one section: what it does, how it is called, its own options, its examples."""
    path = context.command_path
    usage = " ".join([path, *command.collect_usage_pieces(context)])
    lines = [f"{'#' * len(path.split())} {path}", "", (command.help or "").strip(), "", f"    {usage}", ""]
    options = list(option_rows(command, context))
    if options:
        lines += ["| option | meaning |", "|---|---|", *options, ""]
    if not isinstance(command, click.Group):
        examples = (command.epilog or "").splitlines()[2:]
        lines += ["```console", *(f"$ {example.strip()}" for example in examples), "```", ""]
    return "\n".join(lines)


def option_rows(command: click.Command, context: click.Context) -> Iterator[str]:
    """Yield a table row for each option of the command's own."""
    shared = {spelling for option in shared_options() for spelling in option.opts} | {"--help"}
    for parameter in command.get_params(context):
        record = parameter.get_help_record(context)
        if record is not None and isinstance(parameter, click.Option) and not shared & set(parameter.opts):
            spelling, meaning = (text.replace("|", "\\|") for text in record)
            yield f"| `{spelling}` | {meaning} |"


def policy_tables() -> str:
    """Return for each field of an article where its value is looked for, in order."""
    parts: list[str] = []
    for field, sources in POLICIES.items():
        parts += [f"### {field}", "", "| | origin | what is read | |", "|---|---|---|---|"]
        parts += [
            f"| {number} | `{source.origin}` | {source.note} | {source.confidence.replace('sure', '')} |"
            for number, source in enumerate(sources, start=1)
        ]
        parts.append("")
    return "\n".join(parts)


def with_policies(document: str) -> str:
    """Return a document with the tables between its two marks renewed."""
    before, _, rest = document.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n\n{policy_tables()}\n{END}{after}"


def schema() -> str:
    """Return the JSON Schema of one line of the data set jsonl."""
    dialect = {"$schema": "https://json-schema.org/draft/2020-12/schema"}
    return json.dumps(dialect | ArticleRow.model_json_schema(), indent=2) + "\n"


def write_documents(folder: Path) -> None:
    """Renew what is made from the program in a docs folder."""
    (folder / "commands.md").write_text(manual(), encoding="utf-8")
    (folder / "articles.schema.json").write_text(schema(), encoding="utf-8")
    extraction = folder / "extraction.md"
    extraction.write_text(with_policies(extraction.read_text(encoding="utf-8")), encoding="utf-8")


if __name__ == "__main__":
    write_documents(Path(sys.argv[1]))
