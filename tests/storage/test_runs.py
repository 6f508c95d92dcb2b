"""Runs, attempts, pages and validators, on every database."""

import subprocess
import sys
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from storage.database.process import place, this_process
from storage.database.record import record_outcomes
from storage.database.schema import bodies, runs
from storage.database.store import Store
from storage.database.transaction import writing
from storage.errors import NoSuchRun
from storage.outcome import Ended, Page, Totals, Validator
from storage.source import Source
from storage.verdict import Verdict
from tests.storage.brought import NOON, Brought

A, B = "https://example.org/a", "https://example.org/b"


def page(url: str, body: bytes = b"<p>body</p>") -> Page:
    return Page(url=url, fetched_at=NOON, status=200, headers={"content-type": "text/html"}, body=body)


def test_a_run_tells_what_it_cost_and_brought(store: Store, run: Brought) -> None:
    run.record(run.outcome(A, "One."), run.outcome(B, verdict=Verdict.GONE, reason="404"))
    totals = Totals(offered=2, requests=5, not_modified=1, bytes=3_000_000_000)
    ended = NOON + timedelta(minutes=5)
    store.runs.finish(run.run_id, status="finished", reason="well", totals=totals, now=ended)
    told = store.runs.get(run.run_id)
    assert (told.status, told.reason, told.totals, told.finished_at) == ("finished", "well", totals, ended)
    assert told.verdicts == {Verdict.CAPTURED: 1, Verdict.GONE: 1}
    assert told.attempts == 2


def test_runs_are_listed_newest_first_each_with_its_own_verdicts(store: Store, run: Brought) -> None:
    run.page(A, "One.")
    other = store.runs.start("other", trigger="test", now=NOON)
    assert [(told.id, told.attempts) for told in store.runs.list(limit=5)] == [(other, 0), (run.run_id, 1)]
    assert [told.id for told in store.runs.list(limit=5, source="harbour")] == [run.run_id]
    assert [told.id for told in store.runs.list(limit=1)] == [other]


def test_what_is_found_out_after_a_run_is_added_to_its_reason(store: Store, run: Brought) -> None:
    for reason, said in (("", "it moved"), ("HTTP 500", "HTTP 500; it moved")):
        store.runs.finish(run.run_id, status="failed", reason=reason, totals=Totals(), now=NOON)
        store.runs.add_reason(run.run_id, "it moved")
        assert store.runs.get(run.run_id).reason == said


def test_what_a_source_offered_and_was_read_is_told_newest_first(store: Store, run: Brought) -> None:
    c = "https://example.org/c"
    run.page(A, "One.")
    run.record(run.outcome(B, verdict=Verdict.NOT_AN_ARTICLE), run.outcome(c, verdict=Verdict.GONE))
    other = store.runs.start("other", trigger="test", now=NOON)
    record_outcomes(store.engine, other, [run.outcome(c, "Two.")])
    assert store.attempts.read_of("harbour", limit=9) == [Ended(B, Verdict.NOT_AN_ARTICLE), Ended(A, Verdict.CAPTURED)]
    assert store.attempts.read_of("harbour", limit=1) == [Ended(B, Verdict.NOT_AN_ARTICLE)]
    assert store.attempts.read_of("nobody", limit=9) == []


def test_a_run_that_is_not_there_is_named(store: Store) -> None:
    with pytest.raises(NoSuchRun, match="7"):
        store.runs.get(7)
    with pytest.raises(NoSuchRun, match="7"):
        store.runs.finish(7, status="failed", reason="", totals=Totals(), now=NOON)


START_A_RUN = """
import sys
from dataclasses import replace
from datetime import UTC, datetime
from storage.database.store import open_store
from storage.settings import StorageSettings
with open_store(StorageSettings(database=sys.argv[1])) as store:
    print(store.runs.start("theirs", trigger="test", now=datetime(2026, 3, 1, tzinfo=UTC)), flush=True)
    sys.stdin.read()
"""


def test_only_the_runs_of_dead_processes_are_interrupted(store: Store, database_url: str) -> None:
    mine = store.runs.start("harbour", trigger="test", now=NOON)
    command = [sys.executable, "-c", START_A_RUN, database_url]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as other:
        assert other.stdout is not None
        theirs = int(other.stdout.readline())
        assert store.runs.interrupt_unfinished(NOON + timedelta(days=1)) == []
        other.kill()
        other.wait()
        assert store.runs.interrupt_unfinished(NOON + timedelta(days=1)) == ["theirs"]
    assert store.runs.get(mine).status == "running"
    lost = store.runs.get(theirs)
    assert (lost.status, lost.finished_at) == ("interrupted", NOON + timedelta(days=1))


def test_a_run_elsewhere_is_interrupted_when_it_falls_silent(store: Store) -> None:
    number = store.runs.start("harbour", trigger="test", now=NOON)
    with writing(store.engine) as connection:
        connection.execute(runs.update().values(process=this_process().replace(place(), "another machine")))
    later = NOON + timedelta(hours=1)
    store.runs.beat(number, now=later)
    assert store.runs.interrupt_unfinished(later, older_than=timedelta(minutes=5)) == []
    assert store.runs.interrupt_unfinished(later + timedelta(minutes=6), older_than=timedelta(minutes=5)) == ["harbour"]


def test_a_process_number_used_again_is_another_process(store: Store) -> None:
    number = store.runs.start("harbour", trigger="test", now=NOON)
    with writing(store.engine) as connection:
        connection.execute(runs.update().values(process=this_process() + "1"))
    assert store.runs.interrupt_unfinished(NOON) == ["harbour"]
    assert store.runs.get(number).status == "interrupted"


def test_the_source_of_a_dead_process_is_due_at_once_unless_another_one_runs_it(store: Store) -> None:
    for name in ("alone", "shared"):
        store.sources.add(Source(name=name, url=A))
        store.sources.plan(name, NOON + timedelta(days=9))
        assert store.sources.claim(name, NOON, lease=timedelta(hours=1)) is not None
        store.runs.start(name, trigger="test", now=NOON)
    with writing(store.engine) as connection:
        connection.execute(runs.update().values(process=this_process() + "1"))
    store.runs.start("shared", trigger="test", now=NOON)
    assert store.recover(now=NOON) == 1
    assert [state.source.name for state in store.sources.claim_due(NOON, lease=timedelta(1), limit=5)] == ["alone"]
    assert sorted(told.status for told in store.runs.list(limit=5)) == ["interrupted", "interrupted", "running"]


def test_a_claim_that_goes_on_is_extended_and_an_ended_one_stays_ended(store: Store) -> None:
    for name in ("a", "b"):
        store.sources.add(Source(name=name, url=A))
    store.sources.claim("a", NOON, lease=timedelta(hours=1))
    store.sources.extend_claims(["a", "b"], NOON + timedelta(hours=5))
    assert store.sources.get("a").claimed_until == NOON + timedelta(hours=5)
    assert store.sources.get("b").claimed_until is None


def test_the_urls_that_a_source_brought_are_told_oldest_first(store: Store, run: Brought) -> None:
    run.record(run.outcome(A, "One."), run.outcome(B, verdict=Verdict.GONE))
    run.page(B, "Two.")
    run.page(A, "One.")
    later = NOON + timedelta(minutes=2)
    assert [seen.url for seen in store.attempts.captured_by("harbour", first_after=NOON)] == [A, B]
    assert [seen.url for seen in store.attempts.captured_by("harbour", first_after=later)] == [B]
    assert store.attempts.captured_by("another", first_after=NOON) == []


def test_every_url_of_an_attempt_leads_to_it(store: Store, run: Brought) -> None:
    hop, end = "https://example.org/hop", "https://example.org/end"
    run.record(run.outcome(A, "One.", redirects=(hop,), final_url=end), run.outcome(B, "Two."))
    run.page(end, "One.")
    told = store.attempts.of_url("http://EXAMPLE.org/end#x")
    assert [attempt.url for attempt in told] == [A, end]
    assert [attempt.url for attempt in store.attempts.of_url(hop)] == [A]
    (first,) = store.attempts.of_url(A)
    assert (first.redirects, first.final_url, first.source) == ((hop,), end, "harbour")
    assert store.attempts.of_url("https://example.org/never") == []


def test_what_was_seen_of_many_urls_is_told_by_the_url_as_given(store: Store, run: Brought) -> None:
    end = "https://example.org/end"
    first = run.page(A, "One.", final_url=end)
    run.page(B, verdict=Verdict.FILTERED, reason="rule")
    run.page(A, verdict=Verdict.KNOWN, reason="seen")
    gone = "https://example.org/gone"
    run.page(gone, verdict=Verdict.GONE)
    many = [f"https://example.org/{number}" for number in range(1200)]
    seen = store.attempts.last_seen([A + "#x", B, end, gone, *many])
    assert set(seen) == {A + "#x", end, gone}
    for url in (A + "#x", end):
        assert (seen[url].url, seen[url].verdict, seen[url].article_id) == (url, Verdict.CAPTURED, first.article_id)
        assert seen[url].first_at == seen[url].last_at == NOON + timedelta(minutes=1)
    assert (seen[gone].verdict, seen[gone].article_id) == (Verdict.GONE, None)


def test_the_page_of_an_article_is_the_one_its_newest_text_came_from(store: Store, run: Brought) -> None:
    made = run.page(A, "One.", page=page(A, b"first"))
    run.page(A, "Two.", page=page(A, b"second"))
    run.page(B, "Two.", page=page(B, b"copy"))
    run.page(A, "Two.", page=page(A, b"third"))
    kept = store.pages.latest(str(made.article_id))
    assert kept == page(A, b"second")
    assert store.pages.get(B) == page(B, b"copy")
    assert store.pages.get("https://example.org/never") is None
    assert store.pages.latest("nothere") is None


def test_one_body_is_stored_once_and_goes_with_its_last_page(store: Store, run: Brought) -> None:
    body = b"<p>the same</p>" * 1000
    made, _ = run.record(run.outcome(A, "One.", page=page(A, body)), run.outcome(B, "Two.", page=page(B, body)))

    def stored() -> int | None:
        with store.engine.connect() as connection:
            return connection.scalar(select(func.count()).select_from(bodies))

    assert stored() == 1
    assert store.pages.prune(NOON) == 0
    assert store.pages.prune(NOON + timedelta(seconds=1)) == 2
    assert stored() == 0
    assert store.pages.latest(str(made.article_id)) is None
    assert store.articles.get(str(made.article_id)).text == "One."
    run.page(A, "One.", page=page(A, body))
    assert store.pages.latest(str(made.article_id)) == page(A, body)


def test_a_copy_that_stayed_behind_gives_no_page_to_a_newer_text(store: Store, run: Brought) -> None:
    copy = "https://copy.example/a"
    made = run.page(A, "One.")
    run.page(copy, "One.")
    run.page(A, "Two.")
    assert run.page(copy, "One.", page=page(copy)).verdict is Verdict.UNCHANGED
    assert store.pages.latest(str(made.article_id)) is None


def test_pages_are_kept_only_where_they_are_wanted(store: Store, run: Brought) -> None:
    record_outcomes(store.engine, run.run_id, [run.outcome(A, "One.", page=page(A))], keep_pages=False)
    assert store.pages.get(A) is None


def test_a_validator_is_kept_with_its_outcome_and_replaced(store: Store, run: Brought) -> None:
    old = Validator(url=A, etag='"1"', last_modified="Sun", body_hash="ab", checked_at=NOON)
    run.page(A, "One.", validator=old)
    assert store.validators.for_urls([A + "#top", B]) == {A + "#top": old}
    new = Validator(url=A, etag='"2"')
    store.validators.save([old, new])
    assert store.validators.for_urls([A]) == {A: new}
    store.validators.save([])
    store.validators.distrust(A + "#top")
    store.validators.distrust(B)
    assert store.validators.for_urls([A, B]) == {A: replace(new, is_distrusted=True)}
