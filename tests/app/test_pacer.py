"""The pacer: never more than 45 requests in any second, and nobody waits who need not."""

from __future__ import annotations

import asyncio
import heapq
import selectors
from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from bot.app.pacer import BURST, RATE, Pacer


class _Stepping(asyncio.SelectorEventLoop):
    """An event loop whose clock leaps to whatever comes next, so that nothing has to be waited for."""

    def __init__(self) -> None:
        super().__init__(_Leaping(self))
        self.moment = 1000.0

    def time(self) -> float:
        return self.moment


class _Leaping(selectors.DefaultSelector):
    def __init__(self, loop: _Stepping) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        if timeout:
            self._loop.moment += timeout
        return super().select(0)


def _run(work: Callable[[], Awaitable[None]]) -> None:
    with asyncio.Runner(loop_factory=_Stepping) as runner:
        runner.run(_awaited(work))


async def _awaited(work: Callable[[], Awaitable[None]]) -> None:
    await work()


async def _served(pacer: Pacer, callers: int) -> list[float]:
    """Return when each of so many callers at once has had their turn."""
    loop = asyncio.get_running_loop()
    served: list[float] = []

    async def call() -> None:
        await pacer.turn()
        heapq.heappush(served, loop.time())

    start = loop.time()
    await asyncio.gather(*(call() for _ in range(callers)))
    return sorted(moment - start for moment in served)


def _busiest_second(moments: list[float]) -> int:
    return max(sum(first <= moment < first + 1 for moment in moments) for first in moments)


def test_a_burst_of_five_hundred_never_has_more_than_45_in_any_second() -> None:
    async def work() -> None:
        moments = await _served(Pacer(), 500)
        assert _busiest_second(moments) <= 45
        assert moments[-1] == pytest.approx((500 - BURST) / RATE), "and is no slower than it must be"

    _run(work)


def test_bursts_that_follow_each_other_never_have_more_than_45_in_any_second_together() -> None:
    async def work() -> None:
        pacer, loop = Pacer(), asyncio.get_running_loop()
        moments: list[float] = []
        for pause in (0.0, 0.05, 0.3, 0.99, 1.0, 0.5):
            await asyncio.sleep(pause)
            start = loop.time()
            moments += [start + moment for moment in await _served(pacer, 30)]
        assert _busiest_second(moments) <= 45

    _run(work)


def test_those_who_come_one_by_one_never_wait() -> None:
    async def work() -> None:
        pacer, loop = Pacer(), asyncio.get_running_loop()
        for _ in range(50):
            start = loop.time()
            await pacer.turn()
            assert loop.time() == start
            await asyncio.sleep(1 / RATE)

    _run(work)


def test_after_a_rest_a_few_may_go_at_once() -> None:
    async def work() -> None:
        pacer = Pacer()
        await _served(pacer, 100)
        await asyncio.sleep(60)
        moments = await _served(pacer, BURST + 1)
        assert moments[:BURST] == [0.0] * BURST
        assert moments[BURST] == pytest.approx(1 / RATE)

    _run(work)


def test_turns_come_in_the_order_of_asking() -> None:
    async def work() -> None:
        pacer, order = Pacer(), list[int]()

        async def call(number: int) -> None:
            await pacer.turn()
            order.append(number)

        await asyncio.gather(*(call(number) for number in range(60)))
        assert order == list(range(60))

    _run(work)
