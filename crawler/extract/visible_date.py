"""A date that a reader sees and takes for the day of publication, or that a script holds. Never sure."""

import re
from collections.abc import Iterable, Iterator
from datetime import date

from lxml.etree import _Element

from crawler.extract.clues import Clues, once_a_page
from crawler.extract.masthead import class_words, is_within, masthead_of
from crawler.extract.moments import day_of, is_plausible, parse_moment
from crawler.extract.query import elements_at
from crawler.extract.wording import one_line
from crawler.extract.written_date import date_in

LATER = re.compile(
    r"updat|modif|aktualis|geändert|stand:|mise à jour|actualiz|atualiz|aggiorn|bijgewerkt|oppdater|uppdater|opdater|päivitet|"
    r"zaktualiz|güncel|обновл|оновл|更新|업데이트|수정",
    re.IGNORECASE,
)
NO_DATE = re.compile(
    r"©|\(c\)|copyright|all rights|alle rechte|since|seit|joined|member|mitglied|registriert|event|termin|expires", re.I
)
DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|data|fecha|published|publi(?:sh|c)\w*|posted(?:-on)?|pub-?date|post-?date|entry-?date|timestamp|time|dato)"
    r"(?:$|[\s_-])|[a-z](?:Date|Time)\b|date(?:line|time)",
    re.IGNORECASE,
)
HINTED = (
    "//*[contains(@class,'date') or contains(@class,'Date') or contains(@class,'datum') or contains(@class,'ublish') or "
    "contains(@class,'posted') or contains(@class,'time') or contains(@class,'fecha') or @data-date or @data-published or "
    "contains(@id,'date') or contains(@id,'datum') or contains(@id,'fecha') or contains(@itemprop,'date')]"
)
ELSEWHERE = re.compile(
    r"comment|kommentar|related|recommend|teaser|sidebar|footer|copyright|newsletter|calendar|kalender|event|"
    r"(?:^|[\s_-])(?:repl(?:y|ies)|responses?|reviews?|quotes?|carousel|slider|latest|popular|trending|more|cards?|promo|menu|nav|weather|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
OUTSIDE = ("footer", "nav", "form", "script", "style", "select")
IN_SCRIPT = re.compile(
    r"""["']?(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time|at)|publication_?date|first_?published\w*|"""
    r"""pub_?date|date_?posted|posted_?(?:at|on)|display_?date)["']?\s*[:=,]\s*\\?["']((?:19|20)\d\d-\d\d-\d\d[^"'\\]{0,24})""",
    re.IGNORECASE,
)
STATING = ("datetime", "content", "data-date", "data-published", "data-time", "title")
LONGEST, LONGEST_HINTED, MAX_HINTED, LEVELS = 90, 60, 80, 5


def visible_published(clues: Clues) -> date | None:
    """The first date near the headline, else in what is marked as a date, else standing alone; updates come last."""
    readers = (near_dates, script_dates, hinted_dates, lone_dates, updates)
    days = (day for read in readers for day in read(clues))
    return next((day for day in days if is_plausible(day, now=clues.now)), None)


def near_dates(clues: Clues) -> Iterator[date]:
    """Of the lines next to the headline, but those of an update."""
    return (day for text, day in dated_lines(clues) if not LATER.search(text))


def updates(clues: Clues) -> Iterator[date]:
    return (day for text, day in dated_lines(clues) if LATER.search(text))


@once_a_page
def dated_lines(clues: Clues) -> list[tuple[str, date]]:
    """The lines next to the headline that name a date and little else."""
    language = clues.tree.get("lang") or ""
    lines = [line for line in masthead_of(clues).lines if not is_within(line.block, ELSEWHERE, levels=3)]
    texts = [text for line in lines for text in ((line.text,) if len(line.text) <= LONGEST else line.pieces)]
    found = ((text, date_in(text, language=language)) for text in texts if is_short(text, most=LONGEST))
    return [(text, day) for text, day in found if day is not None]


def is_short(text: str, *, most: int) -> bool:
    """Whether a text can be a date's line: short, with a number, not one that speaks of other dates."""
    return 6 <= len(text) <= most and any(c.isdigit() for c in text) and not NO_DATE.search(text)


def script_dates(clues: Clues) -> Iterator[date]:
    """The day that scripts state as that of publication, where they all name the same."""
    scripts = (script.text or "" for script in clues.tree.iter("script"))
    stamps = {found for text in scripts if "ubl" in text or "ost" in text for found in IN_SCRIPT.findall(text)}
    moments = (parse_moment(stamp, now=clues.now) for stamp in stamps)
    days = {day_of(moment) for moment in moments if moment is not None}
    return iter(days if len(days) == 1 else ())


def hinted_dates(clues: Clues) -> Iterator[date]:
    """Of elements whose class, id or property says that they hold a date."""
    marked = (e for e in elements_at(clues.tree, HINTED)[:MAX_HINTED] if DATE_CLASS.search(hints_of(e)))
    return dates_of(marked, clues)


def hints_of(element: _Element) -> str:
    return f"{class_words(element)} {element.get('itemprop') or ''} {'date' if element.get('data-date') else ''}"


def lone_dates(clues: Clues) -> Iterator[date]:
    """Of elements that hold a date and next to nothing else."""
    short = (
        e
        for e in clues.tree.iter(
            "p", "span", "div", "td", "em", "i", "b", "strong", "small", "dd", "h3", "h4", "h5", "h6"
        )
    )
    return dates_of((e for e in short if is_lone(e)), clues)


def is_lone(element: _Element) -> bool:
    text = (element.text or "").strip()
    return len(text) <= 30 and is_short(text, most=30) and not len(element)


def dates_of(elements: Iterable[_Element], clues: Clues) -> Iterator[date]:
    """The dates that elements state or show, but those of updates and of other things than the article."""
    language = clues.tree.get("lang") or ""
    for element in elements:
        shown = one_line("".join(map(str, element.itertext())))
        if LATER.search(f"{class_words(element)} {shown}") or len(shown) > LONGEST_HINTED or NO_DATE.search(shown):
            continue
        if next(element.iterancestors(OUTSIDE), None) is not None or is_within(element, ELSEWHERE, levels=LEVELS):
            continue
        stated = (parse_moment(element.get(name) or "", now=clues.now) for name in STATING if element.get(name))
        day = next((day_of(moment) for moment in stated if moment is not None), None) or date_in(
            shown, language=language
        )
        if day is not None:
            yield day
