"""What a site's rule is, and what it finds on a page. Not for carrying it out: that is reading.py."""

import re
from dataclasses import dataclass

from crawler.url_pattern import matches
from storage.article import Moment
from storage.identity.url import key_host, url_key


@dataclass(frozen=True, slots=True)
class Label:
    """What the page prints before some values and not before others. selector: of all labels. word: that this holds."""

    selector: str
    word: str


@dataclass(frozen=True, slots=True)
class Pick:
    """Where on a page values stand: the text of each element that a CSS selector finds.

    attribute: holds the value instead of the text. pattern: finds the value within that, its first group where it has
    one; where it does not match there is none. label: the nearest one before the element has to be this.
    """

    selector: str
    attribute: str = ""
    pattern: re.Pattern[str] | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The rule of one site. Of several selectors or picks for a field the first that finds something wins.

    hosts: with all that lies below them. pages: URL patterns, one of which has to fit. address: matches the URL of an
    article from its beginning; what it matches is the address without what a visitor's way added. main: of the main
    text; a page without it is read like any other. removed: what is no text, anywhere on the page. zone: of times that
    name none. published_late: times that may be later than the publication. tags, categories: None where the rule
    knows nothing of them; a page on which it finds none has none. is_verbatim: names, description, keywords and the
    HTML of the main text are the page's own.
    """

    hosts: tuple[str, ...]
    pages: tuple[str, ...] = ()
    address: re.Pattern[str] | None = None
    main: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    title: tuple[Pick, ...] = ()
    authors: tuple[Pick, ...] = ()
    published: tuple[Pick, ...] = ()
    published_late: tuple[Pick, ...] = ()
    modified: tuple[Pick, ...] = ()
    zone: str = ""
    tags: tuple[Pick, ...] | None = None
    categories: tuple[Pick, ...] | None = None
    is_verbatim: bool = False

    @property
    def name(self) -> str:
        """What the rule is called where a person reads of it."""
        return ", ".join(self.hosts)

    @property
    def tells_articles(self) -> bool:
        """Whether the rule says which pages are articles: those of certain addresses, with its main text on them."""
        return bool(self.main and (self.pages or self.address))

    def covers(self, url: str) -> bool:
        """Whether the rule is for the page at a URL."""
        host = key_host(url_key(url)).partition(":")[0]
        if not host or not any(host == own or host.endswith(f".{own}") for own in self.hosts):
            return False
        if self.address is not None and not self.address.match(url):
            return False
        return not self.pages or any(matches(pattern, url) for pattern in self.pages)


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteValues:
    """What a site's rule found on a page. rule: its name, empty where no rule is for the page.

    main: the selector of the main text that matched; missing: those that did not, where none did: then the rule has
    no say. is_article: the rule says so. html: the main text as clean HTML, its structure as it was. None: the rule
    says nothing of it.
    """

    rule: str = ""
    missing: tuple[str, ...] = ()
    main: str = ""
    is_article: bool = False
    is_verbatim: bool = False
    html: str = ""
    address: str = ""
    title: str = ""
    authors: tuple[str, ...] = ()
    published: Moment | None = None
    published_late: Moment | None = None
    modified: Moment | None = None
    tags: tuple[str, ...] | None = None
    categories: tuple[str, ...] | None = None
    excerpt: str = ""
    keywords: tuple[str, ...] | None = None


NO_SITE = SiteValues()
