"""The accounts of one run: what was offered, what is still open, what it cost. Not for the store's rows."""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping

from crawler.candidate import Candidate
from storage.cause import Cause
from storage.identity.url import url_key
from storage.outcome import Recorded, Totals, Validator
from storage.verdict import Verdict


class Ledger:
    """Sees to it that each URL offered in a run ends in exactly one verdict."""

    def __init__(self) -> None:
        self._open: dict[str, Candidate] = {}
        self._closed: set[str] = set()
        self._verdicts: Counter[Verdict] = Counter()
        self._causes: dict[Verdict, Counter[Cause]] = defaultdict(Counter)
        self._offered = 0
        self._requests = 0
        self._not_modified = 0
        self._bytes = 0
        self.faults: list[str] = []
        self.troubles: list[str] = []
        self.notes: list[str] = []
        self.documents: list[Verdict] = []  # how those of the source ended that gave no listing
        self.validators: list[Validator] = []

    def offer(self, candidates: Iterable[Candidate]) -> list[Candidate]:
        """Open an account for each candidate and return those not offered before in this run."""
        fresh: list[Candidate] = []
        for candidate in candidates:
            key = url_key(candidate.url)
            if key not in self._open and key not in self._closed:
                self._open[key] = candidate
                fresh.append(candidate)
        self._offered += len(fresh)
        return fresh

    def close(self, recorded: Recorded) -> None:
        """End the account of one URL with its verdict."""
        key = url_key(recorded.url)
        del self._open[key]
        self._closed.add(key)
        self._count(recorded)

    def settle(self, recorded: Recorded) -> None:
        """Count an attempt that needed no account: a saved page, which may come twice."""
        self._offered += 1
        self._count(recorded)

    def _count(self, recorded: Recorded) -> None:
        self._verdicts[recorded.verdict] += 1
        if recorded.cause is not None:
            self._causes[recorded.verdict][recorded.cause] += 1

    def is_open(self, url: str) -> bool:
        """Whether url was offered and has no verdict yet."""
        return url_key(url) in self._open

    @property
    def open_candidates(self) -> list[Candidate]:
        """Those without a verdict yet."""
        return list(self._open.values())

    @property
    def verdicts(self) -> Mapping[Verdict, int]:
        """How many URLs ended how."""
        return dict(self._verdicts)

    def causes(self, verdict: Verdict) -> Mapping[Cause, int]:
        """How many URLs that ended so had which cause; those without one are left out."""
        return dict(self._causes[verdict])

    @property
    def totals(self) -> Totals:
        """What the run cost so far."""
        return Totals(
            offered=self._offered, requests=self._requests, not_modified=self._not_modified, bytes=self._bytes
        )

    def count_request(self) -> None:
        """One more request goes out: page, source document, redirect or robots.txt."""
        self._requests += 1

    def count_response(self, body_bytes: int, *, not_modified: bool) -> None:
        """One more response came in."""
        self._bytes += body_bytes
        self._not_modified += not_modified
