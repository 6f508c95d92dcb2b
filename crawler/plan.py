"""Which of a source's offers are fetched, and why the others are not. Pure: no network, no clock, no store."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta
from fnmatch import translate

from crawler.candidate import Candidate
from crawler.ending import Ending
from storage.article import Moment
from storage.cause import Cause, CauseKind
from storage.outcome import Seen
from storage.verdict import Verdict

# A URL that ended like this is tried again on the next run: nothing was learned about its page.
TRY_AGAIN = frozenset({Verdict.NETWORK_ERROR, Verdict.TIMEOUT, Verdict.HTTP_ERROR, Verdict.BLOCKED})


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """What a source's owner asks for.

    include, exclude: URL globs (``*/news/*``), or regular expressions behind ``re:``. since: nothing older.
    ages: at which ages a known page is fetched again. limit: pages at most. recheck: ages do not matter.
    """

    include: tuple[str, ...] = ()
    exclude: tuple[str, ...] = ()
    since: timedelta | None = None
    ages: tuple[timedelta, ...] = ()
    limit: int = 1000
    recheck: bool = False


@dataclass(frozen=True, slots=True)
class Skip:
    """A candidate that is not fetched. cause: which kind of rule says so."""

    candidate: Candidate
    verdict: Verdict
    reason: str
    cause: Cause | None = None

    @property
    def ending(self) -> Ending:
        """How the attempt ends that is not made."""
        return Ending(self.verdict, self.reason, self.cause)


@dataclass(slots=True)
class Plan:
    """fetch: newest first. skip: the others, each with its verdict. is_cut: the limit kept some out."""

    fetch: list[Candidate] = field(default_factory=list)
    skip: list[Skip] = field(default_factory=list)
    is_cut: bool = False


def plan_fetches(candidates: Sequence[Candidate], seen: Mapping[str, Seen], *, policy: Policy, now: datetime) -> Plan:
    """Sort candidates into those to fetch and those to skip.

    seen: what the store knows, by candidate.url. now: aware.
    """
    plan = Plan()
    for candidate in sorted(candidates, key=newest_first):
        skip = skip_of(candidate, seen.get(candidate.url), policy, now)
        if skip is None and len(plan.fetch) >= policy.limit:
            reason = f"the run fetches {policy.limit} pages at most; it waits for the next one"
            skip = Skip(candidate, Verdict.FILTERED, reason, Cause(CauseKind.PAGE_LIMIT))
            plan.is_cut = True
        if skip is None:
            plan.fetch.append(candidate)
        else:
            plan.skip.append(skip)
    return plan


def skip_of(candidate: Candidate, seen: Seen | None, policy: Policy, now: datetime) -> Skip | None:
    """Return why candidate is not fetched, or None."""
    rule = refusing_rule(candidate.url, policy)
    if rule:
        return Skip(candidate, Verdict.FILTERED, why_refused(rule, policy), rule)
    if seen is None or is_unsettled(seen):
        return skip_for_age(candidate, policy, now)
    if policy.recheck or is_due(candidate, seen, policy.ages, now):
        return None
    return Skip(
        candidate, Verdict.KNOWN, f"{seen.verdict} on {seen.last_at:%Y-%m-%d %H:%M} UTC, not due for another look"
    )


def is_unsettled(seen: Seen) -> bool:
    """Whether the last attempt taught nothing of the page. One that could not be read gets a second try, no third."""
    if seen.article_id is not None:
        return False
    return seen.verdict in TRY_AGAIN or (seen.verdict is Verdict.UNREADABLE and seen.first_at == seen.last_at)


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


def matches(pattern: str, url: str) -> bool:
    """Whether url fits a glob, or the regular expression after ``re:`` anywhere in it."""
    if pattern.startswith("re:"):
        return re.search(pattern[3:], url) is not None
    return re.match(translate(pattern), url) is not None


def skip_for_age(candidate: Candidate, policy: Policy, now: datetime) -> Skip | None:
    """Return a skip where the source itself dates a new candidate before the window, or None."""
    if policy.since is None or candidate.published_at is None:
        return None
    if instant(candidate.published_at) >= now - policy.since:
        return None
    days = policy.since.total_seconds() / 86400
    return Skip(
        candidate,
        Verdict.FILTERED,
        f"published {candidate.published_at.isoformat()[:10]}, before the source's since window of {days:g} days",
        Cause(CauseKind.TOO_OLD),
    )


def is_due(candidate: Candidate, seen: Seen, ages: Sequence[timedelta], now: datetime) -> bool:
    """Whether a known page is worth another look: its source says it changed, or it has come to an age in ages."""
    if candidate.is_changed or (isinstance(candidate.updated_at, datetime) and candidate.updated_at > seen.last_at):
        return True
    return any(seen.last_at < seen.first_at + age <= now for age in ages)


def newest_first(candidate: Candidate) -> float:
    """Sort key: newest first, then those without a date in the source's own order."""
    moment = candidate.published_at or candidate.updated_at
    return -instant(moment).timestamp() if moment is not None else 0.0


def instant(moment: Moment) -> datetime:
    """Return moment as an aware datetime; a date is the end of its day, so that none is too old by a few hours."""
    if isinstance(moment, datetime):
        return moment
    assert isinstance(moment, date)
    return datetime.combine(moment, time.max, tzinfo=UTC)
