"""The time zone that a site's rule names for times without one."""

import re
from datetime import datetime, tzinfo
from functools import lru_cache
from zoneinfo import ZoneInfo

OFFSET = re.compile(r"[+-]\d\d:\d\d")


@lru_cache(maxsize=256)
def zone_of(text: str) -> tzinfo | None:
    """Return the zone of an offset such as ``+08:00`` or a name such as ``Europe/Berlin``; none of an empty text.

    Raises:
        ValueError: there is no such zone.
    """
    if not text:
        return None
    try:
        return datetime.fromisoformat(f"2000-01-01T00:00{text}").tzinfo if OFFSET.fullmatch(text) else ZoneInfo(text)
    except (ValueError, OSError, KeyError) as error:  # ZoneInfo has one of these for each way to be no zone
        raise ValueError("it must be an offset such as +08:00, or a zone such as Europe/Berlin") from error
