"""What a crawl trap looks like, and what looks like one and is none."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.candidate import Candidate
from crawler.plan import Known, plan_fetches
from crawler.policy import Policy
from crawler.traps import CALENDAR_BUDGET, FACET_BUDGET, GROWTH_BUDGET, QUERY_BUDGET, Traps, shape_of, why_trap
from storage.outcome import Seen
from storage.verdict import Verdict

NOW = datetime(2026, 11, 26, 12, 0, tzinfo=UTC)
SITE = "https://example.org"


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("/a" * 16, "16 levels deep"),
        ("/?" + "&".join(f"p{number}=1" for number in range(11)), "11 parameters"),
        ("/a/b/a/b/a/b", "/a/b 3 times in a row"),
        ("/shop/img/img/img/x.html", "/img 3 times in a row"),
        ("/calendar/2031/01/", "a calendar's page for 2031-01"),
        ("/events/2031/01/17/", "2031-01"),
        ("/2031-05/", "2031-05"),
        ("/calendar/2131/01/", "2131-01"),
        ("/list?date=2031-01-17", "2031-01"),
        ("/list?month=203101", "2031-01"),
        ("/calendar/day/2028/01/02/list", "2028-01"),
    ],
)
def test_a_trap_is_known_by_its_looks(path: str, words: str) -> None:
    why = why_trap(SITE + path, now=NOW)
    assert why is not None
    assert why.startswith("crawl trap: ")
    assert words in why


@pytest.mark.parametrize(
    "path",
    [
        "/2026/11/26/council-votes",
        "/2026/11/26/",
        "/2011/11/11/eleven-eleven-eleven",
        "/11/11/11/memorial",
        "/2031/01/01/the-world-in-2031",
        "/2026/11/26/plans-for-2050/",
        "/events/2027/06/05/summer-fair",
        "/archive/1926/11/26/general-strike",
        "/de/news/de/berlin",
        "/a/b/a/b",
        "/story?id=2031-01",
        "/read?year=2026&month=11&id=5",
        "/index.php?option=com_content&view=article&id=12&catid=3&Itemid=7&lang=en",
        "/" + "/".join(f"level-{number}" for number in range(15)),
        "",
    ],
)
def test_an_honest_address_is_no_trap(path: str) -> None:
    assert why_trap(SITE + path, now=NOW) is None


def calendar_days() -> Iterator[str]:
    for number in range(400):
        yield f"{SITE}/calendar/{date(2025, 12, 1) + timedelta(days=number):%Y/%m/%d}/"


def facets() -> Iterator[str]:
    for number in range(400):
        yield f"{SITE}/list?sort={number}&filter[color]={number % 7}"


def query_calendar() -> Iterator[str]:
    for number in range(400):
        yield f"{SITE}/diary?date={date(2025, 1, 1) + timedelta(days=number):%Y-%m-%d}"


def searches() -> Iterator[str]:
    for number in range(2000):
        yield f"{SITE}/find?word=w{number}"


def articles_by_number() -> Iterator[str]:
    for number in range(2000):
        yield f"{SITE}/story.php?id={number}"


def dated_articles() -> Iterator[str]:
    for number in range(5000):
        yield f"{SITE}/{date(2010, 1, 1) + timedelta(days=number):%Y/%m/%d}/what-happened-{number}"


def numbered_articles() -> Iterator[str]:
    for number in range(5000):
        yield f"{SITE}/news/{number}"


def sessions() -> Iterator[str]:
    for number in range(400):
        yield f"{SITE}/a;jsessionid={number:032x}?order=up&PHPSESSID={number}"


@pytest.mark.parametrize(
    ("urls", "passed", "waits"),
    [
        (calendar_days(), CALENDAR_BUDGET, True),
        (query_calendar(), CALENDAR_BUDGET, False),
        (facets(), FACET_BUDGET, False),
        (sessions(), FACET_BUDGET, False),
        (searches(), QUERY_BUDGET, True),
        (articles_by_number(), QUERY_BUDGET, True),
        (dated_articles(), 5000, False),
        (numbered_articles(), 5000, False),
    ],
    ids=["days", "days in the query", "facets", "sessions", "searches", "articles by id", "dated", "numbered"],
)
def test_a_run_fetches_so_many_of_one_look(urls: Iterator[str], passed: int, waits: bool) -> None:
    traps = Traps()
    refusals = [traps.refusal(url) for url in urls]
    refused = [refusal for refusal in refusals if refusal]
    assert len(refusals) - len(refused) == passed
    assert {refusal.waits for refusal in refused} <= {waits}
    assert all("crawl trap: a run fetches" in refusal.reason for refusal in refused)
    assert all(("waits for the next" in refusal.reason) is waits for refusal in refused)


def test_each_host_and_each_look_has_its_own_budget() -> None:
    traps = Traps()
    for host in ("a.example", "b.example"):
        for name in ("sort", "order"):
            urls = [f"https://{host}/list?{name}={number}" for number in range(FACET_BUDGET)]
            assert [traps.refusal(url) for url in urls] == [None] * FACET_BUDGET


def test_a_look_leaves_out_numbers_and_long_words() -> None:
    assert shape_of(f"{SITE}/a/17/2026-council-votes-on-the-bridge-again?B=1&a=2").look == "example.org/a/#/*?a=&b="


def offered(urls: Iterator[str]) -> list[Candidate]:
    return [Candidate(url=url, origin="sitemap") for url in urls]


def test_a_document_read_before_that_offers_only_new_urls_is_taken_in_parts() -> None:
    found = offered(islice(numbered_articles(), 500))
    plan = plan_fetches(found, Known(was_read=True), policy=Policy(), now=NOW)
    assert (len(plan.fetch), len(plan.skip), plan.is_cut) == (GROWTH_BUDGET, 300, True)
    assert "crawl trap: all that its document offers is new" in plan.skip[0].reason


@pytest.mark.parametrize("is_first", [True, False], ids=["its first visit", "one of its URLs is known"])
def test_a_document_that_may_be_honest_is_taken_whole(is_first: bool) -> None:
    found = offered(islice(numbered_articles(), 500))
    seen = {} if is_first else {found[9].url: Seen(url=found[9].url, verdict=Verdict.GONE, first_at=NOW, last_at=NOW)}
    plan = plan_fetches(found, Known(seen, was_read=not is_first), policy=Policy(), now=NOW)
    assert len(plan.fetch) == 500 - len(seen)


def test_a_url_that_a_person_named_is_no_trap() -> None:
    found = offered(iter([f"{SITE}/calendar/2031/01/", *islice(facets(), 100)]))
    plan = plan_fetches(found, Known(), policy=Policy(is_named=True), now=NOW)
    assert len(plan.fetch) == 101


def test_what_is_known_or_left_out_uses_no_budget() -> None:
    found = offered(islice(facets(), 120))
    seen = {each.url: Seen(url=each.url, verdict=Verdict.GONE, first_at=NOW, last_at=NOW) for each in found[:60]}
    plan = plan_fetches(found, Known(seen), policy=Policy(exclude=("*sort=6?&*",)), now=NOW)
    assert len(plan.fetch) == 50


@given(st.text() | st.from_regex(r"https?://[a-z]{1,5}/[a-z0-9/;=-]{0,40}(\?[a-z0-9=&%\[\]-]{0,40})?", fullmatch=True))
def test_any_url_is_judged(url: str) -> None:
    why_trap(url, now=NOW)
    Traps().refusal(url)
