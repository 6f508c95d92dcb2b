"""Who wrote it: which source of an author's name comes when, and which names are people's. Not for finding profiles."""

from collections.abc import Callable, Iterable
from functools import partial

from crawler.extract.article_node import article_node, is_declared_article, page_node
from crawler.extract.byline import marked_names, printed_names
from crawler.extract.bywords import WRITTEN_BY
from crawler.extract.clues import Clues, once_a_page
from crawler.extract.jsonld import Node, types_of
from crawler.extract.names import clean_name, is_name, is_organisation, split_names
from crawler.extract.provider import is_home, site_names
from crawler.extract.wording import squeezed
from storage.article import Author

Authors = tuple[Author, ...]
META_NAMES = (
    "citation_author", "author", "article:author", "dc.creator", "dcterms.creator", "parsely-author", "sailthru.author",
    "byl", "cxenseparse:author", "og:article:author", "article.author",
)  # fmt: skip
MAX_AUTHORS = 20


def only_people(read: Callable[[Clues], Authors], clues: Clues) -> Authors | None:
    """The people that a source gives: an organisation beside them is where they work, or passed the text on."""
    return tuple(author for author in read(clues) if author.kind == "person") or None


def site_authors(clues: Clues) -> Authors | None:
    """Those that the rule of the site finds: as printed, where it says so or nothing else is left of them.

    A pen name may be any word.
    """
    told = clues.site.authors
    names = () if clues.site.is_verbatim else cleaned(((name, False) for name in told), clues)
    return names or tuple(Author(name) for name in told) or None


@once_a_page
def jsonld_authors(clues: Clues) -> Authors:
    """author, else creator, of the article, else of the page."""
    for node in (article_node(clues), page_node(clues) if is_declared_article(clues) else None):
        authors = cleaned(node_authors(node, clues), clues) if node else ()
        if authors:
            return authors
    return ()


def node_authors(node: Node, clues: Clues) -> Iterable[tuple[str, bool]]:
    """Names with whether the mark-up calls them an organisation."""
    for value in clues.graph.values(node, "author", "creator"):
        if isinstance(value, dict):
            is_organisation = any(name.endswith("Organization") for name in types_of(value))
            for name in clues.graph.values(value, "name")[:MAX_AUTHORS]:
                yield str(name), is_organisation
        elif isinstance(value, str):
            yield value, False


@once_a_page
def meta_authors(clues: Clues) -> Authors:
    """What meta elements name; on a site's home page that is whose site it is."""
    if is_home(clues.url) and article_node(clues) is None:
        return ()
    for name in META_NAMES:
        authors = cleaned(((value, False) for value in clues.meta.get(name, ())), clues)
        if authors:
            return authors
    return cleaned(((value, False) for value in card_authors(clues)), clues)


def card_authors(clues: Clues) -> list[str]:
    """What Twitter's card shows under a label that says "Written by"."""
    labels = ((clues.first_meta(f"twitter:label{n}"), clues.first_meta(f"twitter:data{n}")) for n in (1, 2))
    return [value for label, value in labels if squeezed(label) in WRITTEN_BY]


@once_a_page
def byline_authors(clues: Clues) -> Authors:
    return cleaned(((name, False) for name in marked_names(clues)), clues)


def byline_people(clues: Clues) -> Authors | None:
    """The people in elements marked as the author; an organisation beside them is where they work."""
    return tuple(author for author in byline_authors(clues) if author.kind == "person") or None


def printed_people(clues: Clues) -> Authors | None:
    """People named in a line "By NAME" next to the headline."""
    authors = cleaned(((name, False) for name in printed_names(clues)), clues)
    return tuple(author for author in authors if author.kind == "person") or None


def cleaned(names: Iterable[tuple[str, bool]], clues: Clues) -> Authors:
    """Authors of raw names: split, without "By", e-mail and web addresses, without placeholders and repetitions."""
    found: dict[str, Author] = {}
    for raw, is_stated in names:
        if "://" in raw:
            continue
        for name in [raw] if is_stated else split_names(raw):
            name = clean_name(name)
            if is_name(name):
                told = is_stated or is_organisation(name) or is_the_site(name, clues)
                found.setdefault(squeezed(name), Author(name, "organisation" if told else "person"))
    return tuple(found.values())[:MAX_AUTHORS]


def is_the_site(name: str, clues: Clues) -> bool:
    """Whether a name is the site's: what it calls itself, or in one word what its domain is called."""
    key = squeezed(name)
    stated = {squeezed(clues.first_meta("og:site_name")), squeezed(clues.first_meta("application-name"))}
    return key in stated or (key in site_names(clues) and len(name.split()) == 1)


jsonld_people = partial(only_people, jsonld_authors)
meta_people = partial(only_people, meta_authors)


def organisations(clues: Clues) -> Authors | None:
    """What the mark-up names where it names no person."""
    return jsonld_authors(clues) or meta_authors(clues) or byline_authors(clues) or None
