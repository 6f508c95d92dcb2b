"""The microdata of a page's article: itemprop values in its scope, not those of a comment, a product or a teaser."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from lxml.etree import _Element

from crawler.extract.jsonld import ARTICLE_TYPES
from crawler.extract.query import elements_at
from crawler.extract.wording import plain_line

MAX_ITEMS = 500
VALUE_ATTRIBUTES = ("content", "datetime", "href", "src")
PAGE_TYPES = frozenset(
    {"WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "Question", "VideoObject", "CreativeWork"}
)
ANSWERS = frozenset({"Comment", "Review", "Answer", "UserComments", "Rating", "AggregateRating"})
TYPE_NAME = re.compile(r"[A-Za-z]+$")
Values = Mapping[str, tuple[str, ...]]


# Before the name of a property of a thread's first post.
OF_POST = "post:"


def read_items(tree: _Element) -> Values:
    """Values by itemprop, in lower case: an attribute that holds it, else the text; those of the article's own scope.

    Where several articles are marked, the page's is the one that holds an h1; else none of them is. Where nothing
    but comments is marked, the first may be the post that opens a thread: its values are kept under ``post:``.
    """
    elements = elements_at(tree, "//*[@itemprop]")[:MAX_ITEMS]
    scopes = {element: scope_of(element) for element in elements}
    article = article_scope(scope for scope in scopes.values() if scope is not None)
    post = None if article is not None else next((s for s in scopes.values() if s is not None and is_post(s)), None)
    found: dict[str, list[str]] = defaultdict(list)
    for element, scope in scopes.items():
        if scope is None or scope is article or scope is post or scope_type(scope) in PAGE_TYPES:
            value = value_of(element)
            for name in (element.get("itemprop") or "").lower().split() if value else ():
                found[OF_POST + name if scope is not None and scope is post else name].append(value)
    return {name: tuple(dict.fromkeys(values)) for name, values in found.items()}


def scope_of(element: _Element) -> _Element | None:
    """The item that a property belongs to, or None for one that stands alone."""
    return next((e for e in element.iterancestors() if e.get("itemscope") is not None), None)


def scope_type(scope: _Element) -> str:
    found = TYPE_NAME.search(scope.get("itemtype") or "")
    return found[0] if found else ""


def is_post(scope: _Element) -> bool:
    return scope_type(scope) == "Comment"


def article_scope(scopes: Iterable[_Element]) -> _Element | None:
    """The item of the page's article among the items of properties."""
    articles = [s for s in dict.fromkeys(scopes) if scope_type(s) in ARTICLE_TYPES - ANSWERS]
    if len(articles) <= 1:
        return next(iter(articles), None)
    return next((scope for scope in articles if next(scope.iter("h1"), None) is not None), None)


def is_answer(element: _Element) -> bool:
    """Whether a property is that of a comment, a review or an answer."""
    scope = scope_of(element)
    return scope is not None and scope_type(scope) in ANSWERS


def value_of(element: _Element) -> str:
    """What a property says: an attribute that holds it, else its text, at most 1000 characters."""
    stated = next((value for name in VALUE_ATTRIBUTES if (value := element.get(name))), "")
    return plain_line(stated or "".join(map(str, element.itertext()))[:1000])
