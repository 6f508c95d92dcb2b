"""Takes the values of single fields from a page, where a site's rule says that they stand."""

import re
from collections.abc import Iterable
from datetime import datetime, timezone

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.moments import is_plausible, parse_moment
from crawler.extract.query import elements_at
from crawler.extract.selector import xpath_of
from crawler.extract.sites.site import Pick
from crawler.extract.sites.zone import zone_of
from crawler.extract.structured import short_text
from crawler.extract.wording import one_line
from crawler.extract.written_date import date_in
from storage.article import Moment

MAX_VALUES, MAX_CHARACTERS = 50, 300
CHINESE_DAY = re.compile(r"(\d{4})年(\d\d?)月(\d\d?)日")
CLOCK = re.compile(r"\d:\d\d")


def texts(picks: Iterable[Pick], tree: _Element) -> list[str]:
    """Return the values that the first pick with any finds, each on one line, not repeated."""
    for pick in picks:
        elements = picked(tree, pick)[:MAX_VALUES]
        values = (one_line(value_of(element, pick)) for element in elements)
        found = list(dict.fromkeys(value[:MAX_CHARACTERS] for value in values if value))
        if found:
            return found
    return []


def picked(tree: _Element, pick: Pick) -> list[_Element]:
    """Return the elements of a pick in document order; of labelled ones those behind its label."""
    path = xpath_of(pick.selector)
    if pick.label is None:
        return elements_at(tree, path)
    # In one pass: asking each element for the label before it would take the square of the page.
    labels_path = xpath_of(pick.label.selector)
    are_labels = set(elements_at(tree, labels_path))
    found: list[_Element] = []
    is_behind = False
    for element in elements_at(tree, f"{path} | {labels_path}"):
        if element in are_labels:
            is_behind = pick.label.word in short_text(element)
        elif is_behind:
            found.append(element)
    return found


def value_of(element: _Element, pick: Pick) -> str:
    """Return what a pick takes from an element, or nothing."""
    text = element.get(pick.attribute) or "" if pick.attribute else "".join(map(str, element.itertext()))
    if pick.pattern is None:
        return text
    found = pick.pattern.search(text)
    return (found[min(1, pick.pattern.groups)] or "") if found else ""


def first_text(picks: Iterable[Pick], tree: _Element) -> str:
    return next(iter(texts(picks, tree)), "")


def words(picks: Iterable[Pick], tree: _Element) -> tuple[str, ...]:
    """Return tags or categories: some sites print them with a ``#``."""
    return tuple(filter(None, (text.lstrip("#").strip() for text in texts(picks, tree))))


def first_moment(picks: Iterable[Pick], clues: Clues, *, zone: str) -> Moment | None:
    """Return the first time that can be read, in the site's zone where it names none."""
    stamps = (CHINESE_DAY.sub(r"\1-\2-\3", text) for pick in picks for text in texts([pick], clues.tree))
    return next((moment for stamp in stamps if (moment := moment_in(stamp, zone=zone, now=clues.now))), None)


def moment_in(text: str, *, zone: str, now: datetime) -> Moment | None:
    """Return the time that a text names. zone: as a rule names it; a clock without any gives no more than its day."""
    moment = parse_moment(text, now=now)
    if isinstance(moment, datetime):
        return moment
    own = zone_of(zone)
    # Read as if it were of UTC: a clock without a zone is otherwise dropped.
    clock = parse_moment(f"{text}+00:00", now=now) if own is not None and CLOCK.search(text) else None
    if isinstance(clock, datetime):
        offset = clock.replace(tzinfo=own).utcoffset()
        return clock.replace(tzinfo=timezone(offset) if offset is not None else own)
    day = moment or date_in(text)
    return day if day is not None and is_plausible(day, now=now) else None
