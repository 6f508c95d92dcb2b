"""One pace a host, measured on a clock that only waiting moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from crawler.errors import RunStopped
from crawler.gate.pace import LONGEST_DELAY_SECONDS, Pace


class FakeClock:
    """Goes on when told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


@asynccontextmanager
async def waiting(clock: FakeClock, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[None]:
    """Let asyncio's own waiting move the clock."""

    async def wait_for(awaitable: object, seconds: float) -> None:
        getattr(awaitable, "close", lambda: None)()
        clock.now += seconds
        raise TimeoutError

    with monkeypatch.context() as patched:
        patched.setattr("asyncio.wait_for", wait_for)
        yield


def starts_of(
    requests: list[tuple[str, float]], *, delay: float, prepare: Callable[[Pace], None], monkeypatch: pytest.MonkeyPatch
) -> list[float]:
    """Return when each (host, seconds it takes) started."""
    clock, starts, stop = FakeClock(), [], asyncio.Event()
    pace = Pace(delay, clock)
    prepare(pace)

    async def main() -> None:
        async with waiting(clock, monkeypatch):
            for host, seconds in requests:
                async with pace.turn(host, stop=stop):
                    starts.append(clock.now - 1000)
                    clock.now += seconds

    asyncio.run(main())
    return starts


def nothing(pace: Pace) -> None:
    """Leave it as it is."""


@pytest.mark.parametrize(
    ("requests", "prepare", "expected"),
    [
        pytest.param([("a", 0), ("a", 0), ("a", 0)], nothing, [0, 2, 4], id="the delay lies between the starts"),
        pytest.param([("a", 0.5), ("a", 5), ("a", 0)], nothing, [0, 2, 7], id="a long request is its own delay"),
        pytest.param([("a", 0), ("b", 0), ("a", 0)], nothing, [0, 0, 2], id="hosts do not wait for each other"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 10), [0, 10], id="Crawl-delay is kept"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 0.5), [0, 2], id="not below our own delay"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 9e9), [0, 120], id="Crawl-delay has an end"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.hold("a", 30), [30, 32], id="Retry-After is kept"),
        pytest.param([("a", 0)], lambda p: p.hold("a", float("inf")), [120], id="Retry-After has an end"),
        pytest.param([("b", 0)], lambda p: p.hold("a", 30), [0], id="others are not held"),
    ],
)
def test_a_host_is_asked_at_its_pace(
    requests: list[tuple[str, float]],
    prepare: Callable[[Pace], None],
    expected: list[float],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    assert starts_of(requests, delay=2, prepare=prepare, monkeypatch=monkeypatch) == expected


def test_one_request_at_a_time_goes_to_a_host() -> None:
    async def main() -> None:
        pace, stop, under_way, most = Pace(0), asyncio.Event(), 0, 0

        async def ask() -> None:
            nonlocal under_way, most
            async with pace.turn("a", stop=stop):
                under_way += 1
                most = max(most, under_way)
                await asyncio.sleep(0)
                under_way -= 1

        await asyncio.gather(*(ask() for _ in range(20)))
        assert most == 1

    asyncio.run(main())


def test_a_stop_ends_all_waiting_at_once() -> None:
    async def main() -> None:
        pace, stop = Pace(0), asyncio.Event()
        pace.hold("a", 100)

        async def ask() -> None:
            async with pace.turn("a", stop=stop):
                pytest.fail("the turn came")

        tasks = [asyncio.create_task(ask()) for _ in range(20)]
        await asyncio.sleep(0)
        stop.set()
        ended = await asyncio.wait_for(asyncio.gather(*tasks, return_exceptions=True), 5)
        assert {type(error) for error in ended} == {RunStopped}

    asyncio.run(main())


def test_a_cancelled_wait_leaves_the_turn_to_the_next() -> None:
    async def main() -> None:
        pace, stop = Pace(0), asyncio.Event()
        pace.hold("a", 0.05)

        async def ask() -> str:
            async with pace.turn("a", stop=stop):
                return "asked"

        first, second = asyncio.create_task(ask()), asyncio.create_task(ask())
        await asyncio.sleep(0)
        first.cancel()
        assert await asyncio.wait_for(second, 5) == "asked"
        assert first.cancelled()

    asyncio.run(main())


def test_hosts_long_idle_are_forgotten_and_slow_ones_are_not() -> None:
    async def main() -> None:
        clock, stop = FakeClock(), asyncio.Event()
        pace = Pace(0, clock)
        for number in range(1001):
            async with pace.turn(f"host-{number}", stop=stop):
                pass
        clock.now += 3600
        pace.hold("held", LONGEST_DELAY_SECONDS)
        async with pace.turn("one-more", stop=stop):
            pass
        assert len(pace._hosts) == 2

    asyncio.run(main())
