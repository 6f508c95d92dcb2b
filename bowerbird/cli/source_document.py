"""A source's own document, for who asks about its URL: it is no article, it says where the articles are."""

from dataclasses import dataclass

from bowerbird.cli.output import plain
from storage.database.store import Store
from storage.identity.url import url_key
from storage.outcome import Run
from storage.source import SourceState


@dataclass(frozen=True, slots=True)
class SourceDocument:
    """Where a source is watched, or may be. url: as it was asked about. run: the source's last; None: none yet."""

    url: str
    state: SourceState
    run: Run | None

    @property
    def reason(self) -> str:
        """What the URL is, in a sentence."""
        name, state = self.state.source.name, self.state
        if url_key(self.url) == url_key(state.url):
            return f"{self.url} is where source {name} is watched, as {state.kind}"
        what = "the own URL" if url_key(self.url) == url_key(state.source.url) else "a fallback"
        return f"{self.url} is {what} of source {name}, which is watched at {state.url} now"

    @property
    def hint(self) -> str:
        """What can be done about it."""
        name = self.state.source.name
        if self.state.is_paused:
            return f"`bowerbird sources resume {name}` lets it be visited again"
        return f"`bowerbird crawl {name}` visits it now, `bowerbird sources test {name}` shows what it offers"

    @property
    def last_run(self) -> str:
        """How the last visit ended."""
        if self.run is None:
            return "it has not been visited yet"
        told = f"last run {self.run.id}, begun {plain(self.run.started_at)} UTC: {self.run.status}"
        return f"{told}: {self.run.reason}" if self.run.reason else told

    @property
    def next_visit(self) -> str:
        """When it is visited next."""
        if self.state.is_paused:
            return "it is paused"
        at = self.state.next_run_at
        return f"next visit {plain(at)} UTC" if at else "next visit as soon as `bowerbird serve` runs"

    @property
    def lines(self) -> list[str]:
        """All of it for a person."""
        return [self.reason, self.last_run, self.next_visit, f"what may help: {self.hint}"]

    @property
    def row(self) -> dict[str, object]:
        """All of it as one object."""
        return {
            "url": self.url,
            "verdict": None,
            "reason": self.reason,
            "source": self.state.source.name,
            "run": self.run.id if self.run else None,
            "run_status": self.run.status if self.run else None,
            "run_reason": self.run.reason if self.run else None,
            "last_run_at": self.state.last_run_at,
            "next_run_at": self.state.next_run_at,
            "hint": self.hint,
        }


def documents_at(url: str, store: Store) -> list[SourceDocument]:
    """Return the sources that have url among their places."""
    key = url_key(url)
    found = [state for state in store.sources.list() if key in map(url_key, state.source.places)]
    return [SourceDocument(url, state, last_run_of(state, store)) for state in found]


def last_run_of(state: SourceState, store: Store) -> Run | None:
    """Return the last run of a source."""
    return next(iter(store.runs.list(limit=1, source=state.source.name)), None)
