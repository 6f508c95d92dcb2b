"""How long an answer asks us to wait (RFC 9110, 10.2.3). Pure. Not for how that is kept: see pace."""

from collections.abc import Mapping
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

SLOW_DOWN = frozenset({429, 503})
REDIRECTS = frozenset({301, 302, 303, 307, 308})


def wait_seconds(status: int, headers: Mapping[str, str], *, now: datetime) -> float | None:
    """Return the seconds that the Retry-After of an answer asks for, or None.

    headers: Retry-After and Date, where it has them; a date counts from the server's own clock. now: aware.
    """
    if status not in SLOW_DOWN | REDIRECTS:
        return None
    value = headers.get("Retry-After", "").strip()
    if value.isascii() and value.isdigit():
        return float(value)
    until = moment_of(value)
    if until is None:
        return None
    return max(0.0, (until - (moment_of(headers.get("Date", "")) or now)).total_seconds())


def moment_of(value: str) -> datetime | None:
    """Return the moment of an HTTP date, or None."""
    try:
        moment = parsedate_to_datetime(value)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
