"""Which text of a page is its article: the one place that knows trafilatura and htmldate.

What comes out is a small tree of plain HTML elements, whoever chose it: the walkers that write text and Markdown know
nothing of where it came from.
"""

from datetime import date, datetime

from cssselect import SelectorError
from htmldate import find_date
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element
from trafilatura import bare_extraction
from trafilatura.metadata import extract_author

from crawler.errors import UnreadableDocument
from crawler.extract.hidden import drop_hidden, outermost
from crawler.extract.matching import numbers_of_words
from crawler.extract.query import elements_at
from crawler.extract.region import NO_HINTS, Hints, plant_all, plant_kept
from crawler.extract.scriptless import open_noscript
from crawler.extract.vocabulary import to_html
from crawler.extract.watermark import CODE, numbers_in, text_nodes, watermarked, without_codes
from crawler.extract.weights import weigh

# What the two libraries have been seen to raise on hostile or broken pages, beside their own errors.
LIBRARY_FAILURES = (
    etree.LxmlError,
    ArithmeticError,
    AssertionError,
    AttributeError,
    LookupError,
    RecursionError,
    TypeError,
    ValueError,
)


LEAST_MARKED, ENOUGH_CHARACTERS = 0.5, 1500


def find_body(tree: _Element, *, base: str, selector: str | None = None, hints: Hints = NO_HINTS) -> _Element | None:
    """Return the main content as a tree of plain HTML under a ``body``, or None where there is none.

    Links are absolute. tree loses what it hides. selector: a CSS selector that overrides the choice.

    Raises:
        UnreadableDocument: trafilatura cannot cope with the page, or the selector is no CSS.
    """
    drop_hidden(tree)
    return chosen_by_hand(tree, selector, base) if selector else chosen_by_library(tree, base, hints)


def chosen_by_library(tree: _Element, base: str, hints: Hints) -> _Element | None:
    """What trafilatura chooses, written anew from the page's own nodes."""
    root = tree.find("body")
    root = tree if root is None else root
    with watermarked(root) as nodes:
        chosen = first_choice(tree, base, hints)
        text = "".join(map(str, chosen.itertext())) if chosen is not None else ""
    if chosen is None:
        return None
    weights = weigh(root, nodes, numbers_in(text))
    if is_too_little(weights[root].kept, text):  # it is from a script, an attribute or a noscript
        open_noscript(root)
        nodes = list(text_nodes(root))
        weights = weigh(root, nodes, numbers_of_words(nodes, CODE.sub("", text)))
    if is_too_little(weights[root].kept, text):
        return to_html(without_codes(chosen))
    return plant_kept(root, weights, base=base, hints=hints)


def is_too_little(kept: int, text: str) -> bool:
    """Whether the nodes that are known to be kept hold but a part of a text."""
    return kept < LEAST_MARKED * len("".join(text.split()))


def first_choice(tree: _Element, base: str, hints: Hints) -> _Element | None:
    """trafilatura's first extractor where that will do, else the best of all it has, which takes twice the time.

    It will do on a page that calls itself an article, once it finds as much as an article has.
    """
    if hints.is_article or hints.is_huge:
        chosen = library_choice(tree, base, is_fast=True)
        if hints.is_huge or (chosen is not None and characters_of(chosen) >= ENOUGH_CHARACTERS):
            return chosen
    return library_choice(tree, base, is_fast=False)


def characters_of(body: _Element) -> int:
    """Return how long a text is."""
    return sum(len(str(text)) for text in body.itertext())


def library_choice(tree: _Element, base: str, *, is_fast: bool) -> _Element | None:
    """The body that trafilatura extracts. Its structure is not used, so it is asked for none."""
    try:
        document = bare_extraction(tree, include_comments=False, with_metadata=False, fast=is_fast)
    except LIBRARY_FAILURES as error:
        raise UnreadableDocument(base, f"its text cannot be found ({type(error).__name__}: {error})") from error
    body = getattr(document, "body", None)
    return body if isinstance(body, _Element) else None


def chosen_by_hand(tree: _Element, selector: str, base: str) -> _Element | None:
    """What a person's CSS selector matches, without scripts, forms and navigation."""
    try:
        matches = elements_at(tree, CSSSelector(selector).path)
    except (SelectorError, etree.XPathError) as error:
        raise UnreadableDocument(base, f"{selector!r} is not a CSS selector ({error})") from error
    return plant_all(outermost(matches), base=base)


def guess_author(tree: _Element) -> str:
    """The name that trafilatura's patterns find, several joined by ``; ``, or an empty string."""
    try:
        return str(extract_author(tree) or "")
    except LIBRARY_FAILURES:
        return ""


def guess_date(tree: _Element, *, url: str, now: datetime) -> date | None:
    """The day htmldate takes for the day of publication. Never better than a guess: it may be any date on the page."""
    try:
        found = find_date(
            tree, extensive_search=False, original_date=True, url=url or None, max_date=now.replace(tzinfo=None)
        )
        return date.fromisoformat(found) if found else None
    except LIBRARY_FAILURES:
        return None
