"""The export profiles that follow each capture, for every command that captures. Not for ``bowerbird export``."""

import logging
import threading

from bowerbird.cli.context import App
from bowerbird.cli.secured_key import secured_key
from crawler.order import RunResult
from storage.database.selection import StoredSelection
from storage.database.store import Store
from storage.errors import StorageError
from storage.export.choices import Choices
from storage.export.mirror import export

log = logging.getLogger(__name__)


class Exporter:
    """Writes what a run brought into the profiles that follow each capture, one run at a time."""

    def __init__(self, app: App, store: Store) -> None:
        self._profiles = [profile for profile in app.settings.export if profile.on == "capture"]
        self._store = store
        self._choices = Choices(key=secured_key(app.environment))
        self._lock = threading.Lock()

    def export_new(self, result: RunResult) -> None:
        """Write the run's new and changed articles; what fails is logged and written by the next export."""
        with self._lock:
            for profile in self._profiles:
                try:
                    report = export(self.articles_of(result), profile, choices=self._choices)
                except StorageError as error:
                    log.error("%s: %s", profile.name, error)
                    continue
                written = report.written + report.merged
                log.info("%s: wrote %d files after a run of %s", profile.name, written, result.source)

    def articles_of(self, result: RunResult) -> StoredSelection:
        """Return the articles that a run captured or changed."""
        attempts = self._store.attempts.of_run(result.run_id)
        ids = dict.fromkeys(each.article_id for each in attempts if each.verdict.is_new and each.article_id is not None)
        return self._store.articles.selection(ids=list(ids))
