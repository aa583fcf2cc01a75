"""Correcting points, and beginning anew."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.board import board
from bot.app.click import Declined, Refusal
from bot.app.score import LARGEST_ADJUSTMENT, adjust, reset
from bot.app.void import void
from bot.core.errors import NotSetUpError, OutOfRangeError
from bot.core.period import Period
from bot.core.round import State
from tests.app.world import ADA, BLAISE, CHEN, GUILD, MODERATOR, OTHER, World


async def _adjust(world: World, points: int, user_id: int = ADA) -> int:
    return await adjust(world.context, GUILD, MODERATOR, user_id, points=points, reason="a bet")


async def test_points_are_given_and_taken_back_by_entries(world: World) -> None:
    await world.set_up()
    assert await _adjust(world, 50) == 50
    assert await _adjust(world, -20) == 30
    assert await world.points() == 30
    for period in Period:
        shown = await board(world.context, GUILD, ADA, period)
        assert shown.own is not None
        assert shown.own.points == 30


async def test_an_adjustment_counts_for_the_day_it_was_made_on(world: World) -> None:
    await world.set_up()
    await _adjust(world, 50)
    world.clock.forward(days=7)
    assert (await board(world.context, GUILD, ADA, Period.WEEK)).own is None
    assert (await board(world.context, GUILD, ADA, Period.ALL)).own is not None


async def test_an_adjustment_is_noted_in_the_audit(world: World) -> None:
    await world.set_up()
    await _adjust(world, 50)
    act = (await world.acts())[0]
    assert (act.action, act.by) == ("adjust", MODERATOR)
    assert act.detail == {"member": str(ADA), "points": 50, "reason": "a bet"}


@pytest.mark.parametrize("points", [0, -31, LARGEST_ADJUSTMENT + 1, -LARGEST_ADJUSTMENT - 1])
async def test_no_more_is_taken_than_is_there_and_no_more_given_than_a_thousand(world: World, points: int) -> None:
    await world.set_up()
    await _adjust(world, 30)
    with pytest.raises(OutOfRangeError) as caught:
        await _adjust(world, points)
    assert caught.value == OutOfRangeError("points", -30, LARGEST_ADJUSTMENT)
    assert await world.points() == 30


async def test_no_more_than_a_thousand_is_taken_at_once(world: World) -> None:
    await world.set_up()
    await _adjust(world, LARGEST_ADJUSTMENT)
    await _adjust(world, LARGEST_ADJUSTMENT)
    with pytest.raises(OutOfRangeError) as caught:
        await _adjust(world, -LARGEST_ADJUSTMENT - 1)
    assert caught.value.least == -LARGEST_ADJUSTMENT
    assert await _adjust(world, -LARGEST_ADJUSTMENT) == LARGEST_ADJUSTMENT


async def test_a_member_without_points_has_none_to_take(world: World) -> None:
    await world.set_up()
    with pytest.raises(OutOfRangeError) as caught:
        await _adjust(world, -1)
    assert caught.value.least == 0


async def test_a_member_whom_a_void_has_left_below_zero_can_be_given_any_number(world: World) -> None:
    round_ = await world.first_round()
    marked = await world.answered(round_)
    await _adjust(world, -marked.answer.points)
    await void(world.context, GUILD, MODERATOR, "Two right options.", round_.id)
    assert await world.points() == -marked.answer.points
    with pytest.raises(OutOfRangeError) as caught:
        await _adjust(world, -1)
    assert caught.value.least == 0
    assert await _adjust(world, 1) == 1 - marked.answer.points


async def test_a_reset_takes_all_scores_and_leaves_the_settings(world: World) -> None:
    await world.answered(await world.first_round(), ADA)
    await world.answered(await world.next_round(), BLAISE)
    await _adjust(world, 5, CHEN)
    before = await world.guild()
    await reset(world.context, GUILD, MODERATOR)
    assert await world.guild() == before
    assert [await world.points(user) for user in (ADA, BLAISE, CHEN)] == [0, 0, 0]
    assert [await world.member(user) for user in (ADA, BLAISE, CHEN)] == [None, None, None]
    assert [one.state for one in await world.rounds()] == [State.CLOSED, State.VOID]
    act = (await world.acts())[0]
    assert (act.action, act.by) == ("reset", MODERATOR)


async def test_after_a_reset_the_old_question_counts_no_more_and_the_next_one_is_the_first(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await reset(world.context, GUILD, MODERATOR)
    outcome = await world.answer(round_, BLAISE)
    assert isinstance(outcome, Declined)
    assert outcome.reason is Refusal.VOID
    world.clock.forward(minutes=1)
    await world.tick()
    assert world.message(round_).shown[-1].round.state is State.VOID
    following = await world.next_round()
    assert following.position == 1
    marked = await world.answered(following)
    assert (marked.answer.streak, marked.answer.bonus) == (1, 0)


async def test_a_reset_leaves_other_guilds_alone(world: World) -> None:
    await world.set_up(OTHER)
    await world.answered(await world.first_round())
    marked = await world.answered(await world.open_round(OTHER))
    await reset(world.context, GUILD, MODERATOR)
    assert await world.points(guild_id=OTHER) == marked.answer.points > 0
    assert (await world.open_round(OTHER)).state is State.OPEN


async def test_there_is_nothing_to_correct_before_the_set_up(world: World) -> None:
    with pytest.raises(NotSetUpError):
        await _adjust(world, 5)
    with pytest.raises(NotSetUpError):
        await reset(world.context, GUILD, MODERATOR)


async def test_a_round_claimed_before_a_reset_is_the_first_that_counts(world: World) -> None:
    round_ = await world.first_round()
    await world.answered(round_)
    await reset(world.context, GUILD, MODERATOR)
    await world.go(world.clock.now + timedelta(days=1))
    assert (await world.open_round()).position == 1
