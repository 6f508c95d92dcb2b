"""The one thread that writes what a process's runs find: outcomes go in from the event loop, verdicts come back.

What comes within a twentieth of a second, or while a transaction is under way, shares the next one; while one follows
on another, what comes within a quarter of a second.
"""

import asyncio
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from itertools import groupby
from time import monotonic

from storage.database.store import Store
from storage.errors import StorageError
from storage.outcome import Outcome, Recorded

BATCH = 64
# A transaction costs a wait for the disk, and most of the CPU of recording: share it. Nobody's next request waits for
# its end, only the end of a run does.
LINGER_SECONDS = 0.05
BUSY_LINGER_SECONDS = 0.25
BUSY_WITHIN_SECONDS = 1.0


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
        self._jobs: list[Job] = []
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="store-writer")
        self._writing: asyncio.Task[None] | None = None
        self._written_at = -BUSY_WITHIN_SECONDS

    async def __aenter__(self) -> "Writer":
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._writing is not None:
            await self._writing
        await asyncio.to_thread(self._thread.shutdown)

    async def record(self, run_id: int, outcome: Outcome) -> Recorded:
        """Return what the store made of outcome, once it is safely written.

        Raises:
            StorageError: it could not be written; nothing of its batch was.
            Exception: a fault of ours that this outcome alone brings about; the others of its batch are written.
        """
        job = Job(run_id, outcome, asyncio.get_running_loop().create_future())
        self._jobs.append(job)
        if self._writing is None:
            self._writing = asyncio.create_task(self._write_what_waits())
        return await job.done

    async def _write_what_waits(self) -> None:
        while self._jobs:
            if len(self._jobs) < BATCH:
                await asyncio.sleep(self._linger_seconds())
            batch, self._jobs = self._jobs[:BATCH], self._jobs[BATCH:]
            for _, jobs in groupby(batch, key=lambda job: job.run_id):
                await self._write_run(list(jobs))
            self._written_at = monotonic()
        self._writing = None

    def _linger_seconds(self) -> float:
        is_busy = monotonic() - self._written_at < BUSY_WITHIN_SECONDS
        return BUSY_LINGER_SECONDS if is_busy else LINGER_SECONDS

    async def _write_run(self, jobs: Sequence[Job]) -> None:
        """Write jobs of one run together; where a fault of ours spoils them, one by one."""
        outcomes = [job.outcome for job in jobs]
        loop = asyncio.get_running_loop()
        writing = loop.run_in_executor(self._thread, self._store.record, jobs[0].run_id, outcomes)
        await asyncio.wait({writing})
        error = writing.exception()
        if error is None:
            for job, recorded in zip(jobs, writing.result(), strict=True):
                succeed(job.done, recorded)
        elif isinstance(error, StorageError) or len(jobs) == 1:
            for job in jobs:
                fail(job.done, error)
        else:
            for job in jobs:
                await self._write_run([job])


def succeed(done: "asyncio.Future[Recorded]", recorded: Recorded) -> None:
    """Hand a result over, unless nobody waits any more."""
    if not done.done():
        done.set_result(recorded)


def fail(done: "asyncio.Future[Recorded]", error: BaseException) -> None:
    """Hand an error over, unless nobody waits any more."""
    if not done.done():
        done.set_exception(error)
