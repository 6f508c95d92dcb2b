"""The offset from UTC at the place of publication, where a page gives a time in UTC and elsewhere as read there."""

import re
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta, timezone

from crawler.extract.article_node import article_node, page_node
from crawler.extract.clues import Clues

STAMP = re.compile(r"(\d{4}-\d\d-\d\d)[T ](\d\d:\d\d:\d\d)(?:\.\d+)?\s*(Z|[+-]\d\d:?\d\d)?")
FARTHEST, STEP = timedelta(hours=14), timedelta(minutes=15)
MAX_TIMES = 60


def in_local_time(moment: datetime, clues: Clues) -> datetime:
    """The same instant in the offset in which the page states it elsewhere; unchanged where it is not in UTC.

    A time without an offset is the same instant read on a clock of that place if it shows the same minute and second
    and is some quarters of an hour away. Seconds of zero prove nothing.
    """
    if moment.utcoffset() != timedelta(0):
        return moment
    for stamp in stamps_of(clues):
        offset = offset_between(moment, stamp)
        if offset:
            return moment.astimezone(timezone(offset))
    return moment


def offset_between(moment: datetime, text: str) -> timedelta | None:
    """How far from UTC the clock of a stamp goes, if that is the same instant."""
    found = STAMP.match(text.strip())
    if not found:
        return None
    day, time, zone = found.groups()
    try:
        read = datetime.fromisoformat(f"{day}T{time}{'' if zone in (None, 'Z') else zone}")
    except ValueError:
        return None
    if read.utcoffset() is not None:
        return read.utcoffset() if read == moment.replace(microsecond=0) else None
    ahead = read.replace(tzinfo=UTC) - moment.replace(microsecond=0)
    is_same_clock = moment.second != 0 and abs(ahead) <= FARTHEST and ahead % STEP == timedelta(0)
    return ahead if is_same_clock else None


def stamps_of(clues: Clues) -> Iterable[str]:
    """The times that a page states: in meta elements, in the article's JSON-LD, in time elements."""
    for values in clues.meta.values():
        yield from (value for value in values if STAMP.match(value))
    for node in (article_node(clues), page_node(clues)):
        if node is not None:
            yield clues.graph.text(node, "datePublished")
    for element, _ in zip(clues.tree.iter("time"), range(MAX_TIMES), strict=False):
        yield element.get("datetime") or ""
