"""When a source is due after a run, by how the run ended."""

from datetime import UTC, datetime, timedelta

import pytest

from crawler.order import RunResult, Status
from scheduler.plan import visit_after
from scheduler.settings import SchedulerSettings
from storage.source import Source, SourceState

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
SETTINGS = SchedulerSettings(jitter=0)
STATE = SourceState(source=Source(name="blog", url="https://example.org/", every="1h"), failures=2)


def result(status: Status) -> RunResult:
    return RunResult(run_id=1, source="blog", status=status, reason="")


@pytest.mark.parametrize(("status", "hours"), [("finished", 1), ("failed", 8)])
def test_a_success_forgets_the_failures_before_it(status: Status, hours: int) -> None:
    visit = visit_after(STATE, result(status), now=NOON, settings=SETTINGS)
    assert visit.at == NOON + timedelta(hours=hours)


def test_a_run_that_a_stop_cut_short_is_due_at_once() -> None:
    visit = visit_after(STATE, result("interrupted"), now=NOON, settings=SETTINGS, is_stopping=True)
    assert (visit.at, visit.because) == (NOON, "the last run was cut short")


def test_a_run_that_broke_off_by_itself_is_not_begun_again_at_once() -> None:
    visit = visit_after(STATE, result("interrupted"), now=NOON, settings=SETTINGS)
    assert visit.at == NOON + timedelta(minutes=10)
    assert visit.because == "the last run was cut short, and scheduler.shortest is 10m"


def test_a_run_that_ended_before_the_stop_keeps_its_rhythm() -> None:
    visit = visit_after(STATE, result("finished"), now=NOON, settings=SETTINGS, is_stopping=True)
    assert visit.at == NOON + timedelta(hours=1)
