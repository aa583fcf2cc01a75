"""A measured figure, and ways to measure."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from statistics import median


@dataclass(frozen=True)
class Figure:
    """One line of the table: what was measured, its value with unit, the reference of the same run, and the ratio."""

    what: str
    value: str
    reference: str = "—"
    ratio: str = "—"

    def __str__(self) -> str:
        return f"| {self.what} | {self.value} | {self.reference} | {self.ratio} |"


def seconds(work: Callable[[], object], times: int = 5) -> float:
    """Return the median time of some work, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        work()
        taken.append(time.perf_counter() - start)
    return median(taken)


async def seconds_async(work: Callable[[], Awaitable[object]], times: int = 5) -> float:
    """Return the median time of some asynchronous work, in seconds."""
    taken = []
    for _ in range(times):
        start = time.perf_counter()
        await work()
        taken.append(time.perf_counter() - start)
    return median(taken)


def ms(value: float) -> str:
    """Write seconds as milliseconds."""
    return f"{value * 1000:.2f} ms"
