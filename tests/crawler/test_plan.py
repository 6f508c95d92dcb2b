"""Which offers are fetched and why the others are not."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.candidate import Candidate
from crawler.plan import Known, instant, is_due, plan_fetches
from crawler.policy import Policy
from crawler.url_pattern import matches
from storage.cause import Cause, CauseKind
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
        (Policy(since=7 * DAY), candidate(updated_at=NOW - 8 * DAY), "changed last 2026-03-07, before"),
        (
            Policy(since=7 * DAY),
            candidate(url="https://example.org/2026/03/07/a"),
            "its address says 2026-03-07, before",
        ),
        (Policy(since=7 * DAY), candidate(url="https://example.org/2026/03/08/a"), None),
        (Policy(since=7 * DAY), candidate(url="https://example.org/2026/03/a"), None),
        (Policy(since=7 * DAY), candidate(url="https://example.org/1996/03/07/a", published_at=NOW), None),
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


@pytest.mark.parametrize(
    ("published", "first", "last", "expected"),
    [
        pytest.param(NOW - HOUR, HOUR / 2, HOUR / 2, True, id="an hour after its publication"),
        pytest.param(NOW - HOUR / 2, HOUR / 4, HOUR / 4, False, id="half an hour after its publication"),
        pytest.param(NOW - 8 * DAY, 2 * HOUR, 2 * HOUR, True, id="older than every age: an hour after its capture"),
        pytest.param(NOW - 8 * DAY, HOUR / 2, HOUR / 2, False, id="older than every age: too soon after its capture"),
        pytest.param(NOW + DAY, 2 * HOUR, 2 * HOUR, True, id="a date to come: an hour after its capture"),
        pytest.param(date(2026, 3, 15), 2 * HOUR, 2 * HOUR, True, id="today: an hour after its capture"),
        pytest.param(date(2026, 3, 14), 2 * HOUR, 2 * HOUR, False, id="yesterday, whose hour was over at its capture"),
        pytest.param(None, HOUR, HOUR, True, id="an hour after its capture"),
    ],
)
def test_ages_count_from_a_recent_publication_or_else_from_the_capture(
    published: datetime | date | None, first: timedelta, last: timedelta, expected: bool
) -> None:
    known = replace(seen(first=first, last=last), published_at=published)
    assert is_due(candidate(), known, AGES, NOW) is expected


def test_the_page_that_a_source_watches_is_always_due() -> None:
    known = seen(first=400 * DAY, last=timedelta(minutes=10))
    assert is_due(candidate(origin="page"), known, (), NOW)


@pytest.mark.parametrize(
    ("changed", "fetched"),
    [
        pytest.param([NOW - HOUR / 9] * 30, 0, id="a document that gives the same moment to all"),
        pytest.param([NOW - HOUR / 9] * 16 + [NOW - 90 * DAY] * 14, 0, id="or to most"),
        pytest.param([NOW - HOUR / 9] * 14 + [NOW - 90 * DAY] * 16, 14, id="some that changed together"),
        pytest.param([NOW - HOUR / 9] * 3 + [NOW - 90 * DAY] * 27, 3, id="three that changed"),
        pytest.param([NOW - HOUR / 9] * 10, 10, id="too few to tell"),
        pytest.param([NOW + 30 * DAY] * 2 + [NOW - 90 * DAY] * 20, 0, id="a date to come is no change"),
    ],
)
def test_dates_of_change_are_believed_unless_all_entries_have_one(changed: list[datetime], fetched: int) -> None:
    offered = [candidate(url=f"https://example.org/{n}", updated_at=at) for n, at in enumerate(changed)]
    known = {each.url: seen(first=30 * DAY, last=2 * HOUR) for each in offered}
    plan = plan_fetches(offered, Known(known), policy=Policy(), now=NOW)
    assert len(plan.fetch) == fetched


def test_a_sitemap_without_dates_is_taken_by_the_days_in_its_addresses() -> None:
    paths = ["2024/05/06/a", "about", "2026/03/14/b", "2025/12/c", "2061/01/01/d"]
    offered = [candidate(url=f"https://example.org/{path}") for path in paths]
    plan = plan_fetches(offered, Known(), policy=Policy(), now=NOW)
    assert [each.url.rpartition("/")[2] for each in plan.fetch] == ["b", "c", "a", "about", "d"]


def test_the_cap_that_is_told_is_that_of_the_run() -> None:
    plan = plan_fetches([candidate()], Known(), policy=Policy(limit=5, planned=5), now=NOW)
    assert "the run fetches 5 pages at most; it waits" in plan.skip[0].reason


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


def test_an_entry_whose_text_in_the_feed_is_another_is_due() -> None:
    known = Seen(url=URL, verdict=Verdict.CAPTURED, first_at=NOW, last_at=NOW, article_id="a")
    assert is_due(candidate(is_changed=True), known, (), NOW)
    assert not is_due(candidate(), known, (), NOW)


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


@pytest.mark.parametrize(
    ("policy", "cause"),
    [
        (Policy(exclude=("re:^x", "*/1")), Cause(CauseKind.EXCLUDED, "*/1")),
        (Policy(include=("*/news/*",)), Cause(CauseKind.NOT_INCLUDED)),
        (Policy(since=timedelta(days=1)), Cause(CauseKind.TOO_OLD)),
        (Policy(limit=0), Cause(CauseKind.PAGE_LIMIT)),
    ],
)
def test_a_skip_says_which_kind_of_rule_it_was(policy: Policy, cause: Cause) -> None:
    offered = Candidate(url="https://example.org/1", origin="feed", published_at=NOW - timedelta(days=9))
    (skip,) = plan_fetches([offered], Known(), policy=policy, now=NOW).skip
    assert (skip.cause, skip.ending.cause) == (cause, cause)
