"""The connection of a test to the control address."""

from __future__ import annotations

from typing import Any

import aiohttp


class NotPossibleError(Exception):
    """What a member's client would not let them do, or what the double cannot make sense of."""


class Wire:
    """Orders and readings, as JSON."""

    def __init__(self, base: str) -> None:
        self._control = base + "/control/"
        self._session: aiohttp.ClientSession | None = None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=0)
            self._session = aiohttp.ClientSession(connector=connector, timeout=aiohttp.ClientTimeout(total=90))
        return self._session

    async def order(self, name: str, /, **order: Any) -> Any:  # noqa: ANN401  -- JSON both ways
        """Have something done."""
        async with self._open().post(self._control + name, json=order) as response:
            done = await response.json()
        return _checked(response.status, done)

    async def read(self, path: str) -> Any:  # noqa: ANN401  -- whatever the double knows
        """Read something."""
        async with self._open().get(self._control + path) as response:
            done = await response.json()
        return _checked(response.status, done)

    async def bytes(self, url: str) -> bytes:
        """Read a file."""
        async with self._open().get(url) as response:
            response.raise_for_status()
            return await response.read()

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()


def _checked(status: int, done: Any) -> Any:  # noqa: ANN401  -- as it came
    if status != 200:
        raise NotPossibleError(done["error"])
    return done
