"""The runs: when each source was visited and how that went. Not for single URLs: those are attempts."""

import builtins
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import Connection, Engine, Row, func, select

from storage.database.process import life_of, this_process
from storage.database.schema import attempts, runs
from storage.database.transaction import reading, writing
from storage.errors import NoSuchRun
from storage.outcome import Run, Totals
from storage.verdict import Verdict

# How long a run on another machine may be silent.
SILENCE = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class Runs:
    """The runs of one store."""

    engine: Engine

    def start(self, source: str, *, trigger: str, now: datetime) -> int:
        """Begin a run of this process and return its number."""
        nought = {"offered": 0, "requests": 0, "not_modified": 0, "bytes": 0}
        about = {"source": source, "trigger": trigger, "status": "running", "reason": "", "started_at": now}
        with writing(self.engine) as connection:
            row = {**about, "process": this_process(), "beat_at": now, **nought}
            made = connection.execute(runs.insert().values(row).returning(runs.c.id))
            return int(made.scalar_one())

    def beat(self, run_id: int, *, now: datetime) -> None:
        """Say that a run still goes on; recording outcomes says so too."""
        with writing(self.engine) as connection:
            connection.execute(runs.update().where(runs.c.id == run_id).values(beat_at=now))

    def finish(
        self,
        run_id: int,
        *,
        status: Literal["finished", "failed", "interrupted"],
        reason: str,
        totals: Totals,
        now: datetime,
    ) -> None:
        """End a run.

        Raises:
            NoSuchRun: there is none of that number.
        """
        cost = {
            "offered": totals.offered,
            "requests": totals.requests,
            "not_modified": totals.not_modified,
            "bytes": totals.bytes,
        }
        ended = {"status": status, "reason": reason, "finished_at": now, "beat_at": now}
        with writing(self.engine) as connection:
            if not connection.execute(runs.update().where(runs.c.id == run_id).values(ended | cost)).rowcount:
                raise NoSuchRun(run_id)

    def add_reason(self, run_id: int, said: str) -> None:
        """Add to what is said of a run that has ended."""
        reason = func.coalesce(func.nullif(runs.c.reason, "") + "; ", "") + said
        with writing(self.engine) as connection:
            connection.execute(runs.update().where(runs.c.id == run_id).values(reason=reason))

    def get(self, run_id: int) -> Run:
        """Return one run with its verdicts.

        Raises:
            NoSuchRun: there is none of that number.
        """
        with reading(self.engine) as connection:
            row = connection.execute(select(runs).where(runs.c.id == run_id)).first()
            if row is None:
                raise NoSuchRun(run_id)
            return with_verdicts(connection, [row])[0]

    def list(self, *, limit: int, source: str | None = None) -> builtins.list[Run]:
        """Return the newest runs first, of one source or of all."""
        query = select(runs).order_by(runs.c.id.desc()).limit(limit)
        if source is not None:
            query = query.where(runs.c.source == source)
        with reading(self.engine) as connection:
            return with_verdicts(connection, connection.execute(query).all())

    def interrupt_unfinished(self, now: datetime, *, older_than: timedelta = SILENCE) -> builtins.list[str]:
        """Mark the runs whose process is gone as interrupted, and return their sources, but none that runs elsewhere.

        A run of this machine is interrupted when its process no longer exists, so one beside us goes on. A process of
        another machine or container cannot be seen: its run is interrupted when nothing was heard of it for older_than.
        """
        columns = (runs.c.id, runs.c.source, runs.c.process, runs.c.beat_at)
        with reading(self.engine) as connection:
            rows = connection.execute(select(*columns).where(runs.c.status == "running")).all()
        lost = {
            row.id: str(row.source) for row in rows if is_lost(row.process, row.beat_at, silent_since=now - older_than)
        }
        if not lost:
            return []
        ended = {"status": "interrupted", "reason": "its process ended before the run did", "finished_at": now}
        with writing(self.engine) as connection:
            still = runs.update().where(runs.c.id.in_(list(lost)), runs.c.status == "running")
            connection.execute(still.values(ended))
        return sorted(set(lost.values()) - {row.source for row in rows if row.id not in lost})


def is_lost(process: str, beat_at: datetime, *, silent_since: datetime) -> bool:
    """Whether the process of a running run is gone."""
    life = life_of(process)
    return life == "dead" or (life == "elsewhere" and beat_at < silent_since)


def with_verdicts(connection: Connection, rows: Sequence[Row[Any]]) -> list[Run]:
    """Return the runs of rows, each with its verdicts; one query for all of them."""
    verdicts: dict[int, dict[Verdict, int]] = {row.id: {} for row in rows}
    count = select(attempts.c.run_id, attempts.c.verdict, func.count().label("held"))
    grouped = count.where(attempts.c.run_id.in_(list(verdicts))).group_by(attempts.c.run_id, attempts.c.verdict)
    for row in connection.execute(grouped):
        verdicts[row.run_id][Verdict(row.verdict)] = row.held
    return [run_from(row, verdicts[row.id]) for row in rows]


def run_from(row: Row[Any], verdicts: Mapping[Verdict, int]) -> Run:
    """Return the run that stands in a row."""
    return Run(
        id=row.id,
        source=row.source,
        trigger=row.trigger,
        status=row.status,
        started_at=row.started_at,
        finished_at=row.finished_at,
        reason=row.reason,
        totals=Totals(offered=row.offered, requests=row.requests, not_modified=row.not_modified, bytes=row.bytes),
        verdicts=verdicts,
    )
