"""What the tests of the formats share."""

import json
from pathlib import Path

import pytest


@pytest.fixture(scope="session")
def naughty_strings(shared: Path) -> list[str]:
    """Strings that break naive programs."""
    strings = json.loads((shared / "standards" / "naughty-strings.json").read_text(encoding="utf-8"))
    assert isinstance(strings, list)
    return [str(each) for each in strings]
