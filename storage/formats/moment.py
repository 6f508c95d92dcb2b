"""Times as the formats write them. Not for reading any."""

from datetime import UTC, date, datetime, timedelta, timezone

from storage.article import Article, Moment

CHINA = timezone(timedelta(hours=8))


def first_known_moment(article: Article) -> Moment | None:
    """Return when it was published, or when it was captured where the page gives no date."""
    return article.published_at or article.captured_at


def in_zone(moment: Moment, zone: timezone) -> datetime:
    """Return the moment in a zone, to the second; a date is its midnight there, a naive time is taken for UTC."""
    if not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=zone)
    aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    try:
        return aware.astimezone(zone).replace(microsecond=0)
    except OverflowError:  # the first and last day of the calendar
        return aware.replace(tzinfo=zone, microsecond=0)


def utc_day(moment: Moment) -> date:
    """Return the day in UTC; a date is itself."""
    return in_zone(moment, UTC).date()


def utc_text(moment: Moment) -> str:
    """Return ``2024-01-31T13:57:00Z``."""
    return in_zone(moment, UTC).replace(tzinfo=None).isoformat() + "Z"


def china_text(moment: Moment) -> str:
    """Return ``2024-06-03 14:32:38 +08:00``."""
    return in_zone(moment, CHINA).replace(tzinfo=None).isoformat(sep=" ") + " +08:00"
