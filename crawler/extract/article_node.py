"""Which node of a page's JSON-LD is the article. Not for reading its fields."""

from crawler.extract.clues import Clues
from crawler.extract.jsonld import ARTICLE_TYPES, VIDEO_TYPES, Node, types_of
from crawler.extract.wording import squeezed

PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage", "Product", "Event"})
COMMENTS = frozenset({"Comment", "Review", "Answer"})
MAX_COMPARED = 50


def article_node(clues: Clues) -> Node | None:
    """Return the node of the page's article, or None.

    Where several articles are described (a list of teasers), only one that names this page's address or title is it.
    """
    graph = clues.graph
    nodes = [n for n in graph.of_types(ARTICLE_TYPES) if not types_of(n) <= COMMENTS or "headline" in n]
    told = [n for n in nodes if "headline" in n or "name" in n or "datePublished" in n]
    if len(told) <= 1:
        return next(iter(told or nodes), None)
    return next((n for n in told[:MAX_COMPARED] if is_about_page(n, clues)), None)


def is_about_page(node: Node, clues: Clues) -> bool:
    """Whether a node names this page's address, or its title."""
    addresses = {address_key(clues.graph.text(node, name)) for name in ("url", "mainEntityOfPage", "@id")}
    addresses |= {
        address_key(str(v.get("@id", ""))) for v in clues.graph.values(node, "mainEntityOfPage") if isinstance(v, dict)
    }
    own = {address_key(url) for url in (clues.url, clues.first_rel("canonical"), clues.first_meta("og:url"))}
    if (addresses & own) - {""}:
        return True
    headline = squeezed(clues.graph.text(node, "headline", "name"))
    titles = [squeezed(t) for t in (clues.first_meta("og:title"), clues.page_title, *clues.headings[:3])]
    return len(headline) >= 12 and any(headline in title for title in titles)


def address_key(url: str) -> str:
    return url.split("#")[0].split("?")[0].removeprefix("https://").removeprefix("http://").rstrip("/")


def page_node(clues: Clues) -> Node | None:
    """The node that describes the page itself."""
    return next(iter(clues.graph.of_types(PAGE_TYPES)), None)


def video_node(clues: Clues) -> Node | None:
    return next(iter(clues.graph.of_types(VIDEO_TYPES)), None)


def is_declared_article(clues: Clues) -> bool:
    """Whether the page's mark-up calls it an article."""
    if article_node(clues) is not None or clues.first_meta("article:published_time", "citation_title"):
        return True
    return clues.first_meta("og:type").lower().startswith(("article", "video", "news", "blog"))
