"""What a site's rule is, and what it finds on a page. Not for carrying it out: that is reading.py."""

import re
from dataclasses import dataclass

from storage.article import Moment


@dataclass(frozen=True, slots=True)
class Label:
    """What the page prints before some values and not before others. path: of all labels. word: that this one holds."""

    path: str
    word: str


@dataclass(frozen=True, slots=True)
class Pick:
    """Where on a page values stand: the text of each element that a path leads to.

    path: a CSS selector, or an XPath where it begins with ``/``. attribute: holds the value instead of the text.
    pattern: finds the value, its first group, within that; one that does not match gives none. label: the nearest one
    before the element has to be this.
    """

    path: str
    attribute: str = ""
    pattern: re.Pattern[str] | None = None
    label: Label | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Site:
    """The rule of one site. Of several picks for a field the first that finds something wins.

    address: matches the URLs of its articles; what it matches is the address without what a visitor's way added.
    main: CSS selector of the main text; a page without it is read like any other. dropped: selectors of what is no text
    within it. zone: the offset of the site's times. published_late: times that may be later than the publication.
    tags, categories: None where the rule knows nothing of them; a page on which it finds none has none.
    keeps_meta: excerpt and keywords are the page's meta elements as they are, white space included.
    """

    name: str
    address: re.Pattern[str]
    main: str
    dropped: tuple[str, ...] = ()
    title: tuple[Pick, ...] = ()
    authors: tuple[Pick, ...] = ()
    published: tuple[Pick, ...] = ()
    published_late: tuple[Pick, ...] = ()
    modified: tuple[Pick, ...] = ()
    zone: str = ""
    tags: tuple[Pick, ...] | None = None
    categories: tuple[Pick, ...] | None = None
    keeps_meta: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class SiteValues:
    """What a site's rule found on a page. main: its selector, empty where no rule knows the page.

    html: the main text as clean HTML, its structure as it was. None: the rule says nothing of it.
    """

    main: str = ""
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

    @property
    def is_found(self) -> bool:
        """Whether a rule knows the page."""
        return bool(self.main)


NO_SITE = SiteValues()
