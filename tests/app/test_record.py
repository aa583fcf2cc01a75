"""Recording a message that was sent, while others get in the way."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.app import ask
from bot.core.round import Round, State
from db.errors import ClashError
from tests.app.watched import through
from tests.app.world import GUILD, START, World

CLASH = ClashError("Two changes got in each other's way.")


async def _claimed(world: World) -> Round:
    await world.set_up()
    world.clock.now = START + timedelta(hours=1)
    round_ = await ask.claim(world.context, GUILD)
    assert round_ is not None
    return round_


async def test_a_message_is_recorded_however_often_others_were_faster(world: World) -> None:
    round_ = await _claimed(world)
    watched, seen = through(world)
    watched.before += [CLASH] * (ask.RECORDINGS - 1)
    opened = await ask.record(seen.context, round_, 9001)
    assert opened is not None
    assert (opened.state, opened.message_id) == (State.OPEN, 9001)
    assert watched.tries == ask.RECORDINGS


async def test_a_message_that_could_not_be_recorded_is_adopted_later(world: World) -> None:
    round_ = await _claimed(world)
    watched, seen = through(world)
    watched.before += [CLASH] * ask.RECORDINGS
    with pytest.raises(ClashError):
        await ask.record(seen.context, round_, 9001)
    assert (await world.rounds())[0].state is State.CLAIMED
    world.clock.forward(minutes=1)
    await world.tick()
    assert (await world.open_round()).id == round_.id


async def test_a_second_record_of_one_round_changes_nothing(world: World) -> None:
    round_ = await _claimed(world)
    first = await ask.record(world.context, round_, 9001)
    assert await ask.record(world.context, round_, 9001) is None
    assert await world.open_round() == first


async def test_a_round_that_is_not_delivered_yet_was_sent_at_the_earliest_now(world: World) -> None:
    round_ = await _claimed(world)
    assert ask.sent_at(round_, world.clock.now) == world.clock.now
