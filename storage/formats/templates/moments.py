"""Dates in the letters of Day.js, which the users of Obsidian's Web Clipper know. Not for reading dates of the web."""

import re
from datetime import UTC, date, datetime

# https://day.js.org/docs/en/display/format
TOKEN = re.compile(r"\[([^\]]*)\]|YYYY|YY|MMMM|MMM|MM|M|DD|D|dddd|ddd|HH|H|hh|h|mm|m|ss|s|A|a|ZZ|Z")
MONTH_NAMES = "January February March April May June July August September October November December"
DAY_NAMES = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"


def format_moment(value: object, layout: str = "YYYY-MM-DD") -> str:
    """Return an ISO date or time laid out; what is none comes back as it is."""
    moment = read_moment(str(value))
    return TOKEN.sub(lambda found: written(found, moment), layout) if moment else str(value)


def read_moment(text: str) -> datetime | None:
    """Return the moment, a date as its midnight in UTC; None where the text is neither."""
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


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
