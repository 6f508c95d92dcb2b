"""Spans of time as people write them: ``30m``, ``6h``, ``7d``. Not for points in time."""

import re
from datetime import timedelta

from storage.errors import BadDuration

SECONDS = {"s": 1, "m": 60, "h": 3600, "d": 86400, "w": 604800}
PATTERN = re.compile(r"(\d+(?:\.\d+)?)\s*([smhdw])")


def parse_duration(text: str) -> timedelta:
    """Return the span that text names, e.g. ``90s``, ``30m``, ``6h``, ``7d``, ``2w``.

    Raises:
        BadDuration: anything else, and spans over 100 years.
    """
    found = PATTERN.fullmatch(text.strip().lower())
    if found is None:
        raise BadDuration(text)
    seconds = float(found[1]) * SECONDS[found[2]]
    if seconds > 100 * 365 * 86400:
        raise BadDuration(text)
    return timedelta(seconds=seconds)


def format_duration(span: timedelta) -> str:
    """Return span in its largest whole unit, e.g. ``6h``; below a minute in seconds."""
    seconds = max(0, round(span.total_seconds()))
    for unit in ("d", "h", "m"):
        size = SECONDS[unit]
        if seconds >= size:
            return (
                f"{seconds / size:.0f}{unit}"
                if seconds >= 10 * size
                else f"{seconds / size:.1f}".removesuffix(".0") + unit
            )
    return f"{seconds}s"
