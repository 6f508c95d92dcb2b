"""The store that the settings name, opened for one command, with the sources of the settings file taken over."""

from collections.abc import Iterator
from contextlib import contextmanager

from bowerbird.cli.context import App
from storage.database.store import Store, open_store


@contextmanager
def opened_store(app: App) -> Iterator[Store]:
    """Open the store; the file's sources win for the names it holds.

    Raises:
        DatabaseUnusable: it cannot be opened.
    """
    with open_store(app.settings.storage) as store:
        store.sources.sync(app.settings.watched)
        yield store
