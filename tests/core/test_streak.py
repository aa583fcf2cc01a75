"""Streaks and freezes, held against the rules told another way: round by round, missed ones included."""

from __future__ import annotations

from itertools import accumulate

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.core.streak import FIRST_FREEZES, MOST_FREEZES, Streak, alive, answered, fold
from tests.core import strategies as core

histories = st.lists(st.integers(1, 4), max_size=60).map(lambda steps: list(accumulate(steps)))
"""Positions that a member answered: ascending, with gaps."""


def retold(positions: list[int]) -> Streak:
    """Walk through all rounds, as the rules tell it."""
    length, best, freezes, missed = 0, 0, 1, 0
    for position in range(1, max(positions, default=0) + 1):
        if position not in positions:
            missed += 1
            continue
        if length > 0 and missed > freezes:
            length = 0
        elif length > 0:
            freezes -= missed
        missed = 0
        length += 1
        best = max(best, length)
        if length in range(7, 1000, 7):
            freezes = min(freezes + 1, 2)
    return Streak(length, best, freezes, max(positions, default=0))


@given(histories)
def test_a_folded_history_is_what_the_rules_tell(positions: list[int]) -> None:
    assert fold(positions) == retold(positions)


def test_a_new_member_has_no_streak_and_one_freeze() -> None:
    assert fold([]) == Streak(length=0, best=0, freezes=1, position=0)


@pytest.mark.parametrize("position", [1, 2, 500])
def test_whoever_joins_late_has_missed_nothing(position: int) -> None:
    step = answered(Streak(), position)
    assert step.streak == Streak(length=1, best=1, freezes=1, position=position)
    assert step.used == 0


def test_answering_each_round_makes_a_streak() -> None:
    assert fold(range(1, 6)) == Streak(length=5, best=5, freezes=1, position=5)


def test_a_freeze_is_used_by_itself_for_a_missed_round() -> None:
    step = answered(fold([1, 2, 3]), 5)
    assert step.streak == Streak(length=4, best=4, freezes=0, position=5)
    assert (step.used, step.earned) == (1, False)


def test_a_gap_longer_than_the_freezes_held_uses_none_and_restarts_the_streak() -> None:
    step = answered(fold([1, 2, 3]), 6)
    assert step.streak == Streak(length=1, best=3, freezes=1, position=6)
    assert step.used == 0


def test_two_freezes_bridge_two_missed_rounds() -> None:
    step = answered(fold(range(1, 8)), 10)
    assert step.streak == Streak(length=8, best=8, freezes=0, position=10)
    assert step.used == 2


def test_the_seventh_round_in_a_row_earns_a_freeze_and_so_does_the_fourteenth() -> None:
    spent = fold([1, 2, 4])
    assert spent.freezes == 0
    steps = [step for step in _steps(spent, range(5, 17)) if step[1]]
    assert [length for length, _ in steps] == [7, 14]


def _steps(streak: Streak, positions: range) -> list[tuple[int, bool]]:
    steps = []
    for position in positions:
        step = answered(streak, position)
        streak = step.streak
        steps.append((streak.length, step.earned))
    return steps


def test_no_more_than_two_freezes_are_ever_held() -> None:
    full = fold(range(1, 14))
    step = answered(full, 14)
    assert step.streak.length == 14
    assert not step.earned
    assert step.streak.freezes == MOST_FREEZES


def test_a_freeze_used_and_one_earned_may_fall_on_the_same_round() -> None:
    step = answered(fold(range(1, 7)), 8)
    assert step.streak == Streak(length=7, best=7, freezes=1, position=8)
    assert (step.used, step.earned) == (1, True)


def test_a_freeze_used_makes_room_for_the_one_earned() -> None:
    full = fold(range(1, 14))
    assert full.freezes == MOST_FREEZES
    step = answered(full, 15)
    assert step.streak == Streak(length=14, best=14, freezes=2, position=15)
    assert (step.used, step.earned) == (1, True)


@pytest.mark.parametrize("position", [3, 2, 0, -1])
def test_a_round_answered_already_or_older_than_that_is_refused(position: int) -> None:
    with pytest.raises(ValueError, match="is not after 3"):
        answered(fold([1, 2, 3]), position)


@given(histories)
def test_the_best_streak_is_kept_and_freezes_stay_between_none_and_two(positions: list[int]) -> None:
    best = 0
    for place in range(len(positions) + 1):
        streak = fold(positions[:place])
        best = max(best, streak.length)
        assert streak.best == best
        assert 0 <= streak.freezes <= MOST_FREEZES


@given(histories, st.integers(1, 5))
def test_freezes_are_used_for_the_whole_gap_or_not_at_all(positions: list[int], further: int) -> None:
    before = fold(positions)
    step = answered(before, before.position + further)
    missed = further - 1 if positions else 0
    assert step.used in {0, missed}
    assert step.used <= before.freezes
    assert step.streak.freezes == before.freezes - step.used + step.earned
    assert (step.streak.length == before.length + 1) == (missed <= before.freezes or before.length == 0)


@given(histories, st.integers(0, 5))
def test_the_streak_shown_is_what_the_next_answer_continues(positions: list[int], further: int) -> None:
    streak = fold(positions)
    closed = streak.position + further
    assert alive(streak, closed) + 1 == answered(streak, closed + 1).streak.length


@given(core.streaks)
def test_a_streak_is_shown_as_it_stands_while_its_last_round_is_open(streak: Streak) -> None:
    assert alive(streak, streak.position - 1) == streak.length
    assert alive(streak, streak.position) == streak.length


def test_a_streak_is_shown_as_over_once_a_gap_has_outrun_the_freezes() -> None:
    streak = fold([1, 2, 3])
    assert [alive(streak, closed) for closed in range(2, 7)] == [3, 3, 3, 0, 0]


def test_whoever_has_answered_nothing_has_no_streak_to_show() -> None:
    assert alive(Streak(), 0) == 0
    assert alive(Streak(), FIRST_FREEZES + 5) == 0
