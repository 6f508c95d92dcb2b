"""The dates of sitemaps (https://www.w3.org/TR/NOTE-datetime), for putting sitemaps in order. Pure."""

import re
from datetime import UTC, date, datetime, time, timedelta

from crawler.extract.moments import parse_moment

MONTH = re.compile(r"(\d{4})(?:-(\d\d))?")


def latest_instant(text: str, *, now: datetime) -> datetime | None:
    """Return the last instant that a lastmod may mean: of a year, a month or a day its end. None where it says nothing.

    A year or a month is no date of an article, so parse_moment leaves them out; here they still tell old from new.
    """
    moment = parse_moment(text, now=now) or end_of_month(text.strip())
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return datetime.combine(moment, time.max, tzinfo=UTC)
    return moment


def end_of_month(text: str) -> date | None:
    """The last day of a month or year, ``2026-04`` or ``2026``."""
    found = MONTH.fullmatch(text)
    if not found:
        return None
    year, month = int(found[1]), int(found[2] or 12)
    if not (1900 <= year < 9999 and 1 <= month <= 12):
        return None
    return date(year + month // 12, month % 12 + 1, 1) - timedelta(days=1)
