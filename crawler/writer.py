"""The one thread that writes what a process's runs find: outcomes go in from the event loop, verdicts come back.

What comes within a twentieth of a second, or while a transaction is under way, shares the next one.
"""

import asyncio
import queue
import threading
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from time import monotonic

from storage.database.store import Store
from storage.errors import StorageError
from storage.outcome import Outcome, Recorded

BATCH = 64
LINGER_SECONDS = 0.05  # a transaction costs a wait for the disk, and most of the CPU of recording: share it


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
            Exception: a fault of ours that this outcome alone brings about; the others of its batch are written.
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
        until = 0.0
        while len(batch) < BATCH:
            try:
                job = self._jobs.get(timeout=max(0.0, until - monotonic()) if batch else None)
            except queue.Empty:
                return batch, False
            if job is None:
                return batch, True
            if not batch:
                until = monotonic() + LINGER_SECONDS
            batch.append(job)
        return batch, False

    def _write_run(self, jobs: Sequence[Job]) -> None:
        try:
            recorded = self._store.record(jobs[0].run_id, [job.outcome for job in jobs])
        except StorageError as error:
            self._fail(jobs, error)
            return
        except Exception as error:  # noqa: BLE001 - a thread that dies of it would leave every caller waiting for ever
            if len(jobs) == 1:
                self._fail(jobs, error)
                return
            for job in jobs:
                self._write_run([job])
            return
        for job, result in zip(jobs, recorded, strict=True):
            self._loop.call_soon_threadsafe(succeed, job.done, result)

    def _fail(self, jobs: Sequence[Job], error: Exception) -> None:
        for job in jobs:
            self._loop.call_soon_threadsafe(fail, job.done, error)


def succeed(done: "asyncio.Future[Recorded]", recorded: Recorded) -> None:
    """Hand a result over, unless nobody waits any more."""
    if not done.done():
        done.set_result(recorded)


def fail(done: "asyncio.Future[Recorded]", error: Exception) -> None:
    """Hand an error over, unless nobody waits any more."""
    if not done.done():
        done.set_exception(error)
