"""How long a claim on a source lasts, and keeping those that are in use. Not for making or ending one."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from storage.database.store import Store
from storage.errors import StorageError

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=3)  # a claim runs out by itself that soon after its process is gone
RENEW_SECONDS = 45.0


async def keep_claims(store: Store, names: Callable[[], Sequence[str]]) -> None:
    """Renew the claims on the sources that names gives, until cancelled; a renewal that fails is tried again."""
    while True:
        await asyncio.sleep(RENEW_SECONDS)
        until = datetime.now(UTC) + LEASE
        try:
            await asyncio.to_thread(store.sources.extend_claims, names(), until)
        except StorageError as error:
            log.error("claims could not be renewed: %s", error)
