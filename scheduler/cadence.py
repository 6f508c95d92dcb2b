"""When a source is visited next, and why then. Pure, but for the calendar of a cron string."""

import hashlib
from dataclasses import dataclass
from datetime import datetime, timedelta

from scheduler.cron import Cron
from scheduler.every import Auto, Every, Interval
from scheduler.settings import SchedulerSettings
from scheduler.timetable import next_fire
from storage.duration import format_duration, parse_duration

CRON_SPREAD = timedelta(seconds=60)
MOST_DOUBLINGS = 6


@dataclass(frozen=True, slots=True)
class Visit:
    """When a source is due, and the reason in words."""

    at: datetime
    because: str


def next_visit(every: Every, *, name: str, now: datetime, failures: int, settings: SchedulerSettings) -> Visit:
    """Return the visit after one that ended now.

    name: spreads sources of one rhythm, by up to settings.jitter of it, and always the same way; never later than
    the rhythm, nor earlier than settings.shortest. failures: runs in a row that failed; each doubles an interval, up
    to settings.longest.
    """
    if isinstance(every, Cron):
        return cron_visit(every, name=name, now=now, settings=settings)
    span, because = wanted_span(every, settings)
    shortest, longest = parse_duration(settings.shortest), parse_duration(settings.longest)
    if span < shortest:
        span, because = shortest, f"{because}, but scheduler.shortest is {settings.shortest}"
    if failures:
        span = min(longest, span * 2 ** min(failures, MOST_DOUBLINGS))
        because = f"{because}; after {failures} failed in a row: {format_duration(span)}"
    if span > longest:
        span, because = longest, f"{because}, but scheduler.longest is {settings.longest}"
    return Visit(now + max(shortest, span * (1 - settings.jitter * share_of(name))), because)


def wanted_span(every: Auto | Interval, settings: SchedulerSettings) -> tuple[timedelta, str]:
    """Return the interval asked for, and who asks."""
    if isinstance(every, Interval):
        return every.span, f"every {format_duration(every.span)}"
    return parse_duration(settings.every), f"scheduler.every is {settings.every}"


def cron_visit(cron: Cron, *, name: str, now: datetime, settings: SchedulerSettings) -> Visit:
    """Return when cron fires next, spread over a minute, and not before settings.shortest has passed.

    Never, which a checked string is not, counts as longest.
    """
    fire = next_fire(cron.crontab, now)
    if fire is None:
        return Visit(now + parse_duration(settings.longest), f"cron {cron.text!r} never fires")
    spread = CRON_SPREAD * share_of(name) if settings.jitter else timedelta()
    at, because = fire + spread, f"cron {cron.text!r} (UTC)"
    soonest = now + parse_duration(settings.shortest)
    if at < soonest:
        return Visit(soonest, f"{because}, but scheduler.shortest is {settings.shortest}")
    return Visit(at, because)


def share_of(name: str) -> float:
    """Return a number in [0, 1) that is always the same for name."""
    return int.from_bytes(hashlib.sha256(name.encode()).digest()[:4]) / 2**32
