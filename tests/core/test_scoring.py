"""How many points an answer earns."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.question import Difficulty
from bot.core.scoring import Award, award
from tests.core import strategies as core


@pytest.mark.parametrize(
    ("difficulty", "points"), [(Difficulty.EASY, 10), (Difficulty.MEDIUM, 20), (Difficulty.HARD, 30)]
)
def test_a_right_answer_earns_by_difficulty_and_half_of_it_after_a_hint(difficulty: Difficulty, points: int) -> None:
    assert award(difficulty, correct=True, hinted=False, streak=1) == Award(points, 0)
    assert award(difficulty, correct=True, hinted=True, streak=1) == Award(points // 2, 0)


@pytest.mark.parametrize(("streak", "bonus"), [(1, 0), (2, 1), (10, 9), (11, 10), (12, 10), (1000, 10)])
def test_the_bonus_grows_with_the_streak_up_to_ten(streak: int, bonus: int) -> None:
    assert award(Difficulty.EASY, correct=True, hinted=False, streak=streak).bonus == bonus


def test_a_hint_halves_the_base_but_not_the_bonus() -> None:
    assert award(Difficulty.HARD, correct=True, hinted=True, streak=6) == Award(15, 5)
    assert award(Difficulty.HARD, correct=True, hinted=True, streak=6).total == 20


@given(core.difficulties, st.booleans(), st.integers(1, 10**6))
def test_a_wrong_answer_earns_nothing_and_costs_nothing(difficulty: Difficulty, hinted: bool, streak: int) -> None:  # noqa: FBT001
    assert award(difficulty, correct=False, hinted=hinted, streak=streak) == Award(0, 0)


@given(core.difficulties, st.booleans(), st.booleans(), st.integers(1, 10**6))
def test_points_are_never_negative_and_never_more_than_forty(
    difficulty: Difficulty,
    correct: bool,  # noqa: FBT001
    hinted: bool,  # noqa: FBT001
    streak: int,
) -> None:
    earned = award(difficulty, correct=correct, hinted=hinted, streak=streak)
    assert earned.base >= 0
    assert earned.bonus >= 0
    assert earned.total <= 40


@pytest.mark.parametrize("correct", [True, False])
def test_a_streak_that_does_not_count_the_answer_is_refused(correct: bool) -> None:  # noqa: FBT001
    with pytest.raises(ValueError, match="at least 1"):
        award(Difficulty.EASY, correct=correct, hinted=False, streak=0)
