"""What stands around a page's headline, line by line: where by-line and date are printed. Not for reading these."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.clues import Clues, once_a_page
from crawler.extract.provider import site_names
from crawler.extract.wording import one_line, squeezed

HEADINGS = ("h1", "h2", "h3")
MAX_HEADINGS, LEAST_TITLE = 40, 10
INLINE = frozenset(
    (
        "a", "abbr", "address", "b", "bdi", "cite", "em", "font", "i", "label", "mark", "meta", "small", "span",
        "strong", "sub", "sup", "time", "u", "var",
    )
)  # fmt: skip
# What holds comments: by its own name, not as a part of one (a column of opinion may be a "HeaderComment").
COMMENTS = (
    r"comments|kommentare|(?:^|[\s_-])(?:comment|kommentar)(?![a-z])|comment(?:list|body|author|meta|item|box|form)"
)
SKIPPED = frozenset(
    (
        "aside", "audio", "blockquote", "dialog", "figure", "form", "head", "iframe", "nav", "noscript", "picture",
        "script", "select", "style", "svg", "template", "video",
    )
)  # fmt: skip
# A by-line may follow the standfirst; behind that much running text it is the article's.
MAX_BEHIND, MAX_BEFORE, MAX_CLIMB, LONG_LINE, MAX_RUNNING = 80, 14, 6, 160, 700
SUBJECTS = re.compile(r"(?<!\S)(?:(?:post_?)?(?:tag|category|cat)-\S+|\S*comments?-(?:open|closed|off|enabled)\S*)")
Texts = Iterator[tuple[_Element, str]]


@dataclass(frozen=True, slots=True)
class Line:
    """One printed line: its text nodes, and the block that it stands in."""

    block: _Element
    pieces: tuple[str, ...]

    @property
    def text(self) -> str:
        return " ".join(self.pieces)


@dataclass(frozen=True, slots=True)
class Masthead:
    """The lines behind the headline and before it, nearest first, and the elements behind it in document order."""

    heading: _Element | None = None
    behind: tuple[Line, ...] = ()
    before: tuple[Line, ...] = ()
    elements: tuple[_Element, ...] = ()

    @property
    def lines(self) -> tuple[Line, ...]:
        return (*self.behind, *self.before)


@once_a_page
def masthead_of(clues: Clues) -> Masthead:
    """Return what is printed next to the headline; nothing where the page has no heading."""
    heading = title_heading(clues)
    if heading is None:
        return Masthead()
    elements: list[_Element] = []
    behind = tuple(running_lines(texts_behind(heading, elements.append), most=MAX_BEHIND))
    nearest_first = running_lines(texts_before(heading, elements.append), most=MAX_BEFORE)
    before = tuple(Line(line.block, line.pieces[::-1]) for line in nearest_first)
    return Masthead(heading, behind, before, tuple(elements))


def title_heading(clues: Clues) -> _Element | None:
    """The heading that says most of the page's title and is not the site's name; else the first h1."""
    headings = [e for e, _ in zip(clues.tree.iter(*HEADINGS), range(MAX_HEADINGS), strict=False)]
    stated = [squeezed(text) for text in (clues.page_title, clues.first_meta("og:title")) if text]
    names = site_names(clues)
    best, longest = None, LEAST_TITLE - 1
    for heading in sorted(headings, key=lambda e: str(e.tag)):
        key = squeezed("".join(map(str, heading.itertext())))
        if len(key) > longest and key not in names and any(key in title for title in stated):
            best, longest = heading, len(key)
    return best if best is not None else next((e for e in headings if e.tag == "h1"), None)


def running_lines(texts: Texts, *, most: int) -> Iterator[Line]:
    """Texts joined to lines, until there is running text. most: of the text nodes."""
    block: _Element | None = None
    pieces: list[str] = []
    running = 0
    for (holder, text), _ in zip(texts, range(most), strict=False):
        own = block_of(holder)
        if pieces and (own is not block or not text):
            yield Line(own if block is None else block, tuple(pieces))
            pieces = []
        block = own
        if text:
            pieces.append(text)
            running += len(text) if len(text) > LONG_LINE else 0
        if running > MAX_RUNNING:
            return
    if pieces and block is not None:
        yield Line(block, tuple(pieces))


def block_of(element: _Element) -> _Element:
    """The element itself, or what it stands in if it is a part of a line."""
    while element.tag in INLINE:
        parent = element.getparent()
        if parent is None:
            break
        element = parent
    return element


def texts_behind(heading: _Element, meet: Callable[[_Element], None]) -> Texts:
    """The text nodes behind an element in document order, each with its holder; an empty one for a line break.

    meet: is told of every element on the way.
    """
    current: _Element | None = heading
    while current is not None and current.tag not in ("body", "html"):
        yield from tail_of(current)
        for sibling in current.itersiblings():
            yield from texts_in(sibling, meet)
        current = current.getparent()


def texts_in(element: _Element, meet: Callable[[_Element], None]) -> Texts:
    """The text nodes within an element, and the one behind it."""
    if element.tag == "br":
        yield element, ""
    elif element.tag not in SKIPPED:
        meet(element)
        yield from worded(element, element.text)
        for child in element:
            yield from texts_in(child, meet)
    yield from tail_of(element)


def texts_before(heading: _Element, meet: Callable[[_Element], None]) -> Texts:
    """The text nodes before an element, the nearest first."""
    current: _Element | None = heading
    for _ in range(MAX_CLIMB):
        if current is None or current.tag in ("body", "html"):
            return
        for sibling in current.itersiblings(preceding=True):
            yield from tail_of(sibling)
            yield from texts_in_backwards(sibling, meet)
        current = current.getparent()


def texts_in_backwards(element: _Element, meet: Callable[[_Element], None]) -> Texts:
    if element.tag in SKIPPED:
        return
    meet(element)
    for child in element.iterchildren(reversed=True):
        yield from tail_of(child)
        yield from texts_in_backwards(child, meet)
    yield from worded(element, element.text)


def tail_of(element: _Element) -> Texts:
    parent = element.getparent()
    return worded(element if parent is None else parent, element.tail)


def worded(holder: _Element, text: str | None) -> Texts:
    """A text with its holder, if it is more than white space."""
    line = one_line(text) if text and not text.isspace() else ""
    if line:
        yield holder, line


def class_words(element: _Element) -> str:
    """What a page's author calls an element: its classes, id and test names, without those of its subjects.

    WordPress gives every post a class for each of its tags and categories, whatever these are called.
    """
    names: Iterable[str | None] = map(element.get, ("class", "id", "data-testid", "data-component", "data-qa"))
    return SUBJECTS.sub(" ", " ".join(filter(None, names)))


def is_within(element: _Element, pattern: re.Pattern[str], *, levels: int) -> bool:
    """Whether an element or one of those around it has a class or id that a pattern finds."""
    chain = (element, *(parent for parent, _ in zip(element.iterancestors(), range(levels), strict=False)))
    return any(pattern.search(class_words(parent)) for parent in chain)
