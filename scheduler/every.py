"""How often a source is visited, as its owner wrote it: ``auto``, a span, or cron. Not for when that is next."""

from dataclasses import dataclass
from datetime import timedelta

from scheduler.cron import Cron, parse_cron
from scheduler.errors import BadEvery
from storage.duration import parse_duration
from storage.errors import BadDuration


@dataclass(frozen=True, slots=True)
class Auto:
    """The program chooses."""


@dataclass(frozen=True, slots=True)
class Interval:
    """So long after the last visit."""

    span: timedelta


Every = Auto | Interval | Cron


def parse_every(text: str) -> Every:
    """Return what text says: ``auto``, a span such as ``30m``, or a cron string such as ``0 6 * * *``.

    Raises:
        BadEvery: anything else, and a span of nothing.
    """
    text = text.strip()
    if text == "auto":
        return Auto()
    if len(text.split()) > 2:
        return parse_cron(text)
    try:
        span = parse_duration(text)
    except BadDuration as error:
        raise BadEvery(text, "it cannot be read") from error
    if not span:
        raise BadEvery(text, "it is no time at all")
    return Interval(span)
