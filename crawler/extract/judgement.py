"""What kind of page it turned out to be: article, list of articles, paywall, empty shell. Decides, reads nothing."""

import re
from dataclasses import dataclass
from urllib.parse import urlsplit

from lxml.etree import _Element

from crawler.extract.article_node import article_node, is_declared_article
from crawler.extract.clues import Clues
from crawler.extract.jsonld import LISTING_TYPES, as_list
from crawler.extract.query import elements_at
from crawler.extract.structured import short_text
from crawler.extract.teasers import teaser_headings, why_teaser_list
from crawler.extract.wording import count_words, squeezed
from storage.verdict import Verdict

# Fewer words than this are a caption, a notice or an error message. CJK characters count as words.
MIN_WORDS = 10
SHELL_WORDS = 60
HOME_PATHS = frozenset({"", "/", "/index.html", "/index.htm", "/index.php"})
HOME_TEASERS, LISTING_TEASERS, LISTING_LINK_SHARE = 8, 12, 0.6
JAVASCRIPT = re.compile(
    r"(?:enable|requires?|activate|turn on|need)s?\b.{0,40}\bjava ?script|java ?script\b.{0,60}"
    r"(?:required|disabled|enable|aktivier|deaktiviert|activ|habilit|necess)",
    re.IGNORECASE,
)
APP_ROOT = "//div[@id='root' or @id='app' or @id='__next' or @id='__nuxt' or @id='___gatsby'][not(*[2])]"


@dataclass(frozen=True, slots=True)
class Judgement:
    """A verdict and the reason for it."""

    verdict: Verdict
    reason: str


def judge(clues: Clues, content: _Element | None, *, cuts: tuple[str, ...] = ()) -> Judgement:
    """Return the verdict on a page. content: its main content; clues.text: the plain text of that."""
    words = count_words(clues.text)
    shell = empty_shell(clues, words=words)
    if shell:
        return Judgement(Verdict.NEEDS_JAVASCRIPT, shell)
    listing = why_listing(clues, content)
    if listing:
        return Judgement(Verdict.NOT_AN_ARTICLE, listing)
    if words < MIN_WORDS:
        return Judgement(Verdict.TOO_SHORT, f"{words} words of text were found; {MIN_WORDS} are needed")
    if is_paywalled(clues):
        reason = f"the page says its text is not free; the {words:,} words that are open were kept"
        return Judgement(Verdict.PAYWALLED, reason)
    if cuts:
        return Judgement(Verdict.TRUNCATED, f"the page was cut: {'; '.join(cuts)}")
    return Judgement(Verdict.CAPTURED, f"{words:,} words")


def empty_shell(clues: Clues, *, words: int) -> str | None:
    """Why a page is only the shell of a JavaScript application, or None."""
    if words >= SHELL_WORDS or next(clues.tree.iter("script"), None) is None:
        return None
    notices = [clues.text]
    if words < MIN_WORDS:  # a noscript notice alone stands on many a page that is complete without scripts
        notices += [short_text(element) for element in clues.tree.iter("noscript")] + [page_text(clues.tree)]
    notice = next((text for text in notices if JAVASCRIPT.search(text)), None)
    if notice:
        return f"the page holds {words} words of text and says that it needs JavaScript: {notice[:120]!r}"
    if words < MIN_WORDS and elements_at(clues.tree, APP_ROOT) and count_words(page_text(clues.tree)) < SHELL_WORDS:
        return f"the page holds {words} words of text and the empty root of a JavaScript application"
    return None


def page_text(tree: _Element) -> str:
    body = tree.find(".//body")
    return short_text(body if body is not None else tree)


def why_listing(clues: Clues, content: _Element | None) -> str | None:
    """Why a page is a home, section or listing page, or None. What its mark-up calls an article is never one."""
    path = path_of(clues.url)
    teasers = len(teaser_headings(clues.tree))
    if path in HOME_PATHS and path is not None and article_node(clues) is None and teasers >= HOME_TEASERS:
        return f"it is the site's home page, with {teasers} linked headings"
    if clues.site.is_found or is_declared_article(clues):
        return None
    listing = why_teaser_list(clues)
    if listing or teasers < LISTING_TEASERS or content is None:
        return listing
    share = max(link_share(content), linked_lines(clues))
    if share >= LISTING_LINK_SHARE:
        return f"{share:.0%} of its text are links, below {teasers} linked headings; add it as a source instead"
    if clues.graph.of_types(LISTING_TYPES) and share >= LISTING_LINK_SHARE / 2:
        return f"it calls itself a collection and has {teasers} linked headings; add it as a source instead"
    return None


def path_of(url: str) -> str | None:
    """The path of a URL without a query, or None."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts.path if parts.hostname and not parts.query else None


def link_share(content: _Element) -> float:
    """The share of a content's characters that lie in links."""
    total = sum(len(str(text).strip()) for text in content.itertext())
    linked = sum(len(short_text(element)) for element in content.iter("a"))
    return linked / total if total else 0.0


def linked_lines(clues: Clues) -> float:
    """The share of the text that stands in lines which are, word for word, links on the page."""
    links = {squeezed(short_text(element)) for element in clues.tree.iter("a")}
    lines = [squeezed(line) for line in clues.text.split("\n")]
    return sum(len(line) for line in lines if line in links) / max(1, sum(map(len, lines)))


def is_paywalled(clues: Clues) -> bool:
    """Whether JSON-LD says isAccessibleForFree false, of the article or of a part of it."""
    node = article_node(clues)
    if node is None:
        return clues.first_meta("article:content_tier").lower() == "locked"
    parts = [part for part in as_list(node.get("hasPart")) if isinstance(part, dict)]
    values = [str(n.get("isAccessibleForFree", "")).rsplit("/", 1)[-1].lower() for n in (node, *parts)]
    return "false" in values or clues.first_meta("article:content_tier").lower() == "locked"
