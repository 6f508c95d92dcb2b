"""The links of a note: which, their lines, and those lines read back. Not for describing what they lead to."""

import re
from collections.abc import Iterator
from itertools import chain
from urllib.parse import SplitResult, urlsplit

from storage.article import Article, Link
from storage.formats.characters import one_line
from storage.formats.format import fields_as_read

MAX_LINKS = 5
# What follows a link's name: the address ends at the first place where a description can begin.
TARGET = re.compile(r"(?P<url>\S*?)\)(?:[ \t]*:[ \t]?(?P<description>.*)|[ \t]*)$")
SOCIAL_HOSTS = frozenset(
    {
        "bsky.app",
        "discord.com",
        "discord.gg",
        "facebook.com",
        "instagram.com",
        "linkedin.com",
        "mastodon.social",
        "news.ycombinator.com",
        "pinterest.com",
        "reddit.com",
        "t.co",
        "t.me",
        "telegram.me",
        "threads.net",
        "tiktok.com",
        "tumblr.com",
        "twitter.com",
        "vk.com",
        "wa.me",
        "weibo.com",
        "whatsapp.com",
        "x.com",
    }
)


def link_lines(article: Article) -> str:
    """Return ``- [name](url) : description`` for each of the note's links, with its line end.

    A note that was read keeps the lines it had as long as they say what the record says.
    """
    as_read = fields_as_read(article, format_name="note").get("links")
    if isinstance(as_read, str) and tuple(links_in(as_read)) == article.links:
        return f"{as_read}\n" if as_read else ""
    return "".join(f"{link_line(link)}\n" for link in chosen_links(article))


def chosen_links(article: Article) -> list[Link]:
    """Return up to five links to other sites, none social, none twice.

    Links somebody described have been chosen already: they are taken before all others, wherever they lead.
    """
    described = (link for link in article.links if link.description.strip())
    own = host_of(web_address(article.best_url))
    others = (link for link in article.links if not link.description.strip() and leads_away(link.url, own_host=own))
    unique: dict[str, Link] = {}
    for link in chain(described, others):
        if web_address(link.url):
            unique.setdefault(link.url, link)
        if len(unique) == MAX_LINKS:
            break
    return list(unique.values())


def web_address(url: str) -> SplitResult | None:
    """Return the parts of an http or https URL, None for any other."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return None
    return parts if parts.scheme in ("http", "https") and parts.netloc else None


def host_of(address: SplitResult | None) -> str:
    """Return the host without ``www.``; nothing where there is none."""
    return (address.hostname or "").removeprefix("www.") if address else ""


def leads_away(url: str, *, own_host: str) -> bool:
    """Whether a URL is on another site than the article, and on no social one."""
    host = host_of(web_address(url))
    return bool(host) and not is_same_site(host, own_host) and SOCIAL_HOSTS.isdisjoint(sites_above(host))


def sites_above(host: str) -> list[str]:
    """Return the host and all that it is a subdomain of."""
    parts = host.split(".")
    return [".".join(parts[start:]) for start in range(len(parts))]


def is_same_site(host: str, other: str) -> bool:
    """Whether one host is the other or stands below it."""
    return is_below(host, other) or is_below(other, host)


def is_below(host: str, site: str) -> bool:
    """Whether the host is the site or one of its subdomains."""
    return host == site or host.endswith(f".{site}")


def links_in(section: str) -> Iterator[Link]:
    """Yield the links of a note's lines, each with its description where it has one."""
    for line in section.split("\n"):
        name, bracket, rest = line.removeprefix("- [").partition("](")
        found = TARGET.match(rest) if bracket and line.startswith("- [") else None
        if found:
            yield Link(url=found["url"], title=name, description=found["description"] or "")


def link_line(link: Link) -> str:
    """Return one link; its host stands in for a missing name or description, so that the line has all its parts."""
    host = host_of(web_address(link.url))
    name = one_line(link.title) or host
    return f"- [{balanced_name(name)}]({safe_target(link.url)}) : {one_line(link.description) or host}"


def balanced_name(name: str) -> str:
    """Return the words of a link; brackets that do not pair are escaped, as they would end it."""
    return name if is_balanced(name, "[", "]") else re.sub(r"(?<!\\)([\[\]])", r"\\\1", name)


def safe_target(url: str) -> str:
    """Return a URL that ends where it should within parentheses."""
    url = re.sub(r"\s", "%20", one_line(url)).replace("<", "%3C").replace(">", "%3E")
    return url if is_balanced(url, "(", ")") else url.replace("(", "%28").replace(")", "%29")


def is_balanced(text: str, opening: str, closing: str) -> bool:
    """Whether each bracket has its other half after it."""
    depth = 0
    for character in text:
        depth += (character == opening) - (character == closing)
        if depth < 0:
            return False
    return depth == 0
