"""The day that an address names, as ``/2026/11/26/`` or ``20261126``. Not sure: a day of the event, or of nothing."""

import re
from datetime import date
from urllib.parse import urlsplit

DATE_IN_PATH = re.compile(
    r"(?<!\d)((?:19|20)\d\d)(?:[/_-](0?[1-9]|1[0-2])(?:[/_-](\d{1,2}))?|(0[1-9]|1[0-2])(\d\d))(?!\d)"
)


def date_in_url(url: str) -> date | None:
    """Return the day in the path of url, the first of the month where it names no day; None where there is none."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for found in DATE_IN_PATH.finditer(path):
        year, month, day, other_month, other_day = found.groups()
        try:
            return date(int(year), int(month or other_month), int(day or other_day or 1))
        except ValueError:
            continue
    return None
