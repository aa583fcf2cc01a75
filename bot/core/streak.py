"""Streaks and the freezes that protect them.

Rounds are counted by *position*: 1, 2, 3 … over the delivered, not voided rounds of one guild in the order they were
posted. A day without a delivered question has no position, so it can break nothing.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

FIRST_FREEZES = 1
MOST_FREEZES = 2
FREEZE_EVERY = 7


@dataclass(frozen=True, slots=True)
class Streak:
    """Where a member stands.

    `length` counts rounds answered in a row, `best` is the longest ever, `freezes` how many missed rounds can still
    be bridged, and `position` the last round answered (0 before the first).
    """

    length: int = 0
    best: int = 0
    freezes: int = FIRST_FREEZES
    position: int = 0


@dataclass(frozen=True, slots=True)
class Step:
    """What one answer did: the new streak, how many freezes it used, and whether it earned one."""

    streak: Streak
    used: int
    earned: bool


def answered(before: Streak, position: int) -> Step:
    """Return what answering the round at `position` does to a streak.

    Missed rounds in between use up one freeze each if enough are held for the whole gap; otherwise none is used and
    the streak restarts at 1. Raises ValueError when the position is not after the last one answered.
    """
    if position <= before.position:
        message = f"position {position} is not after {before.position}"
        raise ValueError(message)
    missed = position - before.position - 1 if before.length else 0
    kept = missed <= before.freezes
    used = missed if kept else 0
    length = before.length + 1 if kept else 1
    freezes = before.freezes - used
    earned = length % FREEZE_EVERY == 0 and freezes < MOST_FREEZES
    after = Streak(length, max(before.best, length), freezes + earned, position)
    return Step(after, used, earned)


def fold(positions: Iterable[int]) -> Streak:
    """Return the streak of a member who answered the rounds at these positions, given in ascending order."""
    streak = Streak()
    for position in positions:
        streak = answered(streak, position).streak
    return streak


def alive(streak: Streak, closed: int) -> int:
    """Return the length to show once the rounds up to position `closed` are over: 0 when a gap has outrun the freezes.

    The stored streak changes only when its member answers; until then this is what the next answer would continue.
    """
    missed = max(0, closed - streak.position)
    return streak.length if missed <= streak.freezes else 0
