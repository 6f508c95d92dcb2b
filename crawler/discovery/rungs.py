"""Where to look on a site, beside what its pages name. Closed, short lists: every guess costs its server a request."""

import re
from collections.abc import Iterable
from urllib.parse import urljoin, urlsplit

FEED_PATHS = (
    "/feed/",
    "/rss.xml",
    "/feed.xml",
    "/atom.xml",
    "/index.xml",
    "/rss",
    "/feed.json",
    "/rss/feed.xml",
    "/feeds/posts/default",
    "/?feed=rss2",
)
SITEMAP_PATHS = ("/sitemap.xml", "/sitemap_index.xml", "/news-sitemap.xml", "/sitemap-news.xml")
SITEMAP_LINE = re.compile(r"^[ \t]*sitemap[ \t]*:[ \t]*(\S+)", re.IGNORECASE | re.MULTILINE)
NEWS_WORD = re.compile(r"news|latest|recent", re.IGNORECASE)
ARTICLE_WORD = re.compile(r"post|article|stor(?:y|ies)|blog", re.IGNORECASE)
COMMENTS = re.compile(r"comments?(?:[/._-]|$)|kommentare", re.IGNORECASE)
TOPIC = re.compile(r"/(?:tags?|categor(?:y|ies)|topics?|authors?|labels?|search)/([^/]+)", re.IGNORECASE)


def home_of(url: str) -> str:
    """Return the home page of url's host."""
    return urljoin(url, "/")


def own_feeds(url: str) -> tuple[str, ...]:
    """Return where the feed of one section usually stands: below its page. A file and the home page have none."""
    path = urlsplit(url).path.rstrip("/")
    return tuple(urljoin(url, path + guess) for guess in ("/feed/", "/rss.xml")) if path and "." not in path else ()


def usual_feeds(url: str) -> tuple[str, ...]:
    """Return where the feeds of a host usually stand."""
    return tuple(urljoin(url, path) for path in FEED_PATHS)


def usual_sitemaps(url: str) -> tuple[str, ...]:
    """Return where sitemaps usually stand."""
    return tuple(urljoin(url, path) for path in SITEMAP_PATHS)


def sitemaps_in(robots: bytes, *, url: str) -> tuple[str, ...]:
    """Return the sitemaps that a robots.txt names (RFC 9309, 2.2.4), those of news first."""
    text = robots[: 500 * 1024].decode("utf-8-sig", "replace")
    return most_promising(urljoin(url, found) for found in SITEMAP_LINE.findall(text))


def most_promising(urls: Iterable[str]) -> tuple[str, ...]:
    """Return sitemaps in the order in which they are worth a look: of news, of articles, the others."""
    return tuple(sorted(dict.fromkeys(urls), key=promise))


def promise(url: str) -> int:
    """Return the rank of one sitemap by its name."""
    path = urlsplit(url).path
    return 0 if NEWS_WORD.search(path) else 1 if ARTICLE_WORD.search(path) else 2


def narrow_of(url: str, title: str, *, asked: str) -> str:
    """Return what a feed is restricted to: comments, or one topic that is not what was asked for; else nothing."""
    path = urlsplit(url).path
    if COMMENTS.search(path) or title.lower().startswith("comments "):
        return "comments"
    topic = TOPIC.search(path)
    return "" if topic is None or is_below(url, asked) else topic[1]


def is_below(url: str, page: str) -> bool:
    """Whether an address lies below a page that is not the home page."""
    own = urlsplit(page).path.rstrip("/")
    return bool(own) and urlsplit(url).hostname == urlsplit(page).hostname and urlsplit(url).path.startswith(own + "/")
