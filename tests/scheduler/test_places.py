"""Where a source is looked for after a run: each case a standing, a run, and the standing after it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from crawler.order import RunResult
from scheduler.places import (
    brings_nothing,
    is_out_of_reach,
    is_own_due,
    placing_after,
    placing_after_own,
    standing_of,
)
from scheduler.settings import SchedulerSettings
from storage.outcome import Totals
from storage.source import Source, SourceKind, SourceState
from storage.verdict import Verdict

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
DAY = timedelta(days=1)
SETTINGS = SchedulerSettings(fallback_runs=3)
OWN, SECOND, THIRD = (f"https://example.org/{name}" for name in ("own", "second", "third"))
SOURCE = Source(name="blog", url=OWN, fallbacks=(SECOND, THIRD))


def state(place: int = 0, empty_runs: int = 0, **values: Any) -> SourceState:
    since = NOON - DAY / 2 if place else None
    return SourceState(source=SOURCE, place=place, empty_runs=empty_runs, place_since=since, **values)


def result(*documents: Verdict, offered: int = 0, **values: Any) -> RunResult:
    status = "failed" if documents and not offered and Verdict.UNCHANGED not in documents else "finished"
    given: dict[str, Any] = {"status": status, "reason": "HTTP 500", **values}
    return RunResult(run_id=1, source="blog", totals=Totals(offered=offered), documents=documents, **given)


GOOD, EMPTY, BROKEN = result(offered=5), result(), result(Verdict.HTTP_ERROR)
UNCHANGED, UNREACHED, CUT = result(Verdict.UNCHANGED), result(Verdict.TIMEOUT), result(status="interrupted")
UNBEGUN = replace(BROKEN, run_id=0)
PAGE: dict[str, Any] = {"found_kind": SourceKind.PAGE, "offered": 1}


@pytest.mark.parametrize(
    ("run", "is_nothing"),
    [
        (GOOD, False),
        (UNCHANGED, False),
        (result(Verdict.HTTP_ERROR, offered=3), False),
        (EMPTY, True),
        (BROKEN, True),
        (UNREACHED, True),
        (result(**PAGE, verdicts={Verdict.CAPTURED: 1}), False),
        (result(**PAGE, verdicts={Verdict.UNCHANGED: 1}), False),
        (result(**PAGE, verdicts={Verdict.GONE: 1}), True),
        (result(offered=1, verdicts={Verdict.GONE: 1}), False),
    ],
)
def test_what_a_run_brought(run: RunResult, is_nothing: bool) -> None:
    assert brings_nothing(run) is is_nothing


@pytest.mark.parametrize(
    ("run", "is_so"),
    [
        (UNREACHED, True),
        (result(Verdict.TIMEOUT, Verdict.NETWORK_ERROR), True),
        (result(**PAGE, verdicts={Verdict.NETWORK_ERROR: 1}), True),
        (result(Verdict.TIMEOUT, Verdict.HTTP_ERROR), False),
        (BROKEN, False),
        (EMPTY, False),
        (GOOD, False),
    ],
)
def test_what_ended_on_the_way_is_told_from_what_was_answered(run: RunResult, is_so: bool) -> None:
    assert is_out_of_reach(run) is is_so


@pytest.mark.parametrize(
    ("before", "run", "place", "empty_runs"),
    [
        (state(0, 0), EMPTY, 0, 1),
        (state(0, 1), BROKEN, 0, 2),
        (state(0, 2), GOOD, 0, 0),
        (state(0, 2), UNCHANGED, 0, 0),
        (state(0, 2), CUT, 0, 2),
        (state(0, 2), UNBEGUN, 0, 2),
        (state(0, 2), EMPTY, 1, 0),
        (state(0, 2), BROKEN, 1, 0),
        (state(0, 2), UNREACHED, 1, 0),
        (state(0, 7), BROKEN, 1, 0),
        (state(1, 2), EMPTY, 2, 0),
        (state(1, 1), GOOD, 1, 0),
        (state(2, 2), BROKEN, 0, 0),
    ],
)
def test_a_source_moves_after_so_many_runs_without_anything(
    before: SourceState, run: RunResult, place: int, empty_runs: int
) -> None:
    placing = placing_after(before, run, now=NOON, settings=SETTINGS)
    after = placing.standing
    assert (after.place, after.empty_runs, after.is_moved) == (place, empty_runs, place != before.place)
    assert bool(placing.said) is after.is_moved
    if after.is_moved:
        assert set(after.unlearned) == {SOURCE.places[before.place], SOURCE.places[place]}
        assert after.since == (NOON if place else None)
        assert bool(after.because) is bool(place)


def test_a_move_is_told_with_its_reason() -> None:
    placing = placing_after(state(0, 2), BROKEN, now=NOON, settings=SETTINGS)
    because = f"{OWN} brought nothing in 3 runs in a row (HTTP 500)"
    assert placing.said == f"from now on it is looked for at {SECOND}, because {because}"
    assert (placing.standing.because, placing.standing.own_tried_at) == (because, NOON)


def test_a_source_moves_for_no_fault_of_our_own_network() -> None:
    before = state(0, 2)
    for run, place in ((UNREACHED, 0), (BROKEN, 1), (EMPTY, 1)):
        placing = placing_after(before, run, now=NOON, settings=SETTINGS, is_cut_off=True)
        assert placing.standing.place == place
    unmoved = placing_after(before, UNREACHED, now=NOON, settings=SETTINGS, is_cut_off=True)
    assert unmoved.standing == standing_of(before)


def test_a_source_without_fallbacks_counts_and_stays() -> None:
    alone = SourceState(source=Source(name="blog", url=OWN), empty_runs=9)
    placing = placing_after(alone, EMPTY, now=NOON, settings=SETTINGS)
    assert (placing.standing.place, placing.standing.empty_runs, placing.said) == (0, 10, "")


@pytest.mark.parametrize(
    ("before", "is_due"),
    [
        (state(0), False),
        (state(1), False),
        (state(1, own_tried_at=NOON - DAY), True),
        (state(1, own_tried_at=NOON - DAY / 3), False),
        (SourceState(source=SOURCE, place=1, place_since=NOON - DAY), True),
        (SourceState(source=SOURCE, place=1), True),
        (SourceState(source=SOURCE, place=9), False),
    ],
)
def test_the_own_url_is_tried_once_a_day(before: SourceState, is_due: bool) -> None:
    assert is_own_due(before, now=NOON, settings=SETTINGS) is is_due


def test_an_own_url_that_works_again_is_taken_back() -> None:
    placing = placing_after_own(state(2, 1), GOOD, now=NOON)
    after = placing.standing
    assert (after.place, after.empty_runs, after.since, after.because, after.is_moved) == (0, 0, None, "", True)
    assert placing.said == f"{OWN} works again and is watched instead of {THIRD}"


@pytest.mark.parametrize(("run", "tried_at"), [(EMPTY, NOON), (BROKEN, NOON), (CUT, None)])
def test_an_own_url_that_does_not_work_is_left_for_another_day(run: RunResult, tried_at: datetime | None) -> None:
    placing = placing_after_own(state(2, 1), run, now=NOON)
    after = placing.standing
    assert (after.place, after.empty_runs, after.is_moved, after.own_tried_at) == (2, 1, False, tried_at)
    assert bool(placing.said) is (tried_at is not None)
