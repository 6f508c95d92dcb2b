"""Everything a page says of itself, gathered once. Not for weighing it: which clue wins is decided in fields.py."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import wraps
from typing import TypeVar, cast

from lxml.etree import _Element

from crawler.extract.jsonld import Graph
from crawler.extract.sites.site import NO_SITE, SiteValues

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Clues:
    """A page's statements. Names of meta and items are in lower case; every text has its white space collapsed.

    url: the page's address, empty where nobody knows it. base: what relative links are resolved against.
    scripts: the page's, also those that were taken out of the tree. meta: values by name, property or itemprop of
    meta elements. items: values by itemprop elsewhere.
    rels: absolute targets by link relation. text: the main text, empty until it has been found.
    site: what the rule of the page's site finds, where it has one. remembered: for once_a_page.
    """

    url: str
    base: str
    tree: _Element
    scripts: tuple[_Element, ...] = ()
    graph: Graph
    meta: Mapping[str, tuple[str, ...]]
    items: Mapping[str, tuple[str, ...]]
    rels: Mapping[str, tuple[str, ...]]
    page_title: str
    headings: tuple[str, ...]
    now: datetime
    text: str = ""
    site: SiteValues = NO_SITE
    remembered: dict[object, object] = field(default_factory=dict, repr=False, compare=False)

    def first_meta(self, *names: str) -> str:
        """The first value of the first of these names that has one."""
        return next((value for name in names for value in self.meta.get(name, ()) if value), "")

    def first_item(self, *names: str) -> str:
        """The first microdata value of the first of these properties that has one."""
        return next((value for name in names for value in self.items.get(name, ()) if value), "")

    def first_rel(self, relation: str) -> str:
        """The first target of a link relation."""
        return next(iter(self.rels.get(relation, ())), "")


def once_a_page(read: Callable[[Clues], T]) -> Callable[[Clues], T]:
    """Make a reader keep what it finds, for all who ask of the same page.

    Only for one that looks neither at text nor at site: these are filled in later, in copies that share the memory.
    """

    @wraps(read)
    def remembering(clues: Clues) -> T:
        if read not in clues.remembered:
            clues.remembered[read] = read(clues)
        return cast("T", clues.remembered[read])

    return remembering
