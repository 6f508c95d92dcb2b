"""Text to a date or an aware datetime. Not for choosing among several: that is dates.py."""

import re
from datetime import UTC, date, datetime, timedelta, tzinfo
from email.utils import parsedate_to_datetime

from dateutil import parser as dateutil_parser

from storage.article import Moment

MAX_AHEAD = timedelta(days=2)
EARLIEST_YEAR = 1900
EPOCH = re.compile(r"\d{10}(?:\d{3})?")
ISO = re.compile(
    r"(\d{4})-(\d\d?)-(\d\d?)(?:[T\s]+(\d\d?:\d\d(?::\d\d)?)(?:[.,]\d+)?\s*(Z|UTC|GMT|[+-]\d\d:?\d\d|[+-]\d\d(?!\d))?)?",
    re.IGNORECASE,
)
COMPACT = re.compile(r"(?:19|20)\d{6}")
MONTH_NAME = re.compile(r"(?i)\b(?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)[a-z]*")
YEAR = re.compile(r"\b(?:19|20)\d\d\b")
URL_DATE = re.compile(r"[/_.-]((?:19|20)\d\d)[/_-]?(0[1-9]|1[0-2])[/_-]?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)")
WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
WITH_WEEKDAY = re.compile(r"([a-z]{3})[a-z]*,? (\d\d?)/(\d\d?)/(\d{4})\b", re.IGNORECASE)
ZONES = {"UTC": 0, "GMT": 0, "Z": 0, "EST": -18000, "EDT": -14400, "CST": -21600, "CDT": -18000, "MST": -25200}
ZONES |= {"MDT": -21600, "PST": -28800, "PDT": -25200, "CET": 3600, "CEST": 7200, "BST": 3600, "EET": 7200}


def parse_moment(text: str, *, now: datetime) -> Moment | None:
    """Return what a metadata value says, or None where it says nothing certain.

    An aware datetime where an offset is given, else a date: the hour of a time without a zone is the publisher's
    own, and which zone that is nobody says, so only its day is kept. A day and month that could be swapped
    (03/04/2020), a year before 1900, 1970-01-01 and anything more than two days after now are no answer.
    """
    text = text.strip()[:80]
    if not text:
        return None
    found = parse_iso(text) or parse_number(text) or parse_mail(text) or parse_weekday(text) or parse_words(text)
    return found if found is not None and is_plausible(found, now=now) else None


def is_plausible(moment: Moment, *, now: datetime) -> bool:
    day = day_of(moment)
    return day.year >= EARLIEST_YEAR and day != date(1970, 1, 1) and day <= (now + MAX_AHEAD).date()


def day_of(moment: Moment) -> date:
    """The calendar day at the place of publication."""
    return moment.date() if isinstance(moment, datetime) else moment


def settled(stamp: datetime) -> Moment:
    """An aware datetime as it is, a naive one as its date."""
    return stamp if stamp.utcoffset() is not None else stamp.date()


def parse_iso(text: str) -> Moment | None:
    found = ISO.match(text)
    if not found:
        return None
    year, month, day, time, zone = found.groups()
    offset = "+00:00" if zone and zone.upper() in ("Z", "UTC", "GMT") else zone or ""
    stamp = f"{year}-{month:0>2}-{day:0>2}" + (f"T{time:0>5}{offset}" if time else "")
    try:
        return settled(datetime.fromisoformat(stamp)) if time else date.fromisoformat(stamp)
    except ValueError:
        return None


def parse_number(text: str) -> Moment | None:
    """Seconds or milliseconds since 1970, or a date as 20240131."""
    try:
        if EPOCH.fullmatch(text):
            return datetime.fromtimestamp(int(text[:10]), UTC)
        return datetime.strptime(text, "%Y%m%d").replace(tzinfo=UTC).date() if COMPACT.fullmatch(text) else None
    except (ValueError, OverflowError):
        return None


def parse_mail(text: str) -> Moment | None:
    """A date as in e-mail and RSS: ``Mon, 02 Jan 2006 15:04:05 -0700``."""
    try:
        stamp = parsedate_to_datetime(text) if ":" in text else None
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    return stamp if stamp is not None and stamp.utcoffset() is not None else None


def parse_weekday(text: str) -> date | None:
    """A date with slashes behind its day of the week, which tells the day from the month: ``Thu, 09/25/2025``."""
    found = WITH_WEEKDAY.match(text)
    if not found or found[1].lower() not in WEEKDAYS:
        return None
    first, second, year = int(found[2]), int(found[3]), int(found[4])
    days = {day for day in (valid_date(year, first, second), valid_date(year, second, first)) if day is not None}
    told = [day for day in days if day.weekday() == WEEKDAYS.index(found[1].lower())]
    return told[0] if len(told) == 1 else None


def valid_date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def date_in_path(url: str) -> date | None:
    """A whole date in a URL, or None."""
    found = URL_DATE.search(url)
    return valid_date(*map(int, found.groups())) if found else None


def parse_words(text: str) -> Moment | None:
    """A date with an English month name and a year, or day.month.year with dots, in some common order."""
    dotted = re.match(r"(\d\d?)\.\s?(\d\d?)\.(\d{4})", text)
    if not dotted and not (MONTH_NAME.search(text) and YEAR.search(text)):
        return None
    try:
        if dotted:
            return date(int(dotted[3]), int(dotted[2]), int(dotted[1]))
        first, second = (read_words(text, default=datetime(2000, month, day)) for month, day in ((1, 1), (2, 2)))  # noqa: DTZ001
    except (ValueError, OverflowError, TypeError):
        return None
    return settled(first) if first == second else None


def read_words(text: str, *, default: datetime) -> datetime:
    return dateutil_parser.parse(text, default=default, tzinfos=zone_named)


def zone_named(name: str | None, offset: int | None) -> tzinfo | int | None:
    """The offset of a zone abbreviation, for those that mean one thing in practice."""
    if offset is not None or name is None:
        return offset
    return ZONES.get(name.upper(), 0) if name.upper() in ZONES else None
