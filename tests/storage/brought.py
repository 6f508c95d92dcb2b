"""A run that tests record outcomes in, and short ways to write those. Not a test."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from storage.article import Article
from storage.database.store import Store
from storage.outcome import Outcome, Recorded
from storage.verdict import Verdict

NOON = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


class Brought:
    """A run of one store that tests record outcomes in; each batch is a minute later."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.now = NOON
        self.run_id = store.runs.start("harbour", trigger="test", now=NOON)

    def outcome(self, url: str, text: str | None = None, **values: Any) -> Outcome:
        """An outcome of a page whose article has this text; without a text, one without an article."""
        article = values.pop("article", {})
        made: dict[str, Any] = {"url": url, "verdict": Verdict.CAPTURED, "reason": "", "at": self.now, **values}
        if text is not None:
            fields = {"url": made.get("final_url") or url, "title": f"Title of {url}", "text": text, "body": text}
            made["article"] = Article(**{**fields, **article})
        return Outcome(**made)

    def record(self, *outcomes: Outcome) -> list[Recorded]:
        """Record a batch."""
        self.now += timedelta(minutes=1)
        return self.store.record(self.run_id, [replace(outcome, at=self.now) for outcome in outcomes])

    def page(self, url: str, text: str | None = None, **values: Any) -> Recorded:
        """Record one outcome."""
        return self.record(self.outcome(url, text, **values))[0]
