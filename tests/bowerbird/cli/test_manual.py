"""docs/commands.md is what the commands say of themselves."""

from pathlib import Path

from bowerbird.cli.lazy import COMMANDS
from bowerbird.cli.manual import manual

DOCUMENT = Path(__file__).parents[3] / "docs" / "commands.md"


def test_the_manual_is_up_to_date() -> None:
    assert DOCUMENT.read_text(encoding="utf-8") == manual(), "python -m bowerbird.cli.manual > docs/commands.md"


def test_every_command_is_in_the_manual() -> None:
    text = manual()
    assert [name for name in COMMANDS if f"## bowerbird {name}\n" not in text] == []
