"""Rounds end at their hour, with the next question, or when a moderator says so."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app.close import close, close_expired, find_closable
from bot.core.errors import NoOpenRoundError, NotSetUpError
from bot.core.round import State
from tests.app.world import GUILD, MODERATOR, OTHER, World


async def test_a_round_closes_by_itself_after_its_hours(world: World) -> None:
    round_ = await world.first_round(open_hours=3)
    opened = world.clock.now
    await world.go(opened + timedelta(hours=2, minutes=59))
    assert (await world.open_round()).id == round_.id
    await world.go(opened + timedelta(hours=3))
    (closed,) = await world.rounds()
    assert (closed.state, closed.closed_at) == (State.CLOSED, opened + timedelta(hours=3))
    assert world.message(round_).shown[-1].round.state is State.CLOSED


async def test_a_round_whose_hour_passed_while_nobody_looked_was_closed_then(world: World) -> None:
    round_ = await world.first_round(open_hours=3)
    await world.go(world.clock.now + timedelta(hours=9))
    assert (await world.rounds())[0].closed_at == round_.closes_at


async def test_the_next_question_closes_the_one_before(world: World) -> None:
    await world.first_round()
    await world.next_round()
    first, second = await world.rounds()
    assert (first.state, second.state) == (State.CLOSED, State.OPEN)
    assert first.closed_at == second.opened_at
    assert (first.position, second.position) == (1, 2)


async def test_hours_longer_than_a_day_end_with_the_next_question_all_the_same(world: World) -> None:
    await world.first_round(open_hours=100)
    await world.next_round()
    assert [one.state for one in await world.rounds()] == [State.CLOSED, State.OPEN]


async def test_closing_a_round_that_was_closed_meanwhile_changes_nothing(world: World) -> None:
    round_ = await world.first_round(open_hours=3)
    at = world.clock.now + timedelta(hours=1)
    world.clock.now = at
    await close(world.context, GUILD, MODERATOR, round_.id)
    world.clock.forward(hours=5)
    await close_expired(world.context, [round_])
    assert (await world.rounds())[0].closed_at == at


async def test_a_moderator_closes_the_open_round(world: World) -> None:
    round_ = await world.first_round()
    world.clock.forward(hours=1)
    assert await find_closable(world.context, GUILD) == round_
    await close(world.context, GUILD, MODERATOR, round_.id)
    (closed,) = await world.rounds()
    assert (closed.state, closed.closed_at) == (State.CLOSED, world.clock.now)
    act = (await world.acts())[0]
    assert (act.action, act.by, act.detail) == ("close", MODERATOR, {"number": 1})
    await world.tick()
    assert world.message(round_).shown[-1].round.state is State.CLOSED


async def test_there_is_nothing_to_close_before_the_first_question_or_twice(world: World) -> None:
    await world.set_up()
    with pytest.raises(NoOpenRoundError):
        await find_closable(world.context, GUILD)
    round_ = await world.next_round()
    await close(world.context, GUILD, MODERATOR, round_.id)
    with pytest.raises(NoOpenRoundError):
        await close(world.context, GUILD, MODERATOR, round_.id)


async def test_a_confirmation_that_comes_late_does_not_close_the_next_round(world: World) -> None:
    round_ = await world.first_round()
    await world.next_round()
    with pytest.raises(NoOpenRoundError):
        await close(world.context, GUILD, MODERATOR, round_.id)
    assert (await world.open_round()).number == 2


async def test_a_guild_that_is_not_set_up_has_nothing_to_close(world: World) -> None:
    with pytest.raises(NotSetUpError):
        await find_closable(world.context, OTHER)
