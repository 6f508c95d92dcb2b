"""A URL a source offers, with what the source says of it. Not yet fetched, not yet believed."""

from dataclasses import dataclass

from storage.article import Moment


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """One offer. url is absolute. published_at and updated_at are the source's own claims.

    origin: which kind of document offered it: ``feed``, ``sitemap``, ``section``, ``page`` or ``ingest``.
    content_html: the text that the source itself carries, as it came. has_full_text: that is the whole article, not a
    summary of it; told_words: how many words it has. is_changed: it is another than at the last visit. image: the
    address of the entry's own picture.
    """

    url: str
    origin: str
    title: str = ""
    summary: str = ""
    published_at: Moment | None = None
    updated_at: Moment | None = None
    authors: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    language: str | None = None
    content_html: str = ""
    has_full_text: bool = False
    told_words: int = 0
    is_changed: bool = False
    image: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """What one source document says.

    children: further documents of the same kind (the sitemaps of an index), newest first where the index tells.
    truncated: it offered more than we read. notes: what else a person should know of it. offers_hash: see
    sources/offers.
    """

    kind: str
    title: str = ""
    candidates: tuple[Candidate, ...] = ()
    children: tuple[str, ...] = ()
    truncated: bool = False
    notes: tuple[str, ...] = ()
    offers_hash: str = ""
