"""Time as the double sees it, and the ids made from it."""

from __future__ import annotations

import time
from datetime import UTC, datetime
from pathlib import Path

from tests.wire.clock import offset

DISCORD_EPOCH_MS = 1_420_070_400_000


class Clock:
    """The machine's time, plus the seconds written in a file."""

    def __init__(self, path: Path | None = None) -> None:
        self._path = path

    def now(self) -> float:
        """Seconds since 1970."""
        return time.time() + (offset(self._path) if self._path else 0.0)


class Mint:
    """Makes ids that carry their time, as Discord's do, and only ever grow."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._last = 0

    def next(self) -> int:
        """Return a fresh id."""
        milliseconds = int(self._clock.now() * 1000) - DISCORD_EPOCH_MS
        self._last = max(milliseconds << 22, self._last + 1)
        return self._last


def stamp(snowflake: int) -> str:
    """The time in an id, as Discord writes times."""
    return iso(((snowflake >> 22) + DISCORD_EPOCH_MS) / 1000)


def iso(seconds: float) -> str:
    """A time as Discord writes it."""
    return datetime.fromtimestamp(seconds, UTC).isoformat()
