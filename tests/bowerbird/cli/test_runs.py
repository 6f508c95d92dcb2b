"""bowerbird runs: what the visits brought."""

from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from subprocess import CompletedProcess

import pytest

from bowerbird.cli.advice import advice_on_run
from storage.hint import HINTS
from storage.outcome import Attempt
from storage.verdict import Verdict
from tests.bowerbird.conftest import Crawled
from tests.bowerbird.shell import rows

Cli = Callable[..., CompletedProcess[str]]


def test_the_list_is_newest_first_and_its_accounts_add_up(cli: Cli, crawled: Crawled) -> None:
    runs = rows(cli("runs", "list", "--json", "--settings", str(crawled.settings)).stdout)
    assert [run["run"] for run in runs] == [4, 3, 2, 1]
    for run in runs:
        assert (run["status"], run["trigger"]) == ("finished", "crawl")
        assert run["started_at"] < run["finished_at"]
        assert run["attempts"] == run["offered"] == sum(run["counts"].values())
    assert {run["run"]: run["counts"] for run in runs} == {row["run"]: row["counts"] for row in crawled.results}


def test_the_list_can_be_narrowed(cli: Cli, crawled: Crawled) -> None:
    options = ("--json", "--settings", str(crawled.settings))
    (run,) = rows(cli("runs", "list", "--source", "observatory", *options).stdout)
    assert run["source"] == "observatory"
    assert len(rows(cli("runs", "list", "--limit", "2", *options).stdout)) == 2


def test_one_run_is_shown_url_by_url(cli: Cli, crawled: Crawled) -> None:
    arguments = ("runs", "show", "1", "--settings", str(crawled.settings))
    run, *attempts = rows(cli(*arguments, "--json").stdout)
    assert Counter(attempt["verdict"] for attempt in attempts) == run["counts"]
    assert all(attempt["run"] == 1 and attempt["reason"] for attempt in attempts)
    text = cli(*arguments).stdout
    assert text.startswith("run           1\n")
    assert all(attempt["url"] in text for attempt in attempts)


def test_what_may_help_stands_below_a_run(cli: Cli, crawled: Crawled) -> None:
    shown = [cli("runs", "show", str(number), "--settings", str(crawled.settings)).stdout for number in range(1, 5)]
    helping = [line for text in shown for line in text.splitlines() if line.startswith("what may help: ")]
    assert any(line.startswith("what may help: 1 unsupported_type: `sources: ") for line in helping)
    assert not any(" captured: " in line or " known: " in line for line in helping)


def test_whatever_went_wrong_in_a_run_is_advised_on() -> None:
    failures = [verdict for verdict in Verdict if verdict.is_failure and HINTS[verdict]]
    now = datetime.now(UTC)
    attempts = [
        Attempt(run_id=1, source="harbour", url="https://example.org/", verdict=verdict, reason="x", at=now)
        for verdict in failures
    ]
    assert len(failures) > 10
    assert {line.partition(":")[0] for line in advice_on_run(attempts, ["harbour"])} == {f"1 {v}" for v in failures}


@pytest.mark.parametrize("number", ["99", str(2**62), str(2**63), "0", "x"])
def test_a_run_that_is_not_there_is_one_line(cli: Cli, crawled: Crawled, number: str) -> None:
    done = cli("runs", "show", number, "--settings", str(crawled.settings))
    assert (done.returncode, done.stdout, len(done.stderr.splitlines())) == (2, "", 1)
    assert number in done.stderr
