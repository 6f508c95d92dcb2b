"""How much of a page is teasers: a linked heading with a few words, again and again. Not for what follows from it."""

import re
from collections import Counter
from collections.abc import Iterator

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.elements import HEADINGS
from crawler.extract.jsonld import LISTING_TYPES
from crawler.extract.obstacles.sight import host_of
from crawler.extract.query import elements_at, strings_at
from crawler.extract.structured import short_text, urljoin_safely
from crawler.extract.wording import count_words

TEASER_HEADINGS = "//h2[.//a[@href]] | //h3[.//a[@href]] | //a[@href][h2 or h3]"

FRAME = frozenset({"nav", "footer", "aside", "script", "style", "noscript", "template"})
WORD = re.compile(r"[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]|[^\W_\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]+")
MOST_TEASERS = 500
LONGEST_TEASER = 120  # words; what is longer is an article under a linked heading
LEAST_TEASERS, LEAST_SHARE = 2, 0.8
PLAIN_TEASERS, PLAIN_WORDS = 12, 60  # of a page that does not say what it is


def teaser_headings(tree: _Element) -> list[_Element]:
    """Return the headings of the page that are links, or stand in one."""
    return elements_at(tree, TEASER_HEADINGS)


def teaser_share(teasers: list[str], text: str) -> float:
    """Return the share of the words of text, a page's main text, that stand in these teasers."""
    teased = Counter(word for teaser in teasers if count_words(teaser) <= LONGEST_TEASER for word in words_of(teaser))
    words = Counter(words_of(text))
    return (words & teased).total() / words.total() if words else 0.0


def words_of(text: str) -> list[str]:
    """Return the words of text; of scripts without spaces the characters."""
    return WORD.findall(text.casefold())


def texts_of(headings: list[_Element]) -> list[str]:
    """Return the text of each heading's teaser: what holds it alone, and what stands between that and the next."""
    teasers = teasers_of(headings)
    others = {parent for heading in headings for parent in (heading, *heading.iterancestors())}
    return [" ".join((short_text(teaser), *(short_text(each) for each in below(teaser, others)))) for teaser in teasers]


def below(teaser: _Element, others: set[_Element]) -> Iterator[_Element]:
    """The elements that follow a teaser, up to the next one or another heading."""
    for each in teaser.itersiblings("*"):
        if each in others or each.tag in HEADINGS:
            return
        yield each


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
    """Return why a page is nothing but teasers, or None.

    A page that does not say what it is must have many of them, each a sentence or two, to other pages of its own site.
    """
    headings = [each for each in teaser_headings(clues.tree)[:MOST_TEASERS] if not is_framed(each)]
    if len(headings) < LEAST_TEASERS:
        return None
    if clues.first_meta("og:type") or clues.graph.of_types(LISTING_TYPES):
        teasers = [short_text(teaser) for teaser in teasers_of(headings)]
    else:
        teasers = texts_of(headings)
        if len(pages_teased(headings, teasers, clues)) < PLAIN_TEASERS:
            return None
    share = teaser_share(teasers, clues.text)
    return (
        f"{share:.0%} of its words are teasers below linked headings; add it as a source instead"
        if share >= LEAST_SHARE
        else None
    )


def pages_teased(headings: list[_Element], teasers: list[str], clues: Clues) -> set[str]:
    """Return where the short teasers lead, as far as that is another page of the same site."""
    pairs = zip(headings, teasers, strict=True)
    targets = {target_of(heading, clues) for heading, teaser in pairs if count_words(teaser) <= PLAIN_WORDS}
    own, here = host_of(clues.base or clues.url), clues.url.partition("#")[0]
    return {target for target in targets if host_of(target) == own and target != here}


def target_of(heading: _Element, clues: Clues) -> str:
    """Return where a linked heading leads, without the place on that page."""
    links = strings_at(heading, "self::a/@href | .//a/@href | ancestor::a/@href")
    return urljoin_safely(clues.base or clues.url, links[0]).partition("#")[0] if links else ""
