"""No entry leads to an address that is not public: counted where sockets are opened, over every entry there is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.crawler.gate.spellings import spellings

ROOT = Path(__file__).parents[3]
ENTRIES = {
    "one-off", "redirect", "feed entry", "sitemap child", "section link", "source", "feed redirect", "robots redirect",
    "name", "changing name", "picture", "picture redirect",
}  # fmt: skip


def test_there_are_300_spellings_and_more() -> None:
    assert len(set(spellings())) == len(spellings()) >= 300


@pytest.mark.slow
def test_of_3000_attempts_none_opens_a_connection_to_what_is_not_public() -> None:
    command = [sys.executable, "-m", "tests.crawler.gate.witness"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True, timeout=400)
    told = json.loads(done.stdout)
    assert set(told["attempts"]) == ENTRIES
    assert sum(told["attempts"].values()) >= 3000
    assert set(told["opened"]) == {told["allowed"]}
    assert told["asked_outside"] > 1000
    assert told["accepted_inside"] == 0
    assert told["verdicts"]["refused_address"] > 1500
