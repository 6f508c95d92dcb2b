"""Carries out a site's rule on a page. Not for the rules themselves."""

from collections.abc import Sequence
from dataclasses import replace

from lxml.etree import _Element

from crawler.extract.clues import Clues
from crawler.extract.hidden import drop
from crawler.extract.query import elements_at
from crawler.extract.selector import xpath_of
from crawler.extract.sites.picking import first_moment, first_text, texts, words
from crawler.extract.sites.registry import find_site
from crawler.extract.sites.site import NO_SITE, Site, SiteValues
from crawler.extract.sites.verbatim import main_html, meta_as_it_is, split_keywords
from crawler.extract.witness import NOBODY, Witness


def read_site(
    clues: Clues, own: Sequence[Site] = (), *, is_wanted: bool = True, witness: Witness = NOBODY
) -> SiteValues:
    """Return what the rule for the page finds: nothing where there is none, or the page lacks the main text it names.

    The tree loses what the rule removes. own: a person's rules. is_wanted: whether a rule may be taken at all.
    """
    site = find_site(clues.url, own) if is_wanted else None
    if site is None:
        return NO_SITE
    selector = next((each for each in site.main if elements_at(clues.tree, xpath_of(each))), "")
    if site.main and not selector:
        return SiteValues(rule=site.name, missing=site.main)
    found = values_of(site, clues, selector)
    removed = removable(site, clues.tree)
    witness.parts_removed(removed, "the rule removes it")
    drop(removed)
    return with_page_as_it_is(found, clues) if site.is_verbatim else found


def values_of(site: Site, clues: Clues, selector: str) -> SiteValues:
    """Return what a rule finds of each field. selector: of the main text, empty where the rule leaves its choice."""
    address = site.address.match(clues.url) if site.address else None
    return SiteValues(
        rule=site.name,
        main=selector,
        is_article=site.tells_articles,
        is_verbatim=site.is_verbatim,
        address=address[0] if address else "",
        title=first_text(site.title, clues.tree),
        authors=tuple(texts(site.authors, clues.tree)),
        published=first_moment(site.published, clues, zone=site.zone),
        published_late=first_moment(site.published_late, clues, zone=site.zone),
        modified=first_moment(site.modified, clues, zone=site.zone),
        tags=None if site.tags is None else words(site.tags, clues.tree),
        categories=None if site.categories is None else words(site.categories, clues.tree),
    )


def removable(site: Site, tree: _Element) -> list[_Element]:
    """Return the elements that a rule removes; never the page itself."""
    return [each for selector in site.removed for each in elements_at(tree, xpath_of(selector)) if each is not tree]


def with_page_as_it_is(found: SiteValues, clues: Clues) -> SiteValues:
    """Return what was found, with the HTML of the main text, description and keywords as the page has them."""
    main = next(iter(elements_at(clues.tree, xpath_of(found.main))), None) if found.main else None
    return replace(
        found,
        html=main_html(main, base=clues.base) if main is not None else "",
        excerpt=meta_as_it_is(clues.tree, "description"),
        keywords=split_keywords(meta_as_it_is(clues.tree, "keywords")),
    )
