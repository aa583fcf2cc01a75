"""What answering earns, and which clicks change nothing."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.app import privacy, void
from bot.app.click import Click, Declined, Marked, Refusal, Solved, Verb
from bot.app.messenger import FailureReason
from bot.core.question import Difficulty
from bot.core.round import Round
from bot.core.scoring import BASE_POINTS
from tests.app.fake import refusing
from tests.app.world import ADA, BLAISE, CHANNEL, GUILD, MODERATOR, OTHER, World, answering, clicking


async def _refused(world: World, click: Click, reason: Refusal) -> Declined:
    """Click, and see that it is declined and that nothing was written."""
    before = await world.everything()
    outcome = await world.writer.submit(click)
    assert isinstance(outcome, Declined)
    assert outcome.reason is reason
    assert await world.everything() == before
    return outcome


async def test_a_right_answer_earns_the_points_of_its_difficulty(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    assert marked.fresh
    assert marked.answer.correct
    assert (marked.answer.base, marked.answer.bonus) == (BASE_POINTS[round_.question.difficulty], 0)
    assert await world.points() == marked.answer.points
    assert marked.freezes == 1


async def test_a_wrong_answer_earns_nothing_and_goes_on_with_the_streak(world: World) -> None:
    first = await world.answered(await world.first_round(), right=False)
    second = await world.answered(await world.next_round(), right=False)
    assert [(one.answer.points, one.answer.streak) for one in (first, second)] == [(0, 1), (0, 2)]
    assert await world.points() == 0


async def test_the_streak_bonus_grows_by_one_a_day_up_to_ten(world: World) -> None:
    round_ = await world.first_round()
    bonuses = []
    for day in range(13):
        round_ = await world.next_round() if day else round_
        marked = await world.answered(round_)
        assert marked.answer.base == BASE_POINTS[round_.question.difficulty]
        bonuses.append(marked.answer.bonus)
    assert bonuses == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 10, 10]


@pytest.mark.parametrize("difficulty", list(Difficulty))
async def test_a_hint_halves_the_base_and_leaves_the_bonus(world: World, difficulty: Difficulty) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    while (round_ := await world.next_round()).question.difficulty is not difficulty:
        await world.answered(round_)
    await world.writer.submit(clicking(round_, verb=Verb.OPEN_HINT))
    marked = await world.answered(round_)
    assert marked.answer.hinted
    assert marked.answer.base == BASE_POINTS[difficulty] // 2
    assert marked.answer.bonus == marked.answer.streak - 1 > 0


async def test_a_missed_round_uses_up_the_freeze_and_a_second_one_ends_the_streak(world: World) -> None:
    await world.answered(await world.first_round())
    await world.next_round()
    bridged = await world.answered(await world.next_round())
    assert (bridged.answer.streak, bridged.answer.freezes_used, bridged.freezes) == (2, 1, 0)
    await world.next_round()
    broken = await world.answered(await world.next_round())
    assert (broken.answer.streak, broken.answer.freezes_used, broken.answer.bonus) == (1, 0, 0)
    member = await world.member()
    assert member is not None
    assert member.streak.best == 2


async def test_the_seventh_answer_in_a_row_earns_a_freeze(world: World) -> None:
    marked = await world.answered(await world.first_round())
    for _ in range(6):
        assert not marked.answer.freeze_earned
        marked = await world.answered(await world.next_round())
    assert marked.answer.freeze_earned
    assert marked.freezes == 2


async def test_a_second_click_shows_the_first_answer_on_a_closed_round_too(world: World) -> None:
    round_ = await world.first_round()
    first = await world.answered(round_, right=False)
    again = await world.answered(round_)
    assert again == replace(first, fresh=False)
    await world.next_round()
    later = await world.answer(round_)
    assert isinstance(later, Marked)
    assert (later.answer, later.fresh) == (first.answer, False)


async def test_a_late_click_gets_the_solution_and_no_points(world: World) -> None:
    round_ = await world.first_round()
    await world.next_round()
    declined = await _refused(world, answering(round_), Refusal.CLOSED)
    assert declined.round is not None
    assert declined.closed_at == world.clock.now


async def test_a_round_is_over_at_its_hour_even_before_the_ticker_has_closed_it(world: World) -> None:
    round_ = await world.first_round(open_hours=2)
    world.clock.forward(hours=2, seconds=-1)
    assert (await world.answered(round_, ADA)).fresh
    world.clock.forward(seconds=1)
    declined = await _refused(world, answering(round_, BLAISE), Refusal.CLOSED)
    assert declined.closed_at == round_.closes_at
    assert declined.round == round_


async def test_a_click_on_a_voided_round_is_told_so_even_by_who_had_answered(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await void.void(world.context, GUILD, MODERATOR, "Two right options.", round_.id)
    for verb in Verb:
        declined = await _refused(world, clicking(round_, verb=verb), Refusal.VOID)
        assert declined.round is not None
        assert declined.round.void_reason == "Two right options."


async def test_who_was_erased_cannot_answer_that_round_again_but_the_next_one(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    world.clock.forward(minutes=1)
    await privacy.erase(world.context, GUILD, ADA)
    await _refused(world, answering(round_), Refusal.ERASED)
    assert (await world.answered(round_, BLAISE)).fresh
    marked = await world.answered(await world.next_round())
    assert (marked.fresh, marked.answer.streak) == (True, 1)


async def test_an_erasure_in_one_guild_leaves_the_others_open(world: World) -> None:
    await world.first_round(GUILD)
    round_ = await world.first_round(OTHER)
    await privacy.erase(world.context, GUILD, ADA)
    assert (await world.answered(round_)).fresh


async def test_a_click_that_says_another_guild_writes_nothing(world: World) -> None:
    round_ = await world.first_round()
    await world.first_round(OTHER)
    await _refused(world, replace(answering(round_), guild_id=OTHER), Refusal.UNKNOWN)


async def test_a_click_under_another_message_writes_nothing(world: World) -> None:
    round_ = await world.first_round()
    await _refused(world, replace(answering(round_), message_id=77), Refusal.UNKNOWN)


async def test_a_click_on_a_round_that_never_was_writes_nothing(world: World) -> None:
    round_ = await world.first_round()
    await _refused(world, replace(answering(round_), round_id=round_.id + 1), Refusal.UNKNOWN)


@pytest.mark.parametrize("slot", [-1, 5, 10**30])
async def test_a_click_on_an_option_that_is_not_there_writes_nothing(world: World, slot: int) -> None:
    round_ = await world.first_round()
    await _refused(world, clicking(round_, slot=slot), Refusal.UNKNOWN)


async def test_an_answer_by_a_private_copy_counts_like_any_other(world: World) -> None:
    round_ = await world.first_round()
    outcome = await world.writer.submit(replace(answering(round_), message_id=None, channel_id=5))
    assert isinstance(outcome, Marked)
    assert outcome.fresh


async def test_the_solution_of_an_open_round_is_for_those_who_answered(world: World) -> None:
    round_ = await world.first_round()
    await _refused(world, clicking(round_, verb=Verb.SOLUTION), Refusal.OPEN)
    await world.answered(round_)
    assert isinstance(await world.writer.submit(clicking(round_, verb=Verb.SOLUTION)), Marked)


async def test_the_solution_of_a_closed_round_is_for_everybody(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_, ADA)
    await world.next_round()
    own = await world.writer.submit(clicking(round_, ADA, Verb.SOLUTION))
    assert isinstance(own, Marked)
    assert own.answer == marked.answer
    solved = await world.writer.submit(clicking(round_, BLAISE, Verb.SOLUTION))
    assert isinstance(solved, Solved)
    assert solved.round.question == round_.question


async def _abandoned(world: World) -> Round:
    """Return a round that could not be delivered on its day."""
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE)
    await world.set_up()
    await world.go(world.clock.now + timedelta(hours=2))
    world.messenger.post_fault = refusing(FailureReason.UNREACHABLE, only=0)
    await world.go(world.clock.now + timedelta(days=1))
    return (await world.rounds())[0]


async def test_a_round_that_was_never_delivered_takes_no_clicks(world: World) -> None:
    round_ = await _abandoned(world)
    await _refused(world, clicking(round_, message_id=None), Refusal.UNKNOWN)
    await _refused(world, clicking(round_, message_id=77, channel_id=CHANNEL), Refusal.UNKNOWN)
