"""Which node of a page's JSON-LD is the article. Not for reading its fields."""

from crawler.extract.clues import Clues, once_a_page
from crawler.extract.jsonld import ARTICLE_TYPES, VIDEO_TYPES, Node, types_of
from crawler.extract.wording import squeezed

PAGE_TYPES = frozenset({"WebPage", "ItemPage", "AboutPage", "FAQPage", "QAPage", "MedicalWebPage", "Product", "Event"})
COMMENTS = frozenset({"Comment", "Review", "Answer"})
MAX_COMPARED = 50


@once_a_page
def article_node(clues: Clues) -> Node | None:
    """Return the node of the page's article, or None.

    Where several articles are described (a list of teasers), only one that names this page's address or title is it;
    several of one headline are one article.
    """
    nodes = described_articles(clues)
    told = [n for n in nodes if "headline" in n or "name" in n or "datePublished" in n]
    if len(told) <= 1 or len({headline_of(node, clues) or id(node) for node in told[:MAX_COMPARED]}) == 1:
        return next(iter(told or nodes), None)
    return next((n for n in told[:MAX_COMPARED] if is_about_page(n, clues)), None)


@once_a_page
def described_articles(clues: Clues) -> list[Node]:
    """The nodes of articles, of this page's and of others it names; a comment is none."""
    nodes = clues.graph.of_types(ARTICLE_TYPES)
    return [node for node in nodes if not types_of(node) <= COMMENTS or "headline" in node]


def further_nodes(article: Node, clues: Clues) -> list[Node]:
    """The other nodes about the article's page: articles of its address or headline, and the page's own node."""
    headline = headline_of(article, clues)
    others = [node for node in described_articles(clues)[:MAX_COMPARED] if node is not article]
    same = [n for n in others if (headline and headline_of(n, clues) == headline) or is_about_page(n, clues)]
    return same + own_pages(clues)


@once_a_page
def own_pages(clues: Clues) -> list[Node]:
    """The nodes that describe the page itself: they name its address, or none."""
    own = own_addresses(clues)
    pages = clues.graph.of_types(("WebPage", "ItemPage"))[:MAX_COMPARED]
    return [page for page in pages if not own or not (named := addresses_of(page, clues)) or named & own]


def is_about_page(node: Node, clues: Clues) -> bool:
    """Whether a node names this page's address, or its title."""
    if addresses_of(node, clues) & own_addresses(clues):
        return True
    headline = headline_of(node, clues)
    titles = [squeezed(t) for t in (clues.first_meta("og:title"), clues.page_title, *clues.headings[:3])]
    return len(headline) >= 12 and any(headline in title for title in titles)


def headline_of(node: Node, clues: Clues) -> str:
    return squeezed(clues.graph.text(node, "headline", "name"))


def addresses_of(node: Node, clues: Clues) -> set[str]:
    """The addresses that a node names as its own."""
    named = {clues.graph.text(node, name) for name in ("url", "mainEntityOfPage", "@id")}
    named |= {str(v.get("@id", "")) for v in clues.graph.values(node, "mainEntityOfPage") if isinstance(v, dict)}
    return {address_key(url) for url in named} - {""}


@once_a_page
def own_addresses(clues: Clues) -> set[str]:
    """The addresses of the page itself."""
    named = (clues.url, clues.first_rel("canonical"), clues.first_meta("og:url"))
    return {address_key(url) for url in named} - {""}


def address_key(url: str) -> str:
    return url.split("#")[0].split("?")[0].removeprefix("https://").removeprefix("http://").rstrip("/")


@once_a_page
def page_node(clues: Clues) -> Node | None:
    """The node that describes the page itself."""
    return next(iter(clues.graph.of_types(PAGE_TYPES)), None)


@once_a_page
def video_node(clues: Clues) -> Node | None:
    return next(iter(clues.graph.of_types(VIDEO_TYPES)), None)


@once_a_page
def is_declared_article(clues: Clues) -> bool:
    """Whether the page's mark-up calls it an article."""
    if article_node(clues) is not None or clues.first_meta("article:published_time", "citation_title"):
        return True
    return clues.first_meta("og:type").lower().startswith(("article", "video", "news", "blog"))
