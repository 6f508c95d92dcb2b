"""One pace a host, measured on a clock that only waiting moves."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

import pytest

from crawler.errors import HostOnHold, RunStopped
from crawler.gate.pace import LONGEST_HOLD_SECONDS, Pace


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


def back_off(pace: Pace, times: int, *, recover: int = 0, again: int = 0) -> None:
    """Let host a have enough of us, answer, and have enough again."""
    for _ in range(times):
        pace.back_off("a")
    for _ in range(recover):
        pace.recover("a")
    for _ in range(again):
        pace.back_off("a")


def nothing(pace: Pace) -> None:
    """Leave it as it is."""


@pytest.mark.parametrize(
    ("requests", "prepare", "expected"),
    [
        pytest.param([("a", 0), ("a", 0), ("a", 0)], nothing, [0, 2, 4], id="the delay lies between two requests"),
        pytest.param(
            [("a", 0.5), ("a", 5), ("a", 0)], nothing, [0, 2.5, 9.5], id="it counts from the end of a request"
        ),
        pytest.param([("a", 0), ("b", 0), ("a", 0)], nothing, [0, 0, 2], id="hosts do not wait for each other"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 10), [0, 10], id="Crawl-delay is kept"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 0.5), [0, 2], id="not below our own delay"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 9e9), [0, 120], id="Crawl-delay has an end"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.hold("a", 30), [30, 32], id="Retry-After is kept"),
        pytest.param([("a", 0)], lambda p: p.hold("a", 120), [120], id="Retry-After is waited for as long as this"),
        pytest.param([("a.", 0), ("a", 0)], nothing, [0, 2], id="a dot at the end makes no other host"),
        pytest.param([("a", 0)], lambda p: p.back_off("a"), [5], id="the first time we wait a little"),
        pytest.param([("a", 0)], lambda p: back_off(p, 2), [10], id="the second time twice as long"),
        pytest.param([("a", 0)], lambda p: back_off(p, 3), [20], id="the third time four times as long"),
        pytest.param([("a", 0)], lambda p: back_off(p, 2, recover=1, again=1), [10], id="an answer takes one back"),
        pytest.param([("a", 0)], lambda p: back_off(p, 2, recover=9, again=1), [10], id="and never more than all"),
        pytest.param([("a", 0), ("a", 0)], lambda p: p.slow_down("a", 120), [0, 120], id="the longest delay is waited"),
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


@pytest.mark.parametrize(
    ("prepare", "seconds"),
    [
        pytest.param(lambda p: p.hold("a", 121), 121, id="a second more than a run waits"),
        pytest.param(lambda p: p.hold("a", 3600), 3600, id="an hour"),
        pytest.param(lambda p: p.hold("a", float("inf")), LONGEST_HOLD_SECONDS, id="for ever"),
        pytest.param(lambda p: back_off(p, 6), 160, id="six times asked to slow down"),
        pytest.param(lambda p: back_off(p, 99), LONGEST_HOLD_SECONDS, id="ninety-nine times"),
    ],
)
def test_a_host_that_asks_for_more_than_a_run_waits_is_left_alone(
    prepare: Callable[[Pace], None], seconds: float
) -> None:
    async def main() -> None:
        clock = FakeClock()
        pace, stop = Pace(0, clock), asyncio.Event()
        prepare(pace)
        for _ in range(2):
            with pytest.raises(HostOnHold) as caught:
                async with pace.turn("a", stop=stop):
                    pytest.fail("the turn came")
            assert (caught.value.host, caught.value.seconds) == ("a", seconds)
        clock.now += seconds
        async with pace.turn("a", stop=stop):
            pass
        async with pace.turn("b", stop=stop):
            pass

    asyncio.run(main())


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
        pace.hold("held", 120)
        async with pace.turn("one-more", stop=stop):
            pass
        assert len(pace._hosts) == 2

    asyncio.run(main())


def test_a_crawl_delay_counts_from_the_request_that_brought_it(monkeypatch: pytest.MonkeyPatch) -> None:
    async def main() -> float:
        clock, stop = FakeClock(), asyncio.Event()
        pace = Pace(2, clock)
        async with pace.turn("a", stop=stop):  # robots.txt
            clock.now += 1
        pace.slow_down("a", 10)
        async with waiting(clock, monkeypatch), pace.turn("a", stop=stop):
            return clock.now

    assert asyncio.run(main()) == 1011
