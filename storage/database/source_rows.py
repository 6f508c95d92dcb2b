"""How a source becomes a row and comes back, and what a changed settings.yaml means for the rows."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any, Literal

from sqlalchemy import Connection, Row, bindparam, select

from storage.database.schema import sources
from storage.source import Source, SourceKind, SourceState

# A source at another place, of another kind or in another rhythm is looked at anew and is due at once.
UNSEEN: Mapping[str, object] = {
    "found_kind": None,
    "next_run_at": None,
    "failures": 0,
    "empty_runs": 0,
    "place": 0,
    "place_since": None,
    "place_because": None,
    "own_tried_at": None,
}


@dataclass(frozen=True, slots=True)
class SyncPlan:
    """What must change for the store to hold what the file declares: rows, updates by name, names."""

    added: Sequence[dict[str, object]]
    updated: Sequence[dict[str, object]]
    removed: Sequence[str]

    @property
    def is_empty(self) -> bool:
        """Whether the store holds it already."""
        return not (self.added or self.updated or self.removed)


def plan_sync(stored: Sequence[SourceState], declared: Sequence[Source]) -> SyncPlan:
    """Decide what must change: the file wins for the names it holds, and takes with it what it once held."""
    held = {state.source.name: state for state in stored}
    wanted = {source.name: source for source in declared}
    changed = [
        update_of(held[name], source)
        for name, source in wanted.items()
        if name in held and (held[name].origin != "file" or held[name].source != source)
    ]
    return SyncPlan(
        added=[row_of(source, origin="file") for name, source in wanted.items() if name not in held],
        updated=changed,
        removed=[name for name, state in held.items() if state.origin == "file" and name not in wanted],
    )


def update_of(state: SourceState, source: Source) -> dict[str, object]:
    """Return the values for a source the file holds, all columns that a sync may touch."""
    known = {
        "found_kind": state.found_kind and state.found_kind.value,
        "next_run_at": state.next_run_at,
        "failures": state.failures,
        "empty_runs": state.empty_runs,
        "place": source.places.index(state.url) if state.url in source.places else 0,
        "place_since": state.place_since,
        "place_because": state.place_because,
        "own_tried_at": state.own_tried_at,
    }
    values = UNSEEN if is_another(state, source) else known
    return {"sync_name": source.name, "definition": definition_of(source), "origin": "file", **values}


def is_another(state: SourceState, source: Source) -> bool:
    """Whether what is known of a source says nothing of the one now declared."""
    before = state.source
    differs = (before.url, before.kind, before.every) != (source.url, source.kind, source.every)
    return differs or state.url not in source.places


def carry_out(connection: Connection, plan: SyncPlan) -> None:
    """Do what plan_sync decided."""
    if plan.removed:
        connection.execute(sources.delete().where(sources.c.name.in_(plan.removed)))
    if plan.added:
        connection.execute(sources.insert(), plan.added)
    if plan.updated:
        columns = ("definition", "origin", *UNSEEN)
        update = sources.update().where(sources.c.name == bindparam("sync_name"))
        connection.execute(update.values({name: bindparam(name) for name in columns}), plan.updated)


def stored_sources(connection: Connection) -> list[SourceState]:
    """Return all sources by name."""
    return [state_from(row) for row in connection.execute(select(sources).order_by(sources.c.name))]


def row_of(source: Source, *, origin: Literal["file", "store"]) -> dict[str, object]:
    """Return the row of a source never crawled."""
    state = {"is_paused": False, "last_run_at": None, "claimed_until": None, **UNSEEN}
    return {"name": source.name, "definition": definition_of(source), "origin": origin, **state}


def definition_of(source: Source) -> dict[str, object]:
    """Return all of a source but its name, and what it has only during a visit."""
    return {name: value for name, value in asdict(source).items() if name not in ("name", "own_url")}


def state_from(row: Row[Any]) -> SourceState:
    """Return the source that stands in a row."""
    held: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in row.definition.items()
    }
    held["kind"] = SourceKind(held["kind"])
    return SourceState(
        source=Source(name=row.name, **held),
        origin=row.origin,
        is_paused=row.is_paused,
        found_kind=SourceKind(row.found_kind) if row.found_kind else None,
        next_run_at=row.next_run_at,
        last_run_at=row.last_run_at,
        claimed_until=row.claimed_until,
        failures=row.failures,
        empty_runs=row.empty_runs,
        place=row.place,
        place_since=row.place_since,
        place_because=row.place_because or "",
        own_tried_at=row.own_tried_at,
    )
