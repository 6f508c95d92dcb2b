"""What the hints name is there: each key of the settings, each command; and the documents say the same."""

import re
from pathlib import Path

import click
import pytest

from bowerbird.cli.lazy import COMMANDS, load_command
from bowerbird.settings.source import SourceSettings
from crawler.settings import CrawlerSettings
from storage.cause import Cause, CauseKind, parse_cause
from storage.hint import CAUSE_HINTS, HINTS, hint_for
from storage.verdict import Verdict

DOCUMENT = (Path(__file__).parents[2] / "docs" / "verdicts.md").read_text(encoding="utf-8")
ROW = re.compile(r"^\| `(\w+)` \| (.*?) \| (.*?) ?\|$", re.MULTILINE)
HELD = [*HINTS.values(), *CAUSE_HINTS.values()]
NAMED = sorted({name for hint in HELD for name in re.findall(r"`([^`]+)`", hint)})
DATA = frozenset({"robots.txt"})


def is_there(name: str) -> bool:
    """Whether what stands between backticks can be typed or set."""
    if name.startswith("bowerbird "):
        return is_command([word for word in name.split()[1:] if word != "-v"])
    if name.startswith("crawler."):
        return name.removeprefix("crawler.") in CrawlerSettings.model_fields
    key, _, value = name.removeprefix("sources: NAME: ").partition(": ")
    known = SourceSettings.model_fields.get(key)
    return known is not None and (not value or repr(value) in str(known.annotation))


def is_command(words: list[str]) -> bool:
    """Whether words begin with a command that has the options among them."""
    command = load_command(words[0]) if words[0] in COMMANDS else None
    if isinstance(command, click.Group):
        command = command.commands.get(words[1])
    if command is None:
        return False
    options = {option for parameter in command.params for option in parameter.opts}
    return {word for word in words if word.startswith("--")} <= options


@pytest.mark.parametrize("name", NAMED)
def test_what_a_hint_names_is_there(name: str) -> None:
    assert is_there(name)


@pytest.mark.parametrize("name", ["crawler.nonsense", "sources: NAME: nonsense", "bowerbird nonsense", "nonsense"])
def test_what_is_not_there_would_be_noticed(name: str) -> None:
    assert not is_there(name)


def test_every_verdict_has_its_hint_and_every_failure_says_something() -> None:
    assert set(HINTS) == set(Verdict)
    assert [verdict for verdict in Verdict if verdict.is_failure and not HINTS[verdict]] == []


def test_the_documents_say_what_the_hints_say() -> None:
    rows = {name: told for name, _, told in ROW.findall(DOCUMENT)}
    assert {name: rows.get(name) for name in Verdict} == dict(HINTS)
    assert {kind: rows.get(kind) for kind in CAUSE_HINTS} == dict(CAUSE_HINTS)


def test_every_cause_is_in_the_documents() -> None:
    rows = {name: what for name, what, _ in ROW.findall(DOCUMENT)}
    assert [kind for kind in CauseKind if not rows.get(kind)] == []


def test_a_hint_names_the_source_and_the_pattern() -> None:
    cause = Cause(CauseKind.EXCLUDED, "*/tag/*")
    told = "take '*/tag/*' out of `sources: ledger: exclude`"
    assert hint_for(Verdict.FILTERED, cause, source="ledger") == told
    told = (
        "raise `sources: ledger: max_pages` where it is set, else `crawler.max_pages`; the next run takes up the rest"
    )
    assert hint_for(Verdict.FILTERED, Cause(CauseKind.PAGE_LIMIT), source="ledger") == told
    assert hint_for(Verdict.BLOCKED) == HINTS[Verdict.BLOCKED]
    assert hint_for(Verdict.NETWORK_ERROR, Cause(CauseKind.CONNECTION_REFUSED)) == HINTS[Verdict.NETWORK_ERROR]


@pytest.mark.parametrize(
    ("text", "cause"),
    [
        ("challenge:Cloudflare", Cause(CauseKind.CHALLENGE, "Cloudflare")),
        ("forwarding:https://example.org/a:b", Cause(CauseKind.FORWARDING, "https://example.org/a:b")),
        ("login", Cause(CauseKind.LOGIN)),
    ],
)
def test_a_cause_is_read_back_as_it_was_written(text: str, cause: Cause) -> None:
    assert str(cause) == text
    assert parse_cause(text) == cause


@pytest.mark.parametrize("text", [None, "", "of_a_later_version", "of_a_later_version:x"])
def test_a_cause_that_is_not_known_is_none(text: str | None) -> None:
    assert parse_cause(text) is None


def test_a_long_subject_is_cut_where_it_is_written() -> None:
    assert len(str(Cause(CauseKind.FORWARDING, "x" * 5_000))) < 300
