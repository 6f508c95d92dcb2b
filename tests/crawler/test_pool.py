"""Workers that hang, swell or die cost one task, and none is left behind."""

import asyncio
import gc
import os
import signal
import subprocess
import sys
import time
from collections.abc import AsyncIterator, Callable, Coroutine
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import psutil
import pytest

from crawler.errors import RefusedAddress, UnreadableDocument, WorkerDied, WorkerError, WorkerTimeout
from crawler.pool import Pool, PoolSize
from crawler.settings import CrawlerSettings
from tests.crawler import chores

MIB = 1024 * 1024


def in_loop(main: Callable[[], Coroutine[Any, Any, None]]) -> None:
    asyncio.run(asyncio.wait_for(main(), 60))


@asynccontextmanager
async def opened(workers: int = 1, *, max_tasks: int = 100, memory_bytes: int = 1024 * MIB) -> AsyncIterator[Pool]:
    async with Pool(PoolSize(workers, memory_bytes, max_tasks)) as pool:
        yield pool


async def number_at(path: Path) -> int:
    """Return the process number that a chore left at path, once it is there."""
    while not (path.exists() and path.read_text(encoding="utf-8")):
        await asyncio.sleep(0.01)
    return int(path.read_text(encoding="utf-8"))


async def until_gone(*numbers: int, seconds: float = 5) -> None:
    """Wait until no process of these numbers is left."""
    until = time.monotonic() + seconds
    while left := [number for number in numbers if is_running(number)]:
        assert time.monotonic() < until, f"{left} still run"
        await asyncio.sleep(0.01)


def is_running(number: int) -> bool:
    try:
        return bool(psutil.Process(number).status() != psutil.STATUS_ZOMBIE)
    except psutil.NoSuchProcess:
        return False


async def worker_id(pool: Pool) -> int:
    return await pool.run(chores.process_id, what="id", seconds=20)


def test_a_task_past_its_limit_is_killed_alone(tmp_path: Path) -> None:
    async def main() -> None:
        async with opened(2) as pool:
            slow = asyncio.create_task(pool.run(chores.burn, str(tmp_path / "slow"), what="slow.html", seconds=1))
            killed = await number_at(tmp_path / "slow")
            other = asyncio.create_task(
                pool.run(chores.say_and_wait, str(tmp_path / "other"), 1.5, what="other", seconds=20)
            )
            with pytest.raises(WorkerTimeout, match=r"reading slow\.html took more than 1 s"):
                await slow
            await until_gone(killed)
            assert not other.done()
            assert await other == await number_at(tmp_path / "other") != killed
            assert {await worker_id(pool) for _ in range(4)}.isdisjoint({killed})

    in_loop(main)


@pytest.mark.parametrize(
    ("chore", "arguments", "code"),
    [
        (chores.leave, (7,), 7),
        (chores.kill_myself, (signal.SIGKILL,), -signal.SIGKILL),
        (chores.kill_myself, (signal.SIGTERM,), -signal.SIGTERM),
        (chores.crash, (), -signal.SIGSEGV),
        (chores.swell, (), 1),
        (chores.fail, (), 1),
        (chores.unpicklable, (), 1),
    ],
)
def test_a_worker_that_dies_costs_one_task(
    chore: Callable[..., object], arguments: tuple[object, ...], code: int
) -> None:
    async def main() -> None:
        async with opened(memory_bytes=512 * MIB) as pool:
            before = await worker_id(pool)
            with pytest.raises(WorkerDied, match=r"read page\.html ended") as caught:
                await pool.run(chore, *arguments, what="page.html", seconds=30)
            assert caught.value.exit_code == code
            assert await worker_id(pool) != before
            await until_gone(before)

    in_loop(main)


def test_a_worker_killed_from_outside_costs_one_task_and_an_idle_one_costs_one_at_most(tmp_path: Path) -> None:
    async def main() -> None:
        async with opened() as pool:
            task = asyncio.create_task(pool.run(chores.say_and_wait, str(tmp_path / "w"), 60, what="x", seconds=60))
            os.kill(await number_at(tmp_path / "w"), signal.SIGKILL)
            with pytest.raises(WorkerDied):
                await task
            idle = await worker_id(pool)
            os.kill(idle, signal.SIGKILL)
            await until_gone(idle)
            with pytest.raises(WorkerDied):
                await worker_id(pool)
            assert await worker_id(pool) != idle

    in_loop(main)


def test_a_task_that_burns_past_its_cpu_limit_is_ended_by_the_kernel(tmp_path: Path) -> None:
    """The parent may be too busy to keep the wall clock; the limit of the process itself then holds."""

    async def main() -> None:
        async with opened() as pool:
            task = asyncio.create_task(pool.run(chores.burn, str(tmp_path / "b"), what="x", seconds=0.5))
            number = await number_at(tmp_path / "b")
            until = time.monotonic() + 10
            while is_running(number) and time.monotonic() < until:
                time.sleep(0.05)  # it blocks the event loop: that is the point
            assert not is_running(number)
            with pytest.raises(WorkerError):
                await task

    in_loop(main)


def test_the_limits_are_those_of_the_settings() -> None:
    async def main() -> None:
        async with opened(memory_bytes=700 * MIB) as pool:
            memory, cpu, core = await pool.run(chores.limits, what="x", seconds=7)
            assert (memory, core) == (700 * MIB, 0)
            assert 7 <= cpu <= 12
            assert (await pool.run(chores.limits, what="x", seconds=30))[1] > 29

    in_loop(main)


@pytest.mark.parametrize(("chore", "error"), [(chores.object_to, UnreadableDocument), (chores.refuse, RefusedAddress)])
def test_an_error_of_ours_comes_back_whole_and_the_worker_lives(
    chore: Callable[[], None], error: type[Exception]
) -> None:
    async def main() -> None:
        async with opened() as pool:
            before = await worker_id(pool)
            with pytest.raises(error) as caught:
                await pool.run(chore, what="x", seconds=20)
            assert "https://example.org/" in str(caught.value)
            assert getattr(caught.value, "url", "").startswith("https://example.org/")
            assert await worker_id(pool) == before

    in_loop(main)


def test_a_worker_is_replaced_after_its_share() -> None:
    async def main() -> None:
        async with opened(max_tasks=3) as pool:
            numbers = [await worker_id(pool) for _ in range(7)]
            assert [numbers.count(number) for number in dict.fromkeys(numbers)] == [3, 3, 1]
            await until_gone(*set(numbers) - {numbers[-1]})

    in_loop(main)


def test_more_tasks_than_workers_all_come_back_in_their_places() -> None:
    async def main() -> None:
        async with opened(2) as pool:
            tasks = [pool.run(chores.echo, number, what="x", seconds=20) for number in range(50)]
            assert await asyncio.gather(*tasks) == list(range(50))

    in_loop(main)


def test_pages_of_ten_mib_cross_both_ways() -> None:
    async def main() -> None:
        async with opened() as pool:
            page = os.urandom(10 * MIB)
            assert await pool.run(chores.echo, page, what="x", seconds=20) == page

    in_loop(main)


def test_closing_leaves_no_process_not_even_a_busy_one(tmp_path: Path) -> None:
    async def main() -> None:
        async with opened(2) as pool:
            idle = await worker_id(pool)
            busy = asyncio.create_task(pool.run(chores.burn, str(tmp_path / "b"), what="x", seconds=60))
            numbers = [idle, await number_at(tmp_path / "b")]
        await until_gone(*numbers)
        with pytest.raises(WorkerDied):
            await busy

    in_loop(main)


def test_tasks_that_wait_while_the_pool_closes_end_and_start_nothing(tmp_path: Path) -> None:
    async def main() -> None:
        before = set(psutil.Process().children(recursive=True))
        async with opened() as pool:
            busy = [
                asyncio.create_task(pool.run(chores.burn, str(tmp_path / "b"), what="x", seconds=60)) for _ in range(3)
            ]
            number = await number_at(tmp_path / "b")
        ended = await asyncio.gather(*busy, return_exceptions=True)
        assert {type(error) for error in ended} == {WorkerDied}
        await until_gone(number)
        new = {child for child in psutil.Process().children(recursive=True) if "forkserver" in repr(child.cmdline())}
        assert all(is_helper(child) for child in new - before)

    in_loop(main)


def is_helper(process: psutil.Process) -> bool:
    """Whether process is multiprocessing's own: the fork server and the tracker, children of this very process."""
    try:
        return process.ppid() == os.getpid()
    except psutil.NoSuchProcess:
        return True


@pytest.mark.parametrize("moment", ["while it starts", "while it works", "while it waits"])
def test_a_caller_that_gives_up_does_not_wedge_the_pool(moment: str, tmp_path: Path) -> None:
    async def main() -> None:
        async with opened() as pool:
            if moment != "while it starts":
                await worker_id(pool)
            first = asyncio.create_task(pool.run(chores.say_and_wait, str(tmp_path / "1"), 60, what="x", seconds=60))
            second = asyncio.create_task(worker_id(pool))
            if moment == "while it starts":
                await asyncio.sleep(0)
            else:
                worked = await number_at(tmp_path / "1")
            if moment == "while it waits":
                second.cancel()
                await asyncio.wait({second})
            first.cancel()
            await asyncio.wait({first})
            assert first.cancelled()
            numbers = {await worker_id(pool) for _ in range(3)}
            assert len(numbers) == 1
            if moment != "while it starts":
                assert worked not in numbers
                await until_gone(worked)
            await asyncio.wait({second})
        await until_gone(*numbers)
        assert [child for child in multiprocessing_children() if is_running(child)] == []

    in_loop(main)


def multiprocessing_children() -> list[int]:
    """Return the workers of this process: the children of its fork server."""
    servers = [child for child in psutil.Process().children() if "forkserver" in " ".join(child.cmdline())]
    return [child.pid for server in servers for child in server.children()]


OWNER = """
import asyncio, sys
from crawler.pool import Pool, PoolSize
from tests.crawler import chores

async def main():
    async with Pool(PoolSize(3, 1 << 30, 100)) as pool:
        idle = await pool.run(chores.process_id, what="x", seconds=60)
        busy = [pool.run(chores.say_and_wait, path, 2, what="x", seconds=60) for path in sys.argv[1:]]
        tasks = [asyncio.create_task(each) for each in busy]
        print(idle, flush=True)
        await asyncio.sleep(60)

if __name__ == "__main__":
    asyncio.run(main())
"""


@pytest.mark.slow
def test_a_kill_of_the_owner_leaves_no_worker_behind(tmp_path: Path) -> None:
    async def main() -> None:
        script = tmp_path / "owner.py"
        script.write_text(OWNER, encoding="utf-8")
        paths = [tmp_path / "a", tmp_path / "b"]
        environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])}
        with subprocess.Popen(
            [sys.executable, str(script), *map(str, paths)], stdout=subprocess.PIPE, env=environment
        ) as owner:
            assert owner.stdout is not None
            numbers = [int(owner.stdout.readline()), *[await number_at(path) for path in paths]]
            family = [child.pid for child in psutil.Process(owner.pid).children(recursive=True)]
            assert set(numbers) <= set(family)
            owner.kill()
        await until_gone(*family, seconds=8)

    in_loop(main)


def test_a_worker_takes_nothing_over_from_the_program_that_started_it() -> None:
    """The main module is the whole command line: importing it would cost each worker more than a second."""

    async def main() -> None:
        async with opened() as pool:
            assert await pool.run(chores.has_module, "crawler.extract.body", what="x", seconds=20)
            for name in ("pytest", "scrapy", "sqlalchemy", "click"):
                assert not await pool.run(chores.has_module, name, what="x", seconds=20), name

    in_loop(main)


def test_a_replacement_costs_little_time() -> None:
    async def main() -> None:
        async with opened(max_tasks=1) as pool:
            await worker_id(pool)
            began = time.monotonic()
            for _ in range(5):
                await worker_id(pool)
            assert time.monotonic() - began < 2.5

    in_loop(main)


def test_the_size_follows_the_settings() -> None:
    size = PoolSize.from_settings(CrawlerSettings(workers=3, worker_max_pages=9, worker_memory_bytes=200 * MIB))
    assert size == PoolSize(3, 200 * MIB, 9)
    assert PoolSize.from_settings(CrawlerSettings()).workers >= 1


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc, and the memory allocator is the C library's own")
def test_a_worker_gives_back_what_a_task_took() -> None:
    async def main() -> None:
        async with opened() as pool:
            worker = psutil.Process(await worker_id(pool))
            before = worker.memory_info().rss
            for _ in range(3):
                await pool.run(chores.leave_holes, 64, what="a large page", seconds=20)
            assert await worker_id(pool) == worker.pid  # it has come to the next task
            assert worker.memory_info().rss < before + 32 * MIB

    in_loop(main)


def test_a_new_worker_shares_what_its_server_holds() -> None:
    async def main() -> None:
        async with opened() as pool:
            frozen = await pool.run(gc.get_freeze_count, what="what is never collected", seconds=20)
            assert frozen > 50_000

    in_loop(main)
