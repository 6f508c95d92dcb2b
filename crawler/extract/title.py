"""The title of an article, without the name of the site. Not for the title of a feed or section."""

import re
from collections.abc import Iterator

from crawler.extract.article_node import article_node, is_declared_article
from crawler.extract.clues import Clues
from crawler.extract.provider import site_names
from crawler.extract.wording import squeezed

SEPARATOR = re.compile(r"\s+[|\-–—:·•»«‹›/]\s+|\s*[|»•]\s*|(?<=\w):\s+")
DOMAIN = re.compile(r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:[a-z]{2,6})", re.IGNORECASE)
KICKER = re.compile(r"\s*:\s+|\s+[–—-]\s+|\s+[/|»]\s+")
# The sign that links a heading to itself in documentation.
PERMALINK = re.compile(r"\s*(?:¶|🔗|§|#)\s*$")
LEAST_TITLE, LONGEST_HEADLINE, LEAST_SHARED = 12, 250, 2
CUT_OFF = ("...", "…")
MAX_CHARACTERS = 300
MAX_CUTS = 3


def shared_heading(clues: Clues) -> str | None:
    """The h1 that says what og:title says: what readers and others are shown beats a headline for search engines."""
    shared = squeezed(without_site(clues.first_meta("og:title"), clues))
    found = next((heading for heading in h1s(clues) if squeezed(heading) == shared), None)
    node = article_node(clues)
    stated = without_site(clues.graph.text(node, "headline"), clues) if node else ""
    if found and len(stated) >= LEAST_TITLE and shared.endswith(squeezed(stated)):
        return stated  # what stands before it in the heading is a label
    return without_kicker(found, clues) if found else None


def headline(clues: Clues) -> str | None:
    """JSON-LD's headline, or its name where the page shows only that; where it is cut off, the h1 that goes on."""
    node = article_node(clues)
    stated = [clues.graph.text(node, name) for name in ("headline", "name")] if node else []
    titles = [title for text in stated if (title := without_site(text, clues))]
    shown = set(shown_titles(clues))
    title = next((t for t in titles if squeezed(t) in shown), next(iter(titles), ""))
    stem = squeezed(title.removesuffix("...").removesuffix("…"))
    for heading in h1s(clues):
        if title and len(stem) >= 20 and squeezed(heading).startswith(stem) and squeezed(title) not in shown:
            return heading
    return None if title.endswith(CUT_OFF) or len(title) > LONGEST_HEADLINE else without_kicker(title, clues) or None


def shown_titles(clues: Clues) -> list[str]:
    """What the page shows as its title, squeezed: to readers, in the window and to others."""
    named = (clues.first_meta("og:title"), clues.page_title, clues.first_meta("twitter:title"))
    return [squeezed(title) for title in (*h1s(clues), *(without_site(name, clues) for name in named)) if title]


def without_kicker(title: str, clues: Clues) -> str:
    """The title without the words before a colon or dash, where the page shows it without them elsewhere."""
    parts = KICKER.split(title, maxsplit=1)
    rest = parts[-1]
    if len(parts) < 2 or len(rest) < LEAST_TITLE or len(rest.split()) < 2:
        return title
    return rest if squeezed(rest) in shown_titles(clues) else title


def agreeing_heading(clues: Clues) -> str | None:
    """The longest h1 that is most of the page's title or og:title, a part of it, or holds it."""
    titles = (clues.page_title, clues.first_meta("og:title", "twitter:title"))
    whole = [key for title in titles if (key := squeezed(without_site(title, clues)))]
    parts = {squeezed(part) for title in titles for part in SEPARATOR.split(title)}
    others = parts_beside(clues)
    found = (text for text in h1s(clues) if agrees(squeezed(text), whole) or squeezed(text) in parts)
    best = max((text for text in found if squeezed(text) not in others), key=len, default=None)
    return without_kicker(best, clues) if best else None


def parts_beside(clues: Clues) -> set[str]:
    """The parts of the page's title beside the one that og:title names: the site's name, though an h1 may show it."""
    shared = squeezed(clues.first_meta("og:title"))
    parts = {squeezed(part) for part in SEPARATOR.split(clues.page_title)}
    return parts - {shared} if shared in parts else set()


def agrees(key: str, titles: list[str]) -> bool:
    """Whether a heading begins a title or is at least half of it, or holds it whole."""
    return any(
        t.startswith(key) or (key in t and len(key) * 2 >= len(t)) or (len(t) >= 12 and t in key) for t in titles
    )


def kindred_heading(clues: Clues) -> str | None:
    """The one h1 of what calls itself an article, if it says in other words what the page's title or og:title says."""
    found = list(dict.fromkeys(h1s(clues))) if is_declared_article(clues) else []
    if len(found) != 1 or len(found[0]) < LEAST_TITLE:
        return None
    own = long_words(found[0])
    for title in (clues.first_meta("og:title"), clues.page_title):
        words = long_words(without_site(title, clues))
        shared = len(own & words)
        if shared >= LEAST_SHARED and shared * 2 >= min(len(own), len(words)):
            return found[0]
    return None


def long_words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= 4 or word.isdigit()}


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
    title = PERMALINK.sub("", title.replace("\xad", "").strip()[:MAX_CHARACTERS])
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
