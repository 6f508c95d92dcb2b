"""A date that stands in words near the headline: what a reader takes for the day of publication. Never sure."""

import re
from collections.abc import Iterator
from datetime import date

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.moments import is_plausible
from crawler.extract.query import strings_at

MONTHS = (
    "jan(?:uary|uar|vier|eiro|uari|ner)?|jän(?:ner)?|ene(?:ro)?|gen(?:naio)?",
    "feb(?:ruary|ruar|rero|braio|ruari)?|fév(?:rier)?|fev(?:ereiro)?",
    "mar(?:ch|s|zo|ço|t)?|mär(?:z)?|maart|mrt",
    "apr(?:il|ile)?|avr(?:il)?|abr(?:il)?",
    "may|mai|mayo|maio|mei|mag(?:gio)?",
    "june?|juni|juin|junio|junho|giu(?:gno)?",
    "july?|juli|juil(?:let)?|julio|julho|lug(?:lio)?",
    "aug(?:ust|ustus)?|août|ago(?:sto)?",
    "sept?(?:ember|embre|tembre|tiembre)?|set(?:embro|tembre)?",
    "oct(?:ober|obre|ubre)?|okt(?:ober)?|ott(?:obre)?|out(?:ubro)?",
    "nov(?:ember|embre|iembre|embro)?",
    "dec(?:ember)?|dez(?:ember|embro)?|déc(?:embre)?|dic(?:iembre|embre)?",
)
NAMES = "|".join(f"(?P<m{number}>{names})" for number, names in enumerate(MONTHS, start=1))
DAY_FIRST = re.compile(
    rf"\b(\d\d?)(?:st|nd|rd|th|er|º|°)?\.?\s*(?:de\s+|of\s+)?(?:{NAMES})\.?,?\s*(?:de\s+|del\s+)?((?:19|20)\d\d)\b",
    re.I,
)
MONTH_FIRST = re.compile(rf"\b(?:{NAMES})\.?\s+(\d\d?)(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I)
DOTTED = re.compile(r"(?<![\d.])(\d\d?)\.\s?(\d\d?)\.\s?((?:19|20)\d\d)(?!\d)")
YEAR_FIRST = re.compile(r"(?<!\d)((?:19|20)\d\d)\s?[-./年년]\s?(\d\d?)\s?[-./月월]\s?(\d\d?)(?!\d)")
BEHIND, BEFORE, LONGEST = 30, 8, 160
LATER = re.compile(r"updat|modif|aktualis|geändert|stand:|©|copyright|mise à jour|actualiz", re.I)
OUTSIDE = ("aside", "footer", "nav", "form", "script", "style", "a")


def visible_published(clues: Clues) -> date | None:
    """The first whole date in a short text behind the h1, else just before it."""
    heading = next(clues.tree.iter("h1"), None)
    if heading is None:
        return None
    for texts in (near_texts(heading, "following", BEHIND), near_texts(heading, "preceding", BEFORE)):
        for text in texts:
            day = date_in(text) if not LATER.search(text) else None
            if day and is_plausible(day, now=clues.now):
                return day
    return None


def near_texts(heading: _Element, axis: str, count: int) -> Iterator[str]:
    """Short texts on one side of the heading, nearest first."""
    outside = " or ".join(f"ancestor::{tag}" for tag in OUTSIDE)
    path = f"({axis}::text()[normalize-space() and not({outside})])[position() <= {count}]"
    texts = (" ".join(text.split()) for text in strings_at(heading, path))
    return (text for text in texts if len(text) <= LONGEST)


def date_in(text: str) -> date | None:
    """The first date of a text that names day, month and year."""
    for pattern, order in ((YEAR_FIRST, (1, 2, 3)), (DOTTED, (3, 2, 1))):
        found = pattern.search(text)
        if found:
            return valid(*(int(found[group]) for group in order))
    found = DAY_FIRST.search(text) or MONTH_FIRST.search(text)
    if not found:
        return None
    month = next(number for number in range(1, 13) if found[f"m{number}"])
    numbers = sorted(int(part) for part in found.groups() if part and part.isdigit())
    return valid(numbers[-1], month, numbers[0])


def valid(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None
