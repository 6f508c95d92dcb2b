"""Crawl traps: URLs that a site makes without end. What they look like, and how many of a look one run fetches.

Pure but for the counts of one run. Not for what a source's owner keeps out: that is the plan's policy.
"""

import re
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from urllib.parse import SplitResult, unquote_plus, urlsplit

from crawler.url_date import url_date
from storage.identity.url import url_key

MAX_DEPTH = 15
MAX_PARAMETERS = 10
MAX_REPEATS = 3
FAR_FUTURE = timedelta(days=400)
LONG_TOKEN = 24
# How many URLs of one look a run fetches from one host, and how many of a known document that offers only new ones.
CALENDAR_BUDGET = 50
FACET_BUDGET = 50
QUERY_BUDGET = 500
GROWTH_BUDGET = 200

DAY_NAMES = frozenset({"date", "day", "month", "week", "year", "eventdate", "cal", "calendar", "tribe-bar-date", "ym"})
FACET_NAMES = frozenset({
    "color", "colour", "dir", "direction", "facet", "facets", "filter", "filters", "limit", "order", "order_by",
    "orderby", "per_page", "perpage", "price", "refine", "size", "sort", "sort_by", "sortby",
})  # fmt: skip
# What names one article; with it, a date or an order in the query is no calendar's and no list's.
ID_NAME = re.compile(r"(?:id|idx|key|no|nr|num|seq)$|^(?:a|article|item|news|p|post|story)$")
CALENDAR_WORD = re.compile(
    r"/(?:calendar|calendario|calendrier|events?|kalender|agenda|termine|archives?)(?:/|$)", re.IGNORECASE
)
DATE_AT_END = re.compile(r"/(?:1[5-9]|2[0-9])\d\d[/-](?:0?[1-9]|1[0-2])(?:[/-](?:0?[1-9]|[12]\d|3[01]))?/?$")
DATE_VALUE = re.compile(r"((?:19|2\d)\d\d)-?(0[1-9]|1[0-2])(?:-?\d\d)?$")


@dataclass(frozen=True, slots=True)
class Shape:
    """What URLs of one kind have in common.

    limit: of these one run fetches; none where they are no trap's. waits: the next run takes more of them, for they
    may well be articles.
    """

    look: str
    limit: int | None = None
    kind: str = ""
    waits: bool = False


@dataclass(frozen=True, slots=True)
class Refusal:
    """Why a URL is not fetched in this run. waits: it may be in the next."""

    reason: str
    waits: bool = False


@dataclass(slots=True)
class Traps:
    """The budgets of one run: how many URLs of each shape it has let pass."""

    counts: Counter[str] = field(default_factory=Counter)

    def refusal(self, url: str) -> Refusal | None:
        """Return why a URL's budget is spent; otherwise take its share of the budget and return None."""
        shape = shape_of(url)
        if shape.limit is None:
            return None
        if self.counts[shape.look] < shape.limit:
            self.counts[shape.look] += 1
            return None
        rest = "; it waits for the next one" if shape.waits else ""
        reason = f"crawl trap: a run fetches {shape.limit} {shape.kind} like {shape.look}{rest}"
        return Refusal(reason, shape.waits)


def why_trap(url: str, *, now: datetime) -> str | None:
    """Return which rule a URL breaks by itself, in words, or None. now: aware."""
    parts = split(url)
    if parts is None:
        return None
    segments = [segment for segment in parts.path.split("/") if segment]
    if len(segments) > MAX_DEPTH:
        return f"crawl trap: its path is {len(segments)} levels deep, more than {MAX_DEPTH}"
    names = parameter_names(parts)
    if len(names) > MAX_PARAMETERS:
        return f"crawl trap: its query has {len(names)} parameters, more than {MAX_PARAMETERS}"
    cycle = repeated(segments)
    if cycle:
        return f"crawl trap: its path says /{'/'.join(cycle)} {MAX_REPEATS} times in a row"
    day = calendar_day(url, parts)
    if day is not None and day > (now + FAR_FUTURE).date():
        return f"crawl trap: a calendar's page for {day:%Y-%m}, more than {FAR_FUTURE.days} days from now"
    return None


def split(url: str) -> SplitResult | None:
    """Return the parts of a URL that can be read; the gate refuses the others."""
    try:
        return urlsplit(url)
    except ValueError:
        return None


def parameter_names(parts: SplitResult) -> list[str]:
    """Return the names of a query's parameters, in lower case."""
    return [unquote_plus(pair.partition("=")[0]).lower() for pair in parts.query.split("&") if pair]


def repeated(segments: list[str]) -> list[str]:
    """Return the segments that follow on themselves MAX_REPEATS times, as relative links gone wrong make them.

    Short numbers do not count: /11/11/11 is a day.
    """
    for length in range(1, len(segments) // MAX_REPEATS + 1):
        for start in range(len(segments) - length * MAX_REPEATS + 1):
            cycle = segments[start : start + length]
            is_date = all(segment.isdigit() and len(segment) <= 4 for segment in cycle)
            if not is_date and segments[start : start + length * MAX_REPEATS] == cycle * MAX_REPEATS:
                return cycle
    return []


def calendar_day(url: str, parts: SplitResult) -> date | None:
    """Return the day of a calendar's page: its date ends the path, stands below a calendar's, or is a parameter.

    The date of an article's address, with a slug behind it, is no calendar's.
    """
    if DATE_AT_END.search(parts.path) or CALENDAR_WORD.search(parts.path):
        day = url_date(url)
        if day is not None:
            return day
    for pair in parts.query.split("&"):
        name, _, value = pair.partition("=")
        found = DATE_VALUE.match(value) if name.lower() in DAY_NAMES else None
        if found:
            return date(int(found[1]), int(found[2]), 1)
    return None


def shape_of(url: str) -> Shape:
    """Return what a URL has in common with others of its kind on its host, and how many of them a run fetches."""
    parts = split(url_key(url))  # without session ids and what tells where a reader came from
    if parts is None:
        return Shape(url)
    path = "/".join(shape_of_segment(segment) for segment in parts.path.split("/"))
    names = sorted(set(parameter_names(parts)))
    look = f"{parts.netloc}{path}" + (f"?{'&'.join(f'{name}=' for name in names)}" if names else "")
    is_list = not any(ID_NAME.search(name) for name in names)
    if is_list and DAY_NAMES.intersection(names):
        return Shape(look, CALENDAR_BUDGET, "pages of a calendar")
    if is_list and any(name.partition("[")[0] in FACET_NAMES for name in names):
        return Shape(look, FACET_BUDGET, "sorted or filtered lists")
    if DATE_AT_END.search(parts.path):
        return Shape(look, CALENDAR_BUDGET, "pages of a calendar", waits=True)
    return Shape(look, QUERY_BUDGET, "URLs with a query", waits=True) if names else Shape(look)


def shape_of_segment(segment: str) -> str:
    """Return a segment with its numbers and long words left out."""
    return "*" if len(segment) >= LONG_TOKEN else re.sub(r"\d+", "#", segment)
