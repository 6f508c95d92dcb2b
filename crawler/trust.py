"""How far a server's word on what has changed is believed (RFC 9110, 8.8 and 13). Pure.

Not for what a status or a body means: that is response's.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime

from scrapy.http import Response

from crawler.response import body_hash, header
from storage.outcome import Validator

LONGEST_ETAG = 512
# What servers append to a tag for the coding they send: Apache's bug 45023 and its like.
CODING = re.compile(r"(?:--?|;)(?:gzip|br|zstd|deflate)$")


@dataclass(frozen=True, slots=True)
class Question:
    """What a URL is asked with.

    known: what was learned before. every: of so many answers one is wanted in full. is_urgent: this one is.
    """

    known: Validator | None
    every: int
    is_urgent: bool = False

    @property
    def is_conditional(self) -> bool:
        """Whether the server may answer that nothing changed."""
        return bool(self.headers)

    @property
    def headers(self) -> Mapping[str, str]:
        """The headers of a conditional request; none of an unconditional one."""
        known = self.known
        if known is None or known.is_distrusted or self.is_urgent or known.unchanged_answers + 1 >= self.every:
            return {}
        return conditions(known)


def conditions(known: Validator) -> Mapping[str, str]:
    """Return the headers that ask for a URL only if it changed."""
    headers = {"If-None-Match": known.etag, "If-Modified-Since": known.last_modified}
    return {name: value for name, value in headers.items() if value}


def learned(response: Response, url: str, *, at: datetime, known: Validator | None, offers_hash: str = "") -> Validator:
    """Return what a whole body teaches: the next request for url may ask with it."""
    return Validator(
        url=url,
        etag=etag_of(response),
        last_modified=last_modified_of(response, at),
        body_hash=body_hash(response.body),
        offers_hash=offers_hash,
        checked_at=at,
        is_distrusted=known is not None and known.is_distrusted,
    )


def after_not_modified(known: Validator, response: Response, *, every: int) -> Validator:
    """Return what a 304 teaches: one more such answer.

    One that names another tag than the one it was asked with contradicts itself; the next request is unconditional.
    """
    named = etag_of(response)
    is_odd = bool(named and known.etag and not is_same_tag(named, known.etag))
    return replace(known, unchanged_answers=every if is_odd else known.unchanged_answers + 1)


def is_same_version(fresh: Validator, known: Validator) -> bool:
    """Whether a server says of two bodies that they are one: the same tag, or the same date where it gives no tags."""
    if fresh.etag or known.etag:
        return bool(fresh.etag and known.etag and is_same_tag(fresh.etag, known.etag))
    return bool(fresh.last_modified) and fresh.last_modified == known.last_modified


def is_same_tag(one: str, other: str) -> bool:
    """Weak comparison (RFC 9110, 8.8.3.2), without what is said of the coding."""
    return bare(one) == bare(other)


def bare(etag: str) -> str:
    """Return a tag without its weakness, quotes and coding."""
    return CODING.sub("", etag.removeprefix("W/").strip('"'))


def etag_of(response: Response) -> str | None:
    """Return the response's tag as it came, quoted or not: it is the server's own to compare. None where too long."""
    etag = header(response, "ETag")
    return etag if etag.strip('W/" ') and len(etag) <= LONGEST_ETAG and etag.isprintable() else None


def last_modified_of(response: Response, at: datetime) -> str | None:
    """Return the response's date of change, where it may be asked with.

    Not one that cannot be read, nor one that is no earlier than the answer itself: what changes within that second, or
    until that day comes, would never be told (RFC 9110, 8.8.2.2).
    """
    said = header(response, "Last-Modified")
    modified = http_date(said)
    return said if modified is not None and modified < (http_date(header(response, "Date")) or at) else None


def http_date(text: str) -> datetime | None:
    """Return a date as HTTP writes it, or None."""
    try:
        moment = parsedate_to_datetime(text)
    except (ValueError, IndexError, TypeError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)
