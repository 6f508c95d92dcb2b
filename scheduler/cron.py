"""Cron strings of five fields: read and checked without APScheduler. Not for when one fires next.

The syntax is that of crontab(5): numbers, ranges, lists, steps, names of months and weekdays, and ``last`` for the last
day of a month. Weekdays count as there, 0 and 7 are Sunday; APScheduler counts from Monday, so ``Cron.crontab`` names
them. Where both day fields are narrowed, both must fit, as APScheduler has it (cron itself takes either).
"""

import re
from calendar import monthrange
from collections.abc import Sequence
from dataclasses import dataclass

from scheduler.errors import BadEvery

WEEKDAYS = ("sun", "mon", "tue", "wed", "thu", "fri", "sat")
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
PART = re.compile(r"(?P<first>\*|\d{1,2}|[a-z]{3})(?:-(?P<last>\d{1,2}|[a-z]{3}))?(?:/(?P<step>\d{1,2}))?")


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a cron string. names: of its values, from lowest on; first_name: the value of the first."""

    title: str
    lowest: int
    highest: int
    names: Sequence[str] = ()


MINUTE = Field("minute", 0, 59)
HOUR = Field("hour", 0, 23)
DAY = Field("day of month", 1, 31)
MONTH = Field("month", 1, 12, MONTHS)
WEEKDAY = Field("weekday", 0, 7, WEEKDAYS)


@dataclass(frozen=True, slots=True)
class Cron:
    """A cron string that was checked. text: as written; crontab: as APScheduler's CronTrigger.from_crontab reads it."""

    text: str
    crontab: str


def parse_cron(text: str) -> Cron:
    """Return the cron string that text is.

    Raises:
        BadEvery: not five fields, a field that cannot be read, or a date that never comes, such as 31 February.
    """
    fields = text.lower().split()
    if len(fields) != 5:
        raise BadEvery(text, f"it has {len(fields)} of the five fields of cron: minute hour day month weekday")
    try:
        minute, hour, day, month, weekday = fields
        values_of(minute, MINUTE)
        values_of(hour, HOUR)
        days = set() if day == "last" else values_of(day, DAY)
        months = values_of(month, MONTH)
        weekdays = values_of(weekday, WEEKDAY)
    except ValueError as error:
        raise BadEvery(text, str(error)) from error
    # 2024 was a leap year.
    if days and min(days) > max(monthrange(2024, number)[1] for number in months):
        raise BadEvery(text, "that day never comes")
    return Cron(text, " ".join([minute, hour, day, month, named(weekdays)]))


def values_of(text: str, field: Field) -> set[int]:
    """Return the values that one field of a cron string names. Raises ValueError saying what is wrong."""
    return set().union(*(range_of(part, field) for part in text.split(",")))


def range_of(text: str, field: Field) -> range:
    """Return the values of one part of a list, such as ``5``, ``1-5``, ``*/15`` or ``mon-fri``."""
    found = PART.fullmatch(text)
    if found is None or (found["first"] == "*" and found["last"]):
        raise ValueError(f"{text!r} is not a {field.title}")
    step = int(found["step"] or 1)
    first = field.lowest if found["first"] == "*" else number_of(found["first"], field)
    last = first
    if found["last"]:
        last = number_of(found["last"], field)
    elif found["step"] or found["first"] == "*":
        last = field.highest
    if first > last:
        raise ValueError(f"{text!r} runs backwards")
    if step < 1 or (found["step"] and step > last - first):
        raise ValueError(f"the step of {text!r} is not between 1 and {last - first}")
    return range(first, last + 1, step)


def number_of(text: str, field: Field) -> int:
    """Return the value of a number or name."""
    if text in field.names:
        return field.names.index(text) + field.lowest
    if not text.isdigit():
        raise ValueError(f"{text!r} is not a {field.title}")
    if not field.lowest <= int(text) <= field.highest:
        raise ValueError(f"the {field.title} {text} is not between {field.lowest} and {field.highest}")
    return int(text)


def named(weekdays: set[int]) -> str:
    """Return weekdays by name, for a number means another day to APScheduler."""
    days = {day % 7 for day in weekdays}
    return "*" if len(days) == 7 else ",".join(WEEKDAYS[day] for day in sorted(days))
