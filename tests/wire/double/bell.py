"""Waiting until something is so."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Rung at each change; who waits looks again."""

    def __init__(self) -> None:
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Wake all who wait."""
        waiting, self._waiting = self._waiting, []
        for future in waiting:
            if not future.done():
                future.set_result(None)

    async def wait(self, until: Callable[[], bool], seconds: float) -> bool:
        """Wait until it is so, or the time is over. Returns whether it is."""
        loop = asyncio.get_running_loop()
        end = loop.time() + seconds
        while not until():
            left = end - loop.time()
            if left <= 0:
                return False
            future = loop.create_future()
            self._waiting.append(future)
            await asyncio.wait([future], timeout=left)
        return True
