"""Recording what a run brought: every outcome one attempt, and its article, page and validator with it, or nothing.

Not for deciding what becomes of an outcome: that is decision.py, which also says why.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, Engine, select

from storage.database.changes import Changes, write_changes
from storage.database.decision import Act, Decision, decide
from storage.database.draft import Draft, drafted
from storage.database.ledger import Holding, load_ledger
from storage.database.schema import attempt_urls, attempts, runs
from storage.database.transaction import take_turn, writing
from storage.database.validators import upsert_validators
from storage.errors import NoSuchRun
from storage.outcome import Outcome, Recorded
from storage.verdict import Verdict

NOT_FETCHED = frozenset({Verdict.KNOWN, Verdict.FILTERED})


def record_outcomes(
    engine: Engine, run_id: int, outcomes: Sequence[Outcome], *, keep_pages: bool = True
) -> list[Recorded]:
    """Store what a run brought and return what became of each outcome, in the same order.

    All in one transaction: when it returns, everything is on the disk; when it raises or the process dies, nothing is.
    Each outcome is decided on with those before it known, so a text that comes twice is captured once.

    Raises:
        NoSuchRun: there is no run of that number.
        DatabaseUnusable: the database failed.
    """
    drafts = [drafted(outcome) for outcome in outcomes]
    if not drafts:
        return []
    with writing(engine) as connection:
        take_turn(connection)
        ledger = load_ledger(connection, drafts)
        changes = Changes(ledger, source_of(connection, run_id), keep_pages)
        recorded = [settled(draft, changes) for draft in drafts]
        write_changes(connection, changes)
        write_attempts(connection, run_id, drafts=drafts, recorded=recorded)
        upsert_validators(connection, [outcome.validator for outcome in outcomes if outcome.validator])
        last = max(outcome.at for outcome in outcomes)
        connection.execute(runs.update().where(runs.c.id == run_id).values(beat_at=last))
    return recorded


def source_of(connection: Connection, run_id: int) -> str:
    """Return the source of a run.

    Raises:
        NoSuchRun: there is no run of that number.
    """
    source = connection.scalar(select(runs.c.source).where(runs.c.id == run_id))
    if source is None:
        raise NoSuchRun(run_id)
    return str(source)


def settled(draft: Draft, changes: Changes) -> Recorded:
    """Decide on one outcome and take the decision over."""
    decision = decide(draft, changes.ledger)
    return recorded_as(draft, decision, changes.take(draft, decision))


def recorded_as(draft: Draft, decision: Decision, held: Holding | None) -> Recorded:
    """Return what became of an outcome."""
    return Recorded(
        url=draft.outcome.url,
        verdict=decision.verdict,
        reason=decision.reason,
        article_id=held.id if held else None,
        title=held.title if held else "",
        duplicate_of=held.id if held and decision.act is Act.COPY else None,
        cause=draft.outcome.cause if decision.verdict is draft.outcome.verdict else None,
    )


def write_attempts(
    connection: Connection, run_id: int, *, drafts: Sequence[Draft], recorded: Sequence[Recorded]
) -> None:
    """Write one attempt an outcome, and the other URLs it passed."""
    rows = [attempt_row(run_id, draft, recorded=made) for draft, made in zip(drafts, recorded, strict=True)]
    if not any(draft.passed_keys for draft in drafts):
        connection.execute(attempts.insert(), rows)
        return
    insert = attempts.insert().returning(attempts.c.id, sort_by_parameter_order=True)
    ids = [row.id for row in connection.execute(insert, rows)]
    passed = [
        {"url_key": key, "attempt_id": number}
        for number, draft in zip(ids, drafts, strict=True)
        for key in draft.passed_keys
    ]
    connection.execute(attempt_urls.insert(), passed)


def attempt_row(run_id: int, draft: Draft, *, recorded: Recorded) -> dict[str, object]:
    """Return the row of one attempt."""
    outcome = draft.outcome
    return {
        "run_id": run_id,
        "url": outcome.url,
        "url_key": draft.offered_key,
        "final_url": outcome.final_url,
        "redirects": outcome.redirects,
        "verdict": recorded.verdict.value,
        "reason": recorded.reason,
        "at": outcome.at,
        "status": outcome.status,
        "seconds": outcome.seconds,
        "bytes": outcome.bytes,
        "not_modified": outcome.not_modified,
        "is_fetched": recorded.verdict not in NOT_FETCHED,
        "article_id": recorded.article_id,
        "title": recorded.title,
        "duplicate_of": recorded.duplicate_of,
        "cause": str(recorded.cause) if recorded.cause else None,
    }
