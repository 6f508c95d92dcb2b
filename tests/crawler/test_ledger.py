"""The accounts of one run, and the sentence that tells them."""

from datetime import UTC, datetime

import pytest

from crawler.books import as_recorded
from crawler.candidate import Candidate
from crawler.ledger import Ledger
from crawler.summary import counts_of, sentence_of
from storage.outcome import Outcome, Recorded, Totals
from storage.verdict import Verdict


def offers(*urls: str) -> list[Candidate]:
    return [Candidate(url=url, origin="feed") for url in urls]


def ending(url: str, verdict: Verdict = Verdict.CAPTURED) -> Recorded:
    return as_recorded(Outcome(url=url, verdict=verdict, reason="", at=datetime.now(UTC)))


def test_the_same_address_in_another_spelling_is_offered_once() -> None:
    ledger = Ledger()
    fresh = ledger.offer(
        offers(
            "https://example.org/a?utm_source=x",
            "http://EXAMPLE.org/a",
            "https://example.org/a#top",
            "https://example.org:443/a?fbclid=1",
            "https://example.org/b",
        )
    )
    assert [each.url for each in fresh] == ["https://example.org/a?utm_source=x", "https://example.org/b"]
    ledger.close(ending("https://example.org/a?utm_source=x"))
    assert ledger.offer(offers("https://example.org/a", "https://example.org/b")) == []
    assert ledger.totals.offered == 2


def test_offered_is_open_until_it_has_its_verdict() -> None:
    ledger = Ledger()
    ledger.offer(offers("https://example.org/a", "https://example.org/b"))
    ledger.close(ending("https://example.org/a", Verdict.GONE))
    assert not ledger.is_open("https://example.org/a")
    assert ledger.is_open("https://example.org/b?utm_medium=x")
    assert [each.url for each in ledger.open_candidates] == ["https://example.org/b"]
    assert ledger.verdicts == {Verdict.GONE: 1}


def test_one_address_cannot_get_two_verdicts() -> None:
    ledger = Ledger()
    ledger.offer(offers("https://example.org/a"))
    ledger.close(ending("https://example.org/a"))
    with pytest.raises(KeyError):
        ledger.close(ending("https://example.org/a"))
    with pytest.raises(KeyError):
        ledger.close(ending("https://example.org/never-offered"))
    assert sum(ledger.verdicts.values()) == 1


def test_a_saved_page_is_offered_and_closed_in_one() -> None:
    ledger = Ledger()
    ledger.settle(ending("file:///a.html"))
    ledger.settle(ending("file:///a.html", Verdict.UNCHANGED))
    assert ledger.totals.offered == sum(ledger.verdicts.values()) == 2


def test_the_cost_adds_up() -> None:
    ledger = Ledger()
    for size, not_modified in ((100, False), (0, True), (50, False)):
        ledger.count_request()
        ledger.count_response(size, not_modified=not_modified)
    assert ledger.totals == Totals(offered=0, requests=3, not_modified=1, bytes=150)


def test_the_counts_stand_in_the_order_of_the_closed_list() -> None:
    counts = {Verdict.GONE: 1, Verdict.CAPTURED: 3, Verdict.KNOWN: 0}
    assert counts_of(counts) == "3 captured, 1 gone"


@pytest.mark.parametrize(
    ("urls", "troubles", "notes", "trouble", "expected"),
    [
        ((), [], [], "", "nothing new: the source's document lists no articles"),
        ((), [], ["it has not changed"], "", "nothing new: it has not changed"),
        ((), ["no answer"], [], "", "no answer"),
        ((), [], [], "it was interrupted", "it was interrupted"),
        (("https://example.org/a",), [], [], "", "1 offered: 1 captured"),
        (("https://example.org/a",), ["x"], ["y"], "z", "z; x; y; 1 offered: 1 captured"),
    ],
)
def test_a_run_is_told_in_one_sentence(
    urls: tuple[str, ...], troubles: list[str], notes: list[str], trouble: str, expected: str
) -> None:
    ledger = Ledger()
    ledger.offer(offers(*urls))
    for url in urls:
        ledger.close(ending(url))
    ledger.troubles, ledger.notes = troubles, notes
    assert sentence_of(ledger, trouble) == expected
