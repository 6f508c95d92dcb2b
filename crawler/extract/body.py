"""Which text of a page is its article: the one place that knows trafilatura.

What comes out is a small tree of plain HTML elements, whoever chose it: the walkers that write text and Markdown know
nothing of where it came from.
"""

from collections.abc import Iterable, Sequence
from functools import partial

from cssselect import SelectorError
from lxml import etree
from lxml.etree import _Element
from trafilatura import bare_extraction
from trafilatura.settings import Extractor
from trafilatura.utils import line_processing, trim

from crawler.errors import UnreadableDocument
from crawler.extract.clutter import Clutter, clutter_of, hidden_clutter
from crawler.extract.document import parse_page
from crawler.extract.embedded import embedded_text
from crawler.extract.filling import is_within, prose_around, prose_blocks
from crawler.extract.frames import open_frames
from crawler.extract.hidden import drop, outermost, text_length
from crawler.extract.hints import NO_HINTS, Hints
from crawler.extract.matching import numbers_of_words
from crawler.extract.query import elements_at
from crawler.extract.region import plant_all, plant_kept, region_of
from crawler.extract.scriptless import open_noscript
from crawler.extract.selector import xpath_of
from crawler.extract.silent import take_out_silent
from crawler.extract.vocabulary import to_html
from crawler.extract.watermark import CODE, numbers_in, text_nodes, watermarked, without_codes
from crawler.extract.weights import Weights, weigh
from crawler.extract.witness import NOBODY, Witness
from crawler.extract.wording import count_words

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


# Of what it extracts the body is used, not its structure nor a text written of it: it is asked for neither.
ALL_EXTRACTORS = Extractor(output_format="txt", comments=False)
FIRST_EXTRACTOR = Extractor(output_format="txt", comments=False, fast=True)
LEAST_MARKED, ENOUGH_CHARACTERS, FEW_WORDS = 0.5, 1500, 40


def find_body(
    tree: _Element,
    *,
    base: str,
    scripts: Sequence[_Element] = (),
    selector: str | None = None,
    hints: Hints = NO_HINTS,
    witness: Witness = NOBODY,
) -> _Element | None:
    """Return the main content as a tree of plain HTML under a ``body``, or None where there is none.

    Links are absolute. tree loses what is no text. scripts: the page's. selector: a CSS selector that
    overrides the choice.

    Raises:
        UnreadableDocument: trafilatura cannot cope with the page, or the selector is no CSS.
    """
    body = tree.find("body")
    body = tree if body is None else body
    if selector:
        take_out(hidden_clutter(body), witness)
        return chosen_by_hand(tree, selector, base, witness)
    take_out_silent(tree)
    take_out(clutter_of(body, hints), witness)
    open_frames(body)
    content = chosen_by_library(tree, body, base, hints, witness)
    if content is None or count_words("".join(map(str, content.itertext()))) < FEW_WORDS:
        embedded = chosen_from_scripts(scripts, base, longer_than=2 * text_length(body))
        return content if embedded is None else embedded
    return content


def forget_texts() -> None:
    """Empty the two caches in which trafilatura keeps a thousand texts each, however long they are."""
    line_processing.cache_clear()
    trim.cache_clear()


def chosen_from_scripts(scripts: Sequence[_Element], base: str, *, longer_than: int) -> _Element | None:
    """The text that a page's scripts hold as data, where one of them is long enough; else None."""
    page = parse_page(embedded_text(scripts).encode())
    return plant_all([page.tree], base=base) if page is not None and text_length(page.tree) > longer_than else None


def take_out(clutter: Iterable[Clutter], witness: Witness) -> None:
    """Take out what is no part of the text."""
    for each in clutter:
        witness.parts_removed([each.element], each.why)
        drop([each.element])


def chosen_by_library(tree: _Element, root: _Element, base: str, hints: Hints, witness: Witness) -> _Element | None:
    """What trafilatura chooses below root, the body of tree, written anew from the page's own nodes."""
    if hints.is_vast:
        return all_prose(root, base=base, hints=hints, witness=witness)
    with watermarked(root) as nodes:
        try:
            chosen = first_choice(tree, base, hints)
        finally:
            forget_texts()
        text = "".join(map(str, chosen.itertext())) if chosen is not None else ""
    if chosen is None:
        return None
    numbers = numbers_in(text)
    weights = weigh(root, nodes, numbers)
    if is_too_little(weights[root].kept, text):  # it is from a script, an attribute or a noscript
        open_noscript(root)
        nodes = list(text_nodes(root))
        numbers = numbers_of_words(nodes, CODE.sub("", text))
        weights = weigh(root, nodes, numbers)
    if is_too_little(weights[root].kept, text):
        return to_html(without_codes(chosen))
    more = prose_around(region_of(root, weights), weights, nodes, hints)
    if more:
        weights = weigh(root, nodes, numbers | more)
    return planted(root, weights, base=base, hints=hints, witness=witness)


def all_prose(root: _Element, *, base: str, hints: Hints, witness: Witness) -> _Element:
    """The prose of a page that is too large to be looked at by anyone who takes more than one look."""
    nodes = list(text_nodes(root))
    none = weigh(root, nodes, set())
    chosen = set(prose_blocks(root, none, least=1))
    numbers = {number for number, node in enumerate(nodes) if is_within(node, chosen, root)}
    return planted(root, weigh(root, nodes, numbers), base=base, hints=hints, witness=witness)


def planted(root: _Element, weights: Weights, *, base: str, hints: Hints, witness: Witness) -> _Element:
    """The main content of what was kept, told to the witness."""
    plant = partial(plant_kept, root, weights, base=base, hints=hints)
    witness.text_chosen(root, plant, weights)
    return plant()


def is_too_little(kept: int, text: str) -> bool:
    """Whether the nodes that are known to be kept hold but a part of a text."""
    return kept < LEAST_MARKED * len("".join(text.split()))


def first_choice(tree: _Element, base: str, hints: Hints) -> _Element | None:
    """trafilatura's first extractor where that will do, else the best of all it has, which takes twice the time.

    It will do on a page that calls itself an article, once it finds as much as an article has; it is not tried where
    all the paragraphs of the page hold less.
    """
    if hints.is_huge or (hints.is_article and has_paragraphs(tree)):
        chosen = library_choice(tree, base, is_fast=True)
        if hints.is_huge or (chosen is not None and characters_of(chosen) >= ENOUGH_CHARACTERS):
            return chosen
    return library_choice(tree, base, is_fast=False)


def has_paragraphs(tree: _Element) -> bool:
    """Whether the paragraphs of a page may hold an article. Of most pages the first few tell."""
    length = 0
    for paragraph in tree.iter("p"):
        length += characters_of(paragraph)
        if length >= ENOUGH_CHARACTERS:
            return True
    return False


def characters_of(body: _Element) -> int:
    """Return how long a text is."""
    return sum(len(str(text)) for text in body.itertext())


def library_choice(tree: _Element, base: str, *, is_fast: bool) -> _Element | None:
    """The body that trafilatura extracts."""
    try:
        document = bare_extraction(tree, options=FIRST_EXTRACTOR if is_fast else ALL_EXTRACTORS)
    except LIBRARY_FAILURES as error:
        raise UnreadableDocument(base, f"its text cannot be found ({type(error).__name__}: {error})") from error
    body = getattr(document, "body", None)
    return body if isinstance(body, _Element) else None


def chosen_by_hand(tree: _Element, selector: str, base: str, witness: Witness) -> _Element | None:
    """What a person's CSS selector matches, without scripts, forms and navigation."""
    try:
        matches = elements_at(tree, xpath_of(selector))
    except (SelectorError, etree.XPathError) as error:
        raise UnreadableDocument(base, f"{selector!r} is not a CSS selector ({error})") from error
    plant = partial(plant_all, outermost(matches), base=base)
    witness.text_chosen(tree, plant)
    return plant()
