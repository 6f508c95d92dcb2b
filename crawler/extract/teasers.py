"""How much of a page is teasers: a linked heading with a few words, again and again. Not for what follows from it."""

import re
from collections import Counter

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.jsonld import LISTING_TYPES
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.wording import count_words

TEASER_HEADINGS = "//h2[.//a[@href]] | //h3[.//a[@href]] | //a[@href][h2 or h3]"
FRAME = frozenset({"nav", "footer", "aside", "script", "style", "noscript", "template"})
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
MOST_TEASERS = 500
LONGEST_TEASER = 120  # words; what is longer is an article under a linked heading
LEAST_TEASERS, LEAST_SHARE = 2, 0.8


def teaser_headings(tree: _Element) -> list[_Element]:
    """Return the headings of the page that are links, or stand in one."""
    return elements_at(tree, TEASER_HEADINGS)


def teaser_share(tree: _Element, text: str) -> float:
    """Return the share of the words of text, a page's main text, that stand in the page's teasers."""
    headings = [each for each in teaser_headings(tree)[:MOST_TEASERS] if not is_framed(each)]
    if len(headings) < LEAST_TEASERS:
        return 0.0
    teasers = [short_text(teaser) for teaser in teasers_of(headings)]
    teased = Counter(word for teaser in teasers if count_words(teaser) <= LONGEST_TEASER for word in words_of(teaser))
    words = Counter(words_of(text))
    return (words & teased).total() / words.total() if words else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of text; of scripts without spaces the characters."""
    return WORD.findall(text.casefold())


def teasers_of(headings: list[_Element]) -> list[_Element]:
    """Return for each heading the largest element that holds no other of them."""
    holders: dict[_Element, int] = {}
    for heading in headings:
        for parent in heading.iterancestors():
            holders[parent] = holders.get(parent, 0) + 1
    return [largest_alone(heading, holders) for heading in headings]


def largest_alone(heading: _Element, holders: dict[_Element, int]) -> _Element:
    """Return the largest ancestor of heading that holds it alone."""
    found = heading
    for parent in heading.iterancestors():
        if holders[parent] > 1:
            return found
        found = parent
    return found


def is_framed(element: _Element) -> bool:
    """Whether element belongs to the page's frame."""
    return any(parent.tag in FRAME for parent in element.iterancestors())


def why_teaser_list(clues: Clues) -> str | None:
    """Return why a page is nothing but teasers, or None; a page that does not say what it is gets the doubt."""
    says_so = bool(clues.first_meta("og:type")) or bool(clues.graph.of_types(LISTING_TYPES))
    share = teaser_share(clues.tree, clues.text) if says_so else 0.0
    if share < LEAST_SHARE:
        return None
    return f"{share:.0%} of its words are teasers below linked headings; add it as a source instead"
