"""The one thread that writes: batches, order, and errors that reach whoever waits."""

import asyncio
import threading
from collections.abc import Callable, Coroutine, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import pytest

from crawler.books import as_recorded
from crawler.writer import BATCH, Writer
from storage.database.store import Store
from storage.errors import DatabaseUnusable, StorageError
from storage.outcome import Outcome, Recorded
from storage.verdict import Verdict


def outcome(number: int) -> Outcome:
    return Outcome(url=f"https://example.org/{number}", verdict=Verdict.GONE, reason="", at=datetime.now(UTC))


class FakeStore:
    """Keeps the batches. gate: each batch waits for it; broken: what a batch raises."""

    def __init__(self, broken: Callable[[Sequence[Outcome]], Exception | None] = lambda _: None) -> None:
        self.batches: list[tuple[int, list[str]]] = []
        self.gate = threading.Event()
        self.gate.set()
        self.begun = threading.Event()
        self.broken = broken

    def record(self, run_id: int, outcomes: Sequence[Outcome]) -> list[Recorded]:
        self.begun.set()
        assert self.gate.wait(20)
        error = self.broken(outcomes)
        if error is not None:
            raise error
        self.batches.append((run_id, [outcome.url for outcome in outcomes]))
        return [as_recorded(outcome) for outcome in outcomes]

    @property
    def written(self) -> list[str]:
        return [url for _, batch in self.batches for url in batch]


def with_writer(store: FakeStore, main: Callable[[Writer], Coroutine[Any, Any, None]]) -> None:
    async def run() -> None:
        async with Writer(cast("Store", store)) as writer:
            await main(writer)

    asyncio.run(asyncio.wait_for(run(), 30))


def test_what_waits_is_written_together_and_in_order() -> None:
    store = FakeStore()

    async def main(writer: Writer) -> None:
        store.gate.clear()
        first = asyncio.create_task(writer.record(1, outcome(0)))
        await asyncio.to_thread(store.begun.wait, 20)
        rest = [asyncio.create_task(writer.record(1, outcome(number))) for number in range(1, 150)]
        await asyncio.sleep(0)
        store.gate.set()
        recorded = await asyncio.gather(first, *rest)
        assert [each.url for each in recorded] == [outcome(number).url for number in range(150)]

    with_writer(store, main)
    assert store.written == [outcome(number).url for number in range(150)]
    assert [len(batch) for _, batch in store.batches] == [1, BATCH, BATCH, 149 - 2 * BATCH]


def test_runs_are_not_mixed_and_their_order_is_kept() -> None:
    store = FakeStore()

    async def main(writer: Writer) -> None:
        await asyncio.gather(*(writer.record(run, outcome(n)) for n, run in enumerate((1, 1, 2, 1))))

    with_writer(store, main)
    assert [(run, len(batch)) for run, batch in store.batches] == [(1, 2), (2, 1), (1, 1)]
    assert store.written == [outcome(number).url for number in range(4)]


def test_an_error_of_the_store_reaches_everyone_of_its_batch_and_the_next_goes_on() -> None:
    failures = iter([DatabaseUnusable("sqlite:///x", "the disk is full")])
    store = FakeStore(lambda _: next(failures, None))

    async def main(writer: Writer) -> None:
        tasks = [writer.record(1, outcome(number)) for number in range(10)]
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert all(isinstance(error, StorageError) for error in ended)
        assert (await writer.record(1, outcome(11))).verdict is Verdict.GONE

    with_writer(store, main)
    assert store.written == [outcome(11).url]


def test_a_fault_of_ours_costs_its_outcome_alone_and_never_the_thread() -> None:
    fixed = outcome(3)
    store = FakeStore(lambda some: ValueError("no such day") if fixed in some else None)

    async def main(writer: Writer) -> None:
        tasks = [writer.record(1, fixed if number == 3 else outcome(number)) for number in range(6)]
        ended = await asyncio.gather(*tasks, return_exceptions=True)
        assert [type(each) for each in ended] == [Recorded] * 3 + [ValueError] + [Recorded] * 2
        await writer.record(1, outcome(7))

    with_writer(store, main)
    assert store.written == [outcome(number).url for number in (0, 1, 2, 4, 5, 7)]


def test_who_stopped_waiting_is_written_all_the_same() -> None:
    store = FakeStore()

    async def main(writer: Writer) -> None:
        store.gate.clear()
        task = asyncio.create_task(writer.record(1, outcome(1)))
        await asyncio.to_thread(store.begun.wait, 20)
        task.cancel()
        store.gate.set()
        await writer.record(1, outcome(2))

    with_writer(store, main)
    assert store.written == [outcome(1).url, outcome(2).url]


def test_closing_writes_what_is_left() -> None:
    store = FakeStore()
    tasks: list[asyncio.Task[Recorded]] = []

    async def main(writer: Writer) -> None:
        tasks.extend(asyncio.create_task(writer.record(1, outcome(number))) for number in range(100))
        await asyncio.sleep(0)

    with_writer(store, main)
    assert len(store.written) == 100


def test_a_real_store_gives_back_what_it_made_of_each(store: Store) -> None:
    run_id = store.runs.start("source", trigger="test", now=datetime.now(UTC))

    async def main() -> None:
        async with Writer(store) as writer:
            recorded = await asyncio.gather(*(writer.record(run_id, outcome(number)) for number in range(100)))
            assert [each.url for each in recorded] == [outcome(number).url for number in range(100)]
            with pytest.raises(StorageError):
                await writer.record(run_id + 1, outcome(1))

    asyncio.run(main())
    assert len(store.attempts.of_run(run_id)) == 100
