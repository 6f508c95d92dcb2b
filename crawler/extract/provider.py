"""Who publishes the page: its name and registrable domain. Without the network: no icon is fetched."""

from functools import cache
from urllib.parse import urlsplit

import tldextract

from crawler.extract.article_node import article_node
from crawler.extract.clues import Clues, once_a_page
from crawler.extract.structured import is_web, urljoin_safely
from crawler.extract.wording import squeezed
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


def is_home(url: str) -> bool:
    """Whether an address is a site's front door: no path and no query."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.hostname) and parts.path in ("", "/") and not parts.query


def is_same_site(url: str, other: str) -> bool:
    """Whether two URLs have one registrable domain; or where there is none (an address), one host and port.

    A host that lets its subdomains to many (github.io) is no domain of its own.
    """
    return site_owner(url) == site_owner(other) != ""


def site_owner(url: str) -> str:
    """The registrable domain of whoever may write at a URL, or its host and port, or nothing."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        return ""
    domain = suffixes()(host, include_psl_private_domains=True).top_domain_under_public_suffix if host else ""
    if domain or not host:
        return domain
    return host if port in (None, 80, 443) else f"{host}:{port}"


def publisher_name(clues: Clues) -> str:
    """The publisher in the article's JSON-LD."""
    node = article_node(clues)
    return clues.graph.text(node, "publisher") if node else ""


@once_a_page
def site_names(clues: Clues) -> list[str]:
    """Squeezed names of the site: as it states them, and the words of its host."""
    stated = [publisher_name(clues), clues.first_meta("og:site_name"), clues.first_meta("application-name")]
    nodes = clues.graph.of_types(("WebSite", "Organization", "NewsMediaOrganization"))
    stated += [clues.graph.text(node, name) for node in nodes[:5] for name in ("name", "alternateName")]
    domain = site_domain(clues.url)
    stated += [domain, domain.split(".")[0] if domain else ""]
    return [key for key in dict.fromkeys(squeezed(name) for name in stated) if len(key) > 1]


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


def canonical_link(clues: Clues) -> str | None:
    return own_address(clues, clues.first_rel("canonical"))


def canonical_opengraph(clues: Clues) -> str | None:
    address = clues.first_meta("og:url")
    return own_address(clues, urljoin_safely(clues.base, address) if address else "")


def own_address(clues: Clues, url: str) -> str | None:
    """A web address on the page's own site; nobody is believed that his page is another site's."""
    return url if is_web(url) and is_same_site(url, clues.url) else None


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
