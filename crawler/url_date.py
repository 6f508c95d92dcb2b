"""The day that stands in a URL's path, as newspapers and calendars write it. Pure; not for dates within pages."""

import re
from datetime import date, timedelta
from urllib.parse import urlsplit

YEAR, MONTH, DAY = r"((?:19|2\d)\d\d)", r"(0?[1-9]|1[0-2])", r"(0?[1-9]|[12]\d|3[01])"
# /2026/11/26/, /2026-11-26-slug. Not /20261126: many an article's number looks like that.
WHOLE = (
    re.compile(rf"/{YEAR}/{MONTH}/{DAY}(?=[/.]|$)"),
    re.compile(rf"/{YEAR}-{MONTH}-{DAY}(?=[/._-]|$)"),
)
OF_MONTH = re.compile(rf"/{YEAR}[/-]{MONTH}(?=/|$)")


def url_date(url: str) -> date | None:
    """Return the day that a URL's path names, or None; where it names a month only, that month's last day."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in WHOLE:
        found = pattern.search(path)
        if found:
            return day_of(int(found[1]), int(found[2]), int(found[3]))
    month = OF_MONTH.search(path)
    return last_day_of(int(month[1]), int(month[2])) if month else None


def day_of(year: int, month: int, day: int) -> date | None:
    """Return a date, or None where the calendar has none such."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def last_day_of(year: int, month: int) -> date:
    """Return the last day of a month."""
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
