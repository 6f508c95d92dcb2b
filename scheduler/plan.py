"""When a source is due after a run that has ended: its rhythm applied to what happened. Pure."""

from datetime import datetime

from crawler.order import RunResult
from scheduler.cadence import Visit, next_visit
from scheduler.every import parse_every
from scheduler.settings import SchedulerSettings
from storage.duration import parse_duration
from storage.source import SourceState


def visit_after(
    state: SourceState, result: RunResult, *, now: datetime, settings: SchedulerSettings, is_stopping: bool = False
) -> Visit:
    """Return the next visit of the source.

    is_stopping: whether the program was asked to stop; a run that this cut short is taken up again at once. One that
    ended early for any other reason would do so again, so it waits settings.shortest.
    """
    if result.status == "interrupted" and is_stopping:
        return Visit(now, "the last run was cut short")
    if result.status == "interrupted":
        because = f"the last run was cut short, and scheduler.shortest is {settings.shortest}"
        return Visit(now + parse_duration(settings.shortest), because)
    failures = state.failures + 1 if result.status == "failed" else 0
    every = parse_every(state.source.every)
    return next_visit(every, name=state.source.name, now=now, failures=failures, settings=settings)
