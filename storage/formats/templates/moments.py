"""Dates in the letters of Day.js, which the users of Obsidian's Web Clipper know. Not for reading dates of the web."""

import re
from calendar import monthrange
from datetime import UTC, date, datetime, timedelta

# https://day.js.org/docs/en/display/format
TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|A|a|ZZ|Z")
# What can be read in a layout, by its token.
FIELDS = {
    **{"YYYY": "year", "MM": "month", "M": "month", "DD": "day", "D": "day"},
    **{"HH": "hour", "H": "hour", "mm": "minute", "m": "minute", "ss": "second", "s": "second"},
}
CHANGE = re.compile(r"([+-])\s*(\d{1,6})\s*(minute|hour|day|week|month|year)s?")
MONTH_NAMES = "January February March April May June July August September October November December"
DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def format_moment(value: object, layout: str = "YYYY-MM-DD", given: str = "") -> str:
    """Return a date or time laid out; what is none comes back as it is.

    given: how it is laid out so far; ISO 8601 if empty.
    """
    moment = read_laid_out(str(value), given) if given else read_moment(str(value))
    return TOKEN.sub(lambda found: written(found, moment), layout) if moment else str(value)


def read_moment(text: str) -> datetime | None:
    """Return the moment, a date as its midnight in UTC; None where the text is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def read_laid_out(text: str, layout: str) -> datetime | None:
    """Return the moment of a text in a layout of numbers such as ``DD.MM.YYYY``; None where the text is of another."""
    pattern = ""
    position = 0
    for token in TOKEN.finditer(layout):
        field = FIELDS.get(token[0])
        if field is None:
            return None
        pattern += re.escape(layout[position : token.start()]) + rf"(?P<{field}>\d{{{len(token[0])},4}})"
        position = token.end()
    found = re.fullmatch(pattern + re.escape(layout[position:]), text)
    try:
        return datetime(**{"month": 1, "day": 1, **numbers(found)}, tzinfo=UTC) if found else None
    except (TypeError, ValueError):
        return None


def numbers(found: re.Match[str]) -> dict[str, int]:
    """Return what each group holds."""
    return {name: int(text) for name, text in found.groupdict().items()}


def modify_date(value: object, change: str) -> str:
    """Return the date so much later or earlier, such as ``+1 year`` or ``- 2 months``; what is none comes back.

    Raises:
        ValueError: the change is none, or leads beyond the calendar.
    """
    moment, found = read_moment(str(value)), CHANGE.fullmatch(change.strip())
    if found is None:
        raise ValueError(f"date_modify takes a change such as '+1 year', not {change!r}")
    if moment is None:
        return str(value)
    amount = int(found[1] + found[2])
    months = {"month": amount, "year": amount * 12}.get(found[3])
    try:
        later = moment + timedelta(**{f"{found[3]}s": amount}) if months is None else after_months(moment, months)
    except OverflowError as error:
        raise ValueError(f"no calendar has the day that is {change} from {value}") from error
    return later.date().isoformat()


def after_months(moment: datetime, months: int) -> datetime:
    """Return the same day so many months later, the month's last where it has no such day."""
    year, month = divmod(moment.year * 12 + moment.month - 1 + months, 12)
    return moment.replace(year=year, month=month + 1, day=min(moment.day, monthrange(year, month + 1)[1]))


def written(found: re.Match[str], moment: datetime) -> str:
    """Return what stands for one token; text in brackets is itself."""
    if found[1] is not None:
        return found[1]
    hour = moment.hour % 12 or 12
    zone = moment.isoformat()[-6:]
    month, day = MONTH_NAMES.split()[moment.month - 1], DAY_NAMES.split()[moment.weekday()]
    values = {
        **{"YYYY": f"{moment.year:04}", "YY": f"{moment.year % 100:02}"},
        **{"MMMM": month, "MMM": month[:3], "MM": f"{moment.month:02}", "M": str(moment.month)},
        **{"DD": f"{moment.day:02}", "D": str(moment.day), "dddd": day, "ddd": day[:3]},
        **{"HH": f"{moment.hour:02}", "H": str(moment.hour), "hh": f"{hour:02}", "h": str(hour)},
        **{"mm": f"{moment.minute:02}", "m": str(moment.minute)},
        **{"ss": f"{moment.second:02}", "s": str(moment.second)},
        **{"A": "AM" if moment.hour < 12 else "PM", "a": "am" if moment.hour < 12 else "pm"},
        **{"Z": zone, "ZZ": zone.replace(":", "")},
    }
    return values[found[0]]


def day_text(moment: datetime | date | None) -> str:
    """Return ``2024-01-31``; nothing for no moment."""
    return "" if moment is None else moment.isoformat()[:10]


def moment_text(moment: datetime | date | None) -> str:
    """Return a time with its offset, a date as it is, nothing for no moment."""
    if isinstance(moment, datetime):
        return moment.isoformat(timespec="seconds")
    return day_text(moment)
