"""Whether this process reaches anything at all, told from the last runs of all sources. Asks no host."""

from dataclasses import dataclass, field
from datetime import datetime

from crawler.order import RunResult
from scheduler.places import is_out_of_reach, says_nothing


@dataclass(frozen=True, slots=True)
class Heard:
    """When a source was last visited, and whether anybody answered."""

    at: datetime
    was_answered: bool


@dataclass(slots=True)
class Reach:
    """One a process."""

    _last: dict[str, Heard] = field(default_factory=dict)

    def note(self, result: RunResult, now: datetime) -> None:
        """Remember how a run went, unless it says nothing."""
        if not says_nothing(result):
            self._last[result.source] = Heard(now, not is_out_of_reach(result))

    def is_cut_off(self, name: str, *, since: datetime | None) -> bool:
        """Whether since then other sources were visited and nobody answered any of them."""
        others = [
            heard for source, heard in self._last.items() if source != name and (since is None or heard.at >= since)
        ]
        return bool(others) and not any(heard.was_answered for heard in others)
