"""What the status page shows, gathered from the store, and how it words times. Knows no HTML."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from storage.article import Article
from storage.database.store import Store
from storage.duration import format_duration
from storage.outcome import Run
from storage.source import SourceState
from storage.verdict import Verdict

RUNS = 20
ARTICLES = 20


@dataclass(frozen=True, slots=True)
class Overview:
    """One look at the store."""

    sources: list[SourceState]
    runs: list[Run]
    articles: list[Article]
    article_count: int


def overview(store: Store) -> Overview:
    """Return what there is to show now."""
    return Overview(
        sources=store.sources.list(),
        runs=store.runs.list(limit=RUNS),
        articles=store.articles.list(limit=ARTICLES),
        article_count=store.articles.count(),
    )


def ago(moment: datetime | None, now: datetime) -> str:
    """Return how long ago moment was, e.g. ``5m ago``."""
    return f"{format_duration(now - moment)} ago" if moment else "never"


def until(moment: datetime | None, now: datetime) -> str:
    """Return how long it is until moment, e.g. ``in 5m``."""
    if moment is None or moment <= now:
        return "now"
    return f"in {format_duration(moment - now)}"


def counts(verdicts: Mapping[Verdict, int]) -> str:
    """Return ``3 captured, 1 gone``."""
    return ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in Verdict if verdicts.get(verdict))


def is_web_link(url: str) -> bool:
    """Whether url may stand in a link."""
    return url.startswith(("http://", "https://"))
