"""When a source is due after a run that has ended: its rhythm applied to what happened. Pure."""

from datetime import datetime

from crawler.order import RunResult
from scheduler.cadence import Visit, next_visit
from scheduler.every import parse_every
from scheduler.settings import SchedulerSettings
from storage.source import SourceState


def visit_after(state: SourceState, result: RunResult, *, now: datetime, settings: SchedulerSettings) -> Visit:
    """Return the next visit of the source; at once where the run was cut short."""
    if result.status == "interrupted":
        return Visit(now, "the last run was cut short")
    failures = state.failures + 1 if result.status == "failed" else 0
    every = parse_every(state.source.every)
    return next_visit(every, name=state.source.name, now=now, failures=failures, settings=settings)
