"""Who publishes the page: its name and registrable domain. Without the network: no icon is fetched."""

from functools import cache
from urllib.parse import urlsplit

import tldextract

from crawler.extract.article_node import article_node
from crawler.extract.clues import Clues
from crawler.extract.structured import is_web, urljoin_safely
from storage.article import Image, Provider


@cache
def suffixes() -> tldextract.TLDExtract:
    """The public suffix list as it was shipped: never fetched, never written to disk."""
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


def site_domain(url: str) -> str:
    """The registrable domain of a URL, or its host where it has none (an address, ``localhost``)."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return suffixes()(host).top_domain_under_public_suffix or host if host else ""


def publisher_name(clues: Clues) -> str:
    """The publisher in the article's JSON-LD."""
    node = article_node(clues)
    return clues.graph.text(node, "publisher") if node else ""


def opengraph_name(clues: Clues) -> str | None:
    return named(clues.first_meta("og:site_name"))


def jsonld_name(clues: Clues) -> str | None:
    sites = clues.graph.of_types(("WebSite", "NewsMediaOrganization", "Organization"))
    names = [publisher_name(clues), *(clues.graph.text(node, "name") for node in sites[:3])]
    return next((name for name in names if named(name)), None)


def meta_name(clues: Clues) -> str | None:
    return named(clues.first_meta("application-name", "dc.publisher", "dcterms.publisher", "publisher"))


def domain_name(clues: Clues) -> str | None:
    return site_domain(clues.url) or None


def named(name: str) -> str | None:
    """A name, unless it is an address or a sentence."""
    return name if 0 < len(name) <= 80 and not is_web(name) else None


def provider_of(clues: Clues, *, name: str) -> Provider:
    """The provider with its icons as the page links them."""
    icons = (*clues.rels.get("icon", ()), *clues.rels.get("apple-touch-icon", ()))
    logo = logo_of(clues)
    urls = dict.fromkeys(url for url in (*logo, *icons) if is_web(url))
    return Provider(name=name, domain=site_domain(clues.url), images=tuple(Image(url=url) for url in list(urls)[:3]))


def logo_of(clues: Clues) -> list[str]:
    """The publisher's logo in the article's JSON-LD."""
    node = article_node(clues)
    publisher = clues.graph.values(node, "publisher")[:1] if node else []
    if not publisher or not isinstance(publisher[0], dict):
        return []
    logo = clues.graph.values(publisher[0], "logo")
    url = clues.graph.text(logo[0], "url", "contentUrl", "@id") if logo and isinstance(logo[0], dict) else ""
    return [urljoin_safely(clues.base, url or (logo[0] if logo and isinstance(logo[0], str) else ""))] if logo else []
