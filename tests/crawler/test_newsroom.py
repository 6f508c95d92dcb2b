"""The bundled newsroom, crawled as a user would: its own truth against what the store holds."""

from collections import Counter
from collections.abc import Iterator, Sequence

import pytest

from bowerbird.demo.newsroom.expected import Expectation
from bowerbird.demo.newsroom.running import Newsroom, running_newsroom
from crawler.order import RunResult
from storage.database.store import Store
from storage.outcome import Attempt
from storage.source import SourceKind
from storage.verdict import Verdict
from tests.crawler.conftest import InReactor
from tests.crawler.fetching import opened_runs, order_for, settings_for


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with running_newsroom(slow_seconds=0.2) as running:
        yield running


async def visit_all(newsroom: Newsroom, store: Store, *, recheck: bool = False) -> list[RunResult]:
    """Visit its sources one after the other, as the expectations are meant."""
    results = []
    async with opened_runs(settings_for(*newsroom.hosts), store) as runs:
        for source in newsroom.sources:
            order = order_for(source.url, name=source.name, kind=SourceKind(source.kind), recheck=recheck)
            results.append(await runs.visit_source(order))
    return results


def attempts_of(store: Store, results: Sequence[RunResult]) -> list[Attempt]:
    return [attempt for result in results for attempt in store.attempts.of_run(result.run_id)]


def by_story(expectations: Sequence[Expectation], attempts: Sequence[Attempt]) -> dict[str, list[Verdict]]:
    """Return the verdicts of each story in each source: two workers may end two addresses of one in either order."""
    stories = {(each.source, each.url): f"{each.source}: {each.slug or each.url}" for each in expectations}
    found: dict[str, list[Verdict]] = {}
    for attempt in attempts:
        found.setdefault(stories[attempt.source, attempt.url], []).append(attempt.verdict)
    return {story: sorted(verdicts) for story, verdicts in found.items()}


def test_every_address_ends_as_the_newsroom_says(newsroom: Newsroom, store: Store, in_reactor: InReactor) -> None:
    results = in_reactor(visit_all(newsroom, store))
    truths = newsroom.expected()
    wanted: dict[str, list[Verdict]] = {}
    for truth in truths:
        wanted.setdefault(f"{truth.source}: {truth.slug or truth.url}", []).append(truth.verdict)
    attempts = attempts_of(store, results)
    assert by_story(truths, attempts) == {story: sorted(verdicts) for story, verdicts in wanted.items()}
    assert len(attempts) == len(truths) == sum(result.totals.offered for result in results)
    for result in results:
        run = store.runs.get(result.run_id)
        assert (run.status, run.verdicts, run.totals) == ("finished", result.verdicts, result.totals)
        assert run.attempts == result.totals.offered
    copies = [attempt for attempt in attempts if attempt.verdict is Verdict.DUPLICATE]
    assert all(attempt.duplicate_of and attempt.duplicate_of in attempt.reason for attempt in copies)


def test_what_was_asked_of_it_is_polite_and_no_more_than_needed(
    newsroom: Newsroom, store: Store, in_reactor: InReactor
) -> None:
    results = in_reactor(visit_all(newsroom, store))
    asked = Counter((visit.publication, visit.target) for visit in newsroom.requests)
    assert set(asked.values()) == {1}
    assert {visit.target for visit in newsroom.requests if visit.target.startswith("/members/")} == set()
    assert sum(target == "/robots.txt" for _, target in asked) == 3
    assert len(newsroom.requests) == sum(result.totals.requests for result in results)
    assert {visit.user_agent for visit in newsroom.requests} == {settings_for().agent}


def test_a_second_visit_costs_one_conditional_request_a_source(
    newsroom: Newsroom, store: Store, in_reactor: InReactor
) -> None:
    in_reactor(visit_all(newsroom, store))
    newsroom.requests.clear()
    results = in_reactor(visit_all(newsroom, store))
    asked = [visit for visit in newsroom.requests if visit.target != "/robots.txt"]
    assert [(visit.status, visit.is_conditional) for visit in asked] == [(304, True)] * 4
    assert [(result.totals.offered, result.totals.not_modified) for result in results] == [(0, 1)] * 4
    assert {result.status for result in results} == {"finished"}


def test_a_story_that_comes_out_later_is_the_only_one_fetched(
    newsroom: Newsroom, store: Store, in_reactor: InReactor
) -> None:
    in_reactor(visit_all(newsroom, store))
    newsroom.requests.clear()
    story = newsroom.publish_next()
    assert story is not None
    results = in_reactor(visit_all(newsroom, store))
    new = [attempt for attempt in attempts_of(store, results) if attempt.verdict.is_new]
    assert {attempt.title for attempt in new} == {story.title}
    assert {attempt.verdict for attempt in attempts_of(store, results)} <= {Verdict.CAPTURED, Verdict.KNOWN}
    pages = {visit.target.partition("?")[0] for visit in newsroom.requests if visit.status == 200}
    assert {page for page in pages if page == story.path} == {story.path}


def test_a_corrected_story_is_changed_and_the_others_are_not(
    newsroom: Newsroom, store: Store, in_reactor: InReactor
) -> None:
    in_reactor(visit_all(newsroom, store))
    newsroom.correct("swing-bridge-budget")
    results = in_reactor(visit_all(newsroom, store, recheck=True))
    verdicts = Counter(attempt.verdict for attempt in attempts_of(store, results))
    changed = [attempt for attempt in attempts_of(store, results) if attempt.verdict is Verdict.CHANGED]
    assert [attempt.url.partition("?")[0] for attempt in changed] == [newsroom.url_of("swing-bridge-budget")]
    assert not verdicts[Verdict.CAPTURED]
    for result in results:
        assert store.runs.get(result.run_id).attempts == result.totals.offered
