"""Where a source is looked for after a run: its own URL, or a fallback while that is of no use. Pure."""

from dataclasses import dataclass, replace
from datetime import datetime

from crawler.order import RunResult
from scheduler.settings import SchedulerSettings
from storage.duration import parse_duration
from storage.source import SourceKind, SourceState, Standing
from storage.verdict import Verdict

OUT_OF_REACH = frozenset({Verdict.NETWORK_ERROR, Verdict.TIMEOUT})


@dataclass(frozen=True, slots=True)
class Placing:
    """standing: for the store. said: what changed, in words; nothing where nothing did."""

    standing: Standing
    said: str = ""


def brings_nothing(result: RunResult) -> bool:
    """Whether a run failed or was offered nothing. What has not changed since it was read is something.

    Of a single page, whether the page itself failed.
    """
    if result.found_kind is SourceKind.PAGE and result.totals.offered:
        return result.failures == result.totals.offered
    return not result.totals.offered and Verdict.UNCHANGED not in result.documents


def says_nothing(result: RunResult) -> bool:
    """Whether a run says nothing of its source: it was cut short, or our own store failed before it began."""
    return result.status == "interrupted" or not result.run_id


def is_out_of_reach(result: RunResult) -> bool:
    """Whether all that a run asked for ended on the way: which may be our own network's fault."""
    ended = {*result.documents, *result.verdicts}
    return bool(ended) and ended <= OUT_OF_REACH


def is_own_due(state: SourceState, *, now: datetime, settings: SchedulerSettings) -> bool:
    """Whether the own URL of a source that is looked for elsewhere is to be tried again."""
    if state.url == state.source.url:
        return False
    tried = state.own_tried_at or state.place_since
    return tried is None or now - tried >= parse_duration(settings.fallback_return)


def standing_of(state: SourceState) -> Standing:
    """Return where a source is looked for now, as it is."""
    return Standing(
        place=state.place,
        empty_runs=state.empty_runs,
        since=state.place_since,
        because=state.place_because,
        own_tried_at=state.own_tried_at,
    )


def placing_after(
    state: SourceState, result: RunResult, *, now: datetime, settings: SchedulerSettings, is_cut_off: bool = False
) -> Placing:
    """Return where a source is looked for after a run at the place where it is looked for now.

    is_cut_off: nothing else was reached, either; then what was out of reach says nothing of the source.
    """
    standing = standing_of(state)
    if says_nothing(result) or (is_cut_off and is_out_of_reach(result)):
        return Placing(standing)
    if not brings_nothing(result):
        return Placing(replace(standing, empty_runs=0))
    empty_runs = state.empty_runs + 1
    places = state.source.places
    if empty_runs < settings.fallback_runs or len(places) == 1:
        return Placing(replace(standing, empty_runs=empty_runs))
    return moved(state, why_moved(result, empty_runs), now=now)


def moved(state: SourceState, because: str, *, now: datetime) -> Placing:
    """Return the next place; after the last fallback the own URL has its turn again."""
    places = state.source.places
    here = places.index(state.url)
    there = (here + 1) % len(places)
    said = f"from now on it is looked for at {places[there]}, because {places[here]} {because}"
    standing = Standing(
        place=there,
        empty_runs=0,
        since=now if there else None,
        because=f"{places[here]} {because}" if there else "",
        own_tried_at=(now if here == 0 else state.own_tried_at) if there else None,
        unlearned=(places[here], places[there]),
        is_moved=True,
    )
    return Placing(standing, said)


def why_moved(result: RunResult, empty_runs: int) -> str:
    """Return in words what a place did so often."""
    runs = "the last run" if empty_runs == 1 else f"{empty_runs} runs in a row"
    return f"brought nothing in {runs} ({result.reason})" if result.reason else f"brought nothing in {runs}"


def placing_after_own(state: SourceState, result: RunResult, *, now: datetime) -> Placing:
    """Return where a source is looked for after its own URL was tried again; state: at a fallback."""
    standing = standing_of(state)
    own = state.source.url
    if says_nothing(result):
        return Placing(standing)
    if brings_nothing(result):
        still = replace(standing, own_tried_at=now)
        return Placing(still, f"{own} was tried again and still brings nothing; it is looked for at {state.url}")
    back = Standing(place=0, empty_runs=0, is_moved=True)
    return Placing(back, f"{own} works again and is watched instead of {state.url}")
