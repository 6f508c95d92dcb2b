"""When a page of a site is dated, so that its generator shows it. Not for reading dates."""

from dataclasses import dataclass
from datetime import UTC, date, datetime

from storage.article import Article, Moment
from storage.formats.errors import MissingField
from storage.formats.moment import in_zone, utc_day


@dataclass(frozen=True, slots=True)
class PageDate:
    """shown: what the generator orders and shows the page by. said: what the page itself said, where that differs."""

    shown: Moment
    said: Moment | None = None

    @property
    def day(self) -> date:
        """The day shown, in the offset it is shown with."""
        return self.shown.date() if isinstance(self.shown, datetime) else self.shown


def page_date(article: Article, *, format_name: str) -> PageDate:
    """Return the date of a page: when it was published, or else captured.

    Generators hide a page of the future (Hugo without ``--buildFuture``, Jekyll without ``future: true``), so one that
    claims to be published after we captured it is dated by the capture. A day without a time that is the day of
    the capture counts as such: where the site's zone is west of UTC it has not begun.

    Raises:
        MissingField: the article has neither date.
    """
    said, captured = article.published_at, article.captured_at
    if captured is None:
        if said is None:
            raise MissingField(format_name, "date", need="published_at or captured_at")
        return PageDate(tidy(said))
    if said is None:
        return PageDate(tidy(captured))
    return PageDate(tidy(captured), tidy(said)) if is_after(said, captured) else PageDate(tidy(said))


def is_after(said: Moment, captured: datetime) -> bool:
    """Whether a page claims a time after its capture, or a day that may not be over."""
    if isinstance(said, datetime):
        return in_zone(said, UTC) > in_zone(captured, UTC)
    return said >= utc_day(captured)


def tidy(moment: Moment) -> Moment:
    """Return the moment to the second; a naive time, or one whose offset no format can hold, in UTC."""
    if not isinstance(moment, datetime):
        return moment
    offset = moment.utcoffset()
    if offset is None or offset.total_seconds() % 60:
        return in_zone(moment, UTC)
    return moment.replace(microsecond=0)
