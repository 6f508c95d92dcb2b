"""What a source's document offers, as one hash that stays where only the document's bytes differ. Pure."""

from collections.abc import Sequence
from datetime import UTC, datetime, time, timedelta
from hashlib import sha256

from crawler.candidate import Candidate, Listing
from storage.article import Moment

# A document that gives more than half of so many entries the date of one hour dates itself, not its entries.
STAMPED_AT_LEAST = 20
STAMPED_WITHIN = timedelta(hours=1)


def offers_hash(listing: Listing, *, with_texts: bool = False) -> str:
    """Return the SHA-256 in hex over the listing's URLs, titles and dates, in whatever order they stand.

    with_texts: over the texts that it carries, too. A generator's comment, the time of the build or a nonce are not
    in it.
    """
    is_published = not is_stamped([each.published_at for each in listing.candidates])
    is_updated = not is_stamped([each.updated_at for each in listing.candidates])
    lines = [
        line_of(each, each.published_at if is_published else None, each.updated_at if is_updated else None)
        for each in listing.candidates
    ]
    if with_texts:
        texts = (f"{each.url}\n{each.content_html}".encode("utf-8", "replace") for each in listing.candidates)
        lines += [sha256(text).hexdigest() for text in texts]
    return sha256("\n".join(sorted((*lines, *listing.children))).encode("utf-8", "surrogatepass")).hexdigest()


def line_of(candidate: Candidate, *moments: Moment | None) -> str:
    """Return what is compared of one offer."""
    return "\t".join((candidate.url, candidate.title, *(moment.isoformat() if moment else "" for moment in moments)))


def is_stamped(moments: Sequence[Moment | None]) -> bool:
    """Whether dates say when their document was made, and nothing of its entries: most are those of one hour."""
    known = [as_datetime(moment) for moment in moments if moment is not None]
    if len(moments) < STAMPED_AT_LEAST or not known:
        return False
    newest = max(known)
    return 2 * sum(newest - moment <= STAMPED_WITHIN for moment in known) > len(moments)


def as_datetime(moment: Moment) -> datetime:
    """Return a date as the start of its day."""
    return moment if isinstance(moment, datetime) else datetime.combine(moment, time.min, tzinfo=UTC)
