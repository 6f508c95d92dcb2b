"""When a source is due next, and what is said of why."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from scheduler.cadence import next_visit, share_of
from scheduler.every import Auto, Interval, parse_every
from scheduler.settings import SchedulerSettings

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
PLAIN = SchedulerSettings(jitter=0)
NAMES = [f"source {number}" for number in range(200)]


def hours(every: str, *, failures: int = 0, settings: SchedulerSettings = PLAIN) -> float:
    """Return after how many hours a source is due again."""
    visit = next_visit(parse_every(every), name="blog", now=NOON, failures=failures, settings=settings)
    return (visit.at - NOON) / HOUR


def because(every: str, *, failures: int = 0, settings: SchedulerSettings = PLAIN) -> str:
    return next_visit(parse_every(every), name="blog", now=NOON, failures=failures, settings=settings).because


def test_an_interval_is_counted_from_the_end_of_the_visit() -> None:
    assert hours("6h") == 6
    assert because("6h") == "every 6h"


def test_auto_is_the_interval_of_the_settings() -> None:
    settings = SchedulerSettings(every="3h", jitter=0)
    assert hours("auto", settings=settings) == 3
    assert because("auto", settings=settings) == "scheduler.every is 3h"


def test_what_is_too_often_is_clipped_and_says_so() -> None:
    assert hours("30s") == pytest.approx(1 / 6)
    assert because("30s") == "every 30s, but scheduler.shortest is 10m"


def test_what_is_too_seldom_is_clipped_and_says_so() -> None:
    assert hours("30d") == 7 * 24
    assert because("30d") == "every 30d, but scheduler.longest is 7d"


@pytest.mark.parametrize(("failures", "expected"), [(0, 1), (1, 2), (2, 4), (5, 32), (6, 64), (60, 64)])
def test_each_failure_doubles_the_interval(failures: int, expected: int) -> None:
    assert hours("1h", failures=failures) == expected


def test_failures_double_up_to_the_longest_and_say_so() -> None:
    settings = SchedulerSettings(longest="5h", jitter=0)
    assert hours("1h", failures=2, settings=settings) == 4
    assert hours("1h", failures=3, settings=settings) == 5
    assert because("1h", failures=3, settings=settings) == "every 1h; after 3 failed in a row: 5h"


def test_a_cron_string_is_in_utc_and_says_so() -> None:
    assert hours("30 14 * * *") == 2.5
    assert because("30 14 * * *") == "cron '30 14 * * *' (UTC)"


def test_failures_do_not_move_the_hours_of_cron() -> None:
    assert hours("30 14 * * *", failures=5) == 2.5


def test_cron_is_not_more_often_than_the_shortest() -> None:
    assert hours("* * * * *") == pytest.approx(1 / 6)
    assert because("* * * * *") == "cron '* * * * *' (UTC), but scheduler.shortest is 10m"


def test_sources_of_one_cron_string_are_spread_over_a_minute() -> None:
    cron = parse_every("0 14 * * *")
    settings = SchedulerSettings()
    visits = {next_visit(cron, name=name, now=NOON, failures=0, settings=settings).at for name in NAMES}
    assert len(visits) > 100
    assert all(timedelta() <= at - NOON - 2 * HOUR < timedelta(minutes=1) for at in visits)


def test_sources_of_one_interval_are_spread_and_always_alike() -> None:
    settings = SchedulerSettings(jitter=0.1)

    def visits() -> list[datetime]:
        each = Interval(10 * HOUR)
        return [next_visit(each, name=name, now=NOON, failures=0, settings=settings).at for name in NAMES]

    assert visits() == visits()
    assert len(set(visits())) == len(NAMES)
    assert max(visits()) - min(visits()) > timedelta(minutes=50)


@given(
    name=st.text(max_size=30),
    seconds=st.integers(1, 40 * 86400),
    failures=st.integers(0, 100),
    jitter=st.floats(0, 0.5),
    is_auto=st.booleans(),
)
def test_a_visit_is_never_later_than_its_rhythm_nor_outside_the_bounds(
    name: str, seconds: int, failures: int, jitter: float, is_auto: bool
) -> None:
    settings = SchedulerSettings(jitter=jitter, every="2h")
    every = Auto() if is_auto else Interval(timedelta(seconds=seconds))
    wait = next_visit(every, name=name, now=NOON, failures=failures, settings=settings).at - NOON
    asked = 2 * HOUR if is_auto else timedelta(seconds=seconds)
    shortest, longest = timedelta(minutes=10), timedelta(days=7)
    rhythm = min(longest, max(shortest, asked) * 2 ** min(failures, 6))
    assert max(shortest, rhythm * (1 - jitter) - timedelta(microseconds=1)) <= wait <= rhythm


@given(st.text())
def test_every_name_has_its_share(name: str) -> None:
    assert 0 <= share_of(name) < 1
    assert share_of(name) == share_of(name)
