"""The store: everything that is kept, behind one door. Not for what each part does."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from types import TracebackType
from typing import Self

from sqlalchemy import Engine

from storage.database.articles import Articles
from storage.database.attempts import Attempts
from storage.database.engine import open_engine
from storage.database.migrate import bring_up_to_date
from storage.database.pages import Pages
from storage.database.record import record_outcomes
from storage.database.runs import Runs
from storage.database.sources import Sources
from storage.database.validators import Validators
from storage.outcome import Outcome, Recorded
from storage.settings import StorageSettings


@dataclass(frozen=True, slots=True)
class Store:
    """An open database. May be used from several threads; close it, or use it in a ``with``."""

    engine: Engine
    sources: Sources
    runs: Runs
    attempts: Attempts
    articles: Articles
    pages: Pages
    validators: Validators
    keep_pages: bool = True

    def record(self, run_id: int, outcomes: Sequence[Outcome]) -> list[Recorded]:
        """Store what a run brought, all or nothing; see record_outcomes."""
        return record_outcomes(self.engine, run_id, outcomes, keep_pages=self.keep_pages)

    def recover(self, *, now: datetime) -> int:
        """Interrupt the runs of dead processes, and make their sources due at once; return how many sources."""
        lost = self.runs.interrupt_unfinished(now)
        self.sources.free(lost)
        return len(lost)

    def close(self) -> None:
        """Close all connections."""
        self.engine.dispose()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()


def open_store(settings: StorageSettings) -> Store:
    """Open the database of the settings; a new one is created, an older one migrated.

    Raises:
        DatabaseUnusable: it cannot be opened, or a newer program made it.
    """
    engine = open_engine(settings)
    try:
        bring_up_to_date(engine)
    except BaseException:
        engine.dispose()
        raise
    return Store(
        engine=engine,
        sources=Sources(engine),
        runs=Runs(engine),
        attempts=Attempts(engine),
        articles=Articles(engine),
        pages=Pages(engine),
        validators=Validators(engine),
        keep_pages=settings.keep_pages_days > 0,
    )
