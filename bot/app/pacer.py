"""Keep below Discord's global limit of 50 requests a second, whatever many guilds want at once."""

from __future__ import annotations

import asyncio

RATE = 40.0
"""Requests a second."""

BURST = 5
"""Requests that may go at once after a pause; with them no second holds more than 45."""


class Pacer:
    """Lets callers through one after another, `rate` a second."""

    def __init__(self, rate: float = RATE, burst: int = BURST) -> None:
        self._gap = 1 / rate
        self._slack = self._gap * (burst - 1)
        self._next = 0.0

    async def turn(self) -> None:
        """Wait for one's turn."""
        now = asyncio.get_running_loop().time()
        self._next = max(self._next + self._gap, now - self._slack)
        wait = self._next - now
        if wait > 0:
            await asyncio.sleep(wait)
