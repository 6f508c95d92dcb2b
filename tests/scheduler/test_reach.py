"""Whether anything at all is reached: told from what other sources met with meanwhile."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.order import RunResult, Status
from scheduler.reach import Reach
from storage.verdict import Verdict

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)


def result(source: str, *documents: Verdict, status: Status = "failed") -> RunResult:
    return RunResult(run_id=1, source=source, status=status, reason="", documents=documents)


DOWN, ANSWER = Verdict.NETWORK_ERROR, Verdict.HTTP_ERROR


@pytest.mark.parametrize(
    ("runs", "is_cut_off"),
    [
        ([], False),
        ([("a", DOWN, 0)], False),
        ([("b", DOWN, 0)], True),
        ([("b", DOWN, 0), ("c", Verdict.TIMEOUT, 0)], True),
        ([("b", DOWN, 0), ("c", ANSWER, 0)], False),
        ([("b", DOWN, 0), ("c", ANSWER, -2)], True),
        ([("b", ANSWER, -2), ("b", DOWN, 0)], True),
        ([("b", DOWN, -2)], False),
    ],
)
def test_it_is_cut_off_where_nobody_answered_anybody(runs: list[tuple[str, Verdict, int]], is_cut_off: bool) -> None:
    reach = Reach()
    for source, verdict, hours in runs:
        reach.note(result(source, verdict), NOON + hours * HOUR)
    assert reach.is_cut_off("a", since=NOON - HOUR) is is_cut_off


def test_a_run_that_was_cut_short_says_nothing() -> None:
    reach = Reach()
    reach.note(result("b", DOWN), NOON)
    reach.note(result("c", status="interrupted"), NOON)
    assert reach.is_cut_off("a", since=None)
