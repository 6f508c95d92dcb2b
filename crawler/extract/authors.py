"""Who wrote it: names cleaned, people told from organisations. Not for finding profiles of them."""

import re
from collections.abc import Callable, Iterable
from functools import partial

from lxml.etree import _Element

from crawler.extract.article_node import article_node, page_node
from crawler.extract.clues import Clues
from crawler.extract.jsonld import Node, types_of
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.wording import CJK, plain_line, squeezed
from storage.article import Author

Authors = tuple[Author, ...]
LEAD = re.compile(
    r"^(?:written by|posted by|published by|reported by|photo by|words by|story by|veröffentlicht von|geschrieben von|"
    r"text von|text|autor(?:en|in)?|author|authors|auteur|by|von|par|por|di|door|av|af|from|foto)\b[\s:]*",
    re.IGNORECASE,
)
SPLIT = re.compile(r"\s*[;|]\s*|\s*/\s*|\s+(?:and|und|et|y|og|och|&|with)\s+")
TRAILER = re.compile(
    r"\s*(?:[|•·]|\s[–—-]\s|\(|\b(?:published|updated|posted|on|am|vom|le|el)\b\s*:?\s*(?=.*\d)|,?\s*\d{1,2}[.:/ ]).*$",
    re.IGNORECASE,
)
ORGANISATION = re.compile(
    r"\b(?:redaktion|redaktionsteam|redacción|redazione|rédaction|redactie|editors?|editorial|staff|team|news|newsroom|"
    r"newsdesk|desk|agency|agencies|agentur|agenturen|red|associated press|reuters|afp|dpa|apa|epd|kna|sid|ansa|efe|"
    r"press|media|magazine|magazin|zeitung|times|post|gmbh|inc|ltd|llc|ag|university|universität|institut|institute|"
    r"foundation|verlag|group|online|blog|tv|radio|contributors|correspondents|board|association|society|department|ministry)\b|"
    r"\.(?:com|org|net|de|co\.uk|fr|it|at|ch|eu|io)\b",
    re.IGNORECASE,
)
NO_NAME = frozenset(
    (
        "admin", "administrator", "root", "user", "guest", "unknown", "anonymous", "none", "null", "author",
        "autor", "auteur", "editor", "webmaster", "gast", "wordpress", "default", "undefined", "by", "von",
        "share", "facebook", "twitter", "kommentare", "comments", "name", "test", "na",
    )
)  # fmt: skip
BYLINE_CLASS = re.compile(
    r"(?:^|[\s_-])(?:byline|by-line|author-?name|article-?author|post-?author|entry-?author|c-byline|authors?)(?:$|[\s_-])",
    re.IGNORECASE,
)
AUTHOR_ATTRIBUTE = "//*[@rel='author' or @itemprop='author' or contains(@class,'uthor') or contains(@class,'yline')]"
OUTSIDE = ("aside", "footer", "nav", "form")
MAX_NAME, MAX_AUTHORS, MAX_BYLINES = 70, 20, 40


def only_people(read: Callable[[Clues], Authors], clues: Clues) -> Authors | None:
    """What a source gives, if a person is among it."""
    authors = read(clues)
    return authors if any(author.kind == "person" for author in authors) else None


def site_authors(clues: Clues) -> Authors | None:
    """Those that the rule of the site finds: as printed, where it says so or nothing else is left of them.

    A pen name may be any word.
    """
    told = clues.site.authors
    names = () if clues.site.is_verbatim else cleaned(((name, False) for name in told), clues)
    return names or tuple(Author(name) for name in told) or None


def jsonld_authors(clues: Clues) -> Authors:
    """author, else creator, of the article, else of the page."""
    for node in (article_node(clues), page_node(clues)):
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


def meta_authors(clues: Clues) -> Authors:
    names = (
        "citation_author",
        "author",
        "article:author",
        "dc.creator",
        "dcterms.creator",
        "parsely-author",
        "sailthru.author",
        "byl",
    )
    for name in names:
        authors = cleaned(((value, False) for value in clues.meta.get(name, ())), clues)
        if authors:
            return authors
    return ()


def byline_authors(clues: Clues) -> Authors:
    """Short elements marked as the author: itemprop, rel=author or class; the first kind that gives a name."""
    marked = elements_at(clues.tree, AUTHOR_ATTRIBUTE)[:MAX_BYLINES]
    marked = [e for e in marked if next(e.iterancestors(OUTSIDE), None) is None]
    for is_wanted in (is_author_item, is_author_link, is_byline_class):
        names = [(byline_text(e), False) for e in marked if is_wanted(e)]
        authors = cleaned(names[:3], clues)
        if authors:
            return authors
    return ()


def is_author_item(element: _Element) -> bool:
    return element.get("itemprop") == "author"


def is_author_link(element: _Element) -> bool:
    return "author" in (element.get("rel") or "").split()


def is_byline_class(element: _Element) -> bool:
    return bool(BYLINE_CLASS.search(element.get("class") or ""))


def byline_text(element: _Element) -> str:
    """The name within an author element: its own name item, else its first link's text, else its text."""
    first = next(iter(elements_at(element, ".//*[@itemprop='name'] | .//a[@rel='author']")), element)
    text = first.get("content") or short_text(first)
    return text if len(text) <= MAX_NAME * 2 else ""


def cleaned(names: Iterable[tuple[str, bool]], clues: Clues) -> Authors:
    """Authors of raw names: split, without "By", e-mail and web addresses, without placeholders and repetitions."""
    sites = {squeezed(clues.first_meta("og:site_name"))}
    found: dict[str, Author] = {}
    for raw, is_organisation in names:
        if "://" in raw:
            continue
        for name in [raw] if is_organisation else split_names(raw):
            name = clean_name(name)
            if is_name(name):
                told = is_organisation or bool(ORGANISATION.search(name)) or squeezed(name) in sites
                found.setdefault(squeezed(name), Author(name, "organisation" if told else "person"))
    return tuple(found.values())[:MAX_AUTHORS]


def split_names(text: str) -> list[str]:
    """Single names of a byline. A comma divides only where every part is a name of two words or more."""
    parts = SPLIT.split(LEAD.sub("", plain_line(text)))
    names: list[str] = []
    for part in parts:
        by_comma = [p.strip() for p in part.split(",") if p.strip()]
        is_list = len(by_comma) > 1 and all(2 <= len(p.split()) <= 5 for p in by_comma)
        names += by_comma if is_list else [part]
    return names


def clean_name(name: str) -> str:
    name = LEAD.sub("", plain_line(name).strip(" ,:;|-–—•·*@\"'"))
    return TRAILER.sub("", name).strip(" ,:;|-–—•·*\"'")


def is_name(name: str) -> bool:
    """Whether a text can be a name: letters, short, no address, no placeholder."""
    if not 2 <= len(name) <= MAX_NAME or "@" in name or "://" in name or name.lower().startswith("www."):
        return False
    if squeezed(name) in NO_NAME or len(name.split()) > 7 or sum(c.isdigit() for c in name) > 4:
        return False
    return any(c.isalpha() for c in name) and (len(name) > 2 or bool(CJK.search(name)))


jsonld_people = partial(only_people, jsonld_authors)
meta_people = partial(only_people, meta_authors)
byline_people = partial(only_people, byline_authors)


def organisations(clues: Clues) -> Authors | None:
    """What the mark-up names where it names no person."""
    return jsonld_authors(clues) or meta_authors(clues) or byline_authors(clues) or None
