"""What docs/ says of commands and extraction is what the program says."""

from pathlib import Path

from bowerbird.cli.lazy import COMMANDS
from bowerbird.cli.manual import manual, schema, with_policies
from storage.verdict import Verdict

DOCS = Path(__file__).parents[3] / "docs"


def test_the_manual_of_commands_is_up_to_date() -> None:
    assert (DOCS / "commands.md").read_text(encoding="utf-8") == manual(), "run make docs"


def test_every_command_is_in_the_manual() -> None:
    text = manual()
    assert [name for name in COMMANDS if f"## bowerbird {name}\n" not in text] == []


def test_the_policies_of_extraction_are_up_to_date() -> None:
    document = (DOCS / "extraction.md").read_text(encoding="utf-8")
    assert document == with_policies(document), "run make docs"


def test_the_schema_of_articles_is_up_to_date() -> None:
    assert (DOCS / "articles.schema.json").read_text(encoding="utf-8") == schema(), "run make docs"


def test_every_verdict_is_explained() -> None:
    document = (DOCS / "verdicts.md").read_text(encoding="utf-8")
    assert [verdict for verdict in Verdict if f"| `{verdict}` |" not in document] == []
