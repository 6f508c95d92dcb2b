"""The sources that are kept, and who crawls which now. Not for when a source is due next: that is decided above."""

import builtins
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, or_, select

from storage.database.schema import sources
from storage.database.source_rows import carry_out, plan_sync, row_of, state_from, stored_sources
from storage.database.transaction import reading, take_turn, writing
from storage.database.validators import forget_validators
from storage.errors import NoSuchSource, SourceExists
from storage.source import Source, SourceKind, SourceState, Standing


@dataclass(frozen=True, slots=True)
class Sources:
    """The sources of one store."""

    engine: Engine

    def sync(self, declared: Sequence[Source]) -> None:
        """Take over what settings.yaml declares; for the names it holds, it wins.

        A source that came from the file and is no longer in it is removed; its articles, runs and attempts stay.
        One whose URL, kind or rhythm changed is due at once. Where nothing changed, nothing is written.
        """
        with reading(self.engine) as connection:
            plan = plan_sync(stored_sources(connection), declared)
        if plan.is_empty:
            return
        with writing(self.engine) as connection:
            take_turn(connection)
            carry_out(connection, plan_sync(stored_sources(connection), declared))

    def add(self, source: Source) -> None:
        """Keep a new source, due at once.

        Raises:
            SourceExists: there is one of that name.
        """
        self.add_all([source])

    def add_all(self, added: Sequence[Source]) -> None:
        """Keep new sources, due at once: all of them or none.

        Raises:
            SourceExists: there is one of a name.
        """
        if not added:
            return
        with writing(self.engine) as connection:
            take_turn(connection)
            names = set(connection.scalars(select(sources.c.name)))
            for source in added:
                if source.name in names:
                    raise SourceExists(source.name)
            connection.execute(sources.insert(), [row_of(source, origin="store") for source in added])

    def get(self, name: str) -> SourceState:
        """Return one source.

        Raises:
            NoSuchSource: there is none of that name; near ones are named.
        """
        with reading(self.engine) as connection:
            row = connection.execute(by_name(name)).first()
            if row is None:
                raise NoSuchSource(name, connection.scalars(select(sources.c.name)))
        return state_from(row)

    def list(self) -> builtins.list[SourceState]:
        """Return all sources by name."""
        with reading(self.engine) as connection:
            return stored_sources(connection)

    def set_paused(self, name: str, *, is_paused: bool) -> None:
        """Pause or resume a source.

        Raises:
            NoSuchSource: there is none of that name.
        """
        self.change(name, is_paused=is_paused)

    def plan(self, name: str, next_run_at: datetime | None) -> None:
        """Say when a source is due next; None is at once.

        Raises:
            NoSuchSource: there is none of that name.
        """
        self.change(name, next_run_at=next_run_at)

    def change(self, name: str, **values: object) -> None:
        """Set columns of one source.

        Raises:
            NoSuchSource: there is none of that name; near ones are named.
        """
        with writing(self.engine) as connection:
            changed = connection.execute(sources.update().where(sources.c.name == name).values(values))
            if not changed.rowcount:
                raise NoSuchSource(name, connection.scalars(select(sources.c.name)))

    def remove(self, name: str) -> None:
        """Forget a source; its articles, runs and attempts stay. One of settings.yaml comes back with the next sync.

        Raises:
            NoSuchSource: there is none of that name; near ones are named.
        """
        with writing(self.engine) as connection:
            gone = connection.execute(sources.delete().where(sources.c.name == name))
            if not gone.rowcount:
                raise NoSuchSource(name, connection.scalars(select(sources.c.name)))

    def claim_due(self, now: datetime, *, lease: timedelta, limit: int) -> builtins.list[SourceState]:
        """Claim the sources that are due, longest overdue first: not paused, nor claimed by a lease that still runs.

        Two processes never get the same one. A claim ends with release, or by itself when the lease is over.
        """
        is_due = or_(sources.c.next_run_at.is_(None), sources.c.next_run_at <= now)
        due = select(sources).where(sources.c.is_paused.is_(False), is_due, is_free(now))
        order = (sources.c.next_run_at.asc().nulls_first(), sources.c.name)
        return self.claim_rows(due.order_by(*order).limit(limit), now + lease)

    def claim(self, name: str, now: datetime, *, lease: timedelta) -> SourceState | None:
        """Claim one source, due or paused as it may be; None where it is claimed or there is none of that name."""
        free = select(sources).where(sources.c.name == name, is_free(now))
        return next(iter(self.claim_rows(free, now + lease)), None)

    def claim_rows(self, query: Select[Any], until: datetime) -> builtins.list[SourceState]:
        """Claim what query finds; a row that another process is claiming in this moment is left to it."""
        with writing(self.engine) as connection:
            names = [row.name for row in connection.execute(query.with_for_update(skip_locked=True))]
            if not names:
                return []
            chosen = sources.c.name.in_(names)
            connection.execute(sources.update().where(chosen).values(claimed_until=until))
            claimed = {row.name: state_from(row) for row in connection.execute(select(sources).where(chosen))}
        return [claimed[name] for name in names]

    def free(self, names: Sequence[str]) -> None:
        """End the claims of processes that died; the sources are due at once."""
        if names:
            with writing(self.engine) as connection:
                due = sources.update().where(sources.c.name.in_(list(names)))
                connection.execute(due.values(claimed_until=None, next_run_at=None))

    def extend_claims(self, names: Sequence[str], until: datetime) -> None:
        """Keep the claims on these sources until later; a claim that has ended stays so."""
        which = sources.c.name.in_(list(names)) & sources.c.claimed_until.is_not(None)
        with writing(self.engine) as connection:
            connection.execute(sources.update().where(which).values(claimed_until=until))

    def release(
        self,
        name: str,
        *,
        now: datetime,
        next_run_at: datetime | None,
        failed: bool,
        found_kind: SourceKind | None = None,
        standing: Standing | None = None,
    ) -> None:
        """End a claim after a run; failed counts the failures in a row, a success sets them to nought.

        found_kind: what looking at an ``auto`` source showed; None leaves it as it is, save that a move forgets it.
        standing: where it is looked for from now on; None leaves that as it is. A source that was removed meanwhile
        stays removed.
        """
        values: dict[str, object] = {
            "claimed_until": None,
            "last_run_at": now,
            "next_run_at": next_run_at,
            "failures": sources.c.failures + 1 if failed else 0,
        }
        values |= values_of(standing) if standing else {}
        if found_kind is not None:
            values["found_kind"] = found_kind.value
        with writing(self.engine) as connection:
            forget_validators(connection, standing.unlearned if standing else ())
            connection.execute(sources.update().where(sources.c.name == name).values(values))


def by_name(name: str) -> Select[Any]:
    """The query for one source."""
    return select(sources).where(sources.c.name == name)


def values_of(standing: Standing) -> dict[str, object]:
    """Return the columns that say where a source is looked for."""
    return {
        "empty_runs": standing.empty_runs,
        "place": standing.place,
        "place_since": standing.since,
        "place_because": standing.because,
        "own_tried_at": standing.own_tried_at,
        **({"found_kind": None} if standing.is_moved else {}),
    }


def is_free(now: datetime) -> ColumnElement[bool]:
    """The condition that no lease still holds a source."""
    return or_(sources.c.claimed_until.is_(None), sources.c.claimed_until <= now)
