"""A date that a reader sees and takes for the day of publication, or that a script holds. Never sure."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date

from lxml.etree import _Element

from crawler.extract.clues import Clues, once_a_page
from crawler.extract.masthead import COMMENTS, Line, class_words, is_within, masthead_of
from crawler.extract.moments import date_in_path, day_of, is_plausible, parse_moment
from crawler.extract.page_type import is_thread
from crawler.extract.survey import survey_of
from crawler.extract.wording import one_line
from crawler.extract.written_date import LATER, date_in

NO_DATE = re.compile(
    r"©|\(c\)|copyright|all rights|alle rechte|since|seit|joined|member|mitglied|registriert|event|termin|expires", re.I
)
TEASERS = re.compile(
    r"related|recommend|teaser|sidebar|(?:^|[\s_-])(?:carousel|slider|latest|popular|trending|more|cards?|promo|menu|nav)(?:$|[\s_-])",
    re.IGNORECASE,
)
ANSWERS = re.compile(
    r"review|rating|testimonial|comment-|commentlist|copyright|weather|calendar|event|clock", re.IGNORECASE
)
SAYS_WHEN = re.compile(
    r"publish|posted|written|created|(?:artikel|beitrag|eintrag) wurde|(?:entry|article) was|veröffentlicht|erschienen|"
    r"eingestellt|geschrieben|verfasst|erstellt|publi(?:é|cado|cada)|pubblicat|geplaatst|gepubliceerd|publicer|"
    r"publiser|offentliggj|julkaistu|opublikowan|publikov|опубликован|опубліков|yayın|diterbitkan|発表|公開|发布|發布|게시",
    re.IGNORECASE,
)
DATE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:date|datum|data|fecha|published|publi(?:sh|c)\w*|posted(?:-on)?|pub-?date|post-?date|entry-?date|timestamp|time|dato)"
    r"(?:$|[\s_-])|[a-z](?:Date|Time)\b|date(?:line|time)",
    re.IGNORECASE,
)
ANSWERING = re.compile(rf"{COMMENTS}|reviews?", re.IGNORECASE)
NEAR_ELSEWHERE = re.compile(rf"{COMMENTS}|related|recommend|newsletter|testimonial|rating", re.IGNORECASE)
ELSEWHERE = re.compile(
    rf"{COMMENTS}|testimonial|rating|related|recommend|teaser|sidebar|copyright|newsletter|calendar|kalender|event|"
    r"(?:^|[\s_-])(?:repl(?:y|ies)|responses?|reviews?|quotes?|carousel|slider|latest|popular|trending|more|cards?|promo|menu|nav|weather|clock)(?:$|[\s_-])",
    re.IGNORECASE,
)
OUTSIDE = ("blockquote", "nav", "form", "script", "style", "select")
STAMP = re.compile(r"""["'](?=(?:19|20)\d\d-\d\d-\d\d)([^"'\\]{10,34})""")
KEY = re.compile(
    r"(?:date_?published|published_?(?:at|date|time|on)|publish_?(?:date|time|at)|publication_?date|first_?published\w*|"
    r"pub_?date|date_?posted|posted_?(?:at|on)|display_?date)[\"']?\s*[:=,]\s*\\?$",
    re.IGNORECASE,
)
KEY_LENGTH = 40
FIRST_YEAR = 1995  # what is older and stands in a text is what the text is about
STATING = ("datetime", "content", "data-date", "data-published", "data-time", "title")
OPENING = re.compile(r"(.{6,60}?)(?:\s[–—|•·-]\s|\s?[|•·]|:\s|\)\s)")
LONGEST, LONGEST_SAID, LONGEST_HINTED, LONGEST_LONE, MAX_HINTED, LEVELS = 90, 140, 60, 30, 80, 5


def visible_published(clues: Clues) -> date | None:
    """The first date near the headline, else in a script, in what is marked as a date, of an update, or alone."""
    readers = (
        near_dates,
        script_dates,
        hinted_dates,
        updates,
        lone_dates,
        title_dates,
        picture_dates,
        far_updates,
        first_stamps,
        teaser_dates,
    )
    days = (day for read in readers for day in read(clues))
    return next((day for day in days if day.year >= FIRST_YEAR and is_plausible(day, now=clues.now)), None)


def near_dates(clues: Clues) -> Iterator[date]:
    """Of the lines next to the headline, those marked as a date first; not those of an update."""
    return (line.day for line in sorted(dated_lines(clues), key=lambda line: not line.is_marked) if not line.is_update)


def updates(clues: Clues) -> Iterator[date]:
    return (line.day for line in dated_lines(clues) if line.is_update)


@dataclass(frozen=True, slots=True)
class DatedLine:
    """A date in a line, and whether the line is marked as a date, or speaks of an update."""

    day: date
    is_marked: bool
    is_update: bool


@once_a_page
def dated_lines(clues: Clues) -> list[DatedLine]:
    """The lines next to the headline that name a date and little else."""
    lines = [line for line in masthead_of(clues).lines if not is_within(line.block, NEAR_ELSEWHERE, levels=3)]
    return [dated for line in lines for dated in dates_of_line(line, language=clues.tree.get("lang") or "")]


def dates_of_line(line: Line, *, language: str) -> Iterator[DatedLine]:
    is_marked = bool(DATE_CLASS.search(class_words(line.block)))
    for text in (line.text,) if len(line.text) <= LONGEST else beginnings(line):
        if not is_short(text, most=LONGEST):
            continue
        update = LATER.search(text)
        day = date_in(text[: update.start()], language=language) if update else date_in(text, language=language)
        if day is not None:
            yield DatedLine(day, is_marked, is_update=False)
        elif update and (day := date_in(text, language=language)) is not None:
            yield DatedLine(day, is_marked, is_update=True)


def beginnings(line: Line) -> list[str]:
    """What of a long line may name its date: short pieces, and what stands before a dash: many a report opens so."""
    opening = OPENING.match(line.text)
    return [*(piece for piece in line.pieces if len(piece) <= LONGEST), *((opening[1],) if opening else ())]


def is_short(text: str, *, most: int) -> bool:
    """Whether a text can be a date's line: short, with a number, not one that speaks of other dates."""
    return 6 <= len(text) <= most and any(c.isdigit() for c in text) and not NO_DATE.search(text)


def script_dates(clues: Clues) -> Iterator[date]:
    """The day that scripts state as that of publication, where they all name the same. JSON-LD has been read."""
    scripts = (each for each in clues.scripts if not (clues.graph.nodes and "ld+json" in (each.get("type") or "")))
    stamps = {stamp for script in scripts for stamp in keyed_stamps(script.text or "")}
    moments = (parse_moment(stamp, now=clues.now) for stamp in stamps)
    days = {day_of(moment) for moment in moments if moment is not None}
    return iter(days if len(days) == 1 else ())


def keyed_stamps(text: str) -> Iterator[str]:
    """The times in a script's text that stand behind a name like ``datePublished``."""
    for found in STAMP.finditer(text):
        if KEY.search(text[max(0, found.start() - KEY_LENGTH) : found.start()]):
            yield found[1]


def hinted_dates(clues: Clues) -> Iterator[date]:
    """Of elements whose class, id or property says that they hold a date."""
    marked = (e for e in survey_of(clues).dates if DATE_CLASS.search(hints_of(e)))
    return dates_of(marked, clues)


def hints_of(element: _Element) -> str:
    """What the mark-up says of an element, in words."""
    is_stamped = element.get("data-date") or element.get("datetime")
    return f"{class_words(element)} {element.get('itemprop') or ''} {'date' if is_stamped else ''}"


def lone_dates(clues: Clues) -> Iterator[date]:
    """Of texts that are a date and next to nothing else, or say that it is of publication."""
    said = (item for item in short_texts(clues) if not LATER.search(item[1]))
    return dates_of_texts((item for item in said if len(item[1]) <= LONGEST_LONE or SAYS_WHEN.search(item[1])), clues)


def far_updates(clues: Clues) -> Iterator[date]:
    """Of texts that speak of an update, wherever they stand."""
    return dates_of_texts((item for item in short_texts(clues) if LATER.search(item[1])), clues)


def dates_of_texts(texts: Iterable[tuple[_Element, str]], clues: Clues) -> Iterator[date]:
    language = clues.tree.get("lang") or ""
    for holder, text in texts:
        day = date_in(text, language=language)
        if day is not None and is_own(holder):
            yield day


def short_texts(clues: Clues) -> Iterator[tuple[_Element, str]]:
    """The short text nodes of the page that hold the numbers of a date, each with the element it stands in."""
    return ((holder, text) for holder, text in survey_of(clues).texts if is_short(text, most=LONGEST_SAID))


def is_own(element: _Element) -> bool:
    """Whether an element stands neither in the page's frame nor in a comment, a teaser or the like."""
    if element.tag in OUTSIDE or next(element.iterancestors(OUTSIDE), None) is not None:
        return False
    return not is_within(element, ELSEWHERE, levels=LEVELS) and not is_in_page_footer(element)


def is_in_page_footer(element: _Element) -> bool:
    """Whether an element stands in a footer that is not an article's."""
    return (
        next(element.iterancestors("footer"), None) is not None and next(element.iterancestors("article"), None) is None
    )


def first_stamps(clues: Clues) -> Iterator[date]:
    """Of the first elements with a machine's form of a time: on a page of posts that is the first post's."""
    stamped = (
        e for e in clues.tree.iter("time", "abbr", "span", "relative-time") if e.get("datetime") or e.get("title")
    )
    for element, _ in zip(stamped, range(MAX_HINTED), strict=False):
        text = element.get("datetime") or element.get("title") or ""
        moment = parse_moment(text, now=clues.now)
        day = day_of(moment) if moment is not None else date_in(text) if len(text) <= LONGEST_HINTED else None
        if day is not None and not is_within(element, TEASERS, levels=LEVELS) and not is_answer(element, clues):
            yield day


def teaser_dates(clues: Clues) -> Iterator[date]:
    """Of the first texts that are a date, in the teasers of a page that has nothing else: it is as old as its news."""
    language = clues.tree.get("lang") or ""
    for holder, text in short_texts(clues):
        day = date_in(text, language=language) if len(text) <= LONGEST_HINTED and not LATER.search(text) else None
        if day is not None and not is_within(holder, ANSWERS, levels=LEVELS) and not is_answer(holder, clues):
            yield day


def is_answer(element: _Element, clues: Clues) -> bool:
    """Whether an element stands in a comment on the page, not in a post of the thread that the page is."""
    return not is_thread(clues) and is_within(element, ANSWERING, levels=LEVELS)


def title_dates(clues: Clues) -> Iterator[date]:
    """Of the page's title."""
    days = (date_in(text, language=clues.tree.get("lang") or "") for text in (clues.page_title, *clues.headings[:1]))
    return (day for day in days if day is not None)


def picture_dates(clues: Clues) -> Iterator[date]:
    """The day in the address of the lead picture: when it was put there."""
    day = date_in_path(clues.first_meta("og:image"))
    return iter(() if day is None else (day,))


def dates_of(elements: Iterable[_Element], clues: Clues) -> Iterator[date]:
    """The dates that elements state or show, but those of updates and of other things than the article."""
    language = clues.tree.get("lang") or ""
    for element in elements:
        shown = one_line("".join(map(str, element.itertext())))
        if LATER.search(f"{class_words(element)} {shown}") or len(shown) > LONGEST_HINTED or NO_DATE.search(shown):
            continue
        if not is_own(element):
            continue
        stated = (parse_moment(element.get(name) or "", now=clues.now) for name in STATING if element.get(name))
        day = next((day_of(moment) for moment in stated if moment is not None), None) or date_in(
            shown, language=language
        )
        if day is not None:
            yield day
