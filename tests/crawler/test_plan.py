"""Which offers are fetched and why the others are not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.candidate import Candidate
from crawler.plan import Known, Policy, instant, is_due, matches, plan_fetches
from storage.outcome import Seen
from storage.verdict import Verdict

NOW = datetime(2026, 3, 15, 12, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)
URL = "https://example.org/news/1"
AGES = (HOUR, 6 * HOUR, DAY, 7 * DAY)


def candidate(**values: object) -> Candidate:
    return replace(Candidate(url=URL, origin="feed"), **values)  # type: ignore[arg-type]


def seen(verdict: Verdict = Verdict.CAPTURED, *, first: timedelta, last: timedelta, article: str | None = "a1") -> Seen:
    """Return what is known of a URL first and last seen so long ago."""
    return Seen(url=URL, verdict=verdict, first_at=NOW - first, last_at=NOW - last, article_id=article)


@pytest.mark.parametrize(
    ("pattern", "url", "expected"),
    [
        ("*/news/*", "https://example.org/news/1", True),
        ("*/news/*", "https://example.org/sport/1", False),
        ("https://example.org/*", "https://example.org/", True),
        ("example.org", "https://example.org/", False),
        ("*.html", "https://example.org/a.html", True),
        ("*.html", "https://example.org/a.html?x=1", False),
        ("*/202[56]/*", "https://example.org/2026/a", True),
        ("*(*", "https://example.org/a(b", True),
        (r"re:/\d{4}/", "https://example.org/2026/a", True),
        (r"re:^/\d", "https://example.org/2026/a", False),
    ],
)
def test_a_rule_is_a_glob_over_the_whole_url_or_a_regular_expression(pattern: str, url: str, expected: bool) -> None:
    assert matches(pattern, url) is expected


@pytest.mark.parametrize(
    ("policy", "offered", "words"),
    [
        (Policy(exclude=("*/news/*",)), candidate(), "exclude rule '*/news/*'"),
        (Policy(include=("*/sport/*", "*/art/*")), candidate(), "none of the source's include rules"),
        (Policy(include=("*/news/*",), exclude=("*/1",)), candidate(), "exclude rule '*/1'"),
        (Policy(include=("*/news/*",)), candidate(), None),
        (Policy(since=7 * DAY), candidate(published_at=NOW - 8 * DAY), "published 2026-03-07, before"),
        (Policy(since=7 * DAY), candidate(published_at=NOW - 7 * DAY), None),
        (Policy(since=7 * DAY), candidate(published_at=date(2026, 3, 7)), "published 2026-03-07, before"),
        (Policy(since=7 * DAY), candidate(published_at=date(2026, 3, 8)), None),
        (Policy(since=7 * DAY), candidate(published_at=NOW + 400 * DAY), None),
        (Policy(since=7 * DAY), candidate(), None),
        (Policy(since=36500 * DAY), candidate(published_at=date.min), "published 0001-01-01"),
        (Policy(limit=0), candidate(), "at most; it waits"),
    ],
)
def test_a_new_url_is_fetched_unless_a_rule_says_why_not(policy: Policy, offered: Candidate, words: str | None) -> None:
    plan = plan_fetches([offered], Known(), policy=policy, now=NOW)
    if words is None:
        assert plan.fetch == [offered]
        return
    (skip,) = plan.skip
    assert (skip.verdict, skip.candidate) == (Verdict.FILTERED, offered)
    assert words in skip.reason


@pytest.mark.parametrize(
    ("known", "is_fetched"),
    [
        pytest.param(seen(first=30 * timedelta(minutes=1), last=30 * timedelta(minutes=1)), False, id="too young"),
        pytest.param(seen(first=2 * HOUR, last=2 * HOUR), True, id="an hour old and not looked at since"),
        pytest.param(seen(first=2 * HOUR, last=HOUR / 2), False, id="looked at after its hour"),
        pytest.param(seen(first=7 * HOUR, last=2 * HOUR), True, id="six hours old"),
        pytest.param(seen(first=400 * DAY, last=399 * DAY), True, id="a week old and not looked at since"),
        pytest.param(seen(first=400 * DAY, last=390 * DAY), False, id="past every age"),
        pytest.param(seen(Verdict.TIMEOUT, first=DAY / 2, last=HOUR / 9, article=None), True, id="nothing came"),
        pytest.param(seen(Verdict.BLOCKED, first=DAY / 2, last=HOUR / 9, article=None), True, id="was blocked"),
        pytest.param(seen(Verdict.TIMEOUT, first=DAY / 2, last=HOUR / 9), False, id="nothing came of an article"),
        pytest.param(seen(Verdict.GONE, first=DAY / 2, last=HOUR / 9, article=None), False, id="was gone"),
        pytest.param(seen(Verdict.UNREADABLE, first=HOUR / 9, last=HOUR / 9, article=None), True, id="second try"),
        pytest.param(seen(Verdict.UNREADABLE, first=HOUR / 2, last=HOUR / 9, article=None), False, id="no third try"),
    ],
)
def test_a_known_url_is_fetched_when_it_is_due(known: Seen, is_fetched: bool) -> None:
    plan = plan_fetches([candidate()], Known({URL: known}), policy=Policy(ages=AGES), now=NOW)
    assert bool(plan.fetch) is is_fetched
    assert [skip.verdict for skip in plan.skip] == ([] if is_fetched else [Verdict.KNOWN])


def test_a_skip_of_a_known_url_says_what_is_known() -> None:
    known = seen(Verdict.DUPLICATE, first=DAY, last=DAY)
    (skip,) = plan_fetches([candidate()], Known({URL: known}), policy=Policy(), now=NOW).skip
    assert skip.reason == "duplicate on 2026-03-14 12:00 UTC, not due for another look"


@pytest.mark.parametrize(
    ("updated", "expected"),
    [
        (NOW - HOUR, True),
        (NOW - 3 * HOUR, False),
        (date(2026, 3, 15), False),
        (None, False),
        ((NOW - HOUR).astimezone(timezone(timedelta(hours=-9))), True),
    ],
)
def test_a_source_that_says_its_article_changed_makes_it_due(updated: datetime | date | None, expected: bool) -> None:
    known = seen(first=3 * HOUR, last=2 * HOUR)
    assert is_due(candidate(updated_at=updated), known, (), NOW) is expected


def test_recheck_fetches_whatever_is_known_but_not_what_a_rule_keeps_out() -> None:
    known = seen(Verdict.GONE, first=400 * DAY, last=HOUR, article=None)
    assert plan_fetches([candidate()], Known({URL: known}), policy=Policy(recheck=True), now=NOW).fetch
    ruled = Policy(recheck=True, exclude=("*",))
    assert not plan_fetches([candidate()], Known({URL: known}), policy=ruled, now=NOW).fetch


def test_the_newest_come_first_and_the_limit_cuts_the_oldest() -> None:
    moments = {
        "old": NOW - 9 * DAY,
        "new": NOW - HOUR,
        "day": date(2026, 3, 13),
        "none-1": None,
        "none-2": None,
        "ancient": date.min,
        "future": date.max,
    }
    offered = [candidate(url=f"https://example.org/{name}", published_at=at) for name, at in moments.items()]
    plan = plan_fetches(offered, Known(), policy=Policy(limit=4), now=NOW)
    assert [each.url.rpartition("/")[2] for each in plan.fetch] == ["future", "new", "day", "old"]
    assert [skip.candidate.url.rpartition("/")[2] for skip in plan.skip] == ["none-1", "none-2", "ancient"]
    assert plan.is_cut
    assert {skip.verdict for skip in plan.skip} == {Verdict.FILTERED}


def test_what_is_skipped_uses_no_room() -> None:
    offered = [candidate(url=f"https://example.org/{number}") for number in range(6)]
    known = {each.url: replace(seen(first=DAY, last=HOUR), url=each.url) for each in offered[:3]}
    plan = plan_fetches(offered, Known(known), policy=Policy(limit=3), now=NOW)
    assert (len(plan.fetch), len(plan.skip), plan.is_cut) == (3, 3, False)


MOMENTS = (
    st.none()
    | st.dates()
    | st.datetimes(timezones=st.just(UTC))
    | st.datetimes(timezones=st.sampled_from([timezone(timedelta(hours=14)), timezone(timedelta(hours=-12))]))
)


@given(st.lists(st.tuples(MOMENTS, MOMENTS), max_size=20), st.integers(0, 10))
def test_every_candidate_is_planned_once_whatever_its_dates(
    moments: list[tuple[datetime | date | None, datetime | date | None]], limit: int
) -> None:
    offered = [
        candidate(url=f"https://example.org/{number}", published_at=published, updated_at=updated)
        for number, (published, updated) in enumerate(moments)
    ]
    known = {each.url: replace(seen(first=DAY, last=DAY), url=each.url) for each in offered[::2]}
    plan = plan_fetches(offered, Known(known), policy=Policy(since=30 * DAY, ages=AGES, limit=limit), now=NOW)
    planned = [*plan.fetch, *(skip.candidate for skip in plan.skip)]
    assert sorted(each.url for each in planned) == sorted(each.url for each in offered)
    assert len(plan.fetch) <= limit


def test_a_date_counts_until_its_end() -> None:
    assert instant(date(2026, 3, 15)) > NOW
    assert instant(NOW) is NOW
