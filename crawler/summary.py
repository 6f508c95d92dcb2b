"""A run in one sentence: what it brought, or why it brought nothing. Pure."""

from collections.abc import Mapping

from crawler.ledger import Ledger
from storage.verdict import Verdict


def sentence_of(ledger: Ledger, trouble: str = "") -> str:
    """Return what a person wants to know of a run. trouble: what went wrong with it as a whole."""
    said = [trouble, *dict.fromkeys(ledger.faults), *ledger.troubles, *ledger.notes]
    if ledger.totals.offered:
        said.append(f"{ledger.totals.offered} offered: {counts_of(ledger.verdicts)}")
    elif not any(said):
        said.append("the source offers nothing: its document lists no articles")
    return "; ".join(part for part in said if part)


def counts_of(verdicts: Mapping[Verdict, int]) -> str:
    """Return ``3 captured, 1 gone``, in the order of the closed list."""
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts.get(verdict))
