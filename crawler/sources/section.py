"""A section page: its links, outside its frame. Which of them lead to articles is the matter of headlines.py."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.document import parse_page
from crawler.extract.filetype import name_of_non_html
from crawler.extract.provider import site_domain
from crawler.extract.structured import is_web, read_clues, short_text, urljoin_safely
from crawler.sources.headlines import NONE_YET, Anchor, Experience, headlines
from crawler.url_pattern import matches

FRAME = ("nav", "footer", "aside", "form", "header")
FRAME_MARK = re.compile(
    r"(?:^|[\s_-])(?:nav|navbar|navigation|menu|submenu|footer|breadcrumbs?|pagination|pager|sidebar|social|share|cookie|"
    r"consent|toolbar|masthead|topbar|legal|tagcloud|languages?)(?:$|[\s_-])",
    re.IGNORECASE,
)
OTHER_PAGE = re.compile(
    r"(?:^|/)(?:tags?|topics?|categor(?:y|ies)|kategorien?|schlagwort|authors?|autor(?:en)?|users?|profiles?|members?|login|logout|signin|"
    r"sign-in|signup|register|registrieren|account|konto|privacy|privacy-policy|datenschutz|impressum|imprint|terms|agb|about|about-us|"
    r"ueber-uns|contact|kontakt|search|suche|feeds?|rss|subscribe|abo|newsletters?|cart|shop|jobs|careers|help|hilfe|faq|advertise|"
    r"werbung|cookies?|cookie-policy|wp-admin|wp-login\.php|sitemap|archives?|page/\d+|seite/\d+)/?$|"
    r"/(?:tags?|topics?|taxonomy|schlagworte?|authors?|users?|profiles?|members?|categor(?:y|ies)|page|login|account)/|"
    r"[?&](?:page|paged|s|q|cat|tag|author|page_id)=",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|rss|css|js|json|docx?|xlsx?)$", re.IGNORECASE)
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
MAX_LINKS = 50_000


@dataclass(frozen=True, slots=True)
class SectionRules:
    """What is asked of a section, and known. include: its owner's patterns; where there are any, they alone decide."""

    include: tuple[str, ...] = ()
    known: Experience = field(default=NONE_YET)


NO_RULES = SectionRules()


def read_section(body: bytes, *, url: str, charset: str | None, rules: SectionRules = NO_RULES) -> Listing:
    """Return the links of a page that look like articles of the same site, in the page's order.

    Raises:
        UnreadableDocument: it is no HTML.
    """
    other = name_of_non_html(body)
    if other:
        raise UnreadableDocument(url, f"it is no section page: it looks like {other}")
    try:
        page = parse_page(body, charset=charset)
    except (etree.LxmlError, AssertionError, RecursionError) as error:
        raise UnreadableDocument(url, f"the parser failed ({type(error).__name__}: {error})") from error
    if page is None:
        raise UnreadableDocument(url, "it is empty")
    clues = read_clues(page.tree, url=url)
    base = clues.base or url
    if rules.include:
        return Listing(kind="section", title=clues.page_title, candidates=included(page.tree, base, rules.include))
    found = headlines(section_anchors(page.tree, base=base, url=url), section=url, known=rules.known)
    candidates = tuple(Candidate(url=link.url, origin="section", title=link.title) for link in found.chosen)
    return Listing(
        kind="section",
        title=clues.page_title,
        candidates=candidates,
        notes=tuple(
            f"{count} links like {shape} were left out: what was fetched of them was no article"
            for shape, count in found.left_out.items()
        ),
    )


def section_anchors(tree: _Element, *, base: str, url: str) -> list[Anchor]:
    """The page's links to other pages of the same site, outside its frame."""
    own, site = path_and_query(url), site_domain(url)
    found: list[Anchor] = []
    frames: dict[_Element, bool] = {}
    for element, target in links(tree, base):
        place = path_and_query(target)
        if site_domain(target) != site or place in ("", own):
            continue
        if OTHER_PAGE.search(place) or FILE.search(urlsplit(target).path) or is_in_frame(element, frames):
            continue
        found.append(anchor_of(element, target))
    return found


def included(tree: _Element, base: str, patterns: Sequence[str]) -> tuple[Candidate, ...]:
    """Return all links that fit one of the patterns, wherever they stand and lead to."""
    titles: dict[str, str] = {}
    for element, target in links(tree, base):
        if any(matches(pattern, target) for pattern in patterns):
            text = short_text(element)[:300]
            titles[target] = max(titles.get(target, ""), text, key=len)
    return tuple(Candidate(url=target, origin="section", title=title) for target, title in titles.items())


def links(tree: _Element, base: str) -> list[tuple[_Element, str]]:
    """Return the page's links to the web, in its order, without their fragments."""
    found = []
    for element, _ in zip(tree.iter("a"), range(MAX_LINKS), strict=False):
        target = urljoin_safely(base, (element.get("href") or "").strip()).partition("#")[0]
        if is_web(target):
            found.append((element, target))
    return found


def path_and_query(url: str) -> str:
    """Return what tells two pages of a site apart; a slash at the end does not."""
    parts = urlsplit(url)
    path = parts.path.rstrip("/")
    return f"{path}?{parts.query}" if parts.query else path


def is_in_frame(element: _Element, frames: dict[_Element, bool]) -> bool:
    """Whether a link is part of the page's navigation. frames: what is known of its parents, for many share them."""
    passed: list[_Element] = []
    answer = False
    for parent in element.iterancestors("*"):
        known = frames.get(parent)
        told = known if known is not None else frame_told_by(parent)
        passed.append(parent)
        if told is not None:
            answer = told
            break
    frames.update(dict.fromkeys(passed, answer))
    return answer


def frame_told_by(parent: _Element) -> bool | None:
    """Return whether an element makes what it holds navigation, or None where it does not tell.

    The header of a teaser is none.
    """
    if parent.tag in ("article", "main", "body"):
        return False
    if parent.tag in FRAME or parent.get("role") == "navigation":
        return parent.tag != "header" or next(parent.iterancestors("article", "li", "section"), None) is None
    return True if FRAME_MARK.search(f"{parent.get('class') or ''} {parent.get('id') or ''}") else None


def anchor_of(element: _Element, url: str) -> Anchor:
    """Return a link with its looks."""
    heading = next(element.iterancestors(*HEADINGS), None)
    inner = next(element.iterdescendants(*HEADINGS), None)
    parent = element.getparent()
    return Anchor(
        url=url,
        text=short_text(inner if inner is not None else element) or element.get("title") or "",
        place=f"{parent.tag}.{parent.get('class') or ''}" if parent is not None else "",
        is_heading=heading is not None or inner is not None,
        is_in_article=next(element.iterancestors("article"), None) is not None,
    )
