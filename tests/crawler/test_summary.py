"""What a run says of itself: accounts that add up, and why it brought nothing."""

from collections.abc import Sequence
from datetime import UTC, datetime

import pytest

from crawler.books import as_recorded
from crawler.candidate import Candidate
from crawler.ledger import Ledger
from crawler.summary import plan_sentence_of, sentence_of
from storage.cause import Cause, CauseKind
from storage.outcome import Outcome
from storage.verdict import Verdict

CLOUDFLARE = Cause(CauseKind.CHALLENGE, "Cloudflare")
TAGS = Cause(CauseKind.EXCLUDED, "*/tag/*")
Endings = Sequence[tuple[int, Verdict, Cause | None]]


def ledger_of(endings: Endings) -> Ledger:
    """Return the ledger of a run whose URLs ended so, so many each."""
    ledger = Ledger()
    for number, (count, verdict, cause) in enumerate(endings):
        for index in range(count):
            url = f"https://example.org/{number}/{index}"
            ledger.offer([Candidate(url=url, origin="feed")])
            outcome = Outcome(url=url, verdict=verdict, reason="", at=datetime.now(UTC), cause=cause)
            ledger.close(as_recorded(outcome))
    return ledger


def cause(kind: CauseKind, subject: str = "") -> Cause:
    return Cause(kind, subject)


TOLD: Sequence[tuple[Endings, str]] = (
    ([(1, Verdict.CAPTURED, None)], "1 offered: 1 captured"),
    ([(3, Verdict.CAPTURED, None), (1, Verdict.GONE, None)], "4 offered: 3 captured, 1 gone"),
    ([(20, Verdict.KNOWN, None)], "nothing new: 20 known"),
    (
        [(20, Verdict.KNOWN, None), (2, Verdict.FILTERED, TAGS), (1, Verdict.FILTERED, cause(CauseKind.TOO_OLD))],
        "nothing new: 20 known, 3 filtered (2 by exclude '*/tag/*', 1 by since)",
    ),
    ([(4, Verdict.FILTERED, cause(CauseKind.NOT_INCLUDED))], "nothing new: 4 filtered by include"),
    ([(5, Verdict.UNCHANGED, None), (1, Verdict.DUPLICATE, None)], "nothing new: 5 unchanged, 1 duplicate"),
    (
        [(12, Verdict.BLOCKED, CLOUDFLARE)],
        "0 of 12 gave an article: 12 blocked by a challenge page (Cloudflare); what may help: `sources: ledger: "
        "render: browser` runs its scripts; or take the site's feed with `sources: ledger: full_text: feed`",
    ),
    (
        [(2, Verdict.KNOWN, None), (1, Verdict.BLOCKED, cause(CauseKind.CHALLENGE))],
        "0 of 1 gave an article: 2 known, 1 blocked by a challenge page; what may help: `sources: ledger: "
        "render: browser` runs its scripts; or take the site's feed with `sources: ledger: full_text: feed`",
    ),
    (
        [(1, Verdict.GONE, None), (3, Verdict.TIMEOUT, None), (1, Verdict.CAPTURED, None)],
        "5 offered: 1 captured, 3 timeout, 1 gone",
    ),
    (
        [(1, Verdict.GONE, cause(CauseKind.SOFT_NOT_FOUND)), (2, Verdict.GONE, None), (1, Verdict.UNCHANGED, None)],
        "nothing new: 1 unchanged, 3 gone (1 though answered with HTTP 200)",
    ),
    (
        [(1, Verdict.NOT_AN_ARTICLE, cause(CauseKind.FORWARDING, f"https://example.org/{n}")) for n in range(3)],
        "0 of 3 gave an article: 3 not_an_article as pages that send on; "
        "what may help: `bowerbird ingest` the address that the reason names",
    ),
    (
        [(1, Verdict.CONSENT_WALL, cause(CauseKind.CONSENT)), (1, Verdict.CAPTURED, None)],
        "2 offered: 1 captured, 1 consent_wall by a consent form",
    ),
    (
        [(1, Verdict.CONSENT_WALL, cause(CauseKind.CONSENT, "Didomi")), (1, Verdict.CAPTURED, None)],
        "2 offered: 1 captured, 1 consent_wall by a consent form (Didomi)",
    ),
    ([(2, Verdict.NETWORK_ERROR, None)], "0 of 2 gave an article: 2 network_error"),
    (
        [(1, Verdict.FILTERED, cause(CauseKind.EXCLUDED, f"*/{n}/*")) for n in range(5)],
        "nothing new: 5 filtered (1 by exclude '*/0/*', 1 by exclude '*/1/*', 1 by exclude '*/2/*', …)",
    ),
    (
        [(1, Verdict.FILTERED, cause(CauseKind.EXCLUDED, "re:{x}")), (1, Verdict.CAPTURED, None)],
        "2 offered: 1 captured, 1 filtered by exclude 're:{x}'",
    ),
)


@pytest.mark.parametrize(("endings", "told"), TOLD)
def test_a_run_says_what_it_brought_or_why_nothing(endings: Endings, told: str) -> None:
    assert sentence_of(ledger_of(endings), source="ledger") == told


def test_the_numbers_of_the_sentence_add_up() -> None:
    endings: Endings = [(number + 1, verdict, None) for number, verdict in enumerate(Verdict)]
    ledger = ledger_of(endings)
    said = sentence_of(ledger)
    assert [f"{count} {verdict}" for count, verdict, _ in endings if f" {count} {verdict}" not in said] == []
    assert said.startswith(f"{ledger.totals.offered} offered: ")


def test_a_source_without_a_word_on_anything_lists_nothing() -> None:
    assert sentence_of(Ledger()) == "nothing new: the source's document lists no articles"


def test_a_dry_run_says_what_would_be_fetched() -> None:
    ledger = Ledger()
    ledger.offer([Candidate(url=f"https://example.org/{n}", origin="feed") for n in range(3)])
    ledger.troubles.append("a sitemap failed")
    assert plan_sentence_of(ledger, planned=3) == "a sitemap failed; 3 offered: 3 to be fetched"
    assert plan_sentence_of(Ledger(), planned=0) == sentence_of(Ledger())
