"""What kind of page it turned out to be: article, list of articles, paywall, obstacle. Decides, reads nothing."""

from dataclasses import replace
from urllib.parse import urlsplit

from lxml.etree import _Element

from crawler.ending import Ending, ending
from crawler.extract.article_node import article_node, is_declared_article
from crawler.extract.clues import Clues
from crawler.extract.extraction import Extraction, RawPage
from crawler.extract.jsonld import LISTING_TYPES
from crawler.extract.obstacles.finder import obstacle_of
from crawler.extract.obstacles.glance import glance_at
from crawler.extract.obstacles.missing import HOME_PATHS
from crawler.extract.obstacles.paywall import cut_against_feed, paywall_of
from crawler.extract.structured import short_text
from crawler.extract.teasers import teaser_headings, why_teaser_list
from crawler.extract.wording import squeezed
from storage.cause import CauseKind
from storage.verdict import Verdict

# Fewer words than this are a caption, a notice or an error message. CJK characters count as words.
MIN_WORDS = 10
HOME_TEASERS, LISTING_TEASERS, LISTING_LINK_SHARE = 8, 12, 0.6
COLLECTION_TYPES = ("CollectionPage", "SearchResultsPage")
COLLECTION_KINDS = ("product.group", "product_group", "category")
LEAST_PROSE, PARAGRAPH_CHARACTERS = 0.3, 160


def judge(clues: Clues, raw: RawPage, content: _Element | None, *, cuts: tuple[str, ...] = ()) -> Ending:
    """Return how a page ends. content: its main content; clues.text: the plain text of that."""
    sight = glance_at(clues, raw)
    obstacle = obstacle_of(clues, sight) or why_listing(clues, content)
    if obstacle:
        return obstacle
    words = sight.main_words
    if words < MIN_WORDS:
        return Ending(Verdict.TOO_SHORT, f"{words} words of text were found; {MIN_WORDS} are needed")
    paywall = paywall_of(clues, sight)
    if paywall:
        return paywall
    if cuts:
        return Ending(Verdict.TRUNCATED, f"the page was cut: {'; '.join(cuts)}")
    return Ending(Verdict.CAPTURED, f"{words:,} words")


def held_against(extraction: Extraction, *, told_words: int) -> Extraction:
    """Return what was read of an article, as cut where its source told far more of it."""
    article = extraction.article
    cut = cut_against_feed(told_words, article.text) if article and extraction.verdict is Verdict.CAPTURED else None
    if cut is None or article is None:
        return extraction
    article = replace(article, is_paywalled=True)
    return replace(extraction, verdict=cut.verdict, reason=cut.reason, cause=cut.cause, article=article)


def why_listing(clues: Clues, content: _Element | None) -> Ending | None:
    """Return the ending of a home, section or listing page, or None. What its mark-up calls an article is never one."""
    path = path_of(clues.url)
    teasers = len(teaser_headings(clues.tree))
    if path in HOME_PATHS and path is not None and article_node(clues) is None and teasers >= HOME_TEASERS:
        reason = f"it is the site's home page, with {teasers} linked headings"
        return ending(Verdict.NOT_AN_ARTICLE, reason, CauseKind.HOME_PAGE)
    if clues.site.is_article or is_declared_article(clues):
        return None
    listing = why_list(clues, content, teasers=teasers)
    return ending(Verdict.NOT_AN_ARTICLE, listing, CauseKind.LISTING) if listing else None


def why_list(clues: Clues, content: _Element | None, *, teasers: int) -> str | None:
    """Say why a page that calls itself no article is a list of them, or None. teasers: its linked headings."""
    listing = why_teaser_list(clues) or why_declared_list(clues, content)
    if listing or teasers < LISTING_TEASERS or content is None:
        return listing
    share = max(link_share(content), linked_lines(clues))
    if share >= LISTING_LINK_SHARE:
        return f"{share:.0%} of its text are links, below {teasers} linked headings; add it as a source instead"
    if clues.graph.of_types(LISTING_TYPES) and share >= LISTING_LINK_SHARE / 2:
        return f"it calls itself a collection and has {teasers} linked headings; add it as a source instead"
    return None


def why_declared_list(clues: Clues, content: _Element | None) -> str | None:
    """Return why a page is the list that its own mark-up calls it, or None. Some articles are called so, too."""
    og_type = clues.first_meta("og:type").lower()
    if not clues.graph.of_types(COLLECTION_TYPES) and not og_type.endswith(COLLECTION_KINDS):
        return None
    share = prose_share(content) if content is not None else 0.0
    if share >= LEAST_PROSE:
        return None
    return f"it calls itself a collection, and {share:.0%} of its text are paragraphs; add it as a source instead"


def prose_share(content: _Element) -> float:
    """The share of a content's characters that stand in paragraphs of some length."""
    total = sum(len(str(text).strip()) for text in content.itertext())
    lengths = (len(short_text(element)) for element in content.iter("p", "li", "dd"))
    return sum(length for length in lengths if length >= PARAGRAPH_CHARACTERS) / max(1, total)


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
