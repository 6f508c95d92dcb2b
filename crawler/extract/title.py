"""The title of an article, without the name of the site. Not for the title of a feed or section."""

import re
from collections.abc import Iterator

from crawler.extract.article_node import article_node
from crawler.extract.clues import Clues
from crawler.extract.provider import site_names
from crawler.extract.wording import squeezed

SEPARATOR = re.compile(r"\s+[|\-–—:·•»«‹›/]\s+|\s*[|»•]\s*|(?<=\w):\s+")
DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,6})", re.IGNORECASE)
CUT_OFF = ("...", "…")
MAX_CHARACTERS = 300
MAX_CUTS = 3


def headline(clues: Clues) -> str | None:
    """JSON-LD's headline; where it is cut off, the h1 that goes on."""
    node = article_node(clues)
    title = without_site(clues.graph.text(node, "headline", "name"), clues) if node else ""
    stem = squeezed(title.removesuffix("...").removesuffix("…"))
    for heading in h1s(clues):
        if title and len(stem) >= 20 and squeezed(heading).startswith(stem):
            return heading
    return None if title.endswith(CUT_OFF) else title or None


def agreeing_heading(clues: Clues) -> str | None:
    """The first h1 whose words stand in the page's title or og:title, or the other way round."""
    stated = [squeezed(text) for text in (clues.page_title, clues.first_meta("og:title", "twitter:title")) if text]
    for heading in h1s(clues):
        key = squeezed(heading)
        if any(key in text or (len(text) >= 12 and text in key) for text in stated):
            return heading
    return None


def h1s(clues: Clues) -> Iterator[str]:
    """The h1 elements' texts without the site's name."""
    return filter(None, (without_site(heading, clues) for heading in clues.headings))


def opengraph_title(clues: Clues) -> str | None:
    return without_site(clues.first_meta("og:title"), clues) or None


def meta_title(clues: Clues) -> str | None:
    names = ("citation_title", "dc.title", "dcterms.title", "twitter:title", "parsely-title", "sailthru.title")
    return without_site(clues.first_meta(*names), clues) or None


def microdata_title(clues: Clues) -> str | None:
    return without_site(clues.first_item("headline"), clues) or None


def title_element(clues: Clues) -> str | None:
    return without_site(clues.page_title, clues) or None


def any_heading(clues: Clues) -> str | None:
    return next(h1s(clues), None) or next(iter(clues.headings), None) or clues.page_title or None


def without_site(title: str, clues: Clues) -> str:
    """The title with the site's name cut off at either end; empty where nothing else is in it."""
    title = title.strip()[:MAX_CHARACTERS]
    names = site_names(clues) if title else []
    for _ in range(MAX_CUTS):
        shorter = cut_once(title, names)
        if shorter == title:
            break
        title = shorter
    return "" if squeezed(title) in names else title


def cut_once(title: str, names: list[str]) -> str:
    """The title without its last or first segment, where that is a name of the site."""
    breaks = list(SEPARATOR.finditer(title))
    if not breaks:
        return title
    last, first = breaks[-1], breaks[0]
    if is_site(title[last.end() :], names) and title[: last.start()].strip():
        return title[: last.start()].strip()
    if is_site(title[: first.start()], names) and title[first.end() :].strip():
        return title[first.end() :].strip()
    return title


def is_site(segment: str, names: list[str]) -> bool:
    """Whether a segment is a site's name, or covers or is covered by at least half of one, or is a domain."""
    key = squeezed(segment)
    if not key or DOMAIN.fullmatch(segment.strip()):
        return bool(key)
    return any(
        key == n or (n in key and len(n) * 2 >= len(key)) or (key in n and len(key) * 2 >= len(n)) for n in names
    )
