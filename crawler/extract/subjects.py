"""What it is about, as the page says: tags, keywords, section. Nothing is derived from the text."""

import re
from collections.abc import Iterable

from crawler.extract.article_node import article_node, page_node, video_node
from crawler.extract.clues import Clues
from crawler.extract.jsonld import text_of
from crawler.extract.structured import short_text
from crawler.extract.wording import plain_line, squeezed

Words = tuple[str, ...]
MAX_WORDS, MAX_CHARACTERS = 50, 80
SEPARATOR = re.compile(r"\s*[,;|]\s*")
LICENSE_URL = re.compile(r"creativecommons\.org/(licenses|publicdomain)/([a-z-]+)/(\d\.\d)", re.IGNORECASE)


def distinct(values: Iterable[str]) -> Words:
    """The values once each, in order, without empty and overlong ones."""
    found: dict[str, str] = {}
    for value in map(plain_line, values):
        value = value.strip(" #,;")
        if value and len(value) <= MAX_CHARACTERS and squeezed(value):
            found.setdefault(squeezed(value), value)
    return tuple(found.values())[:MAX_WORDS]


def split_words(values: Iterable[str]) -> Words:
    return distinct(word for value in values for word in SEPARATOR.split(value))


def jsonld_keywords(clues: Clues) -> Words | None:
    nodes = [node for node in (article_node(clues), page_node(clues), video_node(clues)) if node]
    for node in nodes:
        values = [text_of(value) for value in clues.graph.values(node, "keywords")]
        words = distinct(values) if len(values) > 1 else split_words(values)
        if words:
            return words
    return None


def opengraph_tags(clues: Clues) -> Words | None:
    names = ("article:tag", "og:article:tag", "og:video:tag")
    values = next((found for name in names if (found := clues.meta.get(name, ()))), ())
    return (distinct(values) if len(values) > 1 else split_words(values)) or None


def meta_keywords(clues: Clues) -> Words | None:
    names = (
        "news_keywords",
        "keywords",
        "citation_keywords",
        "parsely-tags",
        "dc.subject",
        "dcterms.subject",
        "sailthru.tags",
    )
    return next((words for name in names if (words := split_words(clues.meta.get(name, ())))), None)


def linked_tags(clues: Clues) -> Words | None:
    """The texts of links marked rel=tag."""
    links = (a for a in clues.tree.iter("a") if "tag" in (a.get("rel") or "").split())
    return distinct(short_text(a) for a, _ in zip(links, range(MAX_WORDS), strict=False)) or None


def jsonld_sections(clues: Clues) -> Words | None:
    node = article_node(clues)
    values = clues.graph.values(node, "articleSection") if node else []
    return distinct(text_of(value) for value in values) or None


def meta_sections(clues: Clues) -> Words | None:
    names = ("article:section", "og:article:section", "parsely-section", "section", "category")
    return next((words for name in names if (words := distinct(clues.meta.get(name, ())))), None)


def jsonld_summary(clues: Clues) -> str | None:
    node = article_node(clues)
    return clues.graph.text(node, "description", "abstract") or None if node else None


def opengraph_summary(clues: Clues) -> str | None:
    return clues.first_meta("og:description") or None


def meta_summary(clues: Clues) -> str | None:
    return clues.first_meta("description", "dc.description", "dcterms.abstract", "twitter:description") or None


def first_sentences(clues: Clues) -> str | None:
    """The beginning of the text, at most 200 characters, cut between words."""
    start = " ".join(clues.text[:400].split())
    return start if len(start) <= 200 else start[:200].rsplit(" ", 1)[0] + "…" if start else None


def stated_license(clues: Clues) -> str | None:
    """The licence the page links, as SPDX writes Creative Commons licences, else its URL or name."""
    node = article_node(clues) or page_node(clues)
    stated = [clues.graph.text(node, "license") if node else ""]
    stated += [
        clues.first_meta("dc.rights", "dcterms.license", "dcterms.rights"),
        clues.first_rel("license"),
        linked_license(clues),
    ]
    value = next((value for value in stated if value), "")
    found = LICENSE_URL.search(value)
    if not found:
        return value[:200] or None
    name = found[2].upper()
    return f"CC0-{found[3]}" if name == "ZERO" else f"CC-{name}-{found[3]}"


def linked_license(clues: Clues) -> str:
    links = (a for a in clues.tree.iter("a") if "license" in (a.get("rel") or "").split())
    return next((href for a in links if (href := a.get("href"))), "")
