"""Which text of a page is its article: the one place that knows trafilatura.

What comes out is a small tree of plain HTML elements, whoever chose it: the walkers that write text and Markdown know
nothing of where it came from.
"""

from cssselect import SelectorError
from lxml import etree
from lxml.cssselect import CSSSelector
from lxml.etree import _Element
from trafilatura import bare_extraction

from crawler.errors import UnreadableDocument
from crawler.extract.hidden import drop_hidden, outermost
from crawler.extract.query import elements_at
from crawler.extract.region import NO_HINTS, Hints, plant_all, plant_kept
from crawler.extract.vocabulary import to_html
from crawler.extract.watermark import numbers_in, watermarked, without_codes
from crawler.extract.weights import weigh

# What it has been seen to raise on hostile or broken pages, beside lxml's errors.
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
    if weights[root].kept < LEAST_MARKED * len("".join(text.split())):  # from a script or an attribute, not the page
        return to_html(without_codes(chosen))
    return plant_kept(root, weights, base=base, hints=hints)


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
