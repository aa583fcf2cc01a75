"""How many points an answer earns."""

from __future__ import annotations

from dataclasses import dataclass

from bot.core.question import Difficulty

BASE_POINTS = {Difficulty.EASY: 10, Difficulty.MEDIUM: 20, Difficulty.HARD: 30}
LARGEST_BONUS = 10


@dataclass(frozen=True, slots=True)
class Award:
    """Points for one answer: `base` for the question, `bonus` for the streak. Neither is ever negative."""

    base: int
    bonus: int

    @property
    def total(self) -> int:
        """Base and bonus together."""
        return self.base + self.bonus


def award(difficulty: Difficulty, *, correct: bool, hinted: bool, streak: int) -> Award:
    """Return what an answer earns.

    `streak` counts this answer, so it is at least 1. A hint opened before answering halves the base, never the bonus.
    A wrong answer earns nothing and costs nothing. Raises ValueError when `streak` is less than 1.
    """
    if streak < 1:
        message = f"a streak that counts this answer is at least 1, not {streak}"
        raise ValueError(message)
    if not correct:
        return Award(0, 0)
    base = BASE_POINTS[difficulty]
    return Award(base // 2 if hinted else base, min(streak - 1, LARGEST_BONUS))
