"""What a command hears of its runs: a bar where a person watches, and what is worth printing at the end."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from bowerbird.cli.context import App
from bowerbird.cli.progress import progress
from crawler.listener import Listener
from crawler.plan import Plan
from storage.outcome import Recorded


@dataclass(frozen=True, slots=True)
class Decision:
    """What would become of one URL."""

    url: str
    decision: str
    reason: str

    @property
    def row(self) -> dict[str, object]:
        """As JSON."""
        return {"url": self.url, "decision": self.decision, "reason": self.reason}

    @property
    def line(self) -> str:
        """As text."""
        return f"{self.decision}  {self.url}" + (f"  ({self.reason})" if self.reason else "")


class Watching(Listener):
    """Counts, and remembers failures and plans."""

    def __init__(self, advance: Callable[[], None]) -> None:
        self._advance = advance
        self.failures: list[Recorded] = []
        self.decisions: list[Decision] = []

    def recorded(self, recorded: Recorded) -> None:
        self._advance()
        if recorded.verdict.is_failure:
            self.failures.append(recorded)

    def planned(self, plan: Plan) -> None:
        self.decisions += [Decision(candidate.url, "fetch", candidate.title) for candidate in plan.fetch]
        self.decisions += [Decision(skip.candidate.url, skip.verdict, skip.reason) for skip in plan.skip]


@contextmanager
def watched(app: App, what: str) -> Iterator[Watching]:
    """Watch runs while the block lasts."""
    with progress(app, what, total=None) as advance:
        yield Watching(advance)
