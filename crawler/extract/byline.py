"""Who a page prints as its author: elements marked as his, and lines that say "By NAME" next to the headline."""

import re
from collections.abc import Callable, Iterable, Sequence
from typing import Final

from lxml.etree import _Element

from crawler.extract.article_node import is_declared_article
from crawler.extract.bywords import BY_LABEL, BY_SHORT, SAYS_BY
from crawler.extract.clues import Clues, once_a_page
from crawler.extract.masthead import COMMENTS, Line, class_words, is_within, masthead_of
from crawler.extract.microdata import is_answer
from crawler.extract.names import NO_NAME_WORD, ONLY_BY, clean_name, is_personal, names_in
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.survey import survey_of
from crawler.extract.wording import one_line
from crawler.extract.written_date import date_in

BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:by-?line|authors?|author-?name|autor(?:en|es)?|auteurs?|autore|writer|contributors?|posted-?by|written-?by|"
    r"verfasser|redakteur|reporter|credits?-name)(?:$|[\s_-])|[a-z](?:Author|Byline)|(?:author|byline)(?:name|text|link)",
    re.IGNORECASE,
)
NO_BYLINE = re.compile(
    r"bio\b|desc|avatar|image|photo|social|follow|share|count|about|ad-|title|date|time", re.IGNORECASE
)
# A name in one of these belongs to a comment, a review or, far from the headline, to another article.
ANSWER = (
    rf"{COMMENTS}|testimonial|"
    r"(?:^|[\s_-])(?:repl(?:y|ies)|responses?|respond|reviews?|rating|feedback|guestbook|quotes?)(?:$|[\s_-])"
)
NEAR_ELSEWHERE = re.compile(rf"{ANSWER}|related|recommend|newsletter", re.IGNORECASE)
FAR_ELSEWHERE = re.compile(
    rf"{ANSWER}|related|recommend|newsletter|teaser|sidebar|"
    r"(?:^|[\s_-])(?:carousel|slider|latest|popular|trending|more|cards?|promo|menu|nav|team)(?:$|[\s_-])",
    re.IGNORECASE,
)
AUTHOR_PATH = re.compile(
    r"/(?:authors?|autor(?:en|es|a)?|auteurs?|autore|people|person|profiles?|contributors?|writers?|by|journalists?|redaktion|team|"
    r"staff|users?|members?|redakteure?)/[^/?#]{2,}|[?&]author=",
    re.IGNORECASE,
)
SAID = (
    rf"(?:(?P<says>{SAYS_BY}|by|von)\b\s*[:：]?\s*|(?P<label>{BY_LABEL})\s*[:：/]\s*|(?P<short>{BY_SHORT})\s+)"
    r"(?P<rest>\S.*)$"
)
BY = re.compile(rf"\W*{SAID}", re.IGNORECASE)
# In the middle of a line, behind a date.
THEN_BY = re.compile(rf"(?:(?<=[\s|·•,])|(?<=[–—-])){SAID}", re.IGNORECASE)
JOINER = re.compile(r"^\s*(?:,|&|/|and|und|et|y|e|og|och|en|i)?\s*$|^\s*(?:,|&|and|und|et|y|og|och)\s", re.IGNORECASE)
LISTED = ("li", "td", "th", "dd", "dt")
OUTSIDE = ("aside", "footer", "nav", "form")
TIME = re.compile(r"\b\d{1,2}[:.]\d\d\b")
MAX_LINE, LEVELS, LONGEST_HANDLE = 140, 6, 24


@once_a_page
def marked_names(clues: Clues) -> tuple[str, ...]:
    """Names in elements marked as the author's: next to the headline, or farther away where the mark is a sure one.

    On what does not call itself an article a mere class is none: there it is often a reviewer or a customer.
    """
    masthead, is_article = masthead_of(clues), is_declared_article(clues)
    near = marked_in(masthead.elements, MARKS, elsewhere=NEAR_ELSEWHERE if is_article else FAR_ELSEWHERE)
    if near:
        return near
    marks = MARKS if is_article or masthead.heading is None else MARKS[:2]
    return marked_in(survey_of(clues).authors, marks, elsewhere=FAR_ELSEWHERE)


def marked_in(elements: Iterable[_Element], marks: "Sequence[Mark]", *, elsewhere: re.Pattern[str]) -> tuple[str, ...]:
    """The names of the surest kind of mark, of the first such element and those beside it."""
    found = [e for e in elements if any(is_wanted(e) for is_wanted in marks)]
    found = [e for e in found if next(e.iterancestors(OUTSIDE), None) is None]
    for is_wanted in marks:
        own = [e for e in found if is_wanted(e) and not is_within(e, elsewhere, levels=LEVELS)]
        names = names_beside(own)
        if names:
            return names
    return ()


def names_beside(elements: Sequence[_Element]) -> tuple[str, ...]:
    """The names in the first element that holds any, and in the others of the same line or list."""
    first: _Element | None = None
    names: list[str] = []
    for element in elements:
        if first is not None and not is_beside(element, first):
            break
        found = element_names(element)
        first = element if found and first is None else first
        names += found
    return tuple(dict.fromkeys(names))


def is_beside(element: _Element, first: _Element) -> bool:
    """Whether two elements have a parent, or parents of the same parent, in common."""
    parents = [p for p, _ in zip(element.iterancestors(), range(2), strict=False)]
    others = [p for p, _ in zip(first.iterancestors(), range(2), strict=False)]
    return first in parents or any(p is o for p, o in zip(parents, others, strict=False))


def is_author_item(element: _Element) -> bool:
    """Whether microdata calls it the author, of something else than an answer."""
    return element.get("itemprop") == "author" and not is_answer(element)


def is_author_link(element: _Element) -> bool:
    return "author" in (element.get("rel") or "").split()


def is_byline_class(element: _Element) -> bool:
    words = class_words(element)
    return bool(words) and bool(BYLINE_CLASS.search(words)) and not NO_BYLINE.search(words)


def is_profile_link(element: _Element) -> bool:
    """Whether a link leads to what looks like a person's page, and is worded like a name."""
    if element.tag != "a" or not AUTHOR_PATH.search(element.get("href") or ""):
        return False
    return is_personal(clean_name(short_text(element)))


Mark = Callable[[_Element], bool]
MARKS: Final[tuple[Mark, ...]] = (is_author_item, is_author_link, is_byline_class, is_profile_link)


def element_names(element: _Element) -> list[str]:
    """The names in a marked element: of its name items, else of its links to authors, else of its first words."""
    items = elements_at(element, ".//*[@itemprop='name']")
    links = [e for e in element.iter("a") if is_author_link(e) or AUTHOR_PATH.search(e.get("href") or "")]
    for inner in (items, links):
        names = [name for e in inner[:6] for name in names_in(e.get("content") or one_line(short_text(e)))]
        if names:
            return names
    if element.get("content"):
        return names_in(element.get("content") or "")
    pieces = [one_line(str(text)) for text in element.itertext() if str(text).strip()]
    return names_of_pieces(pieces) if sum(map(len, pieces)) <= 2 * MAX_LINE else []


def names_of_pieces(pieces: Sequence[str]) -> list[str]:
    """The names in the first text that holds any, and those joined to them by a comma or an "and"."""
    names: list[str] = []
    is_joined = True
    for piece in pieces:
        if JOINER.search(piece) and names:
            is_joined = True
        found = [n for n in names_in(piece) if not NO_NAME_WORD.search(n)] if is_joined else []
        if found:
            names += found
            is_joined = bool(re.search(r"[,&]\s*$|\s(?:and|und|et|y)\s*$", piece))
        elif names and not JOINER.search(piece):
            break
    return names


@once_a_page
def printed_names(clues: Clues) -> tuple[str, ...]:
    """Names in a line next to the headline that begins with "By", whoever is named elsewhere."""
    masthead = masthead_of(clues)
    for lines in (masthead.behind, masthead.before):
        for number, line in enumerate(lines):
            following = lines[number + 1].pieces if number + 1 < len(lines) and lines is masthead.behind else ()
            names = line_names(line, following, is_article=is_declared_article(clues))
            if names:
                return tuple(names)
    return ()


def line_names(line: Line, following: tuple[str, ...], *, is_article: bool) -> list[str]:
    """The names in one line. following: the pieces of the next."""
    if len(line.text) > MAX_LINE or is_within(line.block, NEAR_ELSEWHERE, levels=3):
        return []
    if line.block.tag in LISTED and not is_article:
        return []
    for number, piece in enumerate(line.pieces):
        if ONLY_BY.search(piece):
            return [n for n in names_of_pieces(line.pieces[number + 1 :] or following[:3]) if is_personal(n)]
        found = BY.match(piece) or then_by(piece)
        if found:
            return said_names(found["rest"], is_plain=bool(found["says"]))
    return []


def then_by(piece: str) -> re.Match[str] | None:
    """The "By" in the middle of a text, where a date or an hour stands before it."""
    if not any(c.isdigit() for c in piece):
        return None
    found = THEN_BY.search(piece, 4)
    before = piece[: found.start()] if found else ""
    return found if before and (TIME.search(before) or date_in(before)) else None


def said_names(text: str, *, is_plain: bool) -> list[str]:
    """The names behind a "By", if little else stands there. is_plain: it means nothing else; a pen name will do."""
    names = names_in(text)
    people = [name for name in names if is_personal(name)]
    if people:
        return people
    return names if is_plain and len(names) == 1 and is_handle(names[0]) and len(text) <= LONGEST_HANDLE else []


def is_handle(name: str) -> bool:
    """Whether a text is one word, as a pen name is."""
    return len(name.split()) == 1 and 3 <= len(name) <= 20 and not NO_NAME_WORD.search(name)
