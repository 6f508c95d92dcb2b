"""The tick of the service, and when a cron string fires."""

import asyncio
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from scheduler.cron import parse_cron
from scheduler.timetable import Tick, next_fire

BERLIN = ZoneInfo("Europe/Berlin")


@pytest.mark.parametrize(
    ("text", "after", "fire"),
    [
        ("0 6 * * *", "2026-03-01T05:59:59.999999Z", "2026-03-01T06:00Z"),
        ("0 6 * * *", "2026-03-01T06:00:00.000001Z", "2026-03-02T06:00Z"),
        ("*/15 * * * *", "2026-12-31T23:50Z", "2027-01-01T00:00Z"),
        ("0 6 * * 7", "2026-03-02T00:00Z", "2026-03-08T06:00Z"),
        ("0 6 * * 1-5", "2026-03-06T07:00Z", "2026-03-09T06:00Z"),
        ("0 0 last * *", "2028-02-01T00:00Z", "2028-02-29T00:00Z"),
        ("0 12 29 2 *", "2026-03-01T00:00Z", "2028-02-29T12:00Z"),
        ("0 6 * * *", "2026-03-29T07:30+02:00", "2026-03-29T06:00Z"),
    ],
)
def test_a_cron_string_fires_in_utc(text: str, after: str, fire: str) -> None:
    assert next_fire(parse_cron(text).crontab, datetime.fromisoformat(after)) == datetime.fromisoformat(fire)


def test_the_moment_itself_is_not_after_it() -> None:
    moment = datetime(2026, 3, 1, 6, tzinfo=UTC)
    assert next_fire("0 6 * * *", moment) == moment + timedelta(days=1)


def test_a_night_that_is_longer_elsewhere_fires_once() -> None:
    # 02:30 comes twice in Berlin on 25 October 2026; our days have 24 hours.
    fires = [datetime(2026, 10, 24, 12, tzinfo=BERLIN)]
    for _ in range(3):
        fire = next_fire("30 2 * * *", fires[-1])
        assert fire is not None
        fires.append(fire)
    assert [fire.isoformat() for fire in fires[1:]] == [f"2026-10-{day}T02:30:00+00:00" for day in (25, 26, 27)]


def test_a_day_that_never_comes_never_fires() -> None:
    assert next_fire("0 0 30 2 *", datetime(2026, 3, 1, tzinfo=UTC)) is None


def test_the_tick_comes_at_once_then_again_and_not_after_the_block() -> None:
    async def count() -> tuple[int, int]:
        ticks: list[float] = []
        thrice = asyncio.Event()

        async def note() -> None:
            ticks.append(asyncio.get_running_loop().time())
            if len(ticks) == 3:
                thrice.set()

        with Tick(note, seconds=0.05):
            await asyncio.wait_for(thrice.wait(), 5)
        inside = len(ticks)
        await asyncio.sleep(0.15)
        return inside, len(ticks)

    inside, after = asyncio.run(count())
    assert inside == after >= 3


def test_a_slow_tick_is_not_joined_by_another() -> None:
    async def most_at_once() -> int:
        running, most, done = 0, 0, asyncio.Event()

        async def dawdle() -> None:
            nonlocal running, most
            running += 1
            most = max(most, running)
            await asyncio.sleep(0.12)
            running -= 1
            done.set()

        with Tick(dawdle, seconds=0.02):
            await asyncio.wait_for(done.wait(), 5)
        return most

    assert asyncio.run(most_at_once()) == 1
