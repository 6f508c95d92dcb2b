"""The articles a section page links. Works by the shape of links alone: prefers one too many to one missed."""

import re
from collections import Counter
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml import etree
from lxml.etree import _Element

from crawler.candidate import Candidate, Listing
from crawler.errors import UnreadableDocument
from crawler.extract.document import parse_page
from crawler.extract.filetype import name_of_non_html
from crawler.extract.provider import site_domain
from crawler.extract.structured import is_web, read_clues, short_text, urljoin_safely
from crawler.extract.wording import CJK, count_words

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
    r"/(?:tags?|authors?|categor(?:y|ies)|page|login|account)/|[?&](?:page|s|q)=",
    re.IGNORECASE,
)
FILE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|pdf|zip|mp[34]|xml|rss|css|js|json|docx?|xlsx?)$", re.IGNORECASE)
DATE_IN_PATH = re.compile(r"/(?:19|20)\d\d[/-]?(?:0[1-9]|1[0-2])(?:[/-]|\d\d)")
HEADINGS = ("h1", "h2", "h3", "h4", "h5")
MAX_LINKS, LEAST_SCORE = 5000, 4
NEAR_ANCESTORS = 8


@dataclass(frozen=True, slots=True)
class Anchor:
    """One link on the page. place: the tag and class of what it stands in, by which its like are counted."""

    url: str
    text: str
    place: str
    is_heading: bool
    is_in_article: bool


def read_section(body: bytes, *, url: str, charset: str | None) -> Listing:
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
    anchors = section_anchors(page.tree, base=clues.base or url, url=url)
    return Listing(kind="section", title=clues.page_title, candidates=chosen(anchors, url))


def section_anchors(tree: _Element, *, base: str, url: str) -> list[Anchor]:
    """The page's links to other pages of the same site, outside its frame."""
    own, site = urlsplit(url).path.rstrip("/"), site_domain(url)
    found: list[Anchor] = []
    for element, _ in zip(tree.iter("a"), range(MAX_LINKS), strict=False):
        target = urljoin_safely(base, (element.get("href") or "").strip()).partition("#")[0]
        if not is_web(target) or site_domain(target) != site or urlsplit(target).path.rstrip("/") in ("", own):
            continue
        if OTHER_PAGE.search(path_and_query(target)) or FILE.search(urlsplit(target).path) or is_in_frame(element):
            continue
        found.append(anchor_of(element, target))
    return found


def path_and_query(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.path}?{parts.query}" if parts.query else parts.path


def is_in_frame(element: _Element) -> bool:
    """Whether a link is part of the page's navigation. The header of a teaser is none."""
    for parent in element.iterancestors("*"):
        if parent.tag in ("article", "main", "body"):
            return False
        if parent.tag in FRAME or parent.get("role") == "navigation":
            return parent.tag != "header" or next(parent.iterancestors("article", "li", "section"), None) is None
        if FRAME_MARK.search(f"{parent.get('class') or ''} {parent.get('id') or ''}"):
            return True
    return False


def anchor_of(element: _Element, url: str) -> Anchor:
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


def chosen(anchors: list[Anchor], url: str) -> tuple[Candidate, ...]:
    """Candidates for the addresses that score enough, each once, with the best text of its links."""
    places = Counter(anchor.place for anchor in anchors)
    by_url: dict[str, list[Anchor]] = {}
    for anchor in anchors:
        by_url.setdefault(anchor.url, []).append(anchor)
    return tuple(
        Candidate(url=address, origin="section", title=best_title(same))
        for address, same in by_url.items()
        if url_score(address, url) + max(anchor_score(a, likes=places[a.place]) for a in same) >= LEAST_SCORE
    )


def best_title(anchors: list[Anchor]) -> str:
    """A heading's text before a link's; among these the longest."""
    return max(anchors, key=lambda anchor: (anchor.is_heading and bool(anchor.text), len(anchor.text))).text[:300]


def url_score(address: str, section: str) -> int:
    """How much an address looks like an article's: a date, a long slug, a number, below the section."""
    parts = urlsplit(address)
    segments = [segment for segment in parts.path.split("/") if segment]
    slug = segments[-1] if segments else ""
    words = len(re.split(r"[-_]", slug)) if slug else 0
    score = 3 if DATE_IN_PATH.search(parts.path) else 0
    score += 3 if words >= 4 else 1 if words == 3 else 0
    score += 2 if re.search(r"\d{4,}", slug) or re.search(r"(?:^|[?&])(?:id|p|article|story)=\d+", parts.query) else 0
    score += 1 if parts.path.startswith(urlsplit(section).path.rstrip("/") + "/") and len(segments) > 1 else 0
    return score


def anchor_score(anchor: Anchor, *, likes: int) -> int:
    """How much a link looks like a headline: long, in a heading, in an article element, one of many alike."""
    words = count_words(anchor.text) // (2 if CJK.search(anchor.text) else 1)
    score = 2 if words >= 4 else 1 if words == 3 else 0
    score += 2 if anchor.is_heading else 0
    score += 1 if anchor.is_in_article else 0
    return score + (1 if likes >= 3 and words >= 3 else 0)
