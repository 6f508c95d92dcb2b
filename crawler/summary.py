"""A run in one sentence: what it brought, or why it brought nothing and what would help. Pure."""

from collections import Counter
from collections.abc import Mapping

from crawler.ledger import Ledger
from storage.cause import Cause, CauseKind
from storage.hint import hint_for
from storage.verdict import Verdict

MOST_CAUSES = 3
NOT_FETCHED = frozenset({Verdict.KNOWN, Verdict.FILTERED})
# How a cause is told behind "3 blocked"; one that is not here goes without saying.
WORDS: Mapping[CauseKind, str] = {
    CauseKind.EXCLUDED: "by exclude {subject!r}",
    CauseKind.NOT_INCLUDED: "by include",
    CauseKind.TOO_OLD: "by since",
    CauseKind.PAGE_LIMIT: "by the limit of pages",
    CauseKind.HOME_PAGE: "as home pages",
    CauseKind.LISTING: "as listings",
    CauseKind.PARKED: "as parked domains",
    CauseKind.FORWARDING: "as pages that send on",
    CauseKind.CUT_TEXT: "by their looks",
    CauseKind.CUT_AGAINST_FEED: "shorter than the feed's text",
    CauseKind.CHALLENGE: "by a challenge page ({subject})",
    CauseKind.CONSENT: "by a consent form ({subject})",
    CauseKind.LOGIN: "by a login",
    CauseKind.FORBIDDEN: "by HTTP 403",
    CauseKind.TOO_MANY_REQUESTS: "by HTTP 429, too many requests",
    CauseKind.LEGAL: "by HTTP 451",
    CauseKind.ROBOTS_UNAVAILABLE: "as robots.txt cannot be had",
    CauseKind.SOFT_NOT_FOUND: "though answered with HTTP 200",
    CauseKind.TOO_MANY_REDIRECTS: "by too many redirects",
    CauseKind.OUT_OF_ORDER: "by a site out of order",
    CauseKind.UNKNOWN_HOST: "by an unknown host",
    CauseKind.CONNECTION_REFUSED: "by a refused connection",
    CauseKind.CERTIFICATE: "by a certificate",
}


def sentence_of(ledger: Ledger, trouble: str = "", *, source: str = "") -> str:
    """Return what a person wants to know of a run. trouble: what went wrong with it as a whole."""
    said = [trouble, *dict.fromkeys(ledger.faults), *ledger.troubles]
    if ledger.totals.offered:
        said += [*ledger.notes, account_of(ledger), hint_of(ledger, source=source)]
    elif ledger.notes and not any(said):
        said.append(f"nothing new: {'; '.join(ledger.notes)}")
    else:
        said += ledger.notes
    return "; ".join(part for part in said if part) or "nothing new: the source's document lists no articles"


def plan_sentence_of(ledger: Ledger, trouble: str = "", *, planned: int) -> str:
    """Return what a person wants to know of a dry run. planned: how many would be fetched, of which none was."""
    if not planned:
        return sentence_of(ledger, trouble)  # where nothing would be fetched, why
    others = counts_of(ledger.verdicts)
    offered = f"{ledger.totals.offered} offered: {planned} to be fetched{', ' if others else ''}{others}"
    said = [trouble, *dict.fromkeys(ledger.faults), *ledger.troubles, *ledger.notes, offered]
    return "; ".join(part for part in said if part)


def account_of(ledger: Ledger) -> str:
    """Return how all that was offered ended, what went wrong behind the rest and the most frequent of it first."""
    verdicts = {verdict: ledger.verdicts[verdict] for verdict in Verdict if ledger.verdicts.get(verdict)}
    failures = sorted((v for v in verdicts if v.is_failure), key=lambda verdict: -verdicts[verdict])
    order = [*(verdict for verdict in verdicts if not verdict.is_failure), *failures]
    account = ", ".join(f"{verdicts[verdict]} {verdict}{causes_of(ledger, verdict)}" for verdict in order)
    fetched = sum(count for verdict, count in verdicts.items() if verdict not in NOT_FETCHED)
    if fetched and fetched == sum(verdicts[verdict] for verdict in failures):
        return f"0 of {fetched} gave an article: {account}"
    if verdicts and not any(verdict.is_new for verdict in verdicts):
        return f"nothing new: {account}"
    return f"{ledger.totals.offered} offered: {account}"


def causes_of(ledger: Ledger, verdict: Verdict) -> str:
    """Return what lies behind a verdict, in words: `` by since``, or `` (2 by exclude '*/tag/*', 1 by since)``."""
    told: Counter[str] = Counter()
    for cause, count in ledger.causes(verdict).items():
        told[words_of(cause)] += count
    del told[""]
    if not told:
        return ""
    if told.total() == ledger.verdicts[verdict] and len(told) == 1:
        return f" {next(iter(told))}"
    most = ", ".join(f"{count} {words}" for words, count in told.most_common(MOST_CAUSES))
    return f" ({most}{', …' if len(told) > MOST_CAUSES else ''})"


def words_of(cause: Cause) -> str:
    """Return a cause in words, or nothing. What it is about is left out where nobody knows."""
    words = WORDS.get(cause.kind, "")
    return (words if cause.subject else words.replace(" ({subject})", "")).format(subject=cause.subject)


def hint_of(ledger: Ledger, *, source: str) -> str:
    """Return what would help against the most frequent failure of a run that brought nothing, or nothing."""
    failures = {v: n for v, n in ledger.verdicts.items() if v.is_failure and n}
    if not failures or any(verdict.is_new for verdict in ledger.verdicts):
        return ""
    worst = max(failures, key=lambda verdict: failures[verdict])
    causes = ledger.causes(worst)
    cause = max(causes, key=lambda each: causes[each]) if causes else None
    hint = hint_for(worst, cause, source=source)
    return "" if hint.startswith("nothing") else f"what may help: {hint}"


def counts_of(verdicts: Mapping[Verdict, int]) -> str:
    """Return ``3 captured, 1 gone``, in the order of the closed list."""
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts.get(verdict))
