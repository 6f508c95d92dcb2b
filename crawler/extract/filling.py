"""Adds to a choice of text the prose around it, where an extractor kept but one section of many.

A page whose sections stand in boxes of their own looks to an extractor like many small articles: it takes one.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lxml.etree import _Element

from crawler.extract.folding import is_folded, revealed_names
from crawler.extract.hidden import is_hidden
from crawler.extract.hints import Hints
from crawler.extract.watermark import TextNode
from crawler.extract.weights import Weights

PROSE = ("p", "li", "h2", "h3", "h4", "td", "th", "dt", "dd", "blockquote", "pre")
HEADINGS = frozenset({"h2", "h3", "h4"})
FRAME = frozenset({"nav", "aside", "footer", "form", "header"})
LEAST_CHARACTERS, MOST_DENSITY = 60, 0.3
BESIDE = re.compile(
    r"(?:^|[\s_-])(?:related|recommend\w*|teasers?|comments?|sidebar|promo\w*|newsletter|share|social|cookies?|author-?bio|"
    r"footer|nav\w*|menu|breadcrumbs?|widget|ads?|advert\w*|cards?|carousel|popular|trending|reviews?|modal|popup|"
    r"disclaimer|sources?|references)(?:$|[\s_-])",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Bounds:
    """Where the text around a choice is taken, too. least, most: the share of its region that was kept.

    density: of links in the region.
    """

    least: float
    most: float
    density: float


# Pages that call themselves articles are one text more often than others.
ARTICLE, OTHER = Bounds(0.1, 0.5, 0.15), Bounds(0.05, 0.6, 0.25)


def prose_around(region: _Element, weights: Weights, nodes: Sequence[TextNode], hints: Hints) -> set[int]:
    """Return the numbers of text nodes of region that belong to what was kept of it; none where enough was."""
    weight, bounds = weights[region], ARTICLE if hints.is_article else OTHER
    if not bounds.least <= weight.share < bounds.most or weight.density > bounds.density:
        return set()
    chosen = set(prose_blocks(region, weights))
    return {number for number, node in enumerate(nodes) if is_within(node, chosen, region)}


def prose_blocks(region: _Element, weights: Weights, *, least: int = LEAST_CHARACTERS) -> Iterator[_Element]:
    """Give the blocks of prose in a region of which nothing was kept, those beside the text left out.

    least: the fewest characters of a block that is no heading.
    """
    revealed = revealed_names(region)
    fit: dict[_Element, bool] = {region: True}
    for element in region.iter(*PROSE):
        if is_prose(element, weights, least=least) and is_fit(element, fit, revealed):
            yield element


def is_prose(element: _Element, weights: Weights, *, least: int) -> bool:
    """Whether a block holds no other block and enough words that are no links."""
    weight = weights[element]
    if weight.has_block or weight.kept or not weight.total or weight.density >= MOST_DENSITY:
        return False
    return weight.total >= least or element.tag in HEADINGS


def is_fit(element: _Element, fit: dict[_Element, bool], revealed: frozenset[str]) -> bool:
    """Whether neither an element nor any around it, up to the region, stands beside the text. fit: what is known."""
    unknown: list[_Element] = []
    here: _Element | None = element
    while here is not None and here not in fit:
        unknown.append(here)
        here = here.getparent()
    is_good = here is not None and fit[here]
    for each in reversed(unknown):
        is_good = is_good and not is_beside(each, revealed)
        fit[each] = is_good
    return is_good


def is_beside(element: _Element, revealed: frozenset[str]) -> bool:
    """Whether an element is no part of a text: the frame of a page, teasers, what is hidden and never shown."""
    if element.tag in FRAME:
        return True
    names = f"{element.get('class') or ''} {element.get('id') or ''}"
    return BESIDE.search(names) is not None or (is_hidden(element) and not is_folded(element, revealed))


def is_within(node: TextNode, chosen: set[_Element], region: _Element) -> bool:
    """Whether a text node lies in one of some blocks of region."""
    here = node.element.getparent() if node.is_tail else node.element
    while here is not None and here is not region:
        if here in chosen:
            return True
        here = here.getparent()
    return False
