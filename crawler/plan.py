"""Which of a source's offers are fetched, and why the others are not. Pure: no network, no clock, no store."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta

from crawler.candidate import Candidate
from crawler.ending import Ending
from crawler.policy import Policy, refusing_rule, why_refused
from crawler.sources.offers import is_stamped
from crawler.traps import GROWTH_BUDGET, Traps, why_trap
from crawler.url_date import url_date
from storage.article import Moment
from storage.cause import Cause, CauseKind
from storage.outcome import Seen
from storage.verdict import Verdict

# A URL that ended like this is tried again on the next run: nothing was learned about its page.
TRY_AGAIN = frozenset({Verdict.NETWORK_ERROR, Verdict.TIMEOUT, Verdict.HTTP_ERROR, Verdict.BLOCKED})
# A clock that runs before ours by no more than this is believed.
SKEW = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Skip:
    """A candidate that is not fetched. cause: which kind of rule says so. waits: only not in this run."""

    candidate: Candidate
    verdict: Verdict
    reason: str
    cause: Cause | None = None
    waits: bool = False

    @property
    def ending(self) -> Ending:
        """How the attempt ends that is not made."""
        return Ending(self.verdict, self.reason, self.cause)


@dataclass(slots=True)
class Plan:
    """fetch: newest first. skip: the others, each with its verdict."""

    fetch: list[Candidate] = field(default_factory=list)
    skip: list[Skip] = field(default_factory=list)

    @property
    def is_cut(self) -> bool:
        """Whether some wait for the next run."""
        return any(skip.waits for skip in self.skip)


@dataclass(frozen=True, slots=True)
class Known:
    """What is known when a plan is made.

    seen: what the store knows, by candidate.url. traps: the run's budgets. was_read: the document that offers has been
    read to its end at an earlier visit.
    """

    seen: Mapping[str, Seen] = field(default_factory=dict)
    traps: Traps = field(default_factory=Traps)
    was_read: bool = False


def plan_fetches(candidates: Sequence[Candidate], known: Known, *, policy: Policy, now: datetime) -> Plan:
    """Sort candidates into those to fetch and those to skip. now: aware."""
    plan = Plan()
    limit = room(candidates, known, policy)
    for candidate in sorted(believed(candidates), key=lambda each: newest_first(each, now)):
        skip = skip_of(candidate, known.seen.get(candidate.url), policy, now)
        skip = skip or skip_for_cap(candidate, policy, fetched=len(plan.fetch), limit=limit)
        skip = skip or (None if policy.is_named else skip_for_budget(candidate, known.traps))
        if skip is None:
            plan.fetch.append(candidate)
        else:
            plan.skip.append(skip)
    return plan


def room(candidates: Sequence[Candidate], known: Known, policy: Policy) -> int:
    """Return how many may be fetched: less where a document known to its end offers nothing but new URLs."""
    left = max(0, policy.limit - policy.planned)
    is_growing = known.was_read and not known.seen and len(candidates) > GROWTH_BUDGET
    return min(left, GROWTH_BUDGET) if is_growing else left


def skip_for_cap(candidate: Candidate, policy: Policy, *, fetched: int, limit: int) -> Skip | None:
    """Return a skip once so many are fetched, or None."""
    if fetched < limit:
        return None
    is_growing = policy.planned + limit < policy.limit
    reason = f"the run fetches {policy.limit} pages at most"
    if is_growing:
        reason = f"crawl trap: all that its document offers is new, as in one that grows by itself; {limit} are fetched"
    cause = None if is_growing else Cause(CauseKind.PAGE_LIMIT)
    return Skip(candidate, Verdict.FILTERED, f"{reason}; it waits for the next one", cause, waits=True)


def skip_for_budget(candidate: Candidate, traps: Traps) -> Skip | None:
    """Return a skip where the budget for URLs of this look is spent, or None."""
    refusal = traps.refusal(candidate.url)
    return Skip(candidate, Verdict.FILTERED, refusal.reason, waits=refusal.waits) if refusal else None


def believed(candidates: Sequence[Candidate]) -> Sequence[Candidate]:
    """Return candidates without the date of change that a document gives to all of them whenever it is made."""
    if not is_stamped([each.updated_at for each in candidates]):
        return candidates
    return [replace(each, updated_at=None) for each in candidates]


def skip_of(candidate: Candidate, seen: Seen | None, policy: Policy, now: datetime) -> Skip | None:
    """Return why candidate is not fetched, or None."""
    rule = refusing_rule(candidate.url, policy)
    if rule:
        return Skip(candidate, Verdict.FILTERED, why_refused(rule, policy), rule)
    trap = None if policy.is_named else why_trap(candidate.url, now=now)
    if trap:
        return Skip(candidate, Verdict.FILTERED, trap)
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


def skip_for_age(candidate: Candidate, policy: Policy, now: datetime) -> Skip | None:
    """Return a skip where a new candidate is from before the window, or None.

    Its own source's date counts; where that gives none, the day in its URL's path.
    """
    if policy.since is None:
        return None
    moment = candidate.published_at or candidate.updated_at or url_date(candidate.url)
    if moment is None or instant(moment) >= now - policy.since:
        return None
    said = "published" if candidate.published_at else "changed last" if candidate.updated_at else "its address says"
    days = policy.since.total_seconds() / 86400
    reason = f"{said} {moment.isoformat()[:10]}, before the source's since window of {days:g} days"
    return Skip(candidate, Verdict.FILTERED, reason, Cause(CauseKind.TOO_OLD))


def is_due(candidate: Candidate, seen: Seen, ages: Sequence[timedelta], now: datetime) -> bool:
    """Whether a known page is worth another look: its source says it changed, or it has come to an age in ages."""
    if candidate.is_changed or candidate.origin == "page":  # the one page that its source watches
        return True
    if isinstance(candidate.updated_at, datetime) and seen.last_at < candidate.updated_at <= now + SKEW:
        return True
    born = born_at(seen, ages)
    return any(seen.last_at < born + age <= now for age in ages)


def born_at(seen: Seen, ages: Sequence[timedelta]) -> datetime:
    """Return when a page's age begins: at its publication, where that is known and recent, else at its first fetch.

    An old date begins nothing: many are guesses, and an archive's article may be corrected when it comes out.
    """
    published = instant(seen.published_at) if seen.published_at else seen.first_at
    is_recent = seen.first_at - max(ages, default=timedelta()) < published < seen.first_at
    return published if is_recent else seen.first_at


def newest_first(candidate: Candidate, now: datetime) -> float:
    """Sort key: newest first, by the source's dates, else by the URL's; then those without, in the source's order."""
    moment = candidate.published_at or candidate.updated_at
    if moment is None:
        day = url_date(candidate.url)
        moment = day if day and day <= now.date() + timedelta(days=1) else None
    return -instant(moment).timestamp() if moment is not None else 0.0


def instant(moment: Moment) -> datetime:
    """Return moment as an aware datetime; a date is the end of its day, so that none is too old by a few hours."""
    if isinstance(moment, datetime):
        return moment
    assert isinstance(moment, date)
    return datetime.combine(moment, time.max, tzinfo=UTC)
