"""What ``every`` may be, compared with the cron reader that carries it out."""

from datetime import UTC, datetime, timedelta

import pytest
from apscheduler.triggers.cron import CronTrigger

from scheduler.cron import Cron, parse_cron
from scheduler.errors import BadEvery
from scheduler.every import Auto, Interval, parse_every

GOOD = [
    "0 6 * * *",
    "*/15 * * * *",
    "0,30 8-18 * * mon-fri",
    "5/10 * * * *",
    "0 0 1 1 *",
    "0 0 last * *",
    "0 12 29 2 *",
    "0 6 * JAN,Jul mon",
    "0 6 * jan-mar *",
    "10-40/10 */2 1-7 * 1",
    "59 23 31 12 6",
    "*/59 */23 * * *",
]
BAD = [
    "60 * * * *",
    "* 24 * * *",
    "* * 0 * *",
    "* * 32 * *",
    "* * * 13 *",
    "* * * 0 *",
    "* * * * 8",
    "* * * * mun",
    "* * * juni *",
    "*/0 * * * *",
    "*/60 * * * *",
    "30-10 * * * *",
    "* * * * fri-mon",
    "1,,2 * * * *",
    "a * * * *",
    "* * * *",
    "* * * * * *",
    "-1 * * * *",
    "1- * * * *",
]


@pytest.mark.parametrize("text", GOOD)
def test_what_is_good_is_good_to_apscheduler(text: str) -> None:
    cron = parse_cron(text)
    assert cron.text == text
    trigger = CronTrigger.from_crontab(cron.crontab, timezone=UTC)
    assert trigger.get_next_fire_time(None, datetime(2026, 1, 1, tzinfo=UTC)) is not None


@pytest.mark.parametrize("text", BAD)
def test_what_is_bad_is_bad_to_apscheduler(text: str) -> None:
    with pytest.raises(ValueError, match=r"."):
        CronTrigger.from_crontab(text, timezone=UTC)
    with pytest.raises(BadEvery) as caught:
        parse_cron(text)
    assert repr(text) in str(caught.value)


@pytest.mark.parametrize("text", ["0 0 31 2 *", "0 0 31 4,6 *", "* * last5 * *", "* * * * mon-fri/2x"])
def test_what_apscheduler_would_take_but_never_or_wrongly_carry_out_is_refused(text: str) -> None:
    with pytest.raises(BadEvery):
        parse_cron(text)


@pytest.mark.parametrize(
    ("text", "weekday"), [("0", 6), ("7", 6), ("sun", 6), ("1", 0), ("mon", 0), ("6", 5), ("6-7", 5)]
)
def test_weekdays_count_as_in_crontab(text: str, weekday: int) -> None:
    trigger = CronTrigger.from_crontab(parse_cron(f"0 6 * * {text}").crontab, timezone=UTC)
    monday = datetime(2026, 1, 5, tzinfo=UTC)
    fired = trigger.get_next_fire_time(None, monday)
    assert fired is not None
    assert fired.weekday() == weekday


def test_auto_spans_and_cron_are_told_apart() -> None:
    assert parse_every("auto") == Auto()
    assert parse_every(" 30m ") == Interval(timedelta(minutes=30))
    assert parse_every("0 6 * * 1-5") == Cron("0 6 * * 1-5", "0 6 * * mon,tue,wed,thu,fri")


@pytest.mark.parametrize(
    "text", ["", "soon", "30", "0m", "0s", "-5m", "30 minutes", "Auto please now", "1e3h", "@daily"]
)
def test_anything_else_is_refused_by_name(text: str) -> None:
    with pytest.raises(BadEvery, match="30m or 6h"):
        parse_every(text)
