"""What a source's owner asks to be fetched, and what to be left out. Pure; what becomes of each URL is the plan's."""

from dataclasses import dataclass
from datetime import timedelta

from crawler.order import Order
from crawler.settings import CrawlerSettings
from crawler.url_pattern import matches
from storage.cause import Cause, CauseKind
from storage.duration import parse_duration
from storage.source import SourceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a source's owner asks for.

    include, exclude: URL globs (``*/news/*``), or regular expressions behind ``re:``. since: nothing older.
    ages: at which ages a known page is fetched again. limit: pages at most in a run, of which planned are under way.
    recheck: ages do not matter. is_named: a person named each URL; nobody who does walks into a trap.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: timedelta | None = None
    ages: tuple[timedelta, ...] = ()
    limit: int = 1000
    planned: int = 0
    recheck: bool = False
    is_named: bool = False


def policy_of(order: Order, settings: CrawlerSettings, *, planned: int) -> Policy:
    """Return what an order says, with the settings' word where it says nothing."""
    source = order.source
    limits = (order.limit, source.max_pages, settings.max_pages)
    ages = settings.recheck if source.recheck is None else source.recheck
    return Policy(
        include=source.include,
        exclude=source.exclude,
        since=parse_duration(source.since) if source.since else None,
        ages=tuple(parse_duration(age) for age in ages),
        limit=next(limit for limit in limits if limit is not None),
        planned=planned,
        recheck=order.recheck,
        is_named=order.trigger == "ingest" or order.kind is SourceKind.PAGE,
    )


def refusing_rule(url: str, policy: Policy) -> Cause | None:
    """Return the include or exclude rule that keeps url out, or None."""
    for pattern in policy.exclude:
        if matches(pattern, url):
            return Cause(CauseKind.EXCLUDED, pattern)
    if policy.include and not any(matches(pattern, url) for pattern in policy.include):
        return Cause(CauseKind.NOT_INCLUDED)
    return None


def why_refused(rule: Cause, policy: Policy) -> str:
    """Say which rule keeps a URL out."""
    if rule.kind is CauseKind.EXCLUDED:
        return f"the source's exclude rule {rule.subject!r} matches"
    return f"none of the source's include rules matches: {', '.join(policy.include)}"
