"""The one thread that writes what a process's runs find: outcomes go in from the event loop, verdicts come back.

Whatever waits while a transaction is under way makes up the next one, so batches grow with the load and a quiet
crawl waits for nothing.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

from storage.database.store import Store
from storage.errors import StorageError
from storage.outcome import Outcome, Recorded

BATCH = 64


@dataclass(frozen=True, slots=True)
class Job:
    """One outcome on its way into the store."""

    run_id: int
    outcome: Outcome
    done: "asyncio.Future[Recorded]"


class Writer:
    """Record outcomes in batches, in the order they came."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._jobs: queue.SimpleQueue[Job | None] = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._write, name="store-writer", daemon=True)

    async def __aenter__(self) -> "Writer":
        self._loop = asyncio.get_running_loop()
        self._thread.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        self._jobs.put(None)
        await asyncio.to_thread(self._thread.join)

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        """Return what the store made of outcome, once it is safely written.

        Raises:
            StorageError: it could not be written; nothing of its batch was.
        """
        done: asyncio.Future[Recorded] = self._loop.create_future()
        self._jobs.put(Job(run_id, outcome, done))
        return await done

    def _write(self) -> None:
        while True:
            batch, is_last = self._next_batch()
            for _, jobs in groupby(batch, key=lambda job: job.run_id):
                self._write_run(list(jobs))
            if is_last:
                return

    def _next_batch(self) -> tuple[list[Job], bool]:
        batch: list[Job] = []
        job = self._jobs.get()
        while job is not None:
            batch.append(job)
            if len(batch) >= BATCH or self._jobs.empty():
                return batch, False
            job = self._jobs.get()
        return batch, True

    def _write_run(self, jobs: Sequence[Job]) -> None:
        try:
            recorded = self._store.record(jobs[0].run_id, [job.outcome for job in jobs])
        except StorageError as error:
            for job in jobs:
                self._loop.call_soon_threadsafe(fail, job.done, error)
            return
        for job, result in zip(jobs, recorded, strict=True):
            self._loop.call_soon_threadsafe(succeed, job.done, result)


def succeed(done: "asyncio.Future[Recorded]", recorded: Recorded) -> None:
    """Hand a result over, unless nobody waits any more."""
    if not done.done():
        done.set_result(recorded)


def fail(done: "asyncio.Future[Recorded]", error: StorageError) -> None:
    """Hand an error over, unless nobody waits any more."""
    if not done.done():
        done.set_exception(error)
